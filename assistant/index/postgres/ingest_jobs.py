"""An ingest by way of the table of jobs: workers do them where there are any, otherwise this process does."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Sequence
from typing import Literal

from assistant.index.ingesting import Ingest
from assistant.index.postgres.database import Database
from assistant.index.postgres.graph import drop_graph_before
from assistant.index.postgres.jobs import Jobs
from assistant.index.postgres.schema import read
from assistant.ingest import ArticleReader
from assistant.types import Failure, IngestReport, Skipped

# Jobs that this process takes at once when it does them itself, and seconds between looks at what workers do.
JOBS_TAKEN = 32
LOOK_SECONDS = 0.1


def ingest_by_jobs(sources: Sequence[str], ingest: Ingest, jobs: Jobs) -> IngestReport:
    """Put what there is to read into the table of jobs, and stay until all of it is done.

    The caller holds the write lock. While workers are heard of they do the jobs; when the last one has gone,
    this process does what is left. What is in the table when this process ends is done by the next worker.
    """
    batch = uuid.uuid4().hex
    jobs.put(ingest.find(sources), batch)
    drop_graph_before(jobs.database, ingest.progress.total_bytes)
    with jobs.heard_of(as_worker=False), ArticleReader(ingest.settings) as reader:
        while _left(jobs.database, batch):
            taken = [] if jobs.live_workers() else jobs.take(JOBS_TAKEN, batch=batch)
            for job in taken:
                ingest.read_file(job.file, reader)
            ingest.flush()
            jobs.remove(taken)
            if not taken:
                _tell(jobs.database, batch, ingest)
                time.sleep(LOOK_SECONDS)
    _tell(jobs.database, batch, ingest)
    _tell_set_aside(jobs.database, batch, ingest)
    return ingest.finish(sources)


def _left(database: Database, batch: str) -> bool:
    """Say whether jobs of a batch are still to be done, or are being done."""
    with database.reading() as connection:
        row = connection.execute(
            "SELECT EXISTS (SELECT 1 FROM jobs WHERE batch = %s AND state IN ('waiting', 'taken'))", (batch,)
        ).fetchone()
    return bool(row and row[0])


def _tell(database: Database, batch: str, ingest: Ingest) -> None:
    """Take over what workers have done since: articles that are safe, and what came of each file."""
    progress = ingest.progress
    with database.changing() as connection:
        done = connection.execute(
            "DELETE FROM jobs WHERE batch = %s AND state = 'done' RETURNING path, size, committed, result",
            (batch,),
        ).fetchall()
        events = connection.execute(
            "DELETE FROM job_events WHERE batch = %s RETURNING number, kind, subject", (batch,)
        ).fetchall()
        begun = connection.execute(
            "SELECT coalesce(sum(done_bytes), 0), coalesce(sum(passages), 0) FROM jobs WHERE batch = %s",
            (batch,),
        ).fetchone()
    failures: list[Failure] = []
    for path, size, committed, result in done:
        progress.finished_bytes += size
        found = json.loads(read(result))
        progress.unchanged += found["unchanged"] - (committed - found["stored"])  # stored at an earlier try
        progress.skipped += [Skipped(*one) for one in found["skipped"]]
        progress.languages.update(found["languages"])
        progress.truncated += found["truncated"]
        ingest.claims.update(dict.fromkeys(found["ids"], read(path)))
        if found["whole"]:
            ingest.read.add(read(path))
        failures += [Failure(*one) for one in found["failures"]]
    progress.begun_bytes = int(begun[0]) if begun else 0
    for _, kind, subject in sorted(events):
        stored: Literal["added", "updated"] = "added" if kind == "added" else "updated"
        progress.added += stored == "added"
        progress.updated += stored == "updated"
        progress.tell(stored, read(subject))
    for failure in failures:  # told last, so that what is told then counts the bytes of all
        progress.fail(failure)


def _tell_set_aside(database: Database, batch: str, ingest: Ingest) -> None:
    with database.reading() as connection:
        rows = connection.execute(
            "SELECT path, reason FROM jobs WHERE batch = %s AND state = 'aside' ORDER BY number", (batch,)
        ).fetchall()
    for path, reason in rows:
        why = f"set aside after three tries ({read(reason or '')}); it is tried again once it changes"
        ingest.progress.fail(Failure(read(path), why))
