"""The rows of a store as a copy reads and writes them: with their numbers, hashes and vectors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelMismatch, StoreError
from assistant.index.article_row import ArticleRow, EmbedderRecord
from assistant.index.article_table import FileRecord
from assistant.index.versions import Version


class ArticleMark(NamedTuple):
    """What stores that hold the same article agree on: the hash of its row, those of its passages added up."""

    row_hash: bytes
    removed: bool
    passages: int
    passage_hashes: int


class StoredSpan(NamedTuple):
    """A passage as it is kept: its number and id, and where it stands in its article."""

    number: int
    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with all that belongs to it; ``vectors`` is an array (passages, dimension)."""

    row: ArticleRow
    removed: bool
    spans: Sequence[StoredSpan]
    vectors: NDArray[np.float32]
    versions: Sequence[Version] = ()


@dataclass(frozen=True, slots=True)
class StoredFacts:
    """What a store holds beside its articles: the last numbers given, what was removed, which files were read.

    ``versions`` is the number of earlier texts.
    """

    last_article: int
    last_passage: int
    removals: frozenset[str]
    files: frozenset[FileRecord]
    versions: int


class StoredRows(Protocol):
    """The rows of an open store, whose write lock the caller holds; every method may raise StoreError."""

    def index_id(self) -> str:
        """Return the name that the store was given when it was made."""
        ...

    def embedder(self) -> EmbedderRecord | None:
        """Return the embedding model that the store is bound to, if it is to any."""
        ...

    def copied_from(self) -> str | None:
        """Return the id of the store that this one is a copy of; None once it was written to otherwise."""
        ...

    def facts(self) -> StoredFacts:
        """Return what the store holds beside its articles."""
        ...

    def marks(self) -> dict[int, ArticleMark]:
        """Map the number of each article, removed ones included, to its mark."""
        ...

    def read(self, numbers: Sequence[int]) -> Iterator[StoredArticle]:
        """Yield articles by number, each checked against its hashes.

        Raises:
            IndexDamaged: one is not what was written.
        """
        ...

    def begin(self, source_id: str, embedder: EmbedderRecord | None) -> None:
        """Become a copy of another store, bound to the same model."""
        ...

    def put(self, articles: Sequence[StoredArticle]) -> None:
        """Store articles under their own numbers, in place of what bears them: all or none."""
        ...

    def drop(self, numbers: Sequence[int]) -> None:
        """Delete articles with all that belongs to them."""
        ...

    def finish(self, facts: StoredFacts) -> None:
        """Take over what stands beside the articles, and make the vector index anew."""
        ...


def check_target(
    source: StoredRows, target: StoredRows, *, source_shown: str, target_shown: str
) -> EmbedderRecord | None:
    """Check that a store may become, or go on as, a copy of another; return the model that both are bound to.

    Raises:
        StoreError: it holds articles of its own.
        ModelMismatch: it is bound to another embedding model.
    """
    mine, known = source.embedder(), target.embedder()
    if target.marks() and target.copied_from() != source.index_id():
        raise StoreError(
            f"{target_shown} holds articles that are no copy of {source_shown}, or was written to since; copy into "
            "a place that is empty"
        )
    if known and mine and (known.digest, known.dimension) != (mine.digest, mine.dimension):
        raise ModelMismatch(
            f"{target_shown} was made with embedder {known.name}, {source_shown} with {mine.name}; copy into a "
            "place that is empty"
        )
    return mine
