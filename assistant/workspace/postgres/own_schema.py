"""The schema of what users keep, beside that of the index: who may read the articles need not read these.

Each call has a connection of its own: nothing is left open, and a server that was away is used once it is back.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from assistant.errors import StoreError, WorkspaceError
from assistant.index.postgres.database import connected
from assistant.index.postgres.schema import Postgres, look_in, migrate, schema_version
from assistant.settings import Settings

OWN_SCHEMA = "assistant_workspace"
# One tuple of statements per version. B-trees take no keys over 2.7 kB, so names and questions are indexed by hash.
OWN_VERSIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (key text PRIMARY KEY, value text NOT NULL)",
        """CREATE TABLE conversations (
            id text PRIMARY KEY, number bigint GENERATED ALWAYS AS IDENTITY, owner text NOT NULL,
            title text NOT NULL, searched text NOT NULL, changed timestamptz NOT NULL, version integer NOT NULL)""",
        "CREATE INDEX conversations_of_owner ON conversations (md5(owner), changed)",
        """CREATE TABLE turns (
            conversation text NOT NULL REFERENCES conversations ON DELETE CASCADE, place integer NOT NULL,
            searched text NOT NULL, answer text NOT NULL, PRIMARY KEY (conversation, place))""",
        """CREATE TABLE shared (
            conversation text NOT NULL, place integer NOT NULL, PRIMARY KEY (conversation, place),
            FOREIGN KEY (conversation, place) REFERENCES turns ON DELETE CASCADE)""",
        """CREATE TABLE watches (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner text NOT NULL, kind text NOT NULL,
            value text NOT NULL, stand text NOT NULL)""",
        "CREATE UNIQUE INDEX watches_by_value ON watches (md5(owner), kind, md5(value))",
        """CREATE TABLE changes (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            watch bigint NOT NULL REFERENCES watches ON DELETE CASCADE,
            at timestamptz NOT NULL, what text NOT NULL, before text, after text NOT NULL)""",
        "CREATE INDEX changes_of_watch ON changes (watch)",
        "CREATE TABLE readers (owner text NOT NULL, key text NOT NULL UNIQUE, seen bigint NOT NULL)",
        "CREATE UNIQUE INDEX readers_by_owner ON readers (md5(owner))",
    ),
)
_USABLE = """
    SELECT current_setting('transaction_read_only') = 'off'
        AND bool_and(has_table_privilege(oid, 'INSERT') AND has_table_privilege(oid, 'DELETE'))
    FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r'
"""


class OwnSchema:
    """The tables of what users keep, made or brought up to date where they are not; safe among threads.

    Raises:
        WorkspaceError: they can be neither made nor written.
    """

    def __init__(self, settings: Settings) -> None:
        self._address = str(settings.index)
        self._limit = f"SET statement_timeout = {max(1, round(1000 * settings.database_seconds))}"
        with self.reading() as connection:
            if schema_version(connection, OWN_SCHEMA) != len(OWN_VERSIONS):
                with connection.transaction():
                    migrate(connection, OWN_SCHEMA, OWN_VERSIONS)
            usable = connection.execute(_USABLE, (OWN_SCHEMA,)).fetchone()
            if usable is None or not usable[0]:
                raise WorkspaceError(
                    f"the database user may not write to the schema {OWN_SCHEMA}, or the server is a replica; give "
                    "it the rights, or name a folder with ASSISTANT_WORKSPACE"
                )

    @contextlib.contextmanager
    def reading(self) -> Iterator[Postgres]:
        """Open a connection for a few queries.

        Raises:
            WorkspaceError: the server fails it.
        """
        try:
            with connected(self._address) as connection:
                look_in(connection, OWN_SCHEMA)
                connection.execute(self._limit.encode())
                yield connection
        except StoreError as error:
            raise WorkspaceError(f"what users keep cannot be read or written: {error}") from error

    @contextlib.contextmanager
    def writing(self) -> Iterator[Postgres]:
        """Open a connection for one transaction, which is undone when the block fails.

        Raises:
            WorkspaceError: the server fails it.
        """
        with self.reading() as connection, connection.transaction():
            yield connection
