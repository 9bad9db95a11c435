"""The index: the ledger and what is derived from it, searched and written through one class."""

from __future__ import annotations

import datetime
import json
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from assistant.catalogue import (
    ArticleSummary,
    IndexCounts,
    Selection,
    count_all,
    list_articles,
    list_publishers,
    select_passages,
)
from assistant.datamodels import Article, IngestReport, Passage
from assistant.errors import IndexLocked, IndexMissing, ModelMismatch, StoreError, UnknownArticle
from assistant.full_text import WordCounts, search_words
from assistant.ingesting import Ingest, IngestEvent, PassageEmbedder
from assistant.ledger import ArticleRow, Ledger, get_meta, read_articles, set_meta
from assistant.ledger_writes import is_removed, remove_article, restore_article
from assistant.nearest import NearestPassages, similarities
from assistant.settings import Settings

__all__ = ["ArticleSummary", "Index", "IndexCounts", "IngestEvent", "Selection", "StoredPassage"]

T = TypeVar("T")

LEDGER = "ledger.sqlite3"
WRITE_LOCK = "write.lock"
REMEMBERED_ARTICLES = 256
REMEMBERED_SELECTIONS = 32


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its number in the index, its article, and the story that near-duplicates share."""

    rowid: int
    passage: Passage
    article: Article
    story: int


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
        self._articles: OrderedDict[tuple[int, bytes], ArticleRow] = OrderedDict()
        self._state = ""
        self._remembered: dict[object, object] = {}

    @classmethod
    def open(cls, settings: Settings, *, create: bool = False) -> Self:
        """Open the index in ``settings.index``, or make an empty one there.

        Raises:
            IndexMissing: there is none, and none is to be made.
            IndexDamaged: its ledger is not one.
            StoreError: the folder cannot be used, or a newer version made the index.
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
            _check_model(get_meta(connection, "embedder"), embedder)

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
            ingest = Ingest(self._ledger, embedder, self.settings, on_event, lambda: None)
            return ingest.run(sources, prune=prune)

    def add_articles(self, articles: Sequence[Article], embedder: PassageEmbedder) -> IngestReport:
        """Add articles that are already in memory.

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
        """Bring removed articles back, as they were.

        Raises:
            UnknownArticle: the index never held such an article; then none is restored.
            IndexLocked: another process is writing.
        """
        with self._writing(), self._ledger.writing() as connection:
            for row in [_article_row(connection, id_) for id_ in dict.fromkeys(article_ids)]:
                restore_article(connection, row)

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

    def publishers(self) -> list[str]:
        """List the publishers in alphabetical order."""
        return self._remember("publishers", list_publishers)

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
        with self._ledger.reading() as connection:
            unit = _unit(connection, vector)
            if unit is None or k < 1:
                return []
            state = get_meta(connection, "changes") or ""
            return self._nearest.search(connection, unit, k, selection=selection, proposer=None, state=state)

    def similarities(self, vector: NDArray[np.float32], rowids: Sequence[int]) -> dict[int, float]:
        """Return the cosine similarity of a vector (dimension,) to passages; missing ones are left out."""
        with self._ledger.reading() as connection:
            unit = _unit(connection, vector)
            return {} if unit is None else similarities(connection, unit, rowids)

    def search_words(
        self, words: Sequence[str], k: int, selection: Selection | None = None
    ) -> list[tuple[int, float]]:
        """Return (rowid, BM25 score) of the passages that hold any of the words, best first."""
        with self._ledger.reading() as connection:
            return search_words(connection, words, k, selection)

    def word_counts(self, words: Sequence[str]) -> dict[str, int]:
        """Return how many passages hold each word, in any form of the same stem."""
        with self._ledger.reading() as connection, self._lock:
            return self._word_counts.count(connection, words, get_meta(connection, "changes") or "")

    def passages(self, rowids: Sequence[int]) -> list[StoredPassage]:
        """Return passages with their articles, in the order asked; missing ones are left out.

        Raises:
            IndexDamaged: an article's row is not what was written.
        """
        with self._ledger.reading() as connection:
            rows = connection.execute(
                'SELECT p.number, p.id, p.start, p."end", a.number, a.row_hash FROM passages p '
                "JOIN live a ON a.number = p.article WHERE p.number IN (SELECT value FROM json_each(?))",
                (json.dumps([int(number) for number in rowids]),),
            ).fetchall()
            articles = self._article_rows(connection, {(row[4], row[5]) for row in rows})
        found = {}
        for number, id_, start, end, article_number, row_hash in rows:
            row = articles[article_number, row_hash]
            passage = Passage(id_, row.article.id, start, end, row.article.text[start:end])
            found[number] = StoredPassage(number, passage, row.article, row.story)
        return [found[number] for number in rowids if number in found]

    def _article_rows(
        self, connection: sqlite3.Connection, wanted: set[tuple[int, bytes]]
    ) -> dict[tuple[int, bytes], ArticleRow]:
        with self._lock:
            held = {key: self._articles[key] for key in wanted if key in self._articles}
            for key in held:
                self._articles.move_to_end(key)
        for key in sorted(wanted - held.keys()):
            for row in read_articles(connection, "number = ?", (key[0],)):
                held[key] = row
        with self._lock:
            self._articles.update(held)
            while len(self._articles) > REMEMBERED_ARTICLES:
                self._articles.popitem(last=False)
        return held

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
        """Hold the index's write lock, bound to an embedding model if one is to be used."""
        lock = FileLock(self.folder / WRITE_LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise IndexLocked(
                f"another process is writing to the index {self.folder}; wait until it has finished"
            ) from None
        except OSError as error:
            raise StoreError(f"the index {self.folder} cannot be written: {error}") from error
        try:
            if embedder is not None:
                self._bind_model(embedder)
            yield
        finally:
            lock.release()

    def _bind_model(self, embedder: PassageEmbedder) -> None:
        with self._ledger.writing() as connection:
            _check_model(get_meta(connection, "embedder"), embedder)
            model = {"name": embedder.name, "digest": embedder.digest, "dimension": embedder.dimension}
            set_meta(connection, "embedder", json.dumps({**model, "space": "cosine"}))


def _check_model(recorded: str | None, embedder: PassageEmbedder) -> None:
    if recorded is None:
        return
    known = json.loads(recorded)
    if (known["digest"], known["dimension"]) != (embedder.digest, embedder.dimension):
        raise ModelMismatch(
            f"the index was made with embedder {known['name']} ({known['digest'][:12]}, dimension "
            f"{known['dimension']}), not with {embedder.name} ({embedder.digest[:12]}, dimension "
            f"{embedder.dimension}); set ASSISTANT_EMBEDDER to the former, or ingest into another --index"
        )


def _article_row(connection: sqlite3.Connection, article_id: str) -> ArticleRow:
    for row in read_articles(connection, "id = ?", (article_id,)):
        return row
    raise UnknownArticle(f"the index holds no article {article_id!r}; `python -m assistant list` shows all")


def _unit(connection: sqlite3.Connection, vector: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """Scale a question's vector to length one; None when the index is still empty."""
    recorded = get_meta(connection, "embedder")
    if recorded is None:
        return None
    dimension = json.loads(recorded)["dimension"]
    if vector.shape != (dimension,):
        raise ModelMismatch(
            f"the question's vector has shape {vector.shape}, the index's passages have dimension {dimension}; "
            "use the embedder that the index was made with"
        )
    length = float(np.linalg.norm(vector))
    return (vector / length if length else vector).astype(np.float32)
