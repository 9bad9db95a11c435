"""What the index holds, read from the ledger: lists, counts, and the passages that a filter selects."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.errors import QuestionError
from assistant.types import Filters

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article without its text; ``duplicate_of`` is the id of the first article of the same story.

    ``number`` grows in the order in which the articles first came.
    """

    id: str
    title: str | None
    publisher: str | None
    published: datetime.date | None
    url: str | None
    language: str | None
    path: str
    words: int
    passages: int
    duplicate_of: str | None
    removed: bool
    authors: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class IndexCounts:
    """How much the index holds, removed articles left out."""

    articles: int
    passages: int
    stories: int
    undated: int
    removed: int
    first_published: datetime.date | None
    last_published: datetime.date | None
    languages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Selection:
    """The passages that a filter leaves: their numbers, ascending; and how many articles bear no date.

    ``undated`` counts articles that a date filter leaves out only because they bear no date.
    """

    rowids: Rows
    undated: int


def list_articles(connection: sqlite3.Connection) -> list[ArticleSummary]:
    """List the articles by id, removed ones included."""
    rows = connection.execute(
        "SELECT id, title, publisher, published, url, language, path, words, passages, story, "
        "id IN (SELECT id FROM removals), authors, number FROM articles ORDER BY number"
    ).fetchall()
    first: dict[int, str] = {}
    for row in rows:
        if not row[10]:
            first.setdefault(row[9], row[0])
    summaries = []
    for (
        id_,
        title,
        publisher,
        published,
        url,
        language,
        path,
        words,
        passages,
        story,
        removed,
        authors,
        number,
    ) in rows:
        original = first.get(story, id_)
        summaries.append(
            ArticleSummary(
                id=id_,
                title=title,
                publisher=publisher,
                published=_date_of_row(published),
                url=url,
                language=language,
                path=path,
                words=words,
                passages=passages,
                duplicate_of=original if original != id_ else None,
                removed=bool(removed),
                authors=tuple(json.loads(authors)),
                number=number,
            )
        )
    return sorted(summaries, key=lambda one: one.id)


def list_publishers(connection: sqlite3.Connection) -> list[str]:
    """List the publishers of articles, in alphabetical order."""
    rows = connection.execute("SELECT DISTINCT publisher FROM live WHERE publisher IS NOT NULL")
    return sorted((str(row[0]) for row in rows), key=lambda name: (name.casefold(), name))


def published_within(article: ArticleSummary, filters: Filters) -> bool:
    """Return True when an article is in the corpus and passes the filters."""
    if article.removed or (filters.publishers and article.publisher not in filters.publishers):
        return False
    if filters.after is None and filters.before is None:
        return True
    return article.published is not None and (
        (filters.after or article.published) <= article.published <= (filters.before or article.published)
    )


def check_publishers(wanted: Sequence[str], known: Sequence[str]) -> None:
    """Check that each of some publishers is known.

    Raises:
        QuestionError: one of them is not.
    """
    for name in wanted:
        if name not in known:
            raise QuestionError(
                f"no article is by publisher {name!r}; the index holds: {', '.join(known[:10]) or 'none'}"
            )


def count_all(connection: sqlite3.Connection) -> IndexCounts:
    """Count what the index holds."""
    row = connection.execute(
        "SELECT count(*), coalesce(sum(passages), 0), count(DISTINCT story), count(*) - count(published), "
        "min(published), max(published), (SELECT count(*) FROM removals) FROM live"
    ).fetchone()
    languages = connection.execute(
        "SELECT language, count(*) FROM live WHERE language IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return IndexCounts(
        articles=row[0],
        passages=row[1],
        stories=row[2],
        undated=row[3],
        removed=row[6],
        first_published=_date_of_row(row[4]),
        last_published=_date_of_row(row[5]),
        languages=dict(languages.fetchall()),
    )


def select_passages(
    connection: sqlite3.Connection,
    *,
    after: datetime.date | None,
    before: datetime.date | None,
    publishers: Sequence[str],
) -> Selection:
    """Select the passages of articles published in a period (inclusive) by any of some publishers.

    Publishers are compared without regard to case.
    """
    wanted = {name.casefold() for name in publishers}
    names = [name for name in list_publishers(connection) if name.casefold() in wanted]
    filtered = after is not None or before is not None
    first_day, last_day = (after or datetime.date.min).isoformat(), (before or datetime.date.max).isoformat()
    conditions = ["(published IS NULL OR published BETWEEN ? AND ?)"] if filtered else []
    values = [first_day, last_day] if filtered else []
    if publishers:  # One by one: SQLite's JSON cuts a name off at a NUL.
        conditions.append(f"publisher IN ({', '.join('?' * len(names))})")
        values += names
    rows = connection.execute(
        "SELECT first_passage, passages, published IS NULL FROM live "  # noqa: S608 - our own
        f"WHERE {' AND '.join(conditions) or '1'}",
        values,
    ).fetchall()
    spans = [(first, count) for first, count, undated in rows if not (filtered and undated)]
    return Selection(expanded(spans), len(rows) - len(spans))


def live_passages(connection: sqlite3.Connection) -> Rows:
    """Return the numbers of all passages that can be found, ascending."""
    return expanded(connection.execute("SELECT first_passage, passages FROM live").fetchall())


def expanded(spans: Sequence[tuple[int, int]]) -> Rows:
    """Turn (first, count) pairs into the sorted numbers they stand for."""
    if not spans:
        return np.empty(0, dtype=np.int64)
    first, count = np.array(spans, dtype=np.int64).T
    starts = np.repeat(first - np.cumsum(count) + count, count)
    return np.sort(starts + np.arange(int(count.sum()), dtype=np.int64))


def _date_of_row(value: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None
