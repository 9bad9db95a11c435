"""Makes a ledger anew from what is whole of a damaged one, and names what is lost."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError, IndexDamaged
from assistant.index.article_row import ARTICLE_COLUMNS, EmbedderRecord, unpacked
from assistant.index.duplicates import bands, shingles
from assistant.index.repair.verify import check_article
from assistant.index.sqlite.change_counter import check_last_change, last_change, note_last_change
from assistant.index.sqlite.ledger import PASSAGE_COLUMNS, parse_record
from assistant.index.sqlite.schema import connect, store_errors
from assistant.index.sqlite.writes import index_words, is_removed, save_row
from assistant.index.store import Problem

REBUILT = "ledger.rebuilt.sqlite3"
PATCHED = "ledger.patched.sqlite3"
DAMAGED = "ledger.damaged.sqlite3"
UNREADABLE = (sqlite3.Error, AssistantError, ValueError)
PAGE_BYTES = 4096
MOST_UNKNOWN = 1_000_000
ROW_MISSING = "its row is missing"
TRANSACTION = 200
SIDE_FILES = ("-wal", "-shm")
# Read from the first to the last. A search by key would read all of each record that it compares, that of the
# generation too, which can reach into a page far off: with that page lost, nothing of a whole ledger would be kept.
FACTS = "SELECT key, value FROM meta WHERE key NOT IN ('generation', 'postings')"


def rebuild_ledger(path: Path) -> list[Problem]:
    """Replace a ledger by what is whole of it; the caller holds the write lock.

    Articles with their passages and vectors are kept when all of their rows are what was written, and the
    full-text index is made anew. What was lost is returned; ingesting its sources again restores it.

    Raises:
        StoreError: the disk is full or cannot be written; the ledger is then as it was.
    """
    rebuilt = path.with_name(REBUILT)
    _delete(rebuilt)
    try:
        with store_errors(rebuilt), contextlib.closing(connect(rebuilt, create=True)) as target:
            lost = list(_salvage(path, target))
            number = last_change(target)
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with store_errors(path):
            _replace_ledger(path, rebuilt)
        note_last_change(path, number)
    finally:
        _delete(rebuilt)
        _delete(path.with_name(PATCHED))
    return lost


def _salvage(path: Path, target: sqlite3.Connection) -> Iterator[Problem]:
    with contextlib.ExitStack() as opened:
        names: dict[int, str] = {}
        for patch in (Path, _with_new_head):
            try:
                source = opened.enter_context(_open_damaged(patch(path)))
                names = _article_numbers(source)
                facts = source.execute(FACTS).fetchall()
                known = parse_record(dict(facts).get("embedder"), "embedder", EmbedderRecord)
                break
            except UNREADABLE as error:
                unread = str(error)
        else:
            shutil.copyfile(path, path.with_name(DAMAGED))
            yield Problem("ledger", f"its head cannot be read ({unread}); the file is kept as {DAMAGED}")
            for name in names.values():
                yield Problem(name, "it is lost with the head of the ledger; ingest it again")
            return
        dimension = known.dimension if known else 0
        target.execute("BEGIN")
        target.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", facts)
        try:
            check_last_change(target, path)
        except IndexDamaged as error:
            yield Problem("ledger", str(error))
        target.execute("UPDATE meta SET value = value + 1 WHERE key = 'changes'")
        removals = _readable(source, "SELECT id FROM removals")
        target.executemany("INSERT OR IGNORE INTO removals VALUES (?)", removals or [])
        if removals is None:
            yield Problem("removals", "it is lost which articles were removed by hand; remove them again")
        _copy_earlier(source, target)
        whole = removals is not None
        for number in range(1, _highest(source, names) + 1):
            reason = _copy_article(source, target, number, dimension)
            if reason == ROW_MISSING and number not in names:
                continue
            if reason:
                whole = False
                yield Problem(names.get(number, f"article number {number}"), f"{reason}; ingest it again")
            if number % TRANSACTION == 0:
                target.execute("COMMIT")
                target.execute("BEGIN")
        if whole:
            files = _readable(source, "SELECT path, article_id, sha256, recipe, articles FROM files")
            target.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", files or [])
        for table, used in _readable(source, "SELECT name, seq FROM sqlite_sequence") or []:
            target.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (used, table))
        target.execute("COMMIT")


def _copy_earlier(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy what can be read of the earlier texts, which articles are cut short, and where their pages begin."""
    versions = _readable(source, "SELECT id, replaced, title, published, sha256, text FROM versions")
    target.executemany("INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?)", versions or [])
    target.executemany(
        "INSERT INTO cut_short VALUES (?)", _readable(source, "SELECT id FROM cut_short") or []
    )
    pages = _readable(source, "SELECT id, starts FROM pages")
    target.executemany("INSERT INTO pages VALUES (?, ?)", pages or [])


@contextlib.contextmanager
def _open_damaged(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a damaged ledger; "writable_schema" lets SQLite read what was cut short."""
    uri = f"{path.absolute().as_uri()}?mode=rw"
    with contextlib.closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as source:
        source.execute("PRAGMA writable_schema = ON")
        yield source


def _with_new_head(path: Path) -> Path:
    """Copy a ledger whose first page is unreadable, with the first page of a new one.

    Tables lie at the same places in every ledger; what differs, the number of pages and the list of free
    ones, is set right as the SQLite file format has it (https://sqlite.org/fileformat.html, section 1.3).
    """
    patched = path.with_name(PATCHED)
    for side in ("", "-wal"):
        if path.with_name(path.name + side).exists():
            shutil.copyfile(path.with_name(path.name + side), patched.with_name(patched.name + side))
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        fresh = Path(folder) / "ledger.sqlite3"
        with contextlib.closing(connect(fresh, create=True)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        head = bytearray(fresh.read_bytes()[:PAGE_BYTES])
    head[28:32] = (patched.stat().st_size // PAGE_BYTES).to_bytes(4, "big")
    head[32:40] = bytes(8)
    head[92:96] = head[24:28]
    with patched.open("r+b") as file:
        file.write(head)
    return patched


def _copy_article(
    source: sqlite3.Connection, target: sqlite3.Connection, number: int, dimension: int
) -> str | None:
    """Copy an article with all that belongs to it, or say why it is lost."""
    try:
        values = source.execute(
            f"SELECT {ARTICLE_COLUMNS}, row_hash FROM articles WHERE number = ?",  # noqa: S608
            (number,),
        ).fetchone()
        if values is None:
            return ROW_MISSING
        reason = check_article(source, values, dimension)
        if reason:
            return reason
        row = unpacked(values[:-1])
        passages = source.execute(
            f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE number BETWEEN ? AND ? ORDER BY number",  # noqa: S608
            (row.first_passage, row.first_passage + row.passages - 1),
        ).fetchall()
    except (sqlite3.DatabaseError, ValueError, UnicodeDecodeError) as error:
        return f"its rows cannot be read ({error})"
    save_row(target, row)
    target.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)", passages)
    keys = [(key, number) for key in set(bands(shingles(row.article.text)))]
    target.executemany("INSERT INTO bands VALUES (?, ?)", keys)
    if not is_removed(target, row.article.id):
        index_words(target, row, [(start, end) for _, _, _, start, end, _, _ in passages])
    return None


def _article_numbers(source: sqlite3.Connection) -> dict[int, str]:
    """Return the number and id of every article that any index still knows."""
    names: dict[int, str] = {}
    for index in ("sqlite_autoindex_articles_1", "articles_by_date"):
        for number, id_ in _readable(source, f"SELECT number, id FROM articles INDEXED BY {index}") or []:  # noqa: S608
            names.setdefault(number, str(id_))
    return names


def _highest(source: sqlite3.Connection, names: dict[int, str]) -> int:
    """Return the highest number that an article can have; a damaged counter does not make it endless."""
    largest = _readable(source, "SELECT max(number) FROM articles") or []
    counter = _readable(source, "SELECT seq FROM sqlite_sequence WHERE name = 'articles'") or []
    known = max([*names, *(number for (number,) in largest if isinstance(number, int)), 0])
    used = max([*(number for (number,) in counter if isinstance(number, int)), known])
    return min(used, known + MOST_UNKNOWN)


def _readable(source: sqlite3.Connection, query: str) -> list[Any] | None:
    try:
        return source.execute(query).fetchall()
    except sqlite3.DatabaseError:
        return None


def _replace_ledger(path: Path, rebuilt: Path) -> None:
    """Put the rebuilt ledger in place: in one transaction where the old file still is one, else by renaming."""
    try:
        with (
            contextlib.closing(sqlite3.connect(rebuilt)) as source,
            contextlib.closing(sqlite3.connect(path, timeout=30.0)) as target,
        ):
            source.backup(target)
            if target.execute("PRAGMA quick_check(1)").fetchone() == ("ok",):
                return
    except sqlite3.DatabaseError:
        pass
    for side in SIDE_FILES:
        path.with_name(path.name + side).unlink(missing_ok=True)
    rebuilt.replace(path)


def _delete(path: Path) -> None:
    for side in ("", *SIDE_FILES):
        path.with_name(path.name + side).unlink(missing_ok=True)
