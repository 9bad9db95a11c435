"""The ledger: articles, passages, vectors and their full-text index in SQLite; the copy that counts.

One article is one transaction: it is wholly old or wholly new. Every row carries a hash of itself, so
that what a disk has altered is noticed where it is read and named, not answered from.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from assistant.errors import IndexDamaged, StoreError
from assistant.index.sqlite.change_counter import check_last_change, last_change, note_last_change
from assistant.index.sqlite.schema import BUSY_MILLISECONDS, connect, store_errors
from assistant.types import Article

T = TypeVar("T")

FREE_SHARE = 0.2
ARTICLE_COLUMNS = (
    "number, id, title, publisher, authors, published, url, language, path, sha256, "
    "content_hash, story, words, first_passage, passages, text"
)
PASSAGE_COLUMNS = 'number, article, id, start, "end", row_hash, vector'


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as the ledger keeps it; ``story`` is the number that near-duplicates share."""

    number: int
    article: Article
    content_hash: str
    story: int
    words: int
    first_passage: int
    passages: int


@dataclass(frozen=True, slots=True)
class EmbedderRecord:
    """The embedding model that an index is bound to."""

    name: str
    digest: str
    dimension: int
    space: str = "cosine"


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
    recorded = get_meta(connection, key)
    try:
        return kind(**json.loads(recorded)) if recorded else None
    except (ValueError, TypeError) as error:
        raise IndexDamaged(
            f"what the ledger records of its {key} is damaged; run `python -m assistant doctor --rebuild`"
        ) from error


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
        f"SELECT {ARTICLE_COLUMNS}, row_hash FROM articles WHERE {condition}",  # noqa: S608 - our own
        values,
    ):
        if row_hash(row[:-1]) != row[-1]:
            raise damaged(str(row[1]))
        yield unpacked(row[:-1])


def damaged(article_id: str) -> IndexDamaged:
    """Return the error that names a damaged article and its remedy."""
    return IndexDamaged(
        f"article {article_id} is damaged in the ledger; run `python -m assistant doctor --rebuild`, "
        "then ingest it again"
    )


def unpacked(row: Sequence[object]) -> ArticleRow:
    """Make an ArticleRow of the values of ``ARTICLE_COLUMNS``."""
    number, id_, title, publisher, authors, published, url, language, path, sha256 = row[:10]
    content_hash, story, words, first_passage, passages, text = row[10:]
    article = Article(
        id=str(id_),
        text=str(text),
        title=_optional(title),
        publisher=_optional(publisher),
        authors=tuple(json.loads(str(authors))),
        published=datetime.date.fromisoformat(str(published)) if published else None,
        url=_optional(url),
        language=_optional(language),
        path=str(path),
        sha256=str(sha256),
    )
    counts = (int(str(value)) for value in (story, words, first_passage, passages))
    return ArticleRow(int(str(number)), article, str(content_hash), *counts)


def packed(row: ArticleRow) -> tuple[object, ...]:
    """Return the values of ``ARTICLE_COLUMNS`` for an article."""
    article = row.article
    return (
        row.number,
        article.id,
        article.title,
        article.publisher,
        json.dumps(article.authors, ensure_ascii=False),
        article.published.isoformat() if article.published else None,
        article.url,
        article.language,
        article.path,
        article.sha256,
        row.content_hash,
        row.story,
        row.words,
        row.first_passage,
        row.passages,
        article.text,
    )


def row_hash(values: Iterable[object]) -> bytes:
    """Hash the values of an article's row, lengths and types included (16 bytes, BLAKE2b)."""
    digest = hashlib.blake2b(digest_size=16)
    for value in values:
        part = str(value).encode("utf-8", "surrogatepass")
        digest.update(f"{type(value).__name__} {len(part)} ".encode())
        digest.update(part)
    return digest.digest()


def passage_hash(fields: Sequence[object], vector: bytes) -> int:
    """Return the checksum of a passage's number, article, id, start, end and vector.

    CRC-32: it guards against a failing disk, not a forger.
    """
    return zlib.crc32(vector, zlib.crc32(" ".join(map(str, fields)).encode()))


def _optional(value: object) -> str | None:
    return None if value is None else str(value)
