"""A worker: takes jobs until it is stopped, and stores what they hold."""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections.abc import Callable

from assistant.errors import StoreError
from assistant.index.article_table import ArticleWrite
from assistant.index.ingesting import Ingest
from assistant.index.postgres.article_table import PostgresArticles
from assistant.index.postgres.database import ServerGoneError
from assistant.index.postgres.graph import make_graph
from assistant.index.postgres.jobs import Job, Jobs, LeaseLostError
from assistant.index.postgres.schema import Postgres
from assistant.index.postgres.stored_rows import forget_source
from assistant.index.progress import IngestEvent
from assistant.ingest import ArticleReader
from assistant.models.embedder import PassageEmbedder
from assistant.settings import Settings

LOG = logging.getLogger(__name__)
# Seconds between two looks at a table without jobs, and between two tries to reach a server that is away.
IDLE_SECONDS = 0.5
AWAY_SECONDS = 2.0


def work(
    jobs: Jobs,
    articles: PostgresArticles,
    embedder: PassageEmbedder,
    settings: Settings,
    on_event: Callable[[IngestEvent], None],
    stop: threading.Event,
) -> None:
    """Take jobs and do them until ``stop`` is set; a server that is away is waited for."""
    away = worked = False
    with jobs.heard_of(as_worker=True), ArticleReader(settings) as reader:
        while not stop.is_set():
            try:
                taken = jobs.take(1)
                if away:
                    LOG.warning("the database is back; the work goes on")
                    away = False
                for job in taken:
                    _do(job, jobs, articles, embedder, settings, on_event, reader)
                if not taken and worked:
                    make_graph(jobs.database, settings.exact_passages)
                if not taken:
                    stop.wait(IDLE_SECONDS)
                worked = bool(taken)
            except LeaseLostError as error:
                LOG.warning("%s", error)
            except ServerGoneError as error:
                if not away:
                    LOG.warning("%s; this worker waits until it is back", error)
                away = True
                stop.wait(AWAY_SECONDS)


def _do(
    job: Job,
    jobs: Jobs,
    articles: PostgresArticles,
    embedder: PassageEmbedder,
    settings: Settings,
    on_event: Callable[[IngestEvent], None],
    reader: ArticleReader,
) -> None:
    def within(connection: Postgres, write: ArticleWrite) -> None:
        forget_source(connection)
        jobs.advance(connection, job, write, ingest.progress.begun_bytes)

    own = dataclasses.replace(articles, within=within, alone=False)
    ingest = Ingest(own, embedder, settings, on_event, lambda: None)
    try:
        ingest.read_file(job.file, reader)
        ingest.flush()
    except (ServerGoneError, LeaseLostError):
        raise
    except Exception as error:  # whatever it is, the other jobs are not to suffer from it
        reason = f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
        aside = jobs.fail(job, reason)
        LOG.warning("%s: %s; %s", job.file.path, reason, "set aside" if aside else "it will be tried again")
        if isinstance(error, StoreError):
            LOG.warning("run `python -m assistant doctor`")
        return
    progress = ingest.progress
    jobs.finish(
        job,
        {
            "whole": job.file.path in ingest.read,
            "ids": list(ingest.claims),
            "stored": progress.added + progress.updated,
            "unchanged": progress.unchanged,
            "failures": [dataclasses.astuple(one) for one in progress.failures],
            "skipped": [dataclasses.astuple(one) for one in progress.skipped],
            "languages": dict(progress.languages),
            "truncated": progress.truncated,
        },
    )
