"""Conversations that last, kept for each user: what the page may ask of them, whatever keeps them."""

from __future__ import annotations

import builtins
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.settings import Settings
from assistant.types import Answer
from assistant.workspace.stored_answers import ArticleOf

MOST_TURNS = 500
TITLE_CHARACTERS = 120
WORDS_CHARACTERS = 200
# What a user is told, whatever keeps them.
UNKNOWN = "there is no such conversation; it may have been deleted"
CONTINUED = "this conversation was continued elsewhere; open it again"
FULL = f"a conversation keeps {MOST_TURNS} questions; begin a new one"
NO_SUCH_ANSWER = "there is no such answer; it may have been replaced"
NOT_SHARED = "there is no such answer, or its owner does not share it"


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """A conversation in a list: its title, when it was last changed (UTC), and its number of questions."""

    id: str
    title: str
    changed: datetime.datetime
    turns: int


@dataclass(frozen=True, slots=True)
class KeptConversation:
    """A conversation as it is kept, oldest answer first; ``version`` grows with each change.

    ``shared`` are the places of answers that other users may open.
    """

    id: str
    title: str
    version: int
    answers: tuple[Answer, ...]
    shared: frozenset[int] = frozenset()


class Conversations(Protocol):
    """The conversations of all users; every method but ``shared`` takes the user, and reaches nobody else's.

    Any call may raise WorkspaceError: they can be neither read nor kept.
    """

    def list(
        self, user: str, *, words: str = "", most: int = 50, after: int = 0
    ) -> builtins.list[ConversationSummary]:
        """List conversations, last changed first, whose title, or one turn, holds every word."""
        ...

    def count(self, user: str) -> int:
        """Count a user's conversations."""
        ...

    def open(self, user: str, conversation: str, article_of: ArticleOf) -> KeptConversation:
        """Return a conversation; sources that the index has no more as they were hold their quotes alone.

        Raises:
            UnknownConversation: the user has none of that id.
        """
        ...

    def create(self, user: str, answers: Sequence[Answer]) -> KeptConversation:
        """Keep answers as a new conversation, named after its first question."""
        ...

    def put(self, user: str, conversation: str, version: int, place: int, answer: Answer) -> int:
        """Keep an answer as turn ``place``, counted from 0, in place of that and all later ones.

        Returns the new version.

        Raises:
            UnknownConversation: it was deleted.
            ConversationChanged: ``version`` is not its version any more.
            WorkspaceError: it has ``MOST_TURNS`` already.
        """
        ...

    def rename(self, user: str, conversation: str, title: str) -> str:
        """Give a conversation another title, and return it as it is kept.

        Raises:
            UnknownConversation: the user has none of that id.
        """
        ...

    def share(self, user: str, conversation: str, place: int, *, shared: bool) -> None:
        """Let other users open the answer at a place, or no longer; an answer put in its place is not shared.

        Raises:
            UnknownConversation: the user has none of that id, or it has no such answer.
        """
        ...

    def shared(self, conversation: str, place: int, article_of: ArticleOf) -> Answer:
        """Return an answer that its owner shares, to whoever asks.

        Raises:
            UnknownConversation: there is no such answer, or it is not shared.
        """
        ...

    def delete(self, user: str, conversation: str) -> None:
        """Delete a conversation for good: of a file, so that nothing is left in it.

        Raises:
            UnknownConversation: the user has none of that id.
        """
        ...


def workspace_folder(settings: Settings) -> Path | None:
    """Return the folder of what users keep; None where that is in the database of the index."""
    if settings.workspace is not None:
        return settings.workspace
    return settings.index if isinstance(settings.index, Path) else None


def conversations_of(settings: Settings) -> Conversations | None:
    """Open the conversations; None where they are not to be kept.

    Raises:
        WorkspaceError: they can be neither read nor kept.
    """
    if not settings.keep_conversations:
        return None
    folder = workspace_folder(settings)
    if folder is None:
        from assistant.workspace.postgres.conversations import PostgresConversations

        return PostgresConversations(settings)
    from assistant.workspace.sqlite.conversations import SqliteConversations

    return SqliteConversations(folder)


def words_to_find(words: str) -> list[str]:
    """Return the words that are looked for, in the form of ``searched_in``."""
    return words[:WORDS_CHARACTERS].casefold().split()


def searched_in(answer: Answer) -> str:
    """Return the text in which words are looked for."""
    return f"{answer.question}\n{answer.text}".casefold()


def named_after(answers: Sequence[Answer]) -> str:
    """Return the title of a conversation: its first question; a greeting only where nothing else was said."""
    asked = [one for one in answers if one.outcome != "courtesy"]
    return titled((asked or answers)[0].question)


def titled(words: str) -> str:
    """Return words as a title: one line, of at most ``TITLE_CHARACTERS``."""
    line = " ".join("".join(one if one.isprintable() else " " for one in words).split())
    cut = line[:TITLE_CHARACTERS]
    return (cut if len(line) <= TITLE_CHARACTERS else f"{cut[:-1].rstrip()}…") or "Untitled"
