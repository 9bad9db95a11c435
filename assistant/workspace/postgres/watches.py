"""What is watched, and the changes found, in PostgreSQL."""

from __future__ import annotations

import builtins
import dataclasses
import datetime
import secrets

from assistant.errors import UnknownWatch, WorkspaceError
from assistant.index.postgres.schema import kept, kept_or_none, read, read_or_none
from assistant.settings import Settings
from assistant.types import Answer
from assistant.workspace.differences import What
from assistant.workspace.postgres.own_schema import OwnSchema
from assistant.workspace.stored_answers import to_stored
from assistant.workspace.stored_watches import (
    answer_of,
    answer_or_none,
    asked_in,
    stand_of,
    stored_watch,
    told_to,
    webhook_in,
)
from assistant.workspace.watches import MOST_CHANGES, MOST_WATCHES, NOT_WATCHED, TOO_MANY, Change, Watch

# Changes are made visible in the order of their numbers, so that none comes after others that were seen.
_ONE_AT_A_TIME = "LOCK TABLE changes IN EXCLUSIVE MODE"
# The watches of a user are their own and those for all, or without a user everybody's.
_LIST = """
SELECT id, owner, kind, value, stand FROM watches
WHERE %(owner)s::text IS NULL OR owner = %(owner)s OR owner = '' ORDER BY id
"""
_CHANGES = """
SELECT changes.id, watch, value, at, what, before, after FROM changes JOIN watches ON watches.id = watch
WHERE %(owner)s::text IS NULL OR owner = %(owner)s OR owner = '' ORDER BY changes.id DESC LIMIT %(most)s
"""
_UNSEEN = """
SELECT count(*) FROM changes JOIN watches ON watches.id = watch WHERE (owner = %(owner)s OR owner = '')
AND changes.id > coalesce((SELECT seen FROM readers WHERE readers.owner = %(owner)s), 0)
"""


class PostgresWatches:
    """What is watched, in the database of the index; as ``Watches``, safe among threads and machines.

    Raises:
        WorkspaceError: its tables can be neither made nor written.
    """

    def __init__(self, settings: Settings) -> None:
        self._schema = OwnSchema(settings)

    def add(self, watch: Watch) -> Watch:
        """Keep a watch, which gets an id; of one that is kept already, return that."""
        named = (kept(watch.owner), watch.kind, kept(watch.value))
        with self._schema.writing() as connection:
            connection.execute("LOCK TABLE watches IN SHARE ROW EXCLUSIVE MODE")
            query = (
                "SELECT id, owner, kind, value, stand FROM watches WHERE (owner, kind, value) = (%s, %s, %s)"
            )
            if row := connection.execute(query, named).fetchone():
                return stored_watch(_read(row))
            own = connection.execute("SELECT count(*) FROM watches WHERE owner = %s", named[:1]).fetchone()
            if own is None or own[0] >= MOST_WATCHES:
                raise WorkspaceError(TOO_MANY)
            query = "INSERT INTO watches (owner, kind, value, stand) VALUES (%s, %s, %s, %s) RETURNING id"
            added = connection.execute(query, (*named, kept(stand_of(watch)))).fetchone()
        assert added is not None  # noqa: S101 - an insert returns its row
        return dataclasses.replace(watch, id=str(added[0]))

    def list(self, owner: str | None = None) -> builtins.list[Watch]:
        """List the watches of a user with those that are for all; None: everybody's."""
        with self._schema.reading() as connection:
            rows = connection.execute(_LIST, {"owner": kept_or_none(owner)}).fetchall()
        return [stored_watch(_read(row)) for row in rows]

    def remove(self, watch: str, owner: str | None = None) -> None:
        """Watch something no longer, and forget its changes; with an owner, only what is that user's own."""
        given = {"id": kept(watch), "owner": kept_or_none(owner)}
        with self._schema.writing() as connection:
            query = "DELETE FROM watches WHERE id::text = %(id)s AND (%(owner)s::text IS NULL OR owner = %(owner)s)"
            if not connection.execute(query, given).rowcount:
                raise UnknownWatch(NOT_WATCHED.format(watch))

    def record(self, watch: Watch) -> None:
        """Keep how a watch stands after a look, but for its webhook; of one that was removed, nothing."""
        with self._schema.writing() as connection:
            query = "SELECT stand FROM watches WHERE id::text = %s FOR UPDATE"
            row = connection.execute(query, (watch.id,)).fetchone()
            if row is not None:
                now = kept(told_to(stand_of(watch), webhook_in(read(row[0]))))
                connection.execute("UPDATE watches SET stand = %s WHERE id = %s", (now, int(watch.id)))

    def tell(self, watch: str, owner: str, webhook: str | None) -> None:
        """Name the address that is told of the changes of a user's own question, or none."""
        with self._schema.writing() as connection:
            query = (
                "SELECT id, stand FROM watches "
                "WHERE (id::text, owner, kind) = (%s, %s, 'question') FOR UPDATE"
            )
            row = connection.execute(query, (kept(watch), kept(owner))).fetchone()
            if row is None:
                raise UnknownWatch(NOT_WATCHED.format(watch))
            now = kept(told_to(read(row[1]), webhook))
            connection.execute("UPDATE watches SET stand = %s WHERE id = %s", (now, row[0]))

    def change(self, watch: Watch, what: What, after: Answer) -> Change | None:
        """Keep that the answer of a watch became another, unless someone else has since asked it too."""
        at = watch.last or datetime.datetime.now(datetime.UTC)
        with self._schema.writing() as connection:
            query = "SELECT stand FROM watches WHERE id::text = %s FOR UPDATE"
            row = connection.execute(query, (watch.id,)).fetchone()
            if row is None or asked_in(read(row[0])) == watch.state:
                return None
            connection.execute(_ONE_AT_A_TIME)
            before = kept(to_stored(watch.answer)) if watch.answer else None
            number = connection.execute(
                "INSERT INTO changes (watch, at, what, before, after) VALUES (%s, %s, %s, %s, %s) RETURNING id",
                (int(watch.id), at, what, before, kept(to_stored(after))),
            ).fetchone()
            now = kept(told_to(stand_of(dataclasses.replace(watch, answer=after)), webhook_in(read(row[0]))))
            connection.execute("UPDATE watches SET stand = %s WHERE id = %s", (now, int(watch.id)))
            connection.execute(
                "DELETE FROM changes WHERE watch = %(watch)s AND id NOT IN "
                "(SELECT id FROM changes WHERE watch = %(watch)s ORDER BY id DESC LIMIT %(most)s)",
                {"watch": int(watch.id), "most": MOST_CHANGES},
            )
        assert number is not None  # noqa: S101 - an insert returns its row
        return Change(str(number[0]), watch.id, watch.value, at, what, watch.answer, after)

    def changes(self, owner: str | None = None, most: int = 50) -> builtins.list[Change]:
        """List changes of what ``list`` lists, newest first."""
        with self._schema.reading() as connection:
            rows = connection.execute(_CHANGES, {"owner": kept_or_none(owner), "most": most}).fetchall()
        return [
            Change(
                str(number),
                str(watch),
                read(question),
                at.astimezone(datetime.UTC),
                what,
                answer_or_none(read_or_none(before)),
                answer_of(read(after)),
            )
            for number, watch, question, at, what, before, after in rows
        ]

    def unseen(self, owner: str) -> int:
        """Count a user's changes since ``see``."""
        with self._schema.reading() as connection:
            row = connection.execute(_UNSEEN, {"owner": kept(owner)}).fetchone()
        return int(row[0]) if row else 0

    def see(self, owner: str) -> None:
        """Take all changes as seen by a user."""
        self.key(owner)
        with self._schema.writing() as connection:
            connection.execute(_ONE_AT_A_TIME)
            query = "UPDATE readers SET seen = (SELECT coalesce(max(id), 0) FROM changes) WHERE owner = %s"
            connection.execute(query, (kept(owner),))

    def key(self, owner: str) -> str:
        """Return the secret that opens a user's feed of changes to a feed reader."""
        with self._schema.writing() as connection:
            query = "INSERT INTO readers VALUES (%s, %s, 0) ON CONFLICT (md5(owner)) DO NOTHING"
            connection.execute(query, (kept(owner), secrets.token_urlsafe(24)))
            query = "SELECT key FROM readers WHERE owner = %s"
            row = connection.execute(query, (kept(owner),)).fetchone()
        assert row is not None  # noqa: S101 - it was inserted, or there before
        return str(row[0])

    def owner_of(self, key: str) -> str | None:
        """Return whose secret it is, or None."""
        with self._schema.reading() as connection:
            row = connection.execute("SELECT owner FROM readers WHERE key = %s", (kept(key),)).fetchone()
        return None if row is None else read(row[0])


def _read(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(read(one) if isinstance(one, str) else one for one in row)
