"""The store in PostgreSQL, behind the Protocol ``Store``."""

from __future__ import annotations

import datetime
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexDamaged, UnknownArticle
from assistant.index.article_row import EmbedderRecord
from assistant.index.ingesting import Ingest
from assistant.index.listing import ArticleSummary, IndexCounts, Selection
from assistant.index.model_check import check_model, unit_vector
from assistant.index.postgres import listing, vectors, verify
from assistant.index.postgres.article_table import PostgresArticles
from assistant.index.postgres.database import Database
from assistant.index.postgres.derived import DerivedTable
from assistant.index.postgres.full_text import FullText, vocabulary
from assistant.index.postgres.graph import make_graph, tell_of_missing_graph
from assistant.index.postgres.ingest_jobs import ingest_by_jobs
from assistant.index.postgres.jobs import Jobs
from assistant.index.postgres.meta import changes, embedder_of, set_meta
from assistant.index.postgres.rows import known_article
from assistant.index.postgres.schema import kept, read
from assistant.index.postgres.stored_rows import PostgresRows, forget_source
from assistant.index.postgres.tokens import Tokenizer
from assistant.index.postgres.versions import versions_of
from assistant.index.postgres.working import work
from assistant.index.postgres.writes import (
    is_removed,
    locked_article,
    remove_article,
    restore_article,
    restore_lost,
)
from assistant.index.progress import IngestEvent
from assistant.index.remembered import Remembered
from assistant.index.store import Problem, StoredPassage
from assistant.index.versions import Version
from assistant.models.embedder import PassageEmbedder
from assistant.settings import Settings
from assistant.types import Article, IngestReport

INDEX_ID = "SELECT value FROM meta WHERE key = 'index_id'"


class PostgresStore:
    """An open index in PostgreSQL; implements ``Store``, which says what its methods return and raise."""

    def __init__(self, settings: Settings, *, create: bool = False) -> None:
        self.settings = settings
        self._database = Database(str(settings.index), create=create, most_seconds=settings.database_seconds)
        self._tokenizer = Tokenizer()
        self._full_text = FullText(self._tokenizer)
        self._articles = PostgresArticles(self._database, self._tokenizer, settings.near_duplicate_similarity)
        self._remembered = Remembered(self._database.reading_all, changes, self._database.changes)
        self._bound: EmbedderRecord | None = None
        self._told_of_graph = False

    def close(self) -> None:
        """Close the connections."""
        self._database.close()
        self._tokenizer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def check_model(self, embedder: PassageEmbedder) -> None:
        """Check that the index was made with this embedding model, if it was made with any."""
        with self._database.reading() as connection:
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
            ingest = Ingest(self._articles, embedder, self.settings, on_event, lambda: None, prune=prune)
            jobs = Jobs(self._database, self.settings.worker_lease_seconds)
            report = ingest_by_jobs(sources, ingest, jobs)
            make_graph(self._database, self.settings.exact_passages)
            return report

    def work(
        self, embedder: PassageEmbedder, *, on_event: Callable[[IngestEvent], None], stop: threading.Event
    ) -> None:
        """Take what ingests have put into the table of jobs and store it, one after another, until ``stop`` is set.

        While the server is away it waits. ``on_event`` is told of each article once it is safe, and of failures.

        Raises:
            ModelMismatch: the index was made with another embedding model.
            StoreError: the database cannot be used at the start.
        """
        self._bind(embedder)
        jobs = Jobs(self._database, self.settings.worker_lease_seconds)
        work(jobs, self._articles, embedder, self.settings, on_event, stop)

    def add_articles(self, articles: Sequence[Article], embedder: PassageEmbedder) -> IngestReport:
        """Add articles that are already in memory."""
        with self._writing(embedder):
            ingest = Ingest(self._articles, embedder, self.settings, lambda event: None, lambda: None)
            for article in articles:
                ingest.take(article)
            ingest.flush()
            make_graph(self._database, self.settings.exact_passages)
            return ingest.progress.report()

    def remove(self, article_ids: Sequence[str]) -> None:
        """Take articles out for good: ingesting does not bring them back, ``restore`` does."""
        with self._writing(), self._database.writing() as connection:
            for row in [locked_article(connection, id_) for id_ in dict.fromkeys(article_ids)]:
                remove_article(connection, row)

    def restore(self, article_ids: Sequence[str]) -> None:
        """Bring removed articles back, as they were; one that was lost meanwhile, with the next ``ingest``."""
        with self._writing(), self._database.writing() as connection:
            for id_ in dict.fromkeys(article_ids):
                if not restore_lost(connection, id_):
                    restore_article(connection, locked_article(connection, id_), self._tokenizer)

    def articles(self) -> list[ArticleSummary]:
        """List the articles by id, without their texts, removed ones included and marked."""
        return list(self._remembered.value("articles", listing.list_articles))

    def article(self, article_id: str) -> Article:
        """Return an article."""
        with self._database.reading() as connection:
            if is_removed(connection, kept(article_id)):
                raise UnknownArticle(
                    f"article {article_id!r} was removed; `python -m assistant remove --restore` brings it back"
                )
            return known_article(connection, article_id).article

    def versions(self, article_id: str) -> list[Version]:
        """Return the earlier texts of an article that was read again with another, oldest first."""
        with self._database.reading() as connection:
            return versions_of(connection, article_id)

    def hashes(self) -> dict[str, str]:
        """Map the id of each article, removed ones left out, to the SHA-256 of its text."""
        with self._database.reading_all() as connection:
            rows = connection.execute("SELECT id, sha256 FROM live ORDER BY number").fetchall()
        return {read(id_): sha256 for id_, sha256 in rows}

    def state(self) -> str:
        """Name the present contents: the name is another after every change."""
        changed, ((index_id,),) = self._database.ask((INDEX_ID, ()))
        return f"{index_id[0]} {changed}"

    def publishers(self) -> list[str]:
        """List the publishers in alphabetical order."""
        return list(self._remembered.value("publishers", listing.list_publishers))

    def counts(self) -> IndexCounts:
        """Count what the index holds."""
        return self._remembered.value("counts", listing.count_all)

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
            lambda connection: listing.select_passages(
                connection, after=after, before=before, publishers=names
            ),
        )

    def search_vectors(
        self, vector: NDArray[np.float32], k: int, selection: Selection | None = None
    ) -> list[tuple[int, float]]:
        """Return (rowid, cosine similarity) of the ``k`` passages nearest to a vector, best first."""
        if k < 1:
            return []
        unit = unit_vector(self._embedder(), vector)
        if unit is None:
            return []
        passages, few = self.counts().passages, self.settings.exact_passages
        if passages > few and not self._told_of_graph:
            self._told_of_graph = True
            with self._database.reading() as connection:
                tell_of_missing_graph(connection, few, self._database.shown)
        return vectors.nearest(self._database.ask, unit, k, selection, passages=passages, few=few)

    def similarities(self, vector: NDArray[np.float32], rowids: Sequence[int]) -> dict[int, float]:
        """Return the cosine similarity of a vector to passages; those that are not there are left out."""
        unit = unit_vector(self._embedder(), vector)
        return {} if unit is None else vectors.similarities(self._database.ask, unit, rowids)

    def search_words(
        self, words: Sequence[str], k: int, selection: Selection | None = None
    ) -> list[tuple[int, float]]:
        """Return (rowid, BM25 score) of the ``k`` best passages that hold any of the words, best first."""
        return self._full_text.search(self._database.ask, words, k, selection)

    def word_counts(self, words: Sequence[str]) -> dict[str, int]:
        """Return how many passages hold each word, in any form of the same stem."""
        return self._full_text.counts(self._database.ask, words)

    def vocabulary(self) -> dict[str, int]:
        """Map the stem of each word of the index to the number of passages that hold it."""
        return self._remembered.value("vocabulary", vocabulary)

    def articles_with(
        self, phrases: Sequence[Sequence[str]], selection: Selection | None = None
    ) -> list[Article]:
        """Return the articles whose texts hold, anywhere, all words of any of some phrases (or their stems)."""
        with self._database.reading() as connection:
            return self._full_text.articles_with(connection, phrases, selection)

    def passages(self, rowids: Sequence[int]) -> list[StoredPassage]:
        """Return passages with their articles, in the order asked; those that are not there are left out."""
        return listing.read_passages(self._database.ask, rowids)

    def derived(self, kind: str) -> DerivedTable:
        """Return what is computed from the articles and kept under this name, a plain word."""
        return DerivedTable(self._database, kind)

    def verify(self) -> list[Problem]:
        """Check the index from end to end and list what is wrong, most basic first; takes a while."""
        with self._database.reading_all() as connection:
            try:
                known = embedder_of(connection)
            except IndexDamaged as error:
                return [Problem("database", str(error))]
            return list(verify.problems(connection, self._tokenizer, known.dimension if known else 0))

    def rebuild(self) -> list[Problem]:
        """Keep what is whole, make everything else anew from it, and list what is lost."""
        with self._writing(alone=True), self._database.writing() as connection:
            known = embedder_of(connection)
            lost = list(verify.rebuild(connection, self._tokenizer, known.dimension if known else 0))
        make_graph(self._database, self.settings.exact_passages)
        return lost

    @contextmanager
    def _writing(self, embedder: PassageEmbedder | None = None, *, alone: bool = False) -> Iterator[None]:
        """Be the one writer, with the index bound to an embedding model if one is to be used."""
        with self._database.writer(alone=alone):
            with self._database.changing() as connection:
                forget_source(connection)
            if embedder is not None:
                self._bind(embedder)
            yield

    def _embedder(self) -> EmbedderRecord | None:
        """Return the embedding model that the index is bound to; once it is, that stays."""
        if self._bound is None:
            with self._database.reading() as connection:
                self._bound = embedder_of(connection)
        return self._bound

    def _bind(self, embedder: PassageEmbedder) -> None:
        """Bind the index to an embedding model, unless it is bound to it already."""
        with self._database.reading() as connection:
            known = embedder_of(connection)
            check_model(known, embedder)
        if known is not None:
            return
        with self._database.writing() as connection:
            check_model(embedder_of(connection), embedder)
            record = EmbedderRecord(embedder.name, embedder.digest, embedder.dimension)
            set_meta(connection, "embedder", json.dumps(asdict(record)))

    @contextmanager
    def stored_rows(self) -> Iterator[PostgresRows]:
        """Hold the write lock, and lend the rows for a copy."""
        with self._database.writer(alone=True):
            yield PostgresRows(self._database, self._tokenizer)
