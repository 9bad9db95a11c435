"""Checks an index in PostgreSQL from end to end, and makes anew what can be made from its articles."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assistant.index.article_row import ArticleRow
from assistant.index.postgres.rows import checked_articles
from assistant.index.postgres.schema import Postgres, kept, read
from assistant.index.postgres.stories import likeness_of
from assistant.index.postgres.tokens import Tokenizer
from assistant.index.postgres.writes import forget_article, forget_file, index_words, write_bands
from assistant.index.row_hash import passage_hash
from assistant.index.store import Problem


def problems(connection: Postgres, tokenizer: Tokenizer, dimension: int) -> Iterator[Problem]:
    """List what is wrong: articles by their ids, then what belongs to none, then the words."""
    sound = []
    for row, whole in checked_articles(connection):
        reason = "it is not what was written" if not whole else _damage_reason(connection, row, dimension)
        if reason:
            yield Problem(row.article.id, f"{reason}; rebuild, then ingest it again")
        else:
            sound.append(row)
    disagreeing = connection.execute(
        "SELECT count(*) FROM articles AS a WHERE removed <> EXISTS "
        "(SELECT 1 FROM removals AS r WHERE md5(r.id) = md5(a.id) AND r.id = a.id)"
    ).fetchone()
    if disagreeing and disagreeing[0]:
        yield Problem("removals", f"{disagreeing[0]} articles are removed in one table and not in the other")
    if not _words_are_right(connection, sound, tokenizer):
        yield Problem("full text", "it does not hold the words of the passages")


def rebuild(connection: Postgres, tokenizer: Tokenizer, dimension: int) -> Iterator[Problem]:
    """Forget damaged articles, naming each, and make marks of likeness and words anew from the others."""
    connection.execute("DELETE FROM postings")
    connection.execute("DELETE FROM bands")
    connection.execute(
        "UPDATE articles AS a SET removed = EXISTS "
        "(SELECT 1 FROM removals AS r WHERE md5(r.id) = md5(a.id) AND r.id = a.id)"
    )
    connection.execute(
        "UPDATE passages AS p SET live = NOT a.removed FROM articles AS a WHERE a.number = p.article"
    )
    for row, whole in list(checked_articles(connection)):
        if not whole or _passages_reason(connection, row, dimension):
            yield Problem(row.article.id, "it was damaged")
            forget_article(connection, row)
            forget_file(connection, row.article.path)
            continue
        write_bands(connection, [(key, row.number) for key in likeness_of(row.article).keys])
        removed = connection.execute(
            "SELECT removed FROM articles WHERE number = %s", (row.number,)
        ).fetchone()
        if removed and not removed[0]:
            index_words(connection, row, _spans(connection, row), tokenizer)


def _damage_reason(connection: Postgres, row: ArticleRow, dimension: int) -> str | None:
    held = connection.execute("SELECT band FROM bands WHERE article = %s", (row.number,)).fetchall()
    if {band for (band,) in held} != set(likeness_of(row.article).keys):
        return "the marks by which its near-duplicates are found are damaged"
    return _passages_reason(connection, row, dimension)


def _passages_reason(connection: Postgres, row: ArticleRow, dimension: int) -> str | None:
    rows = connection.execute(
        "SELECT p.number, p.id, p.first, p.beyond, p.row_hash, p.vector, p.live = a.removed FROM passages AS p "
        "JOIN articles AS a ON a.number = p.article WHERE p.article = %s ORDER BY p.number",
        (row.number,),
        binary=True,
    ).fetchall()
    numbers = list(range(row.first_passage, row.first_passage + row.passages))
    if [one[0] for one in rows] != numbers and (rows or row.passages):
        return "passages of it are missing, or are too many"
    for number, id_, start, end, check, vector, astray in rows:
        values = vector.to_numpy().astype("<f4")
        if passage_hash((number, row.number, read(id_), start, end), values.tobytes()) != check:
            return "one of its passages is not what was written"
        if astray or not 0 <= start < end <= len(row.article.text):
            return "one of its passages does not lie in its text, or is found where it should not be"
        if len(values) != dimension or not np.isfinite(values).all():
            return "one of its vectors is not of the index's dimension"
    return None


def _words_are_right(connection: Postgres, rows: list[ArticleRow], tokenizer: Tokenizer) -> bool:
    expected = 0
    for row in rows:
        state = connection.execute(
            "SELECT removed, tokens FROM articles WHERE number = %s", (row.number,)
        ).fetchone()
        if state is None or state[0]:
            continue
        spans = _spans(connection, row)
        blocks, tokens = tokenizer.blocks(
            [(row.article.title or "", row.article.text[first:end]) for first, end in spans]
        )
        wanted = {
            (row.first_passage + one.at, kept(one.term), one.held, one.in_text, one.places) for one in blocks
        }
        held = connection.execute(
            "SELECT first, term, held, in_text, places FROM postings WHERE article = %s", (row.number,)
        ).fetchall()
        if wanted != {(*one[:2], bytes(one[2]), one[3], bytes(one[4])) for one in held} or state[1] != tokens:
            return False
        expected += len(wanted)
    total = connection.execute("SELECT count(*) FROM postings").fetchone()
    return total is not None and total[0] == expected


def _spans(connection: Postgres, row: ArticleRow) -> list[tuple[int, int]]:
    return connection.execute(
        "SELECT first, beyond FROM passages WHERE article = %s ORDER BY number", (row.number,)
    ).fetchall()
