"""Which story an article belongs to: that of the most similar one there is, or one of its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.index.article_row import ArticleRow
from assistant.index.duplicates import Shingles, bands, shingles, similarity
from assistant.index.postgres.rows import read_articles
from assistant.index.postgres.schema import Postgres
from assistant.types import Article

CANDIDATES_PER_BAND = 32
CANDIDATES_COMPARED = 8


@dataclass(frozen=True, slots=True)
class Likeness:
    """An article with its runs of words, and the marks that it shares with those like it."""

    article: Article
    runs: Shingles
    keys: tuple[int, ...]


def likeness_of(article: Article) -> Likeness:
    """Return what an article is compared by."""
    runs = shingles(article.text)
    return Likeness(article, runs, tuple(sorted(set(bands(runs)))))


@dataclass(frozen=True, slots=True)
class _Near:
    id: str
    number: int
    story: int
    runs: Shingles


def stories_of(
    connection: Postgres,
    articles: Sequence[Likeness],
    numbers: Sequence[int],
    older: Mapping[str, ArticleRow],
    *,
    least: float,
) -> list[int]:
    """Return the story of each of some articles, to be stored under these numbers one after another.

    ``older`` are the rows, by id, that they replace. An article is compared with those before it, too.

    Raises:
        IndexDamaged: one that is compared with is damaged.
    """
    fresh = connection.execute(
        "SELECT nextval('stories') FROM generate_series(1, %s)", (len(articles),)
    ).fetchall()
    held = _held(connection, {key for one in articles for key in one.keys}, CANDIDATES_PER_BAND + len(older))
    near: dict[int, _Near] = {}
    stories = []
    for one, number, (own,) in zip(articles, numbers, fresh, strict=True):
        shared = Counter(
            other for key in one.keys for other in sorted(held.get(key, ()))[:CANDIDATES_PER_BAND]
        )
        compared = sorted(shared, key=lambda other: (-shared[other], other))[:CANDIDATES_COMPARED]
        _read_near(connection, [other for other in compared if other not in near], near)
        best = (least, 0, 0)
        for other in (near[other] for other in compared):
            if other.id != one.article.id:
                best = max(best, (similarity(one.runs, other.runs), -other.number, other.story))
        story = best[2] or _kept_story(connection, older.get(one.article.id)) or int(own)
        stories.append(story)
        if one.article.id in older:
            for marked in held.values():
                marked.discard(number)
        for key in one.keys:
            held[key].add(number)
        near[number] = _Near(one.article.id, number, story, one.runs)
    return stories


def _held(connection: Postgres, keys: set[int], most: int) -> defaultdict[int, set[int]]:
    """Map each mark to the first articles that bear it."""
    held: defaultdict[int, set[int]] = defaultdict(set)
    rows = connection.execute(
        "SELECT key, article FROM unnest(%s::bigint[]) AS key, "
        "LATERAL (SELECT article FROM bands WHERE band = key ORDER BY article LIMIT %s) AS near",
        (sorted(keys), most),
    ).fetchall()
    for key, article in rows:
        held[key].add(article)
    return held


def _read_near(connection: Postgres, numbers: Sequence[int], near: dict[int, _Near]) -> None:
    if numbers:
        for row in read_articles(connection, "number = ANY(%s)", (list(numbers),)):
            near[row.number] = _Near(row.article.id, row.number, row.story, shingles(row.article.text))


def _kept_story(connection: Postgres, older: ArticleRow | None) -> int | None:
    """Return the story of the row that is replaced, if it is of no other article."""
    if older is None:
        return None
    shared = connection.execute(
        "SELECT 1 FROM articles WHERE story = %s AND number <> %s", (older.story, older.number)
    )
    return None if shared.fetchone() else older.story
