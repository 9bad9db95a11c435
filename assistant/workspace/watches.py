"""What is watched: feeds and folders for new articles, questions for changed answers."""

from __future__ import annotations

import builtins
import datetime
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import urlsplit

from assistant.errors import WorkspaceError
from assistant.settings import Settings
from assistant.types import Answer, Failure
from assistant.workspace.conversations import workspace_folder
from assistant.workspace.differences import What

WatchKind = Literal["feed", "folder", "question"]
MOST_WATCHES = 200
# The changes that are kept of one question; older ones go.
MOST_CHANGES = 100
# What a user is told, whatever keeps them.
TOO_MANY = f"{MOST_WATCHES} things are watched already; remove one first"
NOT_WATCHED = "nothing is watched as {!r}; `assistant watch list` names what is"
# A source is tried again at the next look after one failure, then ever later, up to a day.
FIRST_WAIT = datetime.timedelta(minutes=10)
LONGEST_WAIT = datetime.timedelta(days=1)
# Failures in a row from which a source counts as dead.
DEAD = 5


@dataclass(frozen=True, slots=True)
class Watch:
    """One thing that is watched, for the user who named it (the empty name: for all).

    ``every`` are seconds between two looks, 0: at every one; ``last`` and ``due`` are times in UTC. ``failures``
    counts those in a row, ``reason`` tells the last. ``etag`` and ``modified`` are what a feed's server said of
    its state, ``state`` the index's when a question was last asked, and ``answer`` what it was answered then.
    """

    id: str
    owner: str
    kind: WatchKind
    value: str
    every: int = 0
    webhook: str | None = None
    last: datetime.datetime | None = None
    due: datetime.datetime | None = None
    failures: int = 0
    reason: str | None = None
    etag: str | None = None
    modified: str | None = None
    state: str | None = None
    answer: Answer | None = None

    @property
    def dead(self) -> bool:
        """Whether it failed so often that someone should look at it."""
        return self.failures >= DEAD


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that became another: of which watch, when (UTC), in what respect, and from what to what."""

    id: str
    watch: str
    question: str
    at: datetime.datetime
    what: What
    before: Answer | None
    after: Answer


@dataclass(frozen=True, slots=True)
class SourceRun:
    """What one look at a feed or folder brought; ``failed`` says that it could not be read at all."""

    id: str
    value: str
    added: int = 0
    updated: int = 0
    failures: tuple[Failure, ...] = ()
    failed: bool = False


class Watches(Protocol):
    """What is watched, and the changes that were found. Any call may raise WorkspaceError."""

    def add(self, watch: Watch) -> Watch:
        """Keep a watch, which gets an id; of one that is kept already, return that.

        Raises:
            WorkspaceError: its owner has ``MOST_WATCHES``.
        """
        ...

    def list(self, owner: str | None = None) -> builtins.list[Watch]:
        """List the watches of a user with those that are for all; None: everybody's."""
        ...

    def remove(self, watch: str, owner: str | None = None) -> None:
        """Watch something no longer, and forget its changes; with an owner, only what is that user's own.

        Raises:
            UnknownWatch: there is none of that id.
        """
        ...

    def record(self, watch: Watch) -> None:
        """Keep how a watch stands after a look, but for its webhook; of one that was removed, nothing."""
        ...

    def tell(self, watch: str, owner: str, webhook: str | None) -> None:
        """Name the address that is told of the changes of a user's own question, or none.

        Raises:
            UnknownWatch: the user watches no question of that id.
        """
        ...

    def change(self, watch: Watch, what: What, after: Answer) -> Change | None:
        """Keep that the answer of a watch became another, unless someone else has since asked it too."""
        ...

    def changes(self, owner: str | None = None, most: int = 50) -> builtins.list[Change]:
        """List changes of what ``list`` lists, newest first."""
        ...

    def unseen(self, owner: str) -> int:
        """Count a user's changes since ``see``."""
        ...

    def see(self, owner: str) -> None:
        """Take all changes as seen by a user."""
        ...

    def key(self, owner: str) -> str:
        """Return the secret that opens a user's feed of changes to a feed reader."""
        ...

    def owner_of(self, key: str) -> str | None:
        """Return whose secret it is, or None."""
        ...


def watches_of(settings: Settings) -> Watches:
    """Open what is watched.

    Raises:
        WorkspaceError: it can be neither read nor kept.
    """
    folder = workspace_folder(settings)
    if folder is None:
        from assistant.workspace.postgres.watches import PostgresWatches

        return PostgresWatches(settings)
    from assistant.workspace.sqlite.watches import SqliteWatches

    return SqliteWatches(folder)


def watch_of(
    kind: WatchKind, value: str, *, owner: str = "", every: int = 0, webhook: str | None = None
) -> Watch:
    """Check what is to be watched.

    Raises:
        WorkspaceError: a feed or webhook that is no http(s) address, a folder that is none, an empty question.
    """
    value = value.strip()
    if kind == "feed":
        check_address("feed", value)
    elif kind == "folder":
        value = os.path.abspath(value)  # noqa: PTH100 - links stay, ".." goes, as for ingest
        if not Path(value).is_dir():
            raise WorkspaceError(f"{value} is no folder; name one that is there")
    elif not value:
        raise WorkspaceError("the question is empty; give one in quotation marks")
    if webhook is not None:
        check_address("webhook", webhook)
    return Watch("", owner, kind, value, every, webhook)


def rested(watch: Watch, now: datetime.datetime, reason: str | None) -> tuple[int, datetime.datetime]:
    """Return failures in a row and the time of the next look, after one that failed for ``reason`` or went well."""
    every = datetime.timedelta(seconds=watch.every)
    if reason is None:
        return 0, now + every
    failures = watch.failures + 1
    wait = min(FIRST_WAIT * 2 ** min(failures - 2, 20), LONGEST_WAIT) if failures > 1 else every
    return failures, now + max(wait, every)


def due(watches: Sequence[Watch], now: datetime.datetime) -> list[Watch]:
    """Return the feeds and folders that it is time to look at."""
    return [one for one in watches if one.kind != "question" and (one.due is None or one.due <= now)]


def check_address(what: str, address: str) -> None:
    """Refuse what is no http(s) address, or has a password in it.

    Raises:
        WorkspaceError: it is none; ``what`` names it.
    """
    try:
        parts = urlsplit(address)
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None
    except ValueError:
        good = False
    if not good or not address.isprintable() or " " in address:
        raise WorkspaceError(f"the {what} must be an http or https address without user or password")
