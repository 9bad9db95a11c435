"""Checks an index from end to end: the ledger's file, every row, the full text, the generation."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from assistant.errors import AssistantError, StoreError
from assistant.index.article_row import ARTICLE_COLUMNS, ArticleRow, EmbedderRecord, unpacked
from assistant.index.chroma.generation_files import STORE, GenerationError, held_passages
from assistant.index.chroma.generations import GENERATIONS, current_generation
from assistant.index.chroma.vector_block import load_vectors
from assistant.index.chroma.vectors import check_generation, open_generation
from assistant.index.duplicates import bands, shingles
from assistant.index.listing import live_passages
from assistant.index.row_hash import passage_hash, row_hash
from assistant.index.sqlite.change_counter import check_last_change
from assistant.index.sqlite.ledger import PASSAGE_COLUMNS, get_meta, get_record
from assistant.index.sqlite.posting_file import POSTINGS_FOLDER, PostingFile, PostingFileError, posting_record
from assistant.index.sqlite.schema import FULL_TEXT, connect, store_errors
from assistant.index.store import Problem
from assistant.settings import Settings

FULL_TEXT_CONTENTS = (
    "SELECT term, count(*), sum(doc), sum(doc * (offset + 1)), sum(col = 'title') FROM temp.terms_{schema} "
    "GROUP BY term",
    "SELECT id, sz FROM {schema}.words_docsize ORDER BY id",
    # the averages; of an index without passages they are nothing at all, or noughts once it has held some
    "SELECT block FROM {schema}.words_data WHERE id = 1 AND trim(hex(block), '0') <> ''",
)


def verify_index(path: Path, settings: Settings) -> list[Problem]:
    """Check everything in an index, given the path of its ledger, and list what is wrong."""
    problems: list[Problem] = []
    try:
        connection = connect(path)
    except StoreError as error:
        return [Problem("ledger", str(error))]
    checks: tuple[tuple[str, Callable[[], Iterator[Problem]]], ...] = (
        ("ledger", lambda: _check_changes(connection, path)),
        ("ledger", lambda: _check_file(connection)),
        ("ledger", lambda: check_rows(connection)),
        ("full text", lambda: _check_full_text(connection)),
        ("postings", lambda: _check_postings(connection, settings)),
        ("vector index", lambda: _check_generation(connection, settings)),
    )
    with contextlib.closing(connection):
        for subject, check in checks:
            try:
                with store_errors(path):
                    problems.extend(check())
            except (AssistantError, GenerationError, PostingFileError) as error:
                problems.append(Problem(subject, str(error)))
    return list(dict.fromkeys(problems))


def check_article(connection: sqlite3.Connection, values: tuple[object, ...], dimension: int) -> str | None:
    """Say what is wrong with an article's row (``ARTICLE_COLUMNS`` and its hash) or its passages, if anything."""
    if row_hash(values[:-1]) != values[-1]:
        return "its row is not what was written"
    row = unpacked(values[:-1])
    if row.article.sha256 != hashlib.sha256(row.article.text.encode()).hexdigest():
        return "its text does not have the SHA-256 that was recorded"
    return _check_passages(connection, row, dimension)


def _check_passages(connection: sqlite3.Connection, row: ArticleRow, dimension: int) -> str | None:
    passages = connection.execute(
        f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE number BETWEEN ? AND ? ORDER BY number",  # noqa: S608
        (row.first_passage, row.first_passage + row.passages - 1),
    ).fetchall()
    if len(passages) != row.passages:
        return f"{row.passages - len(passages)} of its {row.passages} passages are missing"
    for *fields, check, vector in passages:
        if fields[1] != row.number or passage_hash(fields, vector) != check:
            return "one of its passages is not what was written"
        if not 0 <= fields[3] < fields[4] <= len(row.article.text):
            return "one of its passages does not lie in its text"
        if len(vector) != 4 * dimension or not np.isfinite(np.frombuffer(vector, dtype="<f4")).all():
            return "one of its vectors is not of the index's dimension, or holds values that are no numbers"
    return None


def check_rows(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Check every article with its passages and its marks of likeness, and that nothing is left over."""
    dimension = index_dimension(connection)
    expected: dict[int, int] = {}
    for values in connection.execute(f"SELECT {ARTICLE_COLUMNS}, row_hash FROM articles"):  # noqa: S608
        reason = check_article(connection, values, dimension)
        if reason is None:
            row = unpacked(values[:-1])
            expected[row.number] = row.passages
            reason = _check_bands(connection, row)
        if reason:
            yield Problem(str(values[1]), f"{reason}; rebuild, then ingest it again")
    counted = dict(connection.execute("SELECT article, count(*) FROM passages GROUP BY article").fetchall())
    astray = sum(count for number, count in counted.items() if count != expected.get(number, count))
    astray += sum(count for number, count in counted.items() if number not in expected)
    if astray:
        yield Problem("ledger", f"{astray} passages belong to no whole article")


def index_dimension(connection: sqlite3.Connection) -> int:
    """Return the dimension of the index's vectors, 0 before the first."""
    known = get_record(connection, "embedder", EmbedderRecord)
    return known.dimension if known else 0


def _check_bands(connection: sqlite3.Connection, row: ArticleRow) -> str | None:
    keys = set(bands(shingles(row.article.text)))
    marks = ", ".join("?" * len(keys))
    found = connection.execute(
        f"SELECT count(*) FROM bands WHERE article = ? AND band IN ({marks})",  # noqa: S608
        (row.number, *keys),
    ).fetchone()
    return None if found[0] == len(keys) else "the marks by which its near-duplicates are found are damaged"


def _check_changes(connection: sqlite3.Connection, path: Path) -> Iterator[Problem]:
    check_last_change(connection, path)
    return iter(())


def _check_file(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (line,) in connection.execute("PRAGMA integrity_check").fetchall():
        if line != "ok":
            yield Problem("ledger", str(line))
    for row in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield Problem("ledger", f"a row of {row[0]} refers to an article that is not there")


def _check_full_text(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Compare the full-text index, occurrence by occurrence, with one made anew in memory."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    finally:
        connection.execute("ROLLBACK")
    connection.execute("ATTACH ':memory:' AS anew")
    connection.execute(FULL_TEXT.format(schema="anew."))
    connection.execute("BEGIN")
    rows = connection.execute(
        'SELECT p.number, p.start, p."end", a.title, a.text FROM live a '
        "JOIN passages p ON p.article = a.number ORDER BY p.number"
    )
    for number, start, end, title, text in rows:
        connection.execute(
            "INSERT INTO anew.words (rowid, title, text) VALUES (?, ?, ?)",
            (number, title or "", text[start:end]),
        )
    for schema in ("main", "anew"):
        connection.execute(
            f"CREATE VIRTUAL TABLE temp.terms_{schema} USING fts5vocab('{schema}', 'words', 'instance')"
        )
    for query in FULL_TEXT_CONTENTS:
        kept = connection.execute(query.format(schema="main"))
        made = connection.execute(query.format(schema="anew"))
        if any(one != other for one, other in itertools.zip_longest(kept, made)):
            yield Problem("full text", "it does not hold the words of the passages")
            return


def _check_postings(connection: sqlite3.Connection, settings: Settings) -> Iterator[Problem]:
    if record := posting_record(connection):
        PostingFile(Path(settings.index) / POSTINGS_FOLDER, record).check()
    return iter(())


def _check_generation(connection: sqlite3.Connection, settings: Settings) -> Iterator[Problem]:
    record = current_generation(connection)
    if record is None:
        return
    root = Path(settings.index) / GENERATIONS
    index_id = get_meta(connection, "index_id") or ""
    store = root / record.name / STORE / "chroma.sqlite3"
    if store.exists():
        with contextlib.closing(sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro", uri=True)) as chroma:
            try:
                lines = chroma.execute("PRAGMA integrity_check").fetchall()
            except sqlite3.Error as error:
                lines = [(error,)]
        if lines != [("ok",)]:
            yield Problem("vector index", f"Chroma's file is damaged: {lines[0][0]}")
            return
    with contextlib.closing(open_generation(root, record, settings.chroma_url, index_id)) as generation:
        held = held_passages(root, record)
        live = held[np.isin(held, live_passages(connection))]
        if len(live):
            check_generation(generation, live, lambda rowids: load_vectors(connection, only=rowids).vectors)
