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


# An article to be stored, and the file that was read whole with it; either may be missing.
Step = tuple[ArticleWrite | None, FileRecord | None]


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

    def commit(self, steps: Sequence[Step]) -> list[str | None]:
        """Store articles in place of older ones, and which files were read: of each step all or nothing.

        When it returns, all of it is on disk. Returns for each step why nothing was stored, where another writer
        has meanwhile given the id to another article; the file of such an article is not recorded as read.
        """
        ...

    def change_path(self, article_id: str, path: str) -> None:
        """Record that an article is now read from another path, its own having gone."""
        ...

    def forget(self, article_id: str) -> None:
        """Delete an article and that its file was read."""
        ...
