"""What is watched, and the changes found, in a SQLite file."""

from __future__ import annotations

import builtins
import dataclasses
import datetime
import secrets
from pathlib import Path

from assistant.errors import UnknownWatch, WorkspaceError
from assistant.types import Answer
from assistant.workspace.differences import What
from assistant.workspace.sqlite.own_file import create, open_to_read, shrink, writing
from assistant.workspace.stored_answers import to_stored
from assistant.workspace.stored_watches import (
    answer_of,
    answer_or_none,
    asked_in,
    stand_of,
    stored_watch,
    time_of,
    told_to,
    webhook_in,
)
from assistant.workspace.watches import MOST_CHANGES, MOST_WATCHES, NOT_WATCHED, TOO_MANY, Change, Watch

WATCHES_FILE = "watches.sqlite3"
_WATCHES_SCHEMA = """
CREATE TABLE IF NOT EXISTS watches (
    id INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
    stand TEXT NOT NULL, UNIQUE (owner, kind, value));
CREATE TABLE IF NOT EXISTS changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT, watch INTEGER NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
    at TEXT NOT NULL, what TEXT NOT NULL, before TEXT, after TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS changes_of_watch ON changes (watch);
CREATE TABLE IF NOT EXISTS readers (owner TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, seen INTEGER NOT NULL)
"""
# The watches of a user are their own and those for all, or without a user everybody's.
_SELECT_WATCHES = """
SELECT id, owner, kind, value, stand FROM watches
WHERE :owner IS NULL OR owner = :owner OR owner = '' ORDER BY id
"""
_CHANGES = """
SELECT changes.id, watch, value, at, what, before, after FROM changes JOIN watches ON watches.id = watch
WHERE :owner IS NULL OR owner = :owner OR owner = '' ORDER BY changes.id DESC LIMIT :most
"""
_COUNT_UNSEEN = """
SELECT count(*) FROM changes JOIN watches ON watches.id = watch WHERE (owner = :owner OR owner = '')
AND changes.id > coalesce((SELECT seen FROM readers WHERE readers.owner = :owner), 0)
"""


class SqliteWatches:
    """What is watched, in a folder's file; as ``Watches``, safe among threads and processes.

    Raises:
        WorkspaceError: the file cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / WATCHES_FILE
        create(self._path, _WATCHES_SCHEMA)

    def add(self, watch: Watch) -> Watch:
        """Keep a watch, which gets an id; of one that is kept already, return that."""
        named = (watch.owner, watch.kind, watch.value)
        with writing(self._path) as connection:
            query = "SELECT id, owner, kind, value, stand FROM watches WHERE (owner, kind, value) = (?, ?, ?)"
            if row := connection.execute(query, named).fetchone():
                return stored_watch(row)
            own = "SELECT count(*) FROM watches WHERE owner = ?"
            if connection.execute(own, (watch.owner,)).fetchone()[0] >= MOST_WATCHES:
                raise WorkspaceError(TOO_MANY)
            query = "INSERT INTO watches (owner, kind, value, stand) VALUES (?, ?, ?, ?)"
            number = connection.execute(query, (*named, stand_of(watch))).lastrowid
        return dataclasses.replace(watch, id=str(number))

    def list(self, owner: str | None = None) -> builtins.list[Watch]:
        """List the watches of a user with those that are for all; None: everybody's."""
        with open_to_read(self._path) as connection:
            return [stored_watch(row) for row in connection.execute(_SELECT_WATCHES, {"owner": owner})]

    def remove(self, watch: str, owner: str | None = None) -> None:
        """Watch something no longer, and forget its changes; with an owner, only what is that user's own."""
        with writing(self._path) as connection:
            query = "DELETE FROM watches WHERE id = :id AND (:owner IS NULL OR owner = :owner)"
            if not connection.execute(query, {"id": watch, "owner": owner}).rowcount:
                raise UnknownWatch(NOT_WATCHED.format(watch))
        shrink(self._path)

    def record(self, watch: Watch) -> None:
        """Keep how a watch stands after a look, but for its webhook; of one that was removed, nothing."""
        with writing(self._path) as connection:
            row = connection.execute("SELECT stand FROM watches WHERE id = ?", (watch.id,)).fetchone()
            if row is not None:
                now = told_to(stand_of(watch), webhook_in(row[0]))
                connection.execute("UPDATE watches SET stand = ? WHERE id = ?", (now, watch.id))

    def tell(self, watch: str, owner: str, webhook: str | None) -> None:
        """Name the address that is told of the changes of a user's own question, or none."""
        with writing(self._path) as connection:
            query = "SELECT stand FROM watches WHERE (id, owner, kind) = (?, ?, 'question')"
            row = connection.execute(query, (watch, owner)).fetchone()
            if row is None:
                raise UnknownWatch(NOT_WATCHED.format(watch))
            connection.execute("UPDATE watches SET stand = ? WHERE id = ?", (told_to(row[0], webhook), watch))

    def change(self, watch: Watch, what: What, after: Answer) -> Change | None:
        """Keep that the answer of a watch became another, unless someone else has since asked it too."""
        at = watch.last or datetime.datetime.now(datetime.UTC)
        with writing(self._path) as connection:
            row = connection.execute("SELECT stand FROM watches WHERE id = ?", (watch.id,)).fetchone()
            if row is None or asked_in(row[0]) == watch.state:
                return None
            query = "INSERT INTO changes (watch, at, what, before, after) VALUES (?, ?, ?, ?, ?)"
            before = to_stored(watch.answer) if watch.answer else None
            values = (watch.id, at.isoformat(), what, before, to_stored(after))
            number = connection.execute(query, values).lastrowid
            now = told_to(stand_of(dataclasses.replace(watch, answer=after)), webhook_in(row[0]))
            connection.execute("UPDATE watches SET stand = ? WHERE id = ?", (now, watch.id))
            connection.execute(
                "DELETE FROM changes WHERE watch = ? AND id NOT IN "
                "(SELECT id FROM changes WHERE watch = ? ORDER BY id DESC LIMIT ?)",
                (watch.id, watch.id, MOST_CHANGES),
            )
        return Change(str(number), watch.id, watch.value, at, what, watch.answer, after)

    def changes(self, owner: str | None = None, most: int = 50) -> builtins.list[Change]:
        """List changes of what ``list`` lists, newest first."""
        with open_to_read(self._path) as connection:
            rows = connection.execute(_CHANGES, {"owner": owner, "most": most}).fetchall()
        return [
            Change(
                str(number), str(watch), question, time_of(at), what, answer_or_none(before), answer_of(after)
            )
            for number, watch, question, at, what, before, after in rows
        ]

    def unseen(self, owner: str) -> int:
        """Count a user's changes since ``see``."""
        with open_to_read(self._path) as connection:
            return int(connection.execute(_COUNT_UNSEEN, {"owner": owner}).fetchone()[0])

    def see(self, owner: str) -> None:
        """Take all changes as seen by a user."""
        self.key(owner)
        with writing(self._path) as connection:
            query = "UPDATE readers SET seen = (SELECT coalesce(max(id), 0) FROM changes) WHERE owner = ?"
            connection.execute(query, (owner,))

    def key(self, owner: str) -> str:
        """Return the secret that opens a user's feed of changes to a feed reader."""
        with writing(self._path) as connection:
            query = "INSERT OR IGNORE INTO readers (owner, key, seen) VALUES (?, ?, 0)"
            connection.execute(query, (owner, secrets.token_urlsafe(24)))
            row = connection.execute("SELECT key FROM readers WHERE owner = ?", (owner,)).fetchone()
        return str(row[0])

    def owner_of(self, key: str) -> str | None:
        """Return whose secret it is, or None."""
        with open_to_read(self._path) as connection:
            row = connection.execute("SELECT owner FROM readers WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])
