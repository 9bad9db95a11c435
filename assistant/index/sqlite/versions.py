"""In the ledger: the earlier texts of articles, which their sources cut short, and where their pages begin."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Sequence

from assistant.index.article_table import ArticleWrite
from assistant.index.sqlite.ledger import read_articles
from assistant.index.versions import Version, replaced_version
from assistant.types import Article


def keep_earlier(connection: sqlite3.Connection, write: ArticleWrite) -> None:
    """Keep the text that a write is about to replace, and what stands beside the new one."""
    older = next(read_articles(connection, "id = ?", (write.article.id,)), None)
    version = replaced_version(older, write)
    put_earlier(connection, write.article, [version] if version else [])


def put_earlier(connection: sqlite3.Connection, article: Article, versions: Sequence[Version]) -> None:
    """Add earlier texts of an article, oldest first; keep whether it is cut short and where its pages begin."""
    for one in versions:
        published = one.published.isoformat() if one.published else None
        connection.execute(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?)",
            (article.id, one.replaced.isoformat(), one.title, published, one.sha256, one.text),
        )
    connection.execute("DELETE FROM cut_short WHERE id = ?", (article.id,))
    if article.truncated:
        connection.execute("INSERT INTO cut_short VALUES (?)", (article.id,))
    connection.execute("DELETE FROM pages WHERE id = ?", (article.id,))
    if article.pages:
        connection.execute("INSERT INTO pages VALUES (?, ?)", (article.id, json.dumps(article.pages)))


def forget_earlier(connection: sqlite3.Connection, article_id: str) -> None:
    """Delete what is kept of an article that is forgotten."""
    for table in ("versions", "cut_short", "pages"):
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (article_id,))  # noqa: S608 - our own


def versions_of(connection: sqlite3.Connection, article_id: str) -> list[Version]:
    """Return the earlier texts of an article, oldest first."""
    rows = connection.execute(
        "SELECT replaced, title, published, sha256, text FROM versions WHERE id = ? ORDER BY rowid",
        (article_id,),
    )
    return [
        Version(
            datetime.datetime.fromisoformat(replaced),
            title,
            datetime.date.fromisoformat(published) if published else None,
            sha256,
            text,
        )
        for replaced, title, published, sha256, text in rows
    ]
