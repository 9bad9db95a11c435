"""Writes to PostgreSQL, each within a transaction that the caller opened: put, forget, remove, restore."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from itertools import count as count_from
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pgvector import Vector

from assistant.index.article_row import ARTICLE_COLUMNS, ArticleRow, packed
from assistant.index.article_table import ArticleWrite
from assistant.index.postgres.rows import BY_ID, BY_IDS, articles_by_id, known_article, stored_values
from assistant.index.postgres.schema import Postgres, hash_of, kept
from assistant.index.postgres.stories import likeness_of, stories_of
from assistant.index.postgres.tokens import Tokenizer
from assistant.index.postgres.versions import keep_earlier
from assistant.index.row_hash import passage_hash, row_hash
from assistant.index.source_files import id_taken, may_exist

NEW_NUMBERS = "SELECT nextval(pg_get_serial_sequence('articles', 'number')) FROM generate_series(1, %s)"


class IdTakenError(Exception):
    """Another article has the id."""


class PassageWrite(NamedTuple):
    """A passage to be stored: its number, its article's, its id, where it stands, if it is found, its vector."""

    number: int
    article: int
    id: str
    start: int
    end: int
    live: bool
    vector: NDArray[np.float32]


def lock_articles(
    connection: Postgres, article_ids: Sequence[str], keys: Iterable[int] = (), *, alone: bool = False
) -> None:
    """Keep other writers, to the end of the transaction, from articles and, by their marks, from those like them.

    Locks are taken in the order of their numbers, so that no two writers wait for each other. Who writes ``alone``
    holds the lock that all of them share.
    """
    if alone:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (hash_of("all"),))
        return
    own = {_number_of(article_id) for article_id in article_ids}
    connection.execute("SELECT pg_advisory_xact_lock_shared(%s)", (hash_of("all"),))
    connection.execute(
        "SELECT count(pg_advisory_xact_lock(key)) FROM unnest(%s::bigint[]) AS key",
        (sorted(own.union(keys)),),
    )


def locked_article(connection: Postgres, article_id: str) -> ArticleRow:
    """Return an article, which no other writer changes to the end of the transaction.

    Raises:
        UnknownArticle: the index holds none of that id.
    """
    lock_articles(connection, [article_id])
    return known_article(connection, article_id)


def put_articles(
    connection: Postgres,
    writes: Sequence[ArticleWrite],
    tokenizer: Tokenizer,
    *,
    least_similarity: float,
    alone: bool,
) -> None:
    """Store articles with their passages and their vectors, replacing older ones; no id stands twice among them.

    Raises:
        IdTakenError: an id is that of an article of another path, which is still there.
        IndexDamaged: an older one, or one that is compared with them, is damaged.
    """
    likenesses = [likeness_of(write.article) for write in writes]
    ids = [write.article.id for write in writes]
    lock_articles(connection, ids, chain.from_iterable(one.keys for one in likenesses), alone=alone)
    older = articles_by_id(connection, ids)
    for article in (write.article for write in writes):
        held = older.get(article.id)
        if held is not None and held.article.path != article.path and may_exist(held.article.path):
            raise IdTakenError(id_taken(article.id, article.path, held.article.path))
    keep_earlier(connection, writes, older)
    fresh = iter(connection.execute(NEW_NUMBERS, (len(writes) - len(older),)).fetchall())
    numbers = [older[id_].number if id_ in older else int(next(fresh)[0]) for id_ in ids]
    stories = stories_of(connection, likenesses, numbers, older, least=least_similarity)
    _drop_contents(connection, [row.number for row in older.values()])
    first = _passage_numbers(connection, sum(len(write.passages) for write in writes))
    rows = []
    for write, number, story in zip(writes, numbers, stories, strict=True):
        words, count = len(write.article.text.split()), len(write.passages)
        held_from = first if count else 0
        rows.append(ArticleRow(number, write.article, write.content_hash, story, words, held_from, count))
        first += count
    removed = removed_of(connection, ids)
    spans = [[(one.start, one.end) for one in write.passages] for write in writes]
    live = [id_ not in removed for id_ in ids]
    entries = [(row, own) for row, own, lives in zip(rows, spans, live, strict=True) if lives]
    tokens = enter_words(connection, entries, tokenizer)
    save_rows(connection, [(row, tokens.get(row.number, 0)) for row in rows])
    write_bands(
        connection, [(key, row.number) for row, one in zip(rows, likenesses, strict=True) for key in one.keys]
    )
    write_passages(
        connection,
        [
            PassageWrite(place, row.number, one.id, one.start, one.end, lives, vector)
            for row, write, lives in zip(rows, writes, live, strict=True)
            for place, one, vector in zip(count_from(row.first_passage), write.passages, write.vectors)
        ],
    )


def write_bands(connection: Postgres, marks: Sequence[tuple[int, int]]) -> None:
    """Store marks of likeness, each with the number of its article."""
    with connection.cursor() as cursor, cursor.copy("COPY bands (band, article) FROM STDIN BINARY") as copy:
        copy.set_types(["int8", "int8"])
        for mark in marks:
            copy.write_row(mark)


def write_passages(connection: Postgres, passages: Iterable[PassageWrite]) -> None:
    """Store passages with their vectors."""
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY passages (number, article, id, first, beyond, live, row_hash, vector) FROM STDIN BINARY"
        ) as copy,
    ):
        copy.set_types(["int8", "int8", "text", "int4", "int4", "bool", "int8", "vector"])
        for number, article, id_, start, end, live, vector in passages:
            values = np.asarray(vector, dtype=np.float32)
            check = passage_hash((number, article, id_, start, end), values.astype("<f4").tobytes())
            copy.write_row((number, article, kept(id_), start, end, live, check, Vector(values)))


def save_rows(connection: Postgres, rows: Sequence[tuple[ArticleRow, int]]) -> None:
    """Write rows of articles, each with its count of tokens, under their numbers, new or in place of old ones."""
    names = f"{ARTICLE_COLUMNS}, row_hash, tokens"
    updates = ", ".join(f"{name} = excluded.{name}" for name in names.split(", ")[1:])
    query = (
        f"INSERT INTO articles ({names}) OVERRIDING SYSTEM VALUE "  # noqa: S608 - our own
        f"VALUES ({', '.join(['%s'] * len(names.split(', ')))}) ON CONFLICT (number) DO UPDATE SET {updates}"
    )
    connection.cursor().executemany(query.encode(), [(*stored_values(row), tokens) for row, tokens in rows])


def enter_words(
    connection: Postgres,
    entries: Sequence[tuple[ArticleRow, Sequence[tuple[int, int]]]],
    tokenizer: Tokenizer,
) -> dict[int, int]:
    """Enter the passages of articles into the postings; map the number of each article to its tokens."""
    tokens = {}
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY postings (term, article, first, held, in_text, places) FROM STDIN BINARY") as copy,
    ):
        copy.set_types(["text", "int8", "int8", "bytea", "bool", "bytea"])
        for row, spans in entries:
            article = row.article
            blocks, tokens[row.number] = tokenizer.blocks(
                [(article.title or "", article.text[start:end]) for start, end in spans]
            )
            for one in blocks:
                place = row.first_passage + one.at
                copy.write_row((kept(one.term), row.number, place, one.held, one.in_text, one.places))
    return tokens


def index_words(
    connection: Postgres, row: ArticleRow, spans: Sequence[tuple[int, int]], tokenizer: Tokenizer
) -> None:
    """Enter the passages of an article that is stored into the postings."""
    tokens = enter_words(connection, [(row, spans)], tokenizer)[row.number]
    connection.execute("UPDATE articles SET tokens = %s WHERE number = %s", (tokens, row.number))


def forget_article(connection: Postgres, row: ArticleRow) -> None:
    """Delete an article and all that belongs to it."""
    _drop_contents(connection, [row.number])
    connection.execute("DELETE FROM articles WHERE number = %s", (row.number,))


def remove_article(connection: Postgres, row: ArticleRow) -> None:
    """Take an article out of every search and remember it, so that ingesting does not bring it back."""
    key = kept(row.article.id)
    if is_removed(connection, key):
        return
    connection.execute("DELETE FROM postings WHERE article = %s", (row.number,))
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


def removed_of(connection: Postgres, article_ids: Sequence[str]) -> set[str]:
    """Return those of some ids whose articles were removed by hand and not restored."""
    keys = {kept(article_id): article_id for article_id in article_ids}
    query = f"SELECT id FROM removals WHERE {BY_IDS}".encode()  # noqa: S608 - our own
    return {keys[id_] for (id_,) in connection.execute(query, ([*keys], [*keys])).fetchall()}


def _drop_contents(connection: Postgres, numbers: Sequence[int]) -> None:
    """Delete the words, the passages and the marks of articles."""
    if numbers:
        for table in ("postings", "passages", "bands"):
            connection.execute(f"DELETE FROM {table} WHERE article = ANY(%s)".encode(), (list(numbers),))  # noqa: S608


def _number_of(article_id: str) -> int:
    """Return the number by which an article is locked."""
    return int.from_bytes(hashlib.blake2b(kept(article_id).encode(), digest_size=8).digest(), signed=True)


def _passage_numbers(connection: Postgres, count: int) -> int:
    """Return the first of so many numbers that follow one another."""
    if not count:
        return 0
    row = connection.execute("SELECT take_passage_numbers(%s)", (count,)).fetchone()
    assert row is not None  # noqa: S101 - a function returns a row
    return int(row[0])
