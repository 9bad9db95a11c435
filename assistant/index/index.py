"""The index: the ledger and what is derived from it, searched and written through one class."""

from __future__ import annotations

import datetime
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.datamodels import Article, IngestReport
from assistant.errors import IndexMissing, StoreError, UnknownArticle
from assistant.index.binding import bind_model, check_model, unit_vector, write_lock
from assistant.index.catalogue import (
    ArticleSummary,
    IndexCounts,
    Selection,
    count_all,
    list_articles,
    list_publishers,
    select_passages,
)
from assistant.index.full_text import WordCounts, search_words
from assistant.index.generation_files import GenerationError, GenerationGone
from assistant.index.generations import (
    GENERATIONS,
    GenerationReader,
    current_generation,
    renew_generation,
    sweep,
)
from assistant.index.ingesting import Ingest
from assistant.index.ledger import ArticleRow, Ledger, get_meta, read_articles
from assistant.index.nearest import NearestPassages, similarities
from assistant.index.progress import IngestEvent, PassageEmbedder
from assistant.index.rebuilding import rebuild_ledger
from assistant.index.stored import PassageReader, StoredPassage
from assistant.index.verifying import Problem, verify_index
from assistant.index.writes import is_removed, remove_article, restore_article, restore_lost
from assistant.settings import Settings

T = TypeVar("T")

LEDGER = "ledger.sqlite3"
REMEMBERED_SELECTIONS = 32
# How often a search starts again because the generation was replaced as it began.
SWITCHES = 3


class Index:
    """An open index; it may be asked from several threads at once, while another process writes.

    ``Index.open`` makes one.
    """

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        self.settings = settings
        self.folder = settings.index
        self._ledger = ledger
        self._lock = threading.Lock()
        self._nearest = NearestPassages()
        self._word_counts = WordCounts()
        self._passages = PassageReader()
        self._generations = GenerationReader(self.folder / GENERATIONS, settings.chroma_url)
        self._state = ""
        self._remembered: dict[object, object] = {}

    @classmethod
    def open(cls, settings: Settings, *, create: bool = False) -> Self:
        """Open the index in ``settings.index``, or make an empty one there.

        Raises:
            IndexMissing: there is none, and none is to be made.
            StoreError: the folder cannot be used. Damage is noticed by what is asked first.
        """
        path = Path(settings.index) / LEDGER
        if not path.exists():
            if not create:
                raise IndexMissing(
                    f"there is no index in {settings.index}; make one with `python ingest.py SOURCE --index "
                    f"{settings.index}`"
                )
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(f"the index folder {settings.index} cannot be made: {error}") from error
        return cls(settings, Ledger(path, create=create))

    def close(self) -> None:
        """Close the files."""
        self._generations.close()
        self._ledger.close()
        self._word_counts.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def check_model(self, embedder: PassageEmbedder) -> None:
        """Check that the index was made with this embedding model, if it was made with any.

        Raises:
            ModelMismatch: another model, or other weights of it.
        """
        with self._ledger.lent() as connection:
            check_model(connection, embedder)

    def ingest(
        self,
        sources: Sequence[str],
        embedder: PassageEmbedder,
        *,
        prune: bool = False,
        on_event: Callable[[IngestEvent], None] = lambda event: None,
    ) -> IngestReport:
        """Read files, folders and addresses into the index; what has not changed is left as it is.

        Raises:
            IndexLocked: another process is writing.
            ModelMismatch: the index was made with another embedding model.
            StoreError: the disk is full or cannot be written; what was reported before is kept.
        """
        with self._writing(embedder):
            sweep(self._ledger, self.settings)
            ingest = Ingest(self._ledger, embedder, self.settings, on_event, self._renew, prune=prune)
            report = ingest.run(sources)
            self._renew(finished=True)
            self._ledger.compact()
            return report

    def _renew(self, *, finished: bool = False) -> None:
        renew_generation(self._ledger, self.settings, finished=finished)

    def add_articles(self, articles: Sequence[Article], embedder: PassageEmbedder) -> IngestReport:
        """Add articles that are already in memory; the vector index follows with the next ``ingest``.

        Raises:
            IndexLocked, ModelMismatch, StoreError: as ``ingest``.
        """
        with self._writing(embedder):
            ingest = Ingest(self._ledger, embedder, self.settings, lambda event: None, lambda: None)
            for article in articles:
                ingest.take(article)
            ingest.flush()
            return ingest.progress.report()

    def remove(self, article_ids: Sequence[str]) -> None:
        """Take articles out for good: ingesting does not bring them back, ``restore`` does.

        Raises:
            UnknownArticle: the index holds no such article; then none is removed.
            IndexLocked: another process is writing.
        """
        with self._writing(), self._ledger.writing() as connection:
            for row in [_article_row(connection, id_) for id_ in dict.fromkeys(article_ids)]:
                remove_article(connection, row)

    def restore(self, article_ids: Sequence[str]) -> None:
        """Bring removed articles back, as they were; one that was lost meanwhile, with the next ``ingest``.

        Raises:
            UnknownArticle: the index never held such an article; then none is restored.
            IndexLocked: another process is writing.
        """
        with self._writing(), self._ledger.writing() as connection:
            for id_ in dict.fromkeys(article_ids):
                if not restore_lost(connection, id_):
                    restore_article(connection, _article_row(connection, id_))

    def articles(self) -> list[ArticleSummary]:
        """List the articles by id, without their texts, removed ones included and marked."""
        with self._ledger.reading() as connection:
            return list_articles(connection)

    def article(self, article_id: str) -> Article:
        """Return an article.

        Raises:
            UnknownArticle: the index holds none of that id, or it was removed.
        """
        with self._ledger.reading() as connection:
            if is_removed(connection, article_id):
                raise UnknownArticle(
                    f"article {article_id!r} was removed; `python -m assistant remove --restore` brings it back"
                )
            return _article_row(connection, article_id).article

    def hashes(self) -> dict[str, str]:
        """Map the id of each article, removed ones left out, to the hash of its text."""
        with self._ledger.reading() as connection:
            return dict(connection.execute("SELECT id, sha256 FROM live ORDER BY number").fetchall())

    def state(self) -> str:
        """Name the present contents: it is another after every change."""
        with self._ledger.reading() as connection:
            return f"{get_meta(connection, 'index_id')} {get_meta(connection, 'changes')}"

    def publishers(self) -> list[str]:
        """List the publishers in alphabetical order."""
        return list(self._remember("publishers", list_publishers))

    def counts(self) -> IndexCounts:
        """Count what the index holds."""
        return self._remember("counts", count_all)

    def select(
        self,
        *,
        after: datetime.date | None = None,
        before: datetime.date | None = None,
        publishers: Sequence[str] = (),
    ) -> Selection | None:
        """Select passages by publication date (inclusive) and publisher; None when nothing is filtered."""
        if after is None and before is None and not publishers:
            return None
        names = tuple(publishers)
        return self._remember(
            (after, before, names),
            lambda connection: select_passages(connection, after=after, before=before, publishers=names),
        )

    def search_vectors(
        self, vector: NDArray[np.float32], k: int, selection: Selection | None = None
    ) -> list[tuple[int, float]]:
        """Return (rowid, cosine similarity) of the passages nearest to a vector (dimension,), best first.

        Raises:
            ModelMismatch: the vector is of another dimension than the index's.
            IndexDamaged: the ledger's vectors are not what was written.
        """
        if k < 1:
            return []
        for _ in range(SWITCHES):
            with suppress(GenerationGone):  # Another became current since the ledger was asked for it.
                return self._search_vectors(vector, k, selection, exact=False)
        return self._search_vectors(vector, k, selection, exact=True)

    def _search_vectors(
        self, vector: NDArray[np.float32], k: int, selection: Selection | None, *, exact: bool
    ) -> list[tuple[int, float]]:
        few = self.settings.exact_passages
        with self._ledger.reading() as connection:
            unit = unit_vector(connection, vector)
            if unit is None:
                return []
            state = get_meta(connection, "changes") or ""
            search = partial(
                self._nearest.search, connection, unit, k, selection=selection, few=few, state=state
            )
            record = current_generation(connection)
            if exact or record is None or self.counts().passages <= few:
                return search(proposer=None)
            try:
                with self._generations.using(record, get_meta(connection, "index_id") or "") as generation:
                    return search(proposer=generation)
            except GenerationGone:
                raise
            except GenerationError:
                return search(proposer=None)

    def similarities(self, vector: NDArray[np.float32], rowids: Sequence[int]) -> dict[int, float]:
        """Return the cosine similarity of a vector (dimension,) to passages; missing ones are left out."""
        with self._ledger.reading() as connection:
            unit = unit_vector(connection, vector)
            return {} if unit is None else similarities(connection, unit, rowids)

    def search_words(
        self, words: Sequence[str], k: int, selection: Selection | None = None
    ) -> list[tuple[int, float]]:
        """Return (rowid, BM25 score) of the passages that hold any of the words, best first."""
        with self._ledger.reading() as connection:
            return search_words(connection, words, k, selection)

    def word_counts(self, words: Sequence[str]) -> dict[str, int]:
        """Return how many passages hold each word, in any form of the same stem."""
        with self._ledger.reading() as connection:
            return self._word_counts.count(connection, words, get_meta(connection, "changes") or "")

    def passages(self, rowids: Sequence[int]) -> list[StoredPassage]:
        """Return passages with their articles, in the order asked; missing ones are left out.

        Raises:
            IndexDamaged: an article's row is not what was written.
        """
        with self._ledger.reading() as connection:
            return self._passages.read(connection, rowids)

    def verify(self) -> list[Problem]:
        """Check the index from end to end and list what is wrong, most basic first; takes a while."""
        return verify_index(self._ledger.path, self.settings)

    def rebuild(self) -> list[Problem]:
        """Keep what is whole of the ledger, make everything else anew from it, and list what is lost.

        Raises:
            IndexLocked: another process is writing.
            StoreError: the disk is full or cannot be written.
        """
        with self._writing():
            lost = rebuild_ledger(self._ledger.path)
            self._ledger.reconnect()
            renew_generation(self._ledger, self.settings, finished=True, afresh=True)
        return lost

    def _remember(self, key: object, compute: Callable[[sqlite3.Connection], T]) -> T:
        """Compute something from the ledger, or recall it while nothing has changed."""
        with self._ledger.reading() as connection:
            state = get_meta(connection, "changes") or ""
            with self._lock:
                if state != self._state or len(self._remembered) > REMEMBERED_SELECTIONS:
                    self._state, self._remembered = state, {}
                if key in self._remembered:
                    return self._remembered[key]  # type: ignore[return-value]
            value = compute(connection)
        with self._lock:
            if state == self._state:
                self._remembered[key] = value
        return value

    @contextmanager
    def _writing(self, embedder: PassageEmbedder | None = None) -> Iterator[None]:
        """Hold the write lock, with the index bound to an embedding model if one is to be used."""
        with write_lock(self.folder):
            if embedder is not None:
                with self._ledger.writing() as connection:
                    bind_model(connection, embedder)
            yield


def _article_row(connection: sqlite3.Connection, article_id: str) -> ArticleRow:
    for row in read_articles(connection, "id = ?", (article_id,)):
        return row
    raise UnknownArticle(f"the index holds no article {article_id!r}; `python -m assistant list` shows all")
