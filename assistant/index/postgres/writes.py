"""Writes to PostgreSQL, each within a transaction that the caller opened: put, forget, remove, restore."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from pgvector import Vector

from assistant.index.article_row import ARTICLE_COLUMNS, ArticleRow, packed
from assistant.index.article_table import ArticleWrite
from assistant.index.duplicates import Shingles, bands, shingles, similarity
from assistant.index.postgres.rows import BY_ID, article_by_id, known_article, read_articles, stored_values
from assistant.index.postgres.schema import Postgres, hash_of, kept
from assistant.index.postgres.tokens import Tokenizer
from assistant.index.row_hash import passage_hash, row_hash
from assistant.index.source_files import id_taken, may_exist

CANDIDATES_PER_BAND = 32
CANDIDATES_COMPARED = 8


class IdTakenError(Exception):
    """Another article has the id."""


def lock_article(connection: Postgres, article_id: str, keys: Sequence[int] = ()) -> None:
    """Keep other writers, to the end of the transaction, from an article and, by their marks, from those like it.

    Locks are taken in the order of their numbers, so that no two writers wait for each other. Who writes alone
    holds the lock that all of them share.
    """
    own = int.from_bytes(hashlib.blake2b(kept(article_id).encode(), digest_size=8).digest(), signed=True)
    connection.execute("SELECT pg_advisory_xact_lock_shared(%s)", (hash_of("all"),))
    connection.execute(
        "SELECT count(pg_advisory_xact_lock(key)) FROM unnest(%s::bigint[]) AS key", (sorted({own, *keys}),)
    )


def locked_article(connection: Postgres, article_id: str) -> ArticleRow:
    """Return an article, which no other writer changes to the end of the transaction.

    Raises:
        UnknownArticle: the index holds none of that id.
    """
    lock_article(connection, article_id)
    return known_article(connection, article_id)


def put_article(
    connection: Postgres, write: ArticleWrite, tokenizer: Tokenizer, *, least_similarity: float
) -> None:
    """Store an article with its passages and their vectors, replacing an older one.

    Raises:
        IdTakenError: its id is that of an article of another path, which is still there.
        IndexDamaged: the older one, or one that is compared with it, is damaged.
    """
    article, key = write.article, kept(write.article.id)
    runs = shingles(article.text)
    keys = sorted(set(bands(runs)))
    lock_article(connection, article.id, keys)
    older = article_by_id(connection, article.id)
    if older is not None and older.article.path != article.path and may_exist(older.article.path):
        raise IdTakenError(id_taken(article.id, article.path, older.article.path))
    story = _story_of(connection, article.id, older, runs=runs, keys=keys, least=least_similarity)
    if older is not None:
        connection.execute(
            "DELETE FROM postings WHERE passage IN (SELECT number FROM passages WHERE article = %s)",
            (older.number,),
        )
        connection.execute("DELETE FROM passages WHERE article = %s", (older.number,))
        connection.execute("DELETE FROM bands WHERE article = %s", (older.number,))
    numbers = _passage_numbers(connection, len(write.passages))
    number = older.number if older else _next_article(connection)
    row = ArticleRow(
        number,
        article,
        write.content_hash,
        story,
        len(article.text.split()),
        numbers[0] if numbers else 0,
        len(numbers),
    )
    save_row(connection, row)
    connection.cursor().executemany("INSERT INTO bands VALUES (%s, %s)", [(band, number) for band in keys])
    removed = is_removed(connection, key)
    passages = [
        (place, one.id, one.start, one.end) for place, one in zip(numbers, write.passages, strict=True)
    ]
    write_passages(connection, number, passages, write.vectors, live=not removed)
    if not removed:
        index_words(connection, row, [(one.start, one.end) for one in write.passages], tokenizer)


def write_passages(
    connection: Postgres,
    article: int,
    passages: Sequence[tuple[int, str, int, int]],
    vectors: NDArray[np.float32],
    *,
    live: bool,
) -> None:
    """Store the passages of an article, each given as (number, id, start, end), with their vectors."""
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY passages (number, article, id, first, beyond, live, row_hash, vector) FROM STDIN BINARY"
        ) as copy,
    ):
        copy.set_types(["int8", "int8", "text", "int4", "int4", "bool", "int8", "vector"])
        for (number, id_, start, end), vector in zip(passages, vectors, strict=True):
            values = np.asarray(vector, dtype=np.float32)
            check = passage_hash((number, article, id_, start, end), values.astype("<f4").tobytes())
            copy.write_row((number, article, kept(id_), start, end, live, check, Vector(values)))


def save_row(connection: Postgres, row: ArticleRow) -> None:
    """Write an article's row under its number, new or in place of the old one."""
    names = f"{ARTICLE_COLUMNS}, row_hash"
    updates = ", ".join(f"{name} = excluded.{name}" for name in names.split(", ")[1:])
    values = stored_values(row)
    query = (
        f"INSERT INTO articles ({names}, tokens) OVERRIDING SYSTEM VALUE "  # noqa: S608 - our own
        f"VALUES ({', '.join(['%s'] * len(values))}, 0) ON CONFLICT (number) DO UPDATE SET {updates}"
    )
    connection.execute(query.encode(), values)


def index_words(
    connection: Postgres, row: ArticleRow, spans: Sequence[tuple[int, int]], tokenizer: Tokenizer
) -> None:
    """Enter the passages of an article, consecutive in their numbers, into the postings."""
    article = row.article
    found = tokenizer.postings([(article.title or "", article.text[start:end]) for start, end in spans])
    total = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY postings (term, passage, weight, tokens, in_text, places) FROM STDIN BINARY"
        ) as copy,
    ):
        copy.set_types(["text", "int8", "int4", "int4", "bool", "bytea"])
        for number, postings in enumerate(found, row.first_passage):
            tokens = sum(len(one.places) for one in postings)
            total += tokens
            for one in postings:
                places = one.places.astype("<i4").tobytes()
                copy.write_row((kept(one.term), number, one.weight, tokens, one.in_text, places))
    connection.execute("UPDATE articles SET tokens = %s WHERE number = %s", (total, row.number))


def forget_article(connection: Postgres, row: ArticleRow) -> None:
    """Delete an article and all that belongs to it."""
    connection.execute(
        "DELETE FROM postings WHERE passage IN (SELECT number FROM passages WHERE article = %s)",
        (row.number,),
    )
    connection.execute("DELETE FROM bands WHERE article = %s", (row.number,))
    connection.execute("DELETE FROM articles WHERE number = %s", (row.number,))


def remove_article(connection: Postgres, row: ArticleRow) -> None:
    """Take an article out of every search and remember it, so that ingesting does not bring it back."""
    key = kept(row.article.id)
    if is_removed(connection, key):
        return
    connection.execute(
        "DELETE FROM postings WHERE passage IN (SELECT number FROM passages WHERE article = %s)",
        (row.number,),
    )
    connection.execute("UPDATE passages SET live = false WHERE article = %s", (row.number,))
    connection.execute("UPDATE articles SET removed = true WHERE number = %s", (row.number,))
    connection.execute("INSERT INTO removals VALUES (%s)", (key,))


def restore_article(connection: Postgres, row: ArticleRow, tokenizer: Tokenizer) -> None:
    """Bring a removed article back; its file counts as unread, so that the next ingest takes up its changes."""
    key, path = kept(row.article.id), kept(row.article.path)
    if not is_removed(connection, key):
        return
    connection.execute(f"DELETE FROM removals WHERE {BY_ID}".encode(), (key, key))  # noqa: S608 - our own
    connection.execute("DELETE FROM files WHERE md5(path) = md5(%s) AND path = %s", (path, path))
    connection.execute("UPDATE articles SET removed = false WHERE number = %s", (row.number,))
    connection.execute("UPDATE passages SET live = true WHERE article = %s", (row.number,))
    spans = connection.execute(
        "SELECT first, beyond FROM passages WHERE article = %s ORDER BY number", (row.number,)
    ).fetchall()
    index_words(connection, row, [(start, end) for start, end in spans], tokenizer)


def restore_lost(connection: Postgres, article_id: str) -> bool:
    """Let a removed article that was lost come back with the next ingest; say whether it is one."""
    key = kept(article_id)
    known = connection.execute(f"SELECT 1 FROM articles WHERE {BY_ID}".encode(), (key, key))  # noqa: S608 - our own
    if known.fetchone() or not is_removed(connection, key):
        return False
    connection.execute(f"DELETE FROM removals WHERE {BY_ID}".encode(), (key, key))  # noqa: S608 - our own
    connection.execute("DELETE FROM files")
    return True


def change_path(connection: Postgres, row: ArticleRow, path: str) -> None:
    """Record that an article is now read from another path, its own having gone."""
    forget_file(connection, row.article.path)
    moved = replace(row, article=replace(row.article, path=path))
    connection.execute(
        "UPDATE articles SET path = %s, row_hash = %s WHERE number = %s",
        (kept(path), row_hash(packed(moved)), row.number),
    )


def forget_file(connection: Postgres, path: str) -> None:
    """Let a file count as unread."""
    connection.execute("DELETE FROM files WHERE md5(path) = md5(%s) AND path = %s", (kept(path), kept(path)))


def is_removed(connection: Postgres, key: str) -> bool:
    """Say whether an article, by its id as ``kept`` writes it, was removed by hand and not restored."""
    query = f"SELECT 1 FROM removals WHERE {BY_ID}".encode()  # noqa: S608 - our own
    return connection.execute(query, (key, key)).fetchone() is not None


def _next_article(connection: Postgres) -> int:
    row = connection.execute("SELECT nextval(pg_get_serial_sequence('articles', 'number'))").fetchone()
    assert row is not None  # noqa: S101 - nextval returns a row
    return int(row[0])


def _passage_numbers(connection: Postgres, count: int) -> list[int]:
    """Return numbers that follow one another."""
    if not count:
        return []
    row = connection.execute("SELECT take_passage_numbers(%s)", (count,)).fetchone()
    assert row is not None  # noqa: S101 - a function returns a row
    return list(range(int(row[0]), int(row[0]) + count))


def _story_of(
    connection: Postgres,
    article_id: str,
    older: ArticleRow | None,
    *,
    runs: Shingles,
    keys: Sequence[int],
    least: float,
) -> int:
    """Return the story of the most similar article that is similar enough, or a story of its own."""
    candidates = connection.execute(
        "SELECT article FROM (SELECT article, row_number() OVER (PARTITION BY band ORDER BY article) AS place "
        "FROM bands WHERE band = ANY(%s)) AS near WHERE place <= %s "
        "GROUP BY article ORDER BY count(*) DESC, article LIMIT %s",
        (list(keys), CANDIDATES_PER_BAND, CANDIDATES_COMPARED),
    ).fetchall()
    best = (least, 0, 0)
    for near in read_articles(connection, "number = ANY(%s)", ([number for (number,) in candidates],)):
        if near.article.id != article_id:
            best = max(best, (similarity(runs, shingles(near.article.text)), -near.number, near.story))
    if best[2]:
        return best[2]
    if older is not None:
        shared = connection.execute(
            "SELECT 1 FROM articles WHERE story = %s AND number <> %s", (older.story, older.number)
        )
        if not shared.fetchone():
            return older.story
    row = connection.execute("SELECT nextval('stories')").fetchone()
    assert row is not None  # noqa: S101 - nextval returns a row
    return int(row[0])
