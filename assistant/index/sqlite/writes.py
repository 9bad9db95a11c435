"""Writes to the ledger, each within a transaction that the caller opened: put, forget, remove, restore."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.index.article_row import ARTICLE_COLUMNS, ArticleRow, damaged, packed
from assistant.index.duplicates import Shingles, bands, shingles, similarity
from assistant.index.row_hash import passage_hash, row_hash
from assistant.index.sqlite.ledger import PASSAGE_COLUMNS, read_articles
from assistant.types import Article, Passage

CANDIDATES_PER_BAND = 32
CANDIDATES_COMPARED = 8


def save_row(connection: sqlite3.Connection, row: ArticleRow) -> None:
    """Write an article's row under its number, new or in place of the old one."""
    values = packed(row)
    names = f"{ARTICLE_COLUMNS}, row_hash"
    places = ", ".join("?" * (len(values) + 1))
    updates = ", ".join(f"{name} = excluded.{name}" for name in names.split(", ")[1:])
    connection.execute(
        f"INSERT INTO articles ({names}) VALUES ({places}) ON CONFLICT (number) DO UPDATE SET {updates}",  # noqa: S608
        (*values, row_hash(values)),
    )


def put_article(
    connection: sqlite3.Connection,
    article: Article,
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    *,
    content_hash: str,
    near_duplicate_similarity: float,
) -> None:
    """Store an article with its passages and their vectors (passages, dimension), replacing an older one.

    Raises:
        IndexDamaged: the older one cannot be taken out because its row is damaged.
    """
    older = next(read_articles(connection, "id = ?", (article.id,)), None)
    if older is not None:
        _drop_contents(connection, older)
    number = older.number if older else next_number(connection, "articles")
    runs = shingles(article.text)
    keys = bands(runs)
    story = _story_of(connection, article, older, runs=runs, keys=keys, least=near_duplicate_similarity)
    first = next_number(connection, "passages")
    words = len(article.text.split())
    row = ArticleRow(number, article, content_hash, story, words, first, len(passages))
    save_row(connection, row)
    connection.executemany("INSERT INTO bands VALUES (?, ?)", [(key, number) for key in sorted(set(keys))])
    rows = []
    for place, (passage, vector) in enumerate(zip(passages, vectors, strict=True)):
        fields = (first + place, number, passage.id, passage.start, passage.end)
        blob = np.asarray(vector, dtype="<f4").tobytes()
        rows.append((*fields, passage_hash(fields, blob), blob))
    connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    index_words(connection, row, [(passage.start, passage.end) for passage in passages])


def index_words(connection: sqlite3.Connection, row: ArticleRow, spans: Sequence[tuple[int, int]]) -> None:
    """Enter the passages of an article into the full-text index, under their numbers."""
    article = row.article
    connection.executemany(
        "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
        [
            (row.first_passage + place, article.title or "", article.text[start:end])
            for place, (start, end) in enumerate(spans)
        ],
    )


def unindex_words(connection: sqlite3.Connection, row: ArticleRow) -> None:
    """Take the passages of an article out of the full-text index, which must hold them."""
    article = row.article
    connection.executemany(
        "INSERT INTO words (words, rowid, title, text) VALUES ('delete', ?, ?, ?)",
        [
            (number, article.title or "", article.text[start:end])
            for number, start, end in connection.execute(
                'SELECT number, start, "end" FROM passages WHERE article = ? ORDER BY number', (row.number,)
            ).fetchall()
        ],
    )


def forget_article(connection: sqlite3.Connection, row: ArticleRow) -> None:
    """Delete an article and all that belongs to it."""
    _drop_contents(connection, row)
    connection.execute("DELETE FROM articles WHERE number = ?", (row.number,))


def remove_article(connection: sqlite3.Connection, row: ArticleRow) -> None:
    """Take an article out of every search and remember it, so that ingesting does not bring it back."""
    if not is_removed(connection, row.article.id):
        unindex_words(connection, row)
        connection.execute("INSERT INTO removals VALUES (?)", (row.article.id,))


def restore_article(connection: sqlite3.Connection, row: ArticleRow) -> None:
    """Bring a removed article back from what the ledger kept, under new passage numbers.

    Its file counts as unread, so that the next ingest takes up what changed meanwhile.

    Raises:
        IndexDamaged: what was kept is not what was written.
    """
    if not is_removed(connection, row.article.id):
        return
    connection.execute("DELETE FROM removals WHERE id = ?", (row.article.id,))
    connection.execute("DELETE FROM files WHERE path = ?", (row.article.path,))
    first = next_number(connection, "passages")
    kept = connection.execute(
        f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE article = ? ORDER BY number",  # noqa: S608 - our own
        (row.number,),
    ).fetchall()
    connection.execute("DELETE FROM passages WHERE article = ?", (row.number,))
    rows = []
    for place, (*old, check, vector) in enumerate(kept):
        if passage_hash(old, vector) != check:
            raise damaged(row.article.id)
        fields = (first + place, *old[1:])
        rows.append((*fields, passage_hash(fields, vector), vector))
    connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    restored = replace(row, first_passage=first)
    save_row(connection, restored)
    index_words(connection, restored, [(start, end) for _, _, _, start, end, _, _ in kept])


def restore_lost(connection: sqlite3.Connection, article_id: str) -> bool:
    """Let a removed article that the ledger has lost come back with the next ingest; say whether it is one."""
    known = connection.execute("SELECT 1 FROM articles WHERE id = ?", (article_id,)).fetchone()
    if known or not is_removed(connection, article_id):
        return False
    connection.execute("DELETE FROM removals WHERE id = ?", (article_id,))
    connection.execute("DELETE FROM files")
    return True


def is_removed(connection: sqlite3.Connection, article_id: str) -> bool:
    """Say whether an article was removed by hand and not restored."""
    return connection.execute("SELECT 1 FROM removals WHERE id = ?", (article_id,)).fetchone() is not None


def next_number(connection: sqlite3.Connection, table: str) -> int:
    """Return the next number of a table; numbers are never used twice."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return int(row[0]) + 1 if row else 1


def _drop_contents(connection: sqlite3.Connection, row: ArticleRow) -> None:
    if not is_removed(connection, row.article.id):
        unindex_words(connection, row)
    connection.execute("DELETE FROM passages WHERE article = ?", (row.number,))
    keys = sorted(set(bands(shingles(row.article.text))))
    connection.executemany(
        "DELETE FROM bands WHERE band = ? AND article = ?", [(key, row.number) for key in keys]
    )


def _story_of(
    connection: sqlite3.Connection,
    article: Article,
    older: ArticleRow | None,
    *,
    runs: Shingles,
    keys: Sequence[int],
    least: float,
) -> int:
    """Return the story of the most similar article that is similar enough, or a story of its own."""
    shared: dict[int, int] = {}
    for key in keys:
        for (number,) in connection.execute(
            "SELECT article FROM bands WHERE band = ? ORDER BY article LIMIT ?", (key, CANDIDATES_PER_BAND)
        ):
            shared[number] = shared.get(number, 0) + 1
    best = (least, 0, 0)
    for number in sorted(shared, key=lambda one: (-shared[one], one))[:CANDIDATES_COMPARED]:
        for row in read_articles(connection, "number = ? AND id <> ?", (number, article.id)):
            best = max(best, (similarity(runs, shingles(row.article.text)), -number, row.story))
    if best[2]:
        return best[2]
    if (
        older is not None
        and not connection.execute(
            "SELECT 1 FROM articles WHERE story = ? AND number <> ?", (older.story, older.number)
        ).fetchone()
    ):
        return older.story
    return int(connection.execute("SELECT coalesce(max(story), 0) + 1 FROM articles").fetchone()[0])
