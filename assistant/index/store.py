"""What the rest of the program may ask of an index, whatever keeps it: the Protocol ``Store``.

A store holds articles, cut into passages. A passage has an id, which never changes, and a number (``rowid``),
by which searches name it: a number is never used for two passages, and a passage that is written anew gets
another. A vector is a float32 array of shape (dimension,), the dimension being that of the embedding model to which
the first ingest binds the store. Similarities are cosines, from -1 to 1.

Every method of an open store may be called from several threads at once, while another process writes. Each call
sees one state of the store. Any call may also raise

    StoreError: the store cannot be reached, read or written, or it is closed;
    IndexDamaged: it does not hold what was written.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from assistant.index.listing import ArticleSummary, IndexCounts, Selection
from assistant.index.progress import IngestEvent
from assistant.index.stored_rows import StoredRows
from assistant.index.versions import Version
from assistant.models.embedder import PassageEmbedder
from assistant.types import Article, IngestReport, Passage


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its number in the index, its article, and the story that near-duplicates share."""

    rowid: int
    passage: Passage
    article: Article
    story: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with the index; ``subject`` is an article's id or a part of the index."""

    subject: str
    reason: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.reason}"


class Derived(Protocol):
    """Texts computed from the articles, one of each and one of all; they can be computed anew at any time.

    Every method raises CacheError where they can be neither read nor kept.
    """

    def fingerprints(self) -> dict[str, str]:
        """Map the id of each article with a text to the fingerprint of what the text was computed from."""
        ...

    def update(self, changed: Mapping[str, tuple[str, str]], gone: Sequence[str]) -> list[str]:
        """Keep texts, as (fingerprint, text) by article id, drop those of ``gone``, and return all by id."""
        ...

    def whole(self) -> tuple[str, str] | None:
        """Return the text computed from all articles, as (fingerprint, text), if one is kept."""
        ...

    def keep_whole(self, fingerprint: str, text: str) -> None:
        """Keep the text computed from all articles, in place of the one before."""
        ...


class Store(Protocol):
    """An open index; ``open_store`` opens one."""

    def close(self) -> None:
        """Let go of files and connections; calls after it raise StoreError."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def check_model(self, embedder: PassageEmbedder) -> None:
        """Check that the index was made with this embedding model, if it was made with any.

        Raises:
            ModelMismatch: another model, or other weights of it.
        """
        ...

    def ingest(
        self,
        sources: Sequence[str],
        embedder: PassageEmbedder,
        *,
        prune: bool = False,
        on_event: Callable[[IngestEvent], None] = lambda event: None,
    ) -> IngestReport:
        """Read files, folders and addresses into the index; what has not changed is left as it is.

        ``on_event`` is told of each article once it is safe. ``prune`` forgets what has gone from the sources.

        Raises:
            IndexLocked: another process is writing.
            ModelMismatch: the index was made with another embedding model.
            StoreError: the index cannot be written; what was reported before is kept.
        """
        ...

    def add_articles(self, articles: Sequence[Article], embedder: PassageEmbedder) -> IngestReport:
        """Add articles that are already in memory.

        Raises:
            IndexLocked, ModelMismatch, StoreError: as ``ingest``.
        """
        ...

    def remove(self, article_ids: Sequence[str]) -> None:
        """Take articles out for good: ingesting does not bring them back, ``restore`` does.

        Raises:
            UnknownArticle: the index holds no such article; then none is removed.
            IndexLocked: another process is writing.
        """
        ...

    def restore(self, article_ids: Sequence[str]) -> None:
        """Bring removed articles back, as they were; one that was lost meanwhile, with the next ``ingest``.

        Raises:
            UnknownArticle: the index never held such an article; then none is restored.
            IndexLocked: another process is writing.
        """
        ...

    def articles(self) -> list[ArticleSummary]:
        """List the articles by id, without their texts, removed ones included and marked."""
        ...

    def article(self, article_id: str) -> Article:
        """Return an article.

        Raises:
            UnknownArticle: the index holds none of that id, or it was removed.
        """
        ...

    def versions(self, article_id: str) -> list[Version]:
        """Return the earlier texts of an article that was read again with another, oldest first."""
        ...

    def hashes(self) -> dict[str, str]:
        """Map the id of each article, removed ones left out, to the SHA-256 of its text."""
        ...

    def state(self) -> str:
        """Name the present contents: the name is another after every change."""
        ...

    def publishers(self) -> list[str]:
        """List the publishers in alphabetical order."""
        ...

    def counts(self) -> IndexCounts:
        """Count what the index holds."""
        ...

    def select(
        self,
        *,
        after: datetime.date | None = None,
        before: datetime.date | None = None,
        publishers: Sequence[str] = (),
    ) -> Selection | None:
        """Select passages by publication date (inclusive) and publisher; None when nothing is filtered.

        Publishers are compared without regard to case.
        """
        ...

    def search_vectors(
        self, vector: NDArray[np.float32], k: int, selection: Selection | None = None
    ) -> list[tuple[int, float]]:
        """Return (rowid, cosine similarity) of the ``k`` passages nearest to a vector, best first.

        Raises:
            ModelMismatch: the vector is of another dimension than the index's.
        """
        ...

    def similarities(self, vector: NDArray[np.float32], rowids: Sequence[int]) -> dict[int, float]:
        """Return the cosine similarity of a vector to passages; those that are not there are left out."""
        ...

    def search_words(
        self, words: Sequence[str], k: int, selection: Selection | None = None
    ) -> list[tuple[int, float]]:
        """Return (rowid, BM25 score) of the ``k`` best passages that hold any of the words, best first.

        A word is met in every form of the same stem. One of several tokens ("sub-district") is met as a phrase.
        """
        ...

    def word_counts(self, words: Sequence[str]) -> dict[str, int]:
        """Return how many passages hold each word, in any form of the same stem."""
        ...

    def vocabulary(self) -> dict[str, int]:
        """Map the stem of each word of the index to the number of passages that hold it."""
        ...

    def articles_with(
        self, phrases: Sequence[Sequence[str]], selection: Selection | None = None
    ) -> list[Article]:
        """Return the articles whose texts hold, anywhere, all words of any of some phrases (or their stems)."""
        ...

    def passages(self, rowids: Sequence[int]) -> list[StoredPassage]:
        """Return passages with their articles, in the order asked; those that are not there are left out."""
        ...

    def derived(self, kind: str) -> Derived:
        """Return what is computed from the articles and kept under this name, a plain word."""
        ...

    def verify(self) -> list[Problem]:
        """Check the index from end to end and list what is wrong, most basic first; takes a while."""
        ...

    def rebuild(self) -> list[Problem]:
        """Keep what is whole, make everything else anew from it, and list what is lost.

        Raises:
            IndexLocked: another process is writing.
        """
        ...

    def stored_rows(self) -> AbstractContextManager[StoredRows]:
        """Hold the write lock, and lend the rows for a copy.

        Raises:
            IndexLocked: another process is writing.
        """
        ...
