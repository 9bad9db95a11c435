"""Earlier texts of articles that were read again with another text."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from assistant.index.article_row import ArticleRow
from assistant.index.article_table import ArticleWrite
from assistant.index.row_hash import article_hash


@dataclass(frozen=True, slots=True)
class Version:
    """What an article said before, and when another text took its place (UTC)."""

    replaced: datetime.datetime
    title: str | None
    published: datetime.date | None
    sha256: str
    text: str


def replaced_version(older: ArticleRow | None, write: ArticleWrite) -> Version | None:
    """Return the version that a write replaces, or None where the source says what it said.

    A text that only reads otherwise because the program now reads otherwise is no version: the older one was
    then hashed with another recipe, or read before pages were told.
    """
    if older is None or older.article.sha256 == write.article.sha256:
        return None
    paged = bool(write.article.pages) and not older.article.pages
    if paged or article_hash(older.article, write.recipe) != older.content_hash:
        return None
    article = older.article
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    return Version(now, article.title, article.published, article.sha256, article.text)
