"""Articles read from PostgreSQL, each checked against its hash."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from assistant.errors import UnknownArticle
from assistant.index.article_row import (
    ARTICLE_COLUMNS,
    ArticleRow,
    damaged,
    packed,
    unpacked,
    with_kept_beside,
)
from assistant.index.postgres.schema import Postgres, kept, kept_or_none, read
from assistant.index.row_hash import row_hash

BY_ID = "md5(id) = md5(%s) AND id = %s"
BY_IDS = "md5(id) = ANY(ARRAY(SELECT md5(one) FROM unnest(%s::text[]) AS one)) AND id = ANY(%s::text[])"


def read_articles(
    connection: Postgres, condition: str = "true", values: Sequence[object] = ()
) -> Iterator[ArticleRow]:
    """Yield the articles that meet an SQL condition, each checked against its hash.

    Raises:
        IndexDamaged: a row is not what was written.
    """
    for row, sound in checked_articles(connection, condition, values):
        if not sound:
            raise damaged(row.article.id)
        yield row


def checked_articles(
    connection: Postgres, condition: str = "true", values: Sequence[object] = ()
) -> Iterator[tuple[ArticleRow, bool]]:
    """Yield the articles that meet an SQL condition, by number, and whether each is what was written."""
    for stored in connection.execute(articles_query(condition).encode(), values).fetchall():
        yield checked_article(stored)


def articles_query(condition: str) -> str:
    """Write the query for articles that meet an SQL condition, by number; ``checked_article`` takes its rows."""
    return (
        f"SELECT {ARTICLE_COLUMNS}, row_hash, "  # noqa: S608 - ours
        "EXISTS (SELECT 1 FROM cut_short WHERE md5(cut_short.id) = md5(articles.id)), "
        "(SELECT starts FROM pages WHERE md5(pages.id) = md5(articles.id)) "
        f"FROM articles WHERE {condition} ORDER BY number"
    )


def checked_article(found: Sequence[object]) -> tuple[ArticleRow, bool]:
    """Return an article as it was read, and whether it is what was written."""
    *stored, check, is_cut, pages = found
    fields = [_read(value) for value in stored]
    row = with_kept_beside(unpacked(fields), bool(is_cut), None if pages is None else str(pages))
    return row, row_hash(packed(row)) == check


def article_by_id(connection: Postgres, article_id: str) -> ArticleRow | None:
    """Return an article, removed ones included, or None.

    Raises:
        IndexDamaged: its row is not what was written.
    """
    key = kept(article_id)
    return next(read_articles(connection, BY_ID, (key, key)), None)


def articles_by_id(connection: Postgres, article_ids: Sequence[str]) -> dict[str, ArticleRow]:
    """Return those of some articles that are there, removed ones included, by id.

    Raises:
        IndexDamaged: a row is not what was written.
    """
    keys = [kept(article_id) for article_id in article_ids]
    return {row.article.id: row for row in read_articles(connection, BY_IDS, (keys, keys))}


def known_article(connection: Postgres, article_id: str) -> ArticleRow:
    """Return an article, removed ones included.

    Raises:
        UnknownArticle: the index holds none of that id.
        IndexDamaged: its row is not what was written.
    """
    row = article_by_id(connection, article_id)
    if row is None:
        raise UnknownArticle(
            f"the index holds no article {article_id!r}; `python -m assistant list` shows all"
        )
    return row


def stored_values(row: ArticleRow) -> tuple[object, ...]:
    """Return the values of ``ARTICLE_COLUMNS`` and ``row_hash`` as PostgreSQL keeps them."""
    values = packed(row)
    stored = [kept_or_none(value) if isinstance(value, str) else value for value in values]
    stored[5] = row.article.published
    return (*stored, row_hash(values))


def _read(value: object) -> object:
    """Return a stored value as ``unpacked`` takes it: texts to the letter, dates as text."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return read(value) if isinstance(value, str) else value
