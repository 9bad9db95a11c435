"""An article as a store keeps it, its columns, and the embedding model that a store is bound to."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.errors import IndexDamaged
from assistant.types import Article

ARTICLE_COLUMNS = (
    "number, id, title, publisher, authors, published, url, language, path, sha256, "
    "content_hash, story, words, first_passage, passages, text"
)


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as the ledger keeps it; ``story`` is the number that near-duplicates share."""

    number: int
    article: Article
    content_hash: str
    story: int
    words: int
    first_passage: int
    passages: int


@dataclass(frozen=True, slots=True)
class EmbedderRecord:
    """The embedding model that an index is bound to."""

    name: str
    digest: str
    dimension: int
    space: str = "cosine"


def damaged(article_id: str) -> IndexDamaged:
    """Return the error that names a damaged article and its remedy."""
    return IndexDamaged(
        f"article {article_id} is damaged in the index; run `python -m assistant doctor --rebuild`, "
        "then ingest it again"
    )


def unpacked(row: Sequence[object]) -> ArticleRow:
    """Make an ArticleRow of the values of ``ARTICLE_COLUMNS``."""
    number, id_, title, publisher, authors, published, url, language, path, sha256 = row[:10]
    content_hash, story, words, first_passage, passages, text = row[10:]
    article = Article(
        id=str(id_),
        text=str(text),
        title=_optional(title),
        publisher=_optional(publisher),
        authors=tuple(json.loads(str(authors))),
        published=datetime.date.fromisoformat(str(published)) if published else None,
        url=_optional(url),
        language=_optional(language),
        path=str(path),
        sha256=str(sha256),
    )
    counts = (int(str(value)) for value in (story, words, first_passage, passages))
    return ArticleRow(int(str(number)), article, str(content_hash), *counts)


def with_kept_beside(row: ArticleRow, truncated: bool, pages: str | None) -> ArticleRow:
    """Return an article's row with what is kept beside it: whether it is cut short, and its pages (JSON)."""
    if not truncated and pages is None:
        return row
    starts = tuple(json.loads(pages)) if pages else ()
    return replace(row, article=replace(row.article, truncated=truncated, pages=starts))


def packed(row: ArticleRow) -> tuple[object, ...]:
    """Return the values of ``ARTICLE_COLUMNS`` for an article."""
    article = row.article
    return (
        row.number,
        article.id,
        article.title,
        article.publisher,
        json.dumps(article.authors, ensure_ascii=False),
        article.published.isoformat() if article.published else None,
        article.url,
        article.language,
        article.path,
        article.sha256,
        row.content_hash,
        row.story,
        row.words,
        row.first_passage,
        row.passages,
        article.text,
    )


def _optional(value: object) -> str | None:
    return None if value is None else str(value)


def unstorable(article: Article) -> str | None:
    """Say why an article cannot be kept to the letter, or None."""
    stated = (article.title, article.publisher, *article.authors, article.url, article.language)
    values = (article.id, article.text, *stated, article.path)
    try:
        "".join(value for value in values if value).encode()
    except UnicodeEncodeError as error:
        return f"its text or metadata holds a lone surrogate, which is no character ({error.reason})"
    return None if article.id else "it has no id"
