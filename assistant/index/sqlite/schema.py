"""The tables of the ledger, how it is opened, and what its errors mean."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import IndexDamaged, StoreError

BUSY_MILLISECONDS = 30_000
TOKENIZER = "porter unicode61 remove_diacritics 2"
FULL_TEXT = (
    f"CREATE VIRTUAL TABLE {{schema}}words USING fts5(title, text, content='', tokenize=\"{TOKENIZER}\")"
)

# One tuple of statements per schema version: opening an older ledger runs those it lacks, in order.
VERSIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE files (
            path TEXT NOT NULL, article_id TEXT NOT NULL, sha256 TEXT NOT NULL, recipe TEXT NOT NULL,
            articles INTEGER NOT NULL,
            PRIMARY KEY (path, article_id)) WITHOUT ROWID""",
        # The long text stands last, so that a listing need not read through it.
        """CREATE TABLE articles (
            number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, title TEXT, publisher TEXT,
            authors TEXT NOT NULL, published TEXT, url TEXT, language TEXT, path TEXT NOT NULL,
            sha256 TEXT NOT NULL, content_hash TEXT NOT NULL, story INTEGER NOT NULL, words INTEGER NOT NULL,
            first_passage INTEGER NOT NULL, passages INTEGER NOT NULL, row_hash BLOB NOT NULL,
            text TEXT NOT NULL)""",
        "CREATE INDEX articles_by_path ON articles (path)",
        "CREATE INDEX articles_by_story ON articles (story)",
        """CREATE INDEX articles_by_date ON articles
            (published, publisher, language, id, first_passage, passages)""",
        """CREATE TABLE passages (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
            id TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, row_hash INTEGER NOT NULL,
            vector BLOB NOT NULL)""",
        "CREATE INDEX passages_by_article ON passages (article)",
        # Ids of articles that were removed by hand: they stay out until they are restored.
        "CREATE TABLE removals (id TEXT PRIMARY KEY) WITHOUT ROWID",
        "CREATE VIEW live AS SELECT * FROM articles WHERE id NOT IN (SELECT id FROM removals)",
        """CREATE TABLE bands (
            band INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (band, article)) WITHOUT ROWID""",
        FULL_TEXT.format(schema=""),
        "CREATE VIRTUAL TABLE vocabulary USING fts5vocab('words', 'row')",
        "INSERT INTO meta VALUES ('changes', '0')",
        "INSERT INTO meta VALUES ('index_id', lower(hex(randomblob(8))))",
    ),
    (
        # Earlier texts of articles, by the id of each; ``cut_short``: of these there is but the beginning.
        """CREATE TABLE versions (
            id TEXT NOT NULL, replaced TEXT NOT NULL, title TEXT, published TEXT, sha256 TEXT NOT NULL,
            text TEXT NOT NULL)""",
        "CREATE INDEX versions_by_id ON versions (id)",
        "CREATE TABLE cut_short (id TEXT PRIMARY KEY) WITHOUT ROWID",
    ),
    (
        # Where the pages of an article begin in its text, as JSON. PDF files of before are read again for them.
        "CREATE TABLE pages (id TEXT PRIMARY KEY, starts TEXT NOT NULL) WITHOUT ROWID",
        "DELETE FROM files WHERE path LIKE '%.pdf'",
    ),
)


def connect(path: Path, *, create: bool = False) -> sqlite3.Connection:
    """Open the ledger, usable from any one thread at a time, and bring its schema up to date.

    Raises:
        IndexDamaged: the file is not a ledger.
        StoreError: it was made by a newer version, or cannot be opened.
    """
    with store_errors(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}",
            uri=True,
            timeout=BUSY_MILLISECONDS / 1000,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    for pragma in (
        "auto_vacuum = INCREMENTAL",
        "foreign_keys = ON",
        "synchronous = FULL",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "cache_size = -32000",
    ):
        connection.execute(f"PRAGMA {pragma}")
    version = schema_version(connection)
    if version > len(VERSIONS):
        raise StoreError(
            f"the index {path.parent} was made by a newer version (schema {version}, this one knows "
            f"{len(VERSIONS)}); upgrade news-assistant, or ingest into another --index"
        )
    if version < len(VERSIONS):
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        for statements in VERSIONS[schema_version(connection) :]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(VERSIONS)}")
        connection.execute("COMMIT")
    connection.execute("CREATE VIRTUAL TABLE temp.occurrences USING fts5vocab('main', 'words', 'instance')")


def schema_version(connection: sqlite3.Connection) -> int:
    """Return how many schema versions the open ledger has been through."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextlib.contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite and the disk report into errors of the assistant, in one line.

    Raises:
        IndexDamaged: the file does not hold what it should.
        StoreError: the disk is full, cannot be written or read, or stays busy.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or not name.startswith("SQLITE_"):
            raise IndexDamaged(
                f"the ledger {path} is damaged ({error}); `python -m assistant doctor --rebuild` keeps "
                "what is whole and names what is lost"
            ) from error
        if name.startswith(("SQLITE_ERROR", "SQLITE_CONSTRAINT", "SQLITE_MISUSE")):
            raise IndexDamaged(
                f"the ledger {path} does not hold what it should ({error}); run `python -m assistant doctor`"
            ) from error
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise StoreError(f"the ledger {path} is in use by another process; try again") from error
        raise StoreError(
            f"the ledger {path} cannot be used ({error}); free disk space, check permissions, and try again"
        ) from error
    except OSError as error:
        raise StoreError(
            f"the index cannot be used ({error}); free disk space, check its permissions, and try again"
        ) from error
