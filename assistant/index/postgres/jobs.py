"""The table of jobs: files and addresses that wait to be read, who is reading them, and what came of it."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.errors import StoreError
from assistant.index.article_table import ArticleWrite
from assistant.index.postgres.database import Database
from assistant.index.postgres.schema import Postgres, kept, read
from assistant.index.source_files import size_on_disk
from assistant.types import SourceFile

MOST_TRIES = 3
# A worker says that it is there so often within its lease.
HEARTBEATS = 3
TOGETHER = 10_000


class LeaseLostError(StoreError):
    """The job was given to another worker, because this one was not heard of for too long."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file or address to be read."""

    number: int
    file: SourceFile


@dataclass(frozen=True, slots=True)
class Jobs:
    """The jobs as one process sees them, which has a name of its own there; any call may raise StoreError.

    A server that ends by force may forget that a job was finished, given back or removed, which is not on disk at
    once, and no call need fail for it. So only the leases of jobs that this process is at (``held``) are kept.
    """

    database: Database
    lease_seconds: float
    worker: str = field(
        default_factory=lambda: f"{socket.gethostname()} {os.getpid()} {uuid.uuid4().hex[:8]}"
    )
    held: set[int] = field(default_factory=set, init=False, compare=False)

    def put(self, files: Sequence[SourceFile], batch: str) -> None:
        """Put files into the table, in their order; what a worker is at is left to it.

        A file that was set aside stays so until it is changed.
        """
        with self.database.changing() as connection:
            connection.execute("DELETE FROM job_events")
            for at in range(0, len(files), TOGETHER):
                some = files[at : at + TOGETHER]
                values = (
                    [kept(file.path) for file in some],
                    [kept(file.article_id) for file in some],
                    [size_on_disk(file.path) for file in some],
                    [_stamp(file.path) for file in some],
                )
                connection.execute(REPLACED, values)
                connection.execute(PUT, (batch, *values))

    def take(self, count: int, *, batch: str | None = None) -> list[Job]:
        """Take jobs, of a batch or of all; those whose worker's lease has run out are among them.

        What this process took before is given back: it is at none of it any more. Each taking counts as a try, and
        after three without getting further the job is set aside; but of a batch, which an ingest does for itself,
        only if a worker has failed at it before.
        """
        self.held.clear()
        with self._changing() as connection:
            connection.execute(GIVE_BACK, (self.worker,))
            connection.execute(
                "UPDATE jobs SET state = 'aside', reason = %s WHERE state = 'taken' AND taken_until < now() "
                "AND tries >= %s",
                (f"its worker ended {MOST_TRIES} times while reading it", MOST_TRIES),
            )
            rows = connection.execute(
                TAKE, (self.worker, self.lease_seconds, batch is None, batch, batch, count)
            ).fetchall()
            self.held.update(number for number, _, _ in rows)
        return [
            Job(number, SourceFile(read(path), read(article_id))) for number, path, article_id in sorted(rows)
        ]

    def advance(self, connection: Postgres, job: Job, write: ArticleWrite, done_bytes: int) -> None:
        """Note, in the transaction that stores an article, that a job got further.

        Raises:
            LeaseLostError: the job is another worker's now; then nothing is stored.
        """
        mine = connection.execute(
            "UPDATE jobs SET tries = 0, committed = committed + 1, passages = passages + %s, done_bytes = %s, "
            "taken_until = now() + %s * interval '1 second' WHERE number = %s AND worker = %s AND state = 'taken' "
            "RETURNING batch",
            (len(write.passages), done_bytes, self.lease_seconds, job.number, self.worker),
        ).fetchone()
        if mine is None:
            raise LeaseLostError(
                f"{job.file.path} was given to another worker; this one was silent for too long"
            )
        connection.execute(
            "INSERT INTO job_events (batch, kind, subject) VALUES (%s, %s, %s)",
            (mine[0], write.kind, kept(write.article.id)),
        )

    def finish(self, job: Job, result: dict[str, Any]) -> None:
        """Say what came of a job, for the ingest that waits for it."""
        self.held.discard(job.number)
        with self._changing() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'done', done_bytes = size, result = %s WHERE number = %s AND worker = %s "
                "AND state = 'taken'",
                (kept(json.dumps(result)), job.number, self.worker),
            )

    def remove(self, jobs: Sequence[Job]) -> None:
        """Take jobs out of the table that this process has done for itself."""
        self.held.difference_update(job.number for job in jobs)
        with self._changing() as connection:
            connection.execute(
                "DELETE FROM jobs WHERE number = ANY(%s) AND worker = %s",
                ([job.number for job in jobs], self.worker),
            )

    def give_back(self) -> None:
        """Let others take what this process has taken; it counts as no try."""
        self.held.clear()
        with self._changing() as connection:
            connection.execute(GIVE_BACK, (self.worker,))

    def fail(self, job: Job, reason: str) -> bool:
        """Let a job that failed be tried again, or set it aside after three tries; say which."""
        self.held.discard(job.number)
        with self._changing() as connection:
            row = connection.execute(
                "UPDATE jobs SET state = CASE WHEN tries >= %s THEN 'aside' ELSE 'waiting' END, reason = %s "
                "WHERE number = %s AND worker = %s AND state = 'taken' RETURNING state",
                (MOST_TRIES, kept(reason), job.number, self.worker),
            ).fetchone()
        return row is not None and row[0] == "aside"

    def live_workers(self) -> int:
        """Count the workers that were heard of within the lease."""
        with self.database.reading() as connection:
            row = connection.execute(
                "SELECT count(*) FROM workers WHERE seen > now() - %s * interval '1 second'",
                (self.lease_seconds,),
            ).fetchone()
        return int(row[0]) if row else 0

    @contextlib.contextmanager
    def heard_of(self, *, as_worker: bool) -> Iterator[None]:
        """Keep the lease of what this process has taken, by a thread, as long as the process lives."""
        stop = threading.Event()

        def beat() -> None:
            while not stop.wait(self.lease_seconds / HEARTBEATS):
                with contextlib.suppress(
                    StoreError
                ):  # the server is away; the lease is renewed when it is back
                    self._beat(as_worker=as_worker)

        self._beat(as_worker=as_worker)
        thread = threading.Thread(target=beat, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()
            with contextlib.suppress(StoreError):
                self.give_back()
                with self._changing() as connection:
                    connection.execute("DELETE FROM workers WHERE id = %s", (self.worker,))

    def _beat(self, *, as_worker: bool) -> None:
        with self._changing() as connection:
            if as_worker:
                connection.execute(
                    "INSERT INTO workers VALUES (%s, now()) ON CONFLICT (id) DO UPDATE SET seen = now()",
                    (self.worker,),
                )
            connection.execute(
                "UPDATE jobs SET taken_until = now() + %s * interval '1 second' "
                "WHERE worker = %s AND state = 'taken' AND number = ANY(%s)",
                (self.lease_seconds, self.worker, [*self.held]),
            )

    @contextlib.contextmanager
    def _changing(self) -> Iterator[Postgres]:
        """Lend a connection in a transaction that need not be on disk at once, as one with articles must be."""
        with self.database.changing() as connection:
            connection.execute("SET LOCAL synchronous_commit = off")
            yield connection


NEW = (
    "unnest(%s::text[], %s::text[], %s::bigint[], %s::text[]) WITH ORDINALITY "
    "AS new (path, article_id, size, stamp, at)"
)
REPLACED = f"""
    DELETE FROM jobs USING {NEW}
    WHERE md5(jobs.path) = md5(new.path) AND md5(jobs.article_id) = md5(new.article_id)
    AND NOT (state = 'taken' AND taken_until > now()) AND NOT (tries > 0 AND jobs.stamp = new.stamp)
"""  # noqa: S608 - our own
PUT = f"""
    INSERT INTO jobs (batch, path, article_id, size, stamp)
    SELECT %s, path, article_id, size, stamp FROM {NEW} ORDER BY at
    ON CONFLICT (md5(path), md5(article_id)) DO UPDATE SET batch = excluded.batch
"""  # noqa: S608 - our own
GIVE_BACK = """
    UPDATE jobs SET state = 'waiting', worker = NULL, tries = greatest(tries - 1, 0)
    WHERE worker = %s AND state = 'taken'
"""
TAKE = """
    UPDATE jobs SET state = 'taken', worker = %s, taken_until = now() + %s * interval '1 second',
        tries = tries + (%s OR tries > 0)::int
    WHERE number = ANY(ARRAY(
        SELECT number FROM jobs
        WHERE (%s::text IS NULL OR batch = %s) AND (state = 'waiting' OR (state = 'taken' AND taken_until < now()))
        ORDER BY number LIMIT %s FOR UPDATE SKIP LOCKED))
    RETURNING number, path, article_id
"""


def _stamp(path: str) -> str:
    """Name the state of a file by its size and time of change; nothing for an address."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"
