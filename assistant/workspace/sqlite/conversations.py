"""Conversations in a SQLite file; a row a turn, with the words that it is found by."""

from __future__ import annotations

import builtins
import datetime
import json
import secrets
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import ConversationChanged, UnknownConversation, WorkspaceError
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
from assistant.workspace.sqlite.own_file import create, open_to_read, shrink, writing
from assistant.workspace.stored_answers import ArticleOf, from_stored, to_stored

CONVERSATIONS_FILE = "conversations.sqlite3"
_CONVERSATIONS_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, user TEXT NOT NULL, title TEXT NOT NULL, searched TEXT NOT NULL,
    changed TEXT NOT NULL, version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS turns (
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    place INTEGER NOT NULL, searched TEXT NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (conversation, place));
CREATE TABLE IF NOT EXISTS shared (
    conversation TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (conversation, place),
    FOREIGN KEY (conversation, place) REFERENCES turns (conversation, place) ON DELETE CASCADE);
CREATE INDEX IF NOT EXISTS conversations_of_user ON conversations (user, changed)
"""
_SELECT_CONVERSATIONS = """
SELECT id, title, changed, (SELECT count(*) FROM turns WHERE conversation = conversations.id)
FROM conversations WHERE user = :user AND (
    NOT EXISTS (SELECT 1 FROM json_each(:words) WHERE NOT instr(conversations.searched, value))
    OR EXISTS (SELECT 1 FROM turns WHERE conversation = conversations.id AND NOT EXISTS (
        SELECT 1 FROM json_each(:words) WHERE NOT instr(turns.searched, value))))
ORDER BY changed DESC, rowid DESC LIMIT :most OFFSET :after
"""


class SqliteConversations:
    """The conversations in a folder's file; as ``Conversations``, safe among threads and processes.

    Raises:
        WorkspaceError: the file cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / CONVERSATIONS_FILE
        create(self._path, _CONVERSATIONS_SCHEMA)

    def list(
        self, user: str, *, words: str = "", most: int = 50, after: int = 0
    ) -> builtins.list[ConversationSummary]:
        """List conversations, last changed first, whose title, or one turn, holds every word."""
        given = {"user": user, "words": json.dumps(words_to_find(words)), "most": most, "after": after}
        with open_to_read(self._path) as connection:
            rows = connection.execute(_SELECT_CONVERSATIONS, given).fetchall()
        return [
            ConversationSummary(name, title, datetime.datetime.fromisoformat(changed), turns)
            for name, title, changed, turns in rows
        ]

    def count(self, user: str) -> int:
        """Count a user's conversations."""
        with open_to_read(self._path) as connection:
            query = "SELECT count(*) FROM conversations WHERE user = ?"
            return int(connection.execute(query, (user,)).fetchone()[0])

    def open(self, user: str, conversation: str, article_of: ArticleOf) -> KeptConversation:
        """Return a conversation; sources that the index has no more as they were hold their quotes alone."""
        with open_to_read(self._path) as connection:
            version, title = _known_row(connection, user, conversation)
            query = "SELECT answer FROM turns WHERE conversation = ? ORDER BY place"
            stored = [text for (text,) in connection.execute(query, (conversation,))]
            query = "SELECT place FROM shared WHERE conversation = ?"
            shared = frozenset(place for (place,) in connection.execute(query, (conversation,)))
        answers = tuple(from_stored(text, article_of) for text in stored)
        return KeptConversation(conversation, title, version, answers, shared)

    def create(self, user: str, answers: Sequence[Answer]) -> KeptConversation:
        """Keep answers as a new conversation, named after its first question."""
        name, title = secrets.token_urlsafe(12), named_after(answers)
        with writing(self._path) as connection:
            row = (name, user, title, title.casefold(), _now(), 1)
            connection.execute("INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?)", row)
            for place, answer in enumerate(answers):
                _insert(connection, name, place, answer)
        return KeptConversation(name, title, 1, tuple(answers))

    def put(self, user: str, conversation: str, version: int, place: int, answer: Answer) -> int:
        """Keep an answer as turn ``place``, counted from 0, in place of that and all later ones."""
        if place >= MOST_TURNS:
            raise WorkspaceError(FULL)
        with writing(self._path) as connection:
            kept, _ = _known_row(connection, user, conversation)
            if kept != version:
                raise ConversationChanged(CONTINUED)
            connection.execute(
                "DELETE FROM turns WHERE conversation = ? AND place >= ?", (conversation, place)
            )
            _insert(connection, conversation, place, answer)
            connection.execute(
                "UPDATE conversations SET version = version + 1, changed = ? WHERE id = ?",
                (_now(), conversation),
            )
        return version + 1

    def rename(self, user: str, conversation: str, title: str) -> str:
        """Give a conversation another title, and return it as it is kept."""
        named = titled(title)
        with writing(self._path) as connection:
            _known_row(connection, user, conversation)
            connection.execute(
                "UPDATE conversations SET title = ?, searched = ? WHERE id = ?",
                (named, named.casefold(), conversation),
            )
        return named

    def share(self, user: str, conversation: str, place: int, *, shared: bool) -> None:
        """Let other users open the answer at a place, or no longer; an answer put in its place is not shared."""
        named = (conversation, place)
        with writing(self._path) as connection:
            _known_row(connection, user, conversation)
            if not shared:
                connection.execute("DELETE FROM shared WHERE conversation = ? AND place = ?", named)
                return
            query = "SELECT 1 FROM turns WHERE conversation = ? AND place = ?"
            if connection.execute(query, named).fetchone() is None:
                raise UnknownConversation(NO_SUCH_ANSWER)
            connection.execute("INSERT OR IGNORE INTO shared VALUES (?, ?)", named)

    def shared(self, conversation: str, place: int, article_of: ArticleOf) -> Answer:
        """Return an answer that its owner shares, to whoever asks."""
        query = "SELECT answer FROM turns NATURAL JOIN shared WHERE conversation = ? AND place = ?"
        with open_to_read(self._path) as connection:
            row = connection.execute(query, (conversation, place)).fetchone()
        if row is None:
            raise UnknownConversation(NOT_SHARED)
        return from_stored(row[0], article_of)

    def delete(self, user: str, conversation: str) -> None:
        """Delete a conversation so that nothing of it is left in the file."""
        with writing(self._path) as connection:
            _known_row(connection, user, conversation)
            connection.execute("DELETE FROM conversations WHERE id = ?", (conversation,))
        shrink(self._path)


def _known_row(connection: sqlite3.Connection, user: str, conversation: str) -> tuple[int, str]:
    query = "SELECT version, title FROM conversations WHERE id = ? AND user = ?"
    row = connection.execute(query, (conversation, user)).fetchone()
    if row is None:
        raise UnknownConversation(UNKNOWN)
    return row[0], row[1]


def _insert(connection: sqlite3.Connection, conversation: str, place: int, answer: Answer) -> None:
    row = (conversation, place, searched_in(answer), to_stored(answer))
    connection.execute("INSERT INTO turns VALUES (?, ?, ?, ?)", row)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
