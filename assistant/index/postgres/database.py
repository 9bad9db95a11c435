"""Connections to the database: lent to one thread at a time, renewed when the server has been away."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence

import psycopg
from pgvector.psycopg import register_vector
from psycopg import sql
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from assistant.errors import IndexLocked, IndexMissing, StoreError
from assistant.index.postgres.schema import (
    SCHEMA,
    VERSIONS,
    Postgres,
    hash_of,
    look_in,
    migrate,
    schema_version,
)
from assistant.redaction import without_password

LOG = logging.getLogger(__name__)
CONNECT_SECONDS = 10
MOST_CONNECTIONS = 16
READ_ONLY = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
CHANGES = "SELECT value FROM meta WHERE key = 'changes'"

Asked = tuple[str | sql.Composed, Sequence[object] | Mapping[str, object]]
"""A statement with its values."""
Ask = Callable[..., tuple[str, list[list[TupleRow]]]]
"""``Database.ask``."""


class ServerGoneError(StoreError):
    """The server is down, is being restarted, or has no room; what was asked may be asked again."""


class Database:
    """An open database. All methods that lend a connection raise StoreError when the server fails them."""

    def __init__(self, address: str, *, create: bool, most_seconds: float) -> None:
        self.address = address
        self._limit = f"SET LOCAL statement_timeout = {max(1, round(1000 * most_seconds))}"
        self._warned = False
        self.shown = without_password(address)
        with connected(address) as connection:
            self._prepare(connection, create=create)
        self._pool = ConnectionPool(
            address,
            min_size=1,
            max_size=MOST_CONNECTIONS,
            timeout=CONNECT_SECONDS,
            kwargs={"autocommit": True, "connect_timeout": CONNECT_SECONDS},
            configure=_configure,
            open=True,
        )

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def ask(self, *statements: Asked, settings: Sequence[str] = ()) -> tuple[str, list[list[TupleRow]]]:
        """Run statements that see one state of the index; return how often it was changed, and the rows of each.

        All of it is one message to the server and one answer, unless it takes too long. ``settings`` are statements
        that set what holds for these. Statements that are asked again and again stay prepared.
        """
        with _errors(self.shown):
            for others in range(MOST_CONNECTIONS, -1, -1):
                connection = self._pool.getconn()
                try:
                    with connection.pipeline():
                        for one in (READ_ONLY, self._limit, *settings):
                            connection.execute(one.encode())
                        changes = connection.execute(CHANGES.encode())
                        found = [
                            connection.execute(
                                query.encode() if isinstance(query, str) else query, values, binary=True
                            )
                            for query, values in statements
                        ]
                        connection.execute("COMMIT")  # after a rollback, nothing stays prepared
                    row = changes.fetchone()
                    return str(row[0]) if row else "", [one.fetchall() for one in found]
                except psycopg.OperationalError:
                    if not (connection.closed and others):
                        raise
                finally:
                    self._give_back(connection)
        raise AssertionError  # the last connection returns or raises

    def changes(self) -> str:
        """Return how often the index was changed."""
        with _errors(self.shown):
            connection, told = self._begun("; ".join((READ_ONLY, self._limit, CHANGES, "COMMIT")))
            try:
                for _ in (READ_ONLY, self._limit):
                    told.nextset()
                row = told.fetchone()
                return str(row[0]) if row else ""
            finally:
                self._give_back(connection)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Postgres]:
        """Lend a connection that sees one state of the index; the server gives up what takes it too long."""
        with self._lent(f"{READ_ONLY}; {self._limit}") as connection:
            yield connection

    @contextlib.contextmanager
    def reading_all(self) -> Iterator[Postgres]:
        """Lend a connection that sees one state of the index, for as long as it takes to go through all of it."""
        with self._lent(READ_ONLY) as connection:
            yield connection

    @contextlib.contextmanager
    def outside(self) -> Iterator[Postgres]:
        """Lend a connection outside any transaction: each statement is one."""
        with self._lent("") as connection:
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
        with connected(self.address) as connection:
            row = connection.execute("SELECT pg_try_advisory_lock(%s)", (hash_of("writer"),)).fetchone()
            self._warn_of_loss(connection)
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

    def _warn_of_loss(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        """Warn, once, where the server may lose what it has said is on disk."""
        row = connection.execute(
            "SELECT current_setting('fsync'), current_setting('full_page_writes')"
        ).fetchone()
        if row != ("on", "on") and not self._warned:
            self._warned = True
            LOG.warning(
                "the server of %s runs with fsync or full_page_writes off: when its power fails, what was reported "
                "as safe may be lost; set both to on",
                self.shown,
            )

    @contextlib.contextmanager
    def _lent(self, begin: str) -> Iterator[Postgres]:
        """Lend a connection once some statements, which begin a transaction or do nothing, were run."""
        with _errors(self.shown):
            connection, _ = self._begun(begin)
            try:
                yield connection
            finally:
                self._give_back(connection)

    def _give_back(self, connection: Postgres) -> None:
        """Return a connection that was lent, outside any transaction."""
        if not connection.closed and connection.info.transaction_status != _IDLE:
            with contextlib.suppress(psycopg.Error):  # the server is gone, and the transaction with it
                connection.execute("ROLLBACK")
        self._pool.putconn(connection)

    def _begun(self, begin: str) -> tuple[Postgres, psycopg.Cursor[TupleRow]]:
        """Take a connection that answers, and its answer; those that the server has ended are replaced."""
        while True:
            connection = self._pool.getconn()
            try:
                told = connection.execute(begin.encode())
            except BaseException as error:
                ended = connection.closed and isinstance(error, psycopg.OperationalError)
                self._pool.putconn(connection)
                if not ended:
                    raise
            else:
                return connection, told

    def _prepare(self, connection: psycopg.Connection[tuple[object, ...]], *, create: bool) -> None:
        look_in(connection, SCHEMA)
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


@contextlib.contextmanager
def connected(address: str) -> Iterator[Postgres]:
    """Open a connection of its own, in which each statement is a transaction.

    Raises:
        StoreError: the server fails it, or cannot be reached.
    """
    with (
        _errors(without_password(address)),
        psycopg.connect(address, autocommit=True, connect_timeout=CONNECT_SECONDS) as connection,
    ):
        yield connection


@contextlib.contextmanager
def _errors(shown: str) -> Iterator[None]:
    """Turn what a server, by its address as it may be shown, and its client report into StoreError, in one line."""
    try:
        yield
    except PoolClosed as error:
        raise StoreError("the index is closed; open it again") from error
    except PoolTimeout as error:
        raise ServerGoneError(
            f"the database {shown} gave no connection within {CONNECT_SECONDS} s; start it or ask less"
        ) from error
    except psycopg.Error as error:
        gone = isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError))
        raise (ServerGoneError if gone else StoreError)(
            f"the database {shown} cannot be used ({_first_line(error)}); {_remedy(error)}"
        ) from error


_IDLE = psycopg.pq.TransactionStatus.IDLE


def _configure(connection: Postgres) -> None:
    look_in(connection, SCHEMA)
    register_vector(connection)


def _first_line(error: psycopg.Error) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _remedy(error: psycopg.Error) -> str:
    if "starting up" in str(error) or "shutting down" in str(error):
        return "wait until the server has started, and try again"
    return next(
        (remedy for kind, remedy in REMEDIES if isinstance(error, kind)), "run `python -m assistant doctor`"
    )


# The first kind that fits counts.
REMEDIES: tuple[tuple[type[psycopg.Error], str], ...] = (
    (psycopg.errors.InsufficientPrivilege, "give its user the rights to make and change tables in it"),
    (psycopg.errors.DiskFull, "free space on the server's disk, and try again"),
    (psycopg.errors.ReadOnlySqlTransaction, "write to the primary server, not to a replica"),
    (psycopg.errors.QueryCanceled, "ask for less, or let it take longer (ASSISTANT_DATABASE_SECONDS)"),
    (psycopg.OperationalError, "check the address, start the server, and try again"),
)
