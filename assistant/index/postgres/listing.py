"""What an index in PostgreSQL holds: lists, counts, filters, and passages by their numbers."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence

from assistant.index.article_row import damaged
from assistant.index.listing import ArticleSummary, IndexCounts, Rows, Selection, expanded
from assistant.index.postgres.database import Ask
from assistant.index.postgres.rows import articles_query, checked_article
from assistant.index.postgres.schema import Postgres, read, read_or_none
from assistant.index.store import StoredPassage
from assistant.types import Passage

PASSAGES = "SELECT number, id, first, beyond, article FROM passages WHERE live AND number = ANY(%s)"
OF_PASSAGES = "number IN (SELECT article FROM passages WHERE live AND number = ANY(%s))"


def list_articles(connection: Postgres) -> list[ArticleSummary]:
    """List the articles by id, removed ones included."""
    rows = connection.execute(
        "SELECT id, title, publisher, published, url, language, path, words, passages, story, removed, authors, "
        "number FROM articles ORDER BY number"
    ).fetchall()
    first: dict[int, str] = {}
    for row in rows:
        if not row[10]:
            first.setdefault(row[9], read(row[0]))
    summaries = []
    for row in rows:
        id_ = read(row[0])
        original = first.get(row[9], id_)
        summaries.append(
            ArticleSummary(
                id=id_,
                title=read_or_none(row[1]),
                publisher=read_or_none(row[2]),
                published=row[3],
                url=read_or_none(row[4]),
                language=read_or_none(row[5]),
                path=read(row[6]),
                words=row[7],
                passages=row[8],
                duplicate_of=original if original != id_ else None,
                removed=row[10],
                authors=tuple(json.loads(read(row[11]))),
                number=row[12],
            )
        )
    return sorted(summaries, key=lambda one: one.id)


def list_publishers(connection: Postgres) -> list[str]:
    """List the publishers of articles, in alphabetical order."""
    rows = connection.execute("SELECT DISTINCT publisher FROM live WHERE publisher IS NOT NULL").fetchall()
    return sorted((read(row[0]) for row in rows), key=lambda name: (name.casefold(), name))


def count_all(connection: Postgres) -> IndexCounts:
    """Count what the index holds."""
    row = connection.execute(
        "SELECT count(*), coalesce(sum(passages), 0), count(DISTINCT story), count(*) - count(published), "
        "(SELECT count(*) FROM removals), min(published), max(published) FROM live"
    ).fetchone()
    assert row is not None  # noqa: S101 - a count always returns a row
    languages = connection.execute(
        "SELECT language, count(*) FROM live WHERE language IS NOT NULL GROUP BY 1 "
        'ORDER BY 2 DESC, language COLLATE "C"'
    ).fetchall()
    return IndexCounts(
        articles=int(row[0]),
        passages=int(row[1]),
        stories=int(row[2]),
        undated=int(row[3]),
        removed=int(row[4]),
        first_published=row[5],
        last_published=row[6],
        languages={read(language): int(count) for language, count in languages},
    )


def select_passages(
    connection: Postgres,
    *,
    after: datetime.date | None,
    before: datetime.date | None,
    publishers: Sequence[str],
) -> Selection:
    """Select the passages of articles published in a period (inclusive) by any of some publishers."""
    wanted = {name.casefold() for name in publishers}
    filtered = after is not None or before is not None
    rows = connection.execute(
        "SELECT first_passage, passages, published IS NULL, publisher FROM live "
        "WHERE NOT %s OR published IS NULL OR published BETWEEN %s AND %s",
        (filtered, after or datetime.date.min, before or datetime.date.max),
    ).fetchall()
    met = [
        row for row in rows if not publishers or (row[3] is not None and read(row[3]).casefold() in wanted)
    ]
    spans = [(first, count) for first, count, undated, _ in met if not (filtered and undated)]
    return Selection(expanded(spans), len(met) - len(spans))


def live_passages(connection: Postgres) -> Rows:
    """Return the numbers of all passages that can be found, ascending."""
    return expanded(connection.execute("SELECT first_passage, passages FROM live").fetchall())


def read_passages(ask: Ask, rowids: Sequence[int]) -> list[StoredPassage]:
    """Return live passages in the order asked; others are left out.

    Raises:
        IndexDamaged: an article's row is not what was written.
    """
    wanted = [int(number) for number in rowids]
    _, (rows, article_rows) = ask((PASSAGES, (wanted,)), (articles_query(OF_PASSAGES), (wanted,)))
    articles = {}
    for row, sound in map(checked_article, article_rows):
        if not sound:
            raise damaged(row.article.id)
        articles[row.number] = row
    found = {}
    for number, id_, start, end, article in rows:
        row = articles[article]
        passage = Passage(read(id_), row.article.id, start, end, row.article.text[start:end])
        found[number] = StoredPassage(number, passage, row.article, row.story)
    return [found[number] for number in wanted if number in found]
