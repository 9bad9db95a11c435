"""Connections to the database: lent to one thread at a time, renewed when the server has been away."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import psycopg
from pgvector.psycopg import register_vector
from psycopg import sql
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from assistant.errors import IndexLocked, IndexMissing, StoreError
from assistant.index.postgres.schema import SCHEMA, VERSIONS, Postgres, hash_of, migrate, schema_version
from assistant.redaction import without_password

CONNECT_SECONDS = 10
MOST_CONNECTIONS = 16


class ServerGoneError(StoreError):
    """The server is down, is being restarted, or has no room; what was asked may be asked again."""


class Database:
    """An open database. All methods that lend a connection raise StoreError when the server fails them."""

    def __init__(self, address: str, *, create: bool) -> None:
        self.address = address
        self.shown = without_password(address)
        with (
            self.errors(),
            psycopg.connect(address, autocommit=True, connect_timeout=CONNECT_SECONDS) as connection,
        ):
            self._prepare(connection, create=create)
        self._pool = ConnectionPool(
            address,
            min_size=1,
            max_size=MOST_CONNECTIONS,
            timeout=CONNECT_SECONDS,
            kwargs={"autocommit": True, "connect_timeout": CONNECT_SECONDS},
            configure=_configure,
            check=ConnectionPool.check_connection,
            open=True,
        )

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Postgres]:
        """Lend a connection that sees one state of the index, whatever is written meanwhile."""
        with self._lent("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Postgres]:
        """Lend a connection in one transaction: all of it is kept, on disk, or none."""
        with self.changing() as connection:
            yield connection
            connection.execute("UPDATE meta SET value = value::bigint + 1 WHERE key = 'changes'")

    @contextlib.contextmanager
    def changing(self) -> Iterator[Postgres]:
        """Lend a connection in one transaction that leaves the articles as they are."""
        with self._lent("BEGIN") as connection:
            yield connection
            connection.execute("COMMIT")

    @contextlib.contextmanager
    def writer(self, *, alone: bool = False) -> Iterator[None]:
        """Be the one writer beside workers; the server ends this when the process ends, however it ends.

        ``alone``: workers wait as well.

        Raises:
            IndexLocked: another process, or another thread, is writing.
        """
        with (
            self.errors(),
            psycopg.connect(self.address, autocommit=True, connect_timeout=CONNECT_SECONDS) as connection,
        ):
            row = connection.execute("SELECT pg_try_advisory_lock(%s)", (hash_of("writer"),)).fetchone()
            if row is None or not row[0]:
                raise IndexLocked(
                    f"another process is writing to the index {self.shown}; wait until it has finished"
                )
            try:
                if alone:
                    connection.execute("SELECT pg_advisory_lock(%s)", (hash_of("all"),))
                yield
            finally:  # a closed connection is noticed by the server only a moment later
                with contextlib.suppress(psycopg.Error):
                    connection.execute("SELECT pg_advisory_unlock_all()")

    @contextlib.contextmanager
    def _lent(self, begin: str) -> Iterator[Postgres]:
        with self.errors(), self._pool.connection() as connection:
            connection.execute(begin.encode())
            try:
                yield connection
            finally:
                if not connection.closed and connection.info.transaction_status != _IDLE:
                    with contextlib.suppress(
                        psycopg.Error
                    ):  # the server is gone, and the transaction with it
                        connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def errors(self) -> Iterator[None]:
        """Turn what the server and its client report into errors of the assistant, in one line.

        Raises:
            StoreError: always, where psycopg raises anything.
        """
        try:
            yield
        except PoolClosed as error:
            raise StoreError("the index is closed; open it again") from error
        except PoolTimeout as error:
            raise ServerGoneError(
                f"the database {self.shown} gave no connection within {CONNECT_SECONDS} s; start it or ask less"
            ) from error
        except psycopg.Error as error:
            gone = isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError))
            raise (ServerGoneError if gone else StoreError)(
                f"the database {self.shown} cannot be used ({_first_line(error)}); {_remedy(error)}"
            ) from error

    def _prepare(self, connection: psycopg.Connection[tuple[object, ...]], *, create: bool) -> None:
        _search_path(connection)
        version = schema_version(connection)
        if version == len(VERSIONS):
            return
        if version == 0 and not create:
            raise IndexMissing(
                f"there is no index in {self.shown}; make one with `python ingest.py SOURCE --index {self.shown}`"
            )
        try:
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        except psycopg.Error as error:
            raise StoreError(
                f"the database {self.shown} has no pgvector ({_first_line(error)}); install it on the server and "
                "let an administrator run CREATE EXTENSION vector"
            ) from error
        with connection.transaction():
            migrate(connection)


_IDLE = psycopg.pq.TransactionStatus.IDLE


def _configure(connection: Postgres) -> None:
    _search_path(connection)
    register_vector(connection)


def _search_path(connection: Postgres) -> None:
    connection.execute(sql.SQL("SET search_path TO {}, public").format(sql.Identifier(SCHEMA)))


def _first_line(error: psycopg.Error) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _remedy(error: psycopg.Error) -> str:
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return "give its user the rights to make and change tables in it"
    if isinstance(error, psycopg.errors.DiskFull):
        return "free space on the server's disk, and try again"
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
        return "write to the primary server, not to a replica"
    if isinstance(error, psycopg.OperationalError):
        return "check the address, start the server, and try again"
    return "run `python -m assistant doctor`"
