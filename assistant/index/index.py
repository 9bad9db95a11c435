"""The embedded store: the ledger in a folder and what is derived from it, behind the Protocol ``Store``."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexMissing, StoreError, UnknownArticle
from assistant.index.article_row import ArticleRow, EmbedderRecord
from assistant.index.chroma.generations import renew_generation, sweep
from assistant.index.ingesting import Ingest
from assistant.index.listing import (
    ArticleSummary,
    IndexCounts,
    Selection,
    count_all,
    list_articles,
    list_publishers,
    select_passages,
)
from assistant.index.model_check import check_model
from assistant.index.progress import IngestEvent
from assistant.index.remembered import Remembered
from assistant.index.repair.rebuild import rebuild_ledger
from assistant.index.repair.verify import verify_index
from assistant.index.sqlite.article_table import LedgerArticles
from assistant.index.sqlite.derived import DerivedFile
from assistant.index.sqlite.full_text import WordCounts, articles_with, passage_ranges, read_vocabulary
from assistant.index.sqlite.ledger import Ledger, embedder_of, get_meta, read_articles, set_meta
from assistant.index.sqlite.passage_cache import PassageReader
from assistant.index.sqlite.posting_file import renew_postings
from assistant.index.sqlite.postings import PostingReader
from assistant.index.sqlite.stored_rows import LedgerRows, forget_source
from assistant.index.sqlite.term_cutter import TermCutter
from assistant.index.sqlite.versions import versions_of
from assistant.index.sqlite.word_ranking import WordRanking
from assistant.index.sqlite.writes import is_removed, remove_article, restore_article, restore_lost
from assistant.index.store import Problem, StoredPassage
from assistant.index.vector_search import VectorSearch
from assistant.index.versions import Version
from assistant.index.write_lock import write_lock
from assistant.models.embedder import PassageEmbedder
from assistant.settings import Settings
from assistant.types import Article, IngestReport

LEDGER = "ledger.sqlite3"


class Index:
    """An index in a folder, made by ``open``; implements ``Store``, which says what its methods do."""

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        self.settings = settings
        self.folder = Path(settings.index)
        self._ledger = ledger
        self._articles = LedgerArticles(ledger, settings.near_duplicate_similarity)
        self._cutter = TermCutter()
        self._postings = PostingReader(self.folder)
        self._word_counts = WordCounts(self._cutter, self._postings)
        self._word_ranking = WordRanking(self._cutter, self._postings)
        self._passages = PassageReader()
        self._vectors = VectorSearch(ledger, settings)
        self._remembered = Remembered(
            ledger.reading, lambda connection: get_meta(connection, "changes") or "", self._changes
        )

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
        self._vectors.close()
        self._ledger.close()
        self._postings.close()
        self._cutter.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def check_model(self, embedder: PassageEmbedder) -> None:
        """Check that the index was made with this embedding model, if it was made with any."""
        with self._ledger.lent() as connection:
            check_model(embedder_of(connection), embedder)

    def ingest(
        self,
        sources: Sequence[str],
        embedder: PassageEmbedder,
        *,
        prune: bool = False,
        on_event: Callable[[IngestEvent], None] = lambda event: None,
    ) -> IngestReport:
        """Read files, folders and addresses into the index; what has not changed is left as it is."""
        with self._writing(embedder):
            sweep(self._ledger, self.settings)
            ingest = Ingest(self._articles, embedder, self.settings, on_event, self._renew, prune=prune)
            report = ingest.run(sources)
            self._renew(finished=True)
            self._ledger.compact()
            return report

    def _renew(self, *, finished: bool = False, afresh: bool = False) -> None:
        renew_generation(self._ledger, self.settings, finished=finished, afresh=afresh)
        if finished:
            renew_postings(self._ledger, self.settings, afresh=afresh)

    def add_articles(self, articles: Sequence[Article], embedder: PassageEmbedder) -> IngestReport:
        """Add articles that are already in memory; the vector index follows with the next ``ingest``."""
        with self._writing(embedder):
            ingest = Ingest(self._articles, embedder, self.settings, lambda event: None, lambda: None)
            for article in articles:
                ingest.take(article)
            ingest.flush()
            return ingest.progress.report()

    def remove(self, article_ids: Sequence[str]) -> None:
        """Take articles out for good: ingesting does not bring them back, ``restore`` does."""
        with self._writing(), self._ledger.writing() as connection:
            for row in [_article_row(connection, id_) for id_ in dict.fromkeys(article_ids)]:
                remove_article(connection, row)

    def restore(self, article_ids: Sequence[str]) -> None:
        """Bring removed articles back, as they were; one that was lost meanwhile, with the next ``ingest``."""
        with self._writing(), self._ledger.writing() as connection:
            for id_ in dict.fromkeys(article_ids):
                if not restore_lost(connection, id_):
                    restore_article(connection, _article_row(connection, id_))

    def articles(self) -> list[ArticleSummary]:
        """List the articles by id, without their texts, removed ones included and marked."""
        return list(self._remembered.value("articles", list_articles))

    def article(self, article_id: str) -> Article:
        """Return an article."""
        with self._ledger.reading() as connection:
            if is_removed(connection, article_id):
                raise UnknownArticle(
                    f"article {article_id!r} was removed; `python -m assistant remove --restore` brings it back"
                )
            return _article_row(connection, article_id).article

    def versions(self, article_id: str) -> list[Version]:
        """Return the earlier texts of an article that was read again with another, oldest first."""
        with self._ledger.reading() as connection:
            return versions_of(connection, article_id)

    def hashes(self) -> dict[str, str]:
        """Map the id of each article, removed ones left out, to the hash of its text."""
        with self._ledger.reading() as connection:
            return dict(connection.execute("SELECT id, sha256 FROM live ORDER BY number").fetchall())

    def state(self) -> str:
        """Name the present contents: it is another after every change."""
        with self._ledger.reading() as connection:
            return f"{get_meta(connection, 'index_id')} {get_meta(connection, 'changes')}"

    def _changes(self) -> str:
        with self._ledger.lent() as connection:
            return get_meta(connection, "changes") or ""

    def publishers(self) -> list[str]:
        """List the publishers in alphabetical order."""
        return list(self._remembered.value("publishers", list_publishers))

    def counts(self) -> IndexCounts:
        """Count what the index holds."""
        return self._remembered.value("counts", count_all)

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
        return self._remembered.value(
            (after, before, names),
            lambda connection: select_passages(connection, after=after, before=before, publishers=names),
        )

    def search_vectors(
        self, vector: NDArray[np.float32], k: int, selection: Selection | None = None
    ) -> list[tuple[int, float]]:
        """Return (rowid, cosine similarity) of the passages nearest to a vector (dimension,), best first."""
        return self._vectors.search(vector, k, selection, lambda: self.counts().passages) if k > 0 else []

    def similarities(self, vector: NDArray[np.float32], rowids: Sequence[int]) -> dict[int, float]:
        """Return the cosine similarity of a vector (dimension,) to passages; missing ones are left out."""
        return self._vectors.similarities(vector, rowids)

    def search_words(
        self, words: Sequence[str], k: int, selection: Selection | None = None
    ) -> list[tuple[int, float]]:
        """Return (rowid, BM25 score) of the passages that hold any of the words, best first."""
        with self._ledger.reading() as connection:
            state = get_meta(connection, "changes") or ""
            return self._word_ranking.rank(connection, words, k, selection, state)

    def articles_with(
        self, phrases: Sequence[Sequence[str]], selection: Selection | None = None
    ) -> list[Article]:
        """Return the articles whose texts hold, anywhere, all words of any of some phrases (or their stems)."""
        ranges = self._remembered.value("ranges", passage_ranges)
        if selection is not None:
            ranges = ranges[np.isin(ranges[:, 0], selection.rowids)]
        with self._ledger.reading() as connection:
            return list(articles_with(connection, phrases, ranges))

    def word_counts(self, words: Sequence[str]) -> dict[str, int]:
        """Return how many passages hold each word, in any form of the same stem."""
        with self._ledger.reading() as connection:
            return self._word_counts.count(connection, words, get_meta(connection, "changes") or "")

    def vocabulary(self) -> dict[str, int]:
        """Map the stem of each word of the index to the passages that hold it."""
        return self._remembered.value("vocabulary", read_vocabulary)

    def passages(self, rowids: Sequence[int]) -> list[StoredPassage]:
        """Return passages with their articles, in the order asked; missing ones are left out."""
        with self._ledger.reading() as connection:
            return self._passages.read(connection, rowids)

    def derived(self, kind: str) -> DerivedFile:
        """Return what is computed from the articles and kept under this name, a plain word."""
        return DerivedFile(self.folder / f"{kind}.sqlite3")

    def verify(self) -> list[Problem]:
        """Check the index from end to end and list what is wrong, most basic first; takes a while."""
        return verify_index(self._ledger.path, self.settings)

    def rebuild(self) -> list[Problem]:
        """Keep what is whole of the ledger, make everything else anew from it, and list what is lost."""
        with write_lock(self.folder):
            lost = rebuild_ledger(self._ledger.path)
            self._ledger.reconnect()
            forget_source(self._ledger)
            self._renew(finished=True, afresh=True)
        return lost

    @contextmanager
    def _writing(self, embedder: PassageEmbedder | None = None) -> Iterator[None]:
        """Hold the write lock, with the index bound to an embedding model if one is to be used."""
        with write_lock(self.folder):
            forget_source(self._ledger)
            if embedder is not None:
                with self._ledger.writing() as connection:
                    check_model(embedder_of(connection), embedder)
                    record = EmbedderRecord(embedder.name, embedder.digest, embedder.dimension)
                    set_meta(connection, "embedder", json.dumps(asdict(record)))
            yield

    @contextmanager
    def stored_rows(self) -> Iterator[LedgerRows]:
        """Hold the write lock, and lend the rows for a copy."""
        with write_lock(self.folder):
            yield LedgerRows(self._ledger, lambda: self._renew(finished=True))


def _article_row(connection: sqlite3.Connection, article_id: str) -> ArticleRow:
    if row := next(read_articles(connection, "id = ?", (article_id,)), None):
        return row
    raise UnknownArticle(f"the index holds no article {article_id!r}; `python -m assistant list` shows all")
