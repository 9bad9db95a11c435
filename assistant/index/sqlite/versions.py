"""In the ledger: the earlier texts of articles, and which articles their sources cut short."""

from __future__ import annotations

import datetime
import sqlite3

from assistant.index.article_table import ArticleWrite
from assistant.index.sqlite.ledger import read_articles
from assistant.index.versions import Version, replaced_version


def keep_earlier(connection: sqlite3.Connection, write: ArticleWrite) -> None:
    """Keep the text that a write is about to replace, and whether the new one is cut short."""
    key = write.article.id
    older = next(read_articles(connection, "id = ?", (key,)), None)
    if version := replaced_version(older, write):
        connection.execute(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?)",
            (
                key,
                version.replaced.isoformat(),
                version.title,
                version.published.isoformat() if version.published else None,
                version.sha256,
                version.text,
            ),
        )
    connection.execute("DELETE FROM cut_short WHERE id = ?", (key,))
    if write.article.truncated:
        connection.execute("INSERT INTO cut_short VALUES (?)", (key,))


def forget_earlier(connection: sqlite3.Connection, article_id: str) -> None:
    """Delete what is kept of an article that is forgotten."""
    connection.execute("DELETE FROM versions WHERE id = ?", (article_id,))
    connection.execute("DELETE FROM cut_short WHERE id = ?", (article_id,))


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
