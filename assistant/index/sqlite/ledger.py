"""The ledger: articles, passages, vectors and their full-text index in SQLite; the copy that counts.

An article lies within one transaction: it is wholly old or wholly new. Every row carries a hash of itself, so
that what a disk has altered is noticed where it is read and named, not answered from.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from assistant.errors import IndexDamaged, StoreError
from assistant.index.article_row import (
    ARTICLE_COLUMNS,
    ArticleRow,
    EmbedderRecord,
    damaged,
    unpacked,
    with_kept_beside,
)
from assistant.index.row_hash import row_hash
from assistant.index.sqlite.change_counter import check_last_change, last_change, note_last_change
from assistant.index.sqlite.schema import BUSY_MILLISECONDS, connect, store_errors

T = TypeVar("T")

FREE_SHARE = 0.2
PASSAGE_COLUMNS = 'number, article, id, start, "end", row_hash, vector'


class Ledger:
    """The file: connections, opened when first needed, that are lent to one thread at a time.

    All methods that lend one raise

        IndexDamaged: the file is not a ledger, or does not hold what it should;
        StoreError: it cannot be opened or written, or was made by a newer version.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._closed = False
        self._idle = [connect(path, create=True)] if create else []
        self._round = 0
        self._whole = False

    def close(self) -> None:
        """Close what is open; connections still lent are closed when they come back."""
        self._closed = True
        self.reconnect()

    def reconnect(self) -> None:
        """Use fresh connections from now on, as when the file has been replaced."""
        with self._lock:
            self._round += 1
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one state of the ledger, whatever is written meanwhile."""
        with self.lent() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection in one transaction: all of it is kept, on disk, or none."""
        with self.lent() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'changes'")
                number = last_change(connection)
                connection.execute("COMMIT")
                note_last_change(self.path, number)
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def lent(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection outside any transaction."""
        with store_errors(self.path):
            if self._closed:
                raise StoreError("the index is closed; open it again")
            with self._lock:
                opened = self._round
                connection = self._idle.pop() if self._idle else None
            if connection is None:
                connection = connect(self.path)
            try:
                if not self._whole:
                    check_last_change(connection, self.path)
                    self._whole = True
                yield connection
            finally:
                with self._lock:
                    fresh = opened == self._round and not self._closed
                    if fresh:
                        self._idle.append(connection)
                if not fresh:
                    connection.close()

    def compact(self) -> None:
        """Give back to the disk what deleting has freed, and empty the write-ahead log if no reader needs it."""
        with self.lent() as connection:
            pages, free = (
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "freelist_count")
            )
            if free > FREE_SHARE * pages:
                connection.execute("INSERT INTO words (words) VALUES ('optimize')")
                connection.executescript("PRAGMA incremental_vacuum")  # "execute" would free one page.
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")


def get_meta(connection: sqlite3.Connection, key: str) -> str | None:
    """Return a recorded fact of the index, such as its embedder, or None."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def get_record(connection: sqlite3.Connection, key: str, kind: type[T]) -> T | None:
    """Return a fact that was recorded as the JSON of a dataclass, or None.

    Raises:
        IndexDamaged: it is no such thing.
    """
    return parse_record(get_meta(connection, key), key, kind)


def parse_record(recorded: str | None, key: str, kind: type[T]) -> T | None:
    """Return what was recorded under a key as the JSON of a dataclass, or None.

    Raises:
        IndexDamaged: it is no such thing.
    """
    try:
        return kind(**json.loads(recorded)) if recorded else None
    except (ValueError, TypeError) as error:
        raise IndexDamaged(
            f"what the ledger records of its {key} is damaged; run `python -m assistant doctor --rebuild`"
        ) from error


def embedder_of(connection: sqlite3.Connection) -> EmbedderRecord | None:
    """Return the embedding model that the ledger is bound to, if it is to any.

    Raises:
        IndexDamaged: what is recorded of it is damaged.
    """
    return get_record(connection, "embedder", EmbedderRecord)


def set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Record a fact of the index."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def read_articles(
    connection: sqlite3.Connection, condition: str = "1", values: Sequence[object] = ()
) -> Iterator[ArticleRow]:
    """Yield the articles that meet an SQL condition, each checked against its hash.

    Raises:
        IndexDamaged: a row is not what was written.
    """
    for row in connection.execute(
        f"SELECT {ARTICLE_COLUMNS}, id IN (SELECT id FROM cut_short), "  # noqa: S608 - our own
        f"(SELECT starts FROM pages WHERE pages.id = articles.id), row_hash FROM articles WHERE {condition}",
        values,
    ):
        *stored, is_cut, pages, check = row
        if row_hash(stored) != check:
            raise damaged(str(row[1]))
        yield with_kept_beside(unpacked(stored), bool(is_cut), pages)
