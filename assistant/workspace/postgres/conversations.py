"""Conversations in PostgreSQL; a row a turn, with the words that it is found by."""

from __future__ import annotations

import builtins
import datetime
import secrets
from collections.abc import Sequence

from assistant.errors import ConversationChanged, UnknownConversation, WorkspaceError
from assistant.index.postgres.schema import Postgres, kept, read
from assistant.settings import Settings
from assistant.types import Answer
from assistant.workspace.conversations import (
    CONTINUED,
    FULL,
    MOST_TURNS,
    NO_SUCH_ANSWER,
    NOT_SHARED,
    UNKNOWN,
    ConversationSummary,
    KeptConversation,
    named_after,
    searched_in,
    titled,
    words_to_find,
)
from assistant.workspace.postgres.own_schema import OwnSchema
from assistant.workspace.stored_answers import ArticleOf, from_stored, to_stored

_LISTED = """
SELECT id, title, changed, (SELECT count(*) FROM turns WHERE conversation = conversations.id)
FROM conversations WHERE md5(owner) = md5(%(owner)s) AND owner = %(owner)s AND (
    NOT EXISTS (SELECT 1 FROM unnest(%(words)s::text[]) AS word WHERE strpos(conversations.searched, word) = 0)
    OR EXISTS (SELECT 1 FROM turns WHERE conversation = conversations.id AND NOT EXISTS (
        SELECT 1 FROM unnest(%(words)s::text[]) AS word WHERE strpos(turns.searched, word) = 0)))
ORDER BY changed DESC, number DESC LIMIT %(most)s OFFSET %(after)s
"""


class PostgresConversations:
    """The conversations in the database of the index; as ``Conversations``, safe among threads and machines.

    Raises:
        WorkspaceError: their tables can be neither made nor written.
    """

    def __init__(self, settings: Settings) -> None:
        self._schema = OwnSchema(settings)

    def list(
        self, user: str, *, words: str = "", most: int = 50, after: int = 0
    ) -> builtins.list[ConversationSummary]:
        """List conversations, last changed first, whose title, or one turn, holds every word."""
        wanted = [kept(word) for word in words_to_find(words)]
        given = {"owner": kept(user), "words": wanted, "most": most, "after": after}
        with self._schema.reading() as connection:
            rows = connection.execute(_LISTED, given).fetchall()
        return [
            ConversationSummary(name, read(title), changed.astimezone(datetime.UTC), turns)
            for name, title, changed, turns in rows
        ]

    def count(self, user: str) -> int:
        """Count a user's conversations."""
        query = "SELECT count(*) FROM conversations WHERE md5(owner) = md5(%s) AND owner = %s"
        with self._schema.reading() as connection:
            row = connection.execute(query, (kept(user), kept(user))).fetchone()
        return int(row[0]) if row else 0

    def open(self, user: str, conversation: str, article_of: ArticleOf) -> KeptConversation:
        """Return a conversation; sources that the index has no more as they were hold their quotes alone."""
        with self._schema.writing() as connection:  # no turn comes between the two queries
            version, title = _locked(connection, user, conversation)
            rows = connection.execute(
                "SELECT answer FROM turns WHERE conversation = %s ORDER BY place", (conversation,)
            ).fetchall()
            query = "SELECT place FROM shared WHERE conversation = %s"
            shared = frozenset(place for (place,) in connection.execute(query, (conversation,)))
        answers = tuple(from_stored(read(text), article_of) for (text,) in rows)
        return KeptConversation(conversation, title, version, answers, shared)

    def create(self, user: str, answers: Sequence[Answer]) -> KeptConversation:
        """Keep answers as a new conversation, named after its first question."""
        name, title = secrets.token_urlsafe(12), named_after(answers)
        with self._schema.writing() as connection:
            connection.execute(
                "INSERT INTO conversations (id, owner, title, searched, changed, version) "
                "VALUES (%s, %s, %s, %s, clock_timestamp(), 1)",
                (name, kept(user), kept(title), kept(title.casefold())),
            )
            for place, answer in enumerate(answers):
                _insert(connection, name, place, answer)
        return KeptConversation(name, title, 1, tuple(answers))

    def put(self, user: str, conversation: str, version: int, place: int, answer: Answer) -> int:
        """Keep an answer as turn ``place``, counted from 0, in place of that and all later ones."""
        if place >= MOST_TURNS:
            raise WorkspaceError(FULL)
        with self._schema.writing() as connection:
            held, _ = _locked(connection, user, conversation)
            if held != version:
                raise ConversationChanged(CONTINUED)
            connection.execute(
                "DELETE FROM turns WHERE conversation = %s AND place >= %s", (conversation, place)
            )
            _insert(connection, conversation, place, answer)
            connection.execute(
                "UPDATE conversations SET version = version + 1, changed = clock_timestamp() WHERE id = %s",
                (conversation,),
            )
        return version + 1

    def rename(self, user: str, conversation: str, title: str) -> str:
        """Give a conversation another title, and return it as it is kept."""
        named = titled(title)
        with self._schema.writing() as connection:
            _locked(connection, user, conversation)
            connection.execute(
                "UPDATE conversations SET title = %s, searched = %s WHERE id = %s",
                (kept(named), kept(named.casefold()), conversation),
            )
        return named

    def share(self, user: str, conversation: str, place: int, *, shared: bool) -> None:
        """Let other users open the answer at a place, or no longer; an answer put in its place is not shared."""
        named = (conversation, place)
        with self._schema.writing() as connection:
            _locked(connection, user, conversation)
            if not shared:
                connection.execute("DELETE FROM shared WHERE conversation = %s AND place = %s", named)
                return
            query = "SELECT 1 FROM turns WHERE conversation = %s AND place = %s"
            if connection.execute(query, named).fetchone() is None:
                raise UnknownConversation(NO_SUCH_ANSWER)
            connection.execute("INSERT INTO shared VALUES (%s, %s) ON CONFLICT DO NOTHING", named)

    def shared(self, conversation: str, place: int, article_of: ArticleOf) -> Answer:
        """Return an answer that its owner shares, to whoever asks."""
        query = "SELECT answer FROM turns NATURAL JOIN shared WHERE conversation = %s AND place = %s"
        with self._schema.reading() as connection:
            row = connection.execute(query, (kept(conversation), place)).fetchone()
        if row is None:
            raise UnknownConversation(NOT_SHARED)
        return from_stored(read(row[0]), article_of)

    def delete(self, user: str, conversation: str) -> None:
        """Delete a conversation from the tables; the server clears its files of it when it next cleans up."""
        with self._schema.writing() as connection:
            _locked(connection, user, conversation)
            connection.execute("DELETE FROM conversations WHERE id = %s", (conversation,))


def _locked(connection: Postgres, user: str, conversation: str) -> tuple[int, str]:
    """Return version and title of a user's conversation, and keep others from it to the end of the transaction."""
    row = connection.execute(
        "SELECT version, title FROM conversations WHERE id = %s AND owner = %s FOR UPDATE",
        (kept(conversation), kept(user)),
    ).fetchone()
    if row is None:
        raise UnknownConversation(UNKNOWN)
    return int(row[0]), read(row[1])


def _insert(connection: Postgres, conversation: str, place: int, answer: Answer) -> None:
    row = (conversation, place, kept(searched_in(answer)), kept(to_stored(answer)))
    connection.execute("INSERT INTO turns VALUES (%s, %s, %s, %s)", row)
