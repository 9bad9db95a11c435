"""In PostgreSQL: the earlier texts of articles, which are cut short, and where their pages begin."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from assistant.index.article_row import ArticleRow
from assistant.index.article_table import ArticleWrite
from assistant.index.postgres.rows import BY_ID, BY_IDS
from assistant.index.postgres.schema import Postgres, kept, kept_or_none, read, read_or_none
from assistant.index.versions import Version, replaced_version
from assistant.types import Article


def keep_earlier(
    connection: Postgres, writes: Sequence[ArticleWrite], older: Mapping[str, ArticleRow]
) -> None:
    """Keep the texts that writes are about to replace, rows by id, and what stands beside the new ones."""
    forget_beside(connection, [write.article.id for write in writes])
    for write in writes:
        version = replaced_version(older.get(write.article.id), write)
        put_earlier(connection, write.article, [version] if version else [])


def put_earlier(connection: Postgres, article: Article, versions: Sequence[Version]) -> None:
    """Add earlier texts of an article, oldest first; keep whether it is cut short and where its pages begin.

    Nothing is kept yet beside it.
    """
    key = kept(article.id)
    for one in versions:
        connection.execute(
            "INSERT INTO versions (id, replaced, title, published, sha256, text) VALUES (%s, %s, %s, %s, %s, %s)",
            (key, one.replaced, kept_or_none(one.title), one.published, one.sha256, kept(one.text)),
        )
    if article.truncated:
        connection.execute("INSERT INTO cut_short VALUES (%s)", (key,))
    if article.pages:
        connection.execute("INSERT INTO pages VALUES (%s, %s)", (key, json.dumps(article.pages)))


def forget_beside(connection: Postgres, article_ids: Sequence[str]) -> None:
    """Delete what is kept beside articles that are about to be written."""
    keys = [kept(article_id) for article_id in article_ids]
    for table in ("cut_short", "pages"):
        connection.execute(f"DELETE FROM {table} WHERE {BY_IDS}".encode(), (keys, keys))  # noqa: S608 - our own


def forget_earlier(connection: Postgres, article_id: str) -> None:
    """Delete what is kept of an article that is forgotten."""
    key = kept(article_id)
    for table in ("versions", "cut_short", "pages"):
        connection.execute(f"DELETE FROM {table} WHERE {BY_ID}".encode(), (key, key))  # noqa: S608 - our own


def versions_of(connection: Postgres, article_id: str) -> list[Version]:
    """Return the earlier texts of an article, oldest first."""
    key = kept(article_id)
    query = f"SELECT replaced, title, published, sha256, text FROM versions WHERE {BY_ID} ORDER BY number"  # noqa: S608 - our own
    rows = connection.execute(query.encode(), (key, key)).fetchall()
    return [
        Version(replaced, read_or_none(title), published, sha256, read(text))
        for replaced, title, published, sha256, text in rows
    ]
