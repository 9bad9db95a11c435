"""In PostgreSQL: the earlier texts of articles, and which articles their sources cut short."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.index.article_table import ArticleWrite
from assistant.index.postgres.rows import BY_ID, article_by_id
from assistant.index.postgres.schema import Postgres, kept, kept_or_none, read, read_or_none
from assistant.index.versions import Version, replaced_version


def keep_earlier(connection: Postgres, write: ArticleWrite) -> None:
    """Keep the text that a write is about to replace, and whether the new one is cut short."""
    key = write.article.id
    version = replaced_version(article_by_id(connection, key), write)
    put_earlier(connection, key, [version] if version else [], cut_short=write.article.truncated)


def put_earlier(
    connection: Postgres, article_id: str, versions: Sequence[Version], *, cut_short: bool
) -> None:
    """Add earlier texts of an article, oldest first, and keep whether its text is cut short."""
    key = kept(article_id)
    for one in versions:
        connection.execute(
            "INSERT INTO versions (id, replaced, title, published, sha256, text) VALUES (%s, %s, %s, %s, %s, %s)",
            (key, one.replaced, kept_or_none(one.title), one.published, one.sha256, kept(one.text)),
        )
    connection.execute(f"DELETE FROM cut_short WHERE {BY_ID}".encode(), (key, key))  # noqa: S608 - our own
    if cut_short:
        connection.execute("INSERT INTO cut_short VALUES (%s)", (key,))


def forget_earlier(connection: Postgres, article_id: str) -> None:
    """Delete what is kept of an article that is forgotten."""
    key = kept(article_id)
    for table in ("versions", "cut_short"):
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
