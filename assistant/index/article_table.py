"""What an ingest asks of the store that it writes to, and tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.types import Article, Passage


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """What a store knows of an id: the article it holds, if any, and whether it was removed by hand."""

    path: str | None
    content_hash: str | None
    removed: bool


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article that a store holds, and the path it was read from."""

    id: str
    path: str
    removed: bool


@dataclass(frozen=True, slots=True)
class ArticleWrite:
    """An article to be stored, with its passages and their vectors (passages, dimension).

    ``recipe`` is how it was read and cut.
    """

    article: Article
    passages: Sequence[Passage]
    vectors: NDArray[np.float32]
    content_hash: str
    recipe: str
    kind: Literal["added", "updated"]


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file that was read whole: the hash of its bytes, how it was read, and how many articles it held.

    Of an address ``sha256`` holds the validators instead, by which it is asked for again.
    """

    path: str
    article_id: str
    sha256: str
    recipe: str
    articles: int


class ArticleTable(Protocol):
    """The articles and files of a store, as an ingest uses them."""

    def known(self, article_id: str) -> KnownArticle:
        """Tell what is known of an article's id."""
        ...

    def record_of(self, path: str, article_id: str) -> FileRecord | None:
        """Return what is recorded of a file's last whole reading; None if there was none."""
        ...

    def owned(self, path: str) -> int:
        """Count the articles that were read from a path."""
        ...

    def listed(self) -> list[ListedArticle]:
        """List all articles, in the order in which they first came."""
        ...

    def commit(self, write: ArticleWrite | None, record: FileRecord | None) -> str | None:
        """Store an article in place of an older one, and that a file was read: all of it or none.

        Returns why nothing was stored, where another writer has meanwhile given the id to another article.
        """
        ...

    def change_path(self, article_id: str, path: str) -> None:
        """Record that an article is now read from another path, its own having gone."""
        ...

    def forget(self, article_id: str) -> None:
        """Delete an article and that its file was read."""
        ...
