"""In the ledger: the earlier texts of articles, and which articles their sources cut short."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Sequence

from assistant.index.article_table import ArticleWrite
from assistant.index.sqlite.ledger import read_articles
from assistant.index.versions import Version, replaced_version


def keep_earlier(connection: sqlite3.Connection, write: ArticleWrite) -> None:
    """Keep the text that a write is about to replace, and whether the new one is cut short."""
    key = write.article.id
    older = next(read_articles(connection, "id = ?", (key,)), None)
    version = replaced_version(older, write)
    put_earlier(connection, key, [version] if version else [], cut_short=write.article.truncated)


def put_earlier(
    connection: sqlite3.Connection, article_id: str, versions: Sequence[Version], *, cut_short: bool
) -> None:
    """Add earlier texts of an article, oldest first, and keep whether its text is cut short."""
    for one in versions:
        published = one.published.isoformat() if one.published else None
        connection.execute(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?)",
            (article_id, one.replaced.isoformat(), one.title, published, one.sha256, one.text),
        )
    connection.execute("DELETE FROM cut_short WHERE id = ?", (article_id,))
    if cut_short:
        connection.execute("INSERT INTO cut_short VALUES (?)", (article_id,))


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
