"""Workers in processes of their own: they share the jobs, are killed, and nothing is lost or there twice."""

import contextlib
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psycopg
import pytest
from figures import figure
from hashing_embedder import HashingEmbedder
from in_time import in_background, in_time
from made_up_news import body, page
from stores import new_place
from worker_driver import LEASE_SECONDS, driver_settings

from assistant.index import IngestEvent, Store, open_store
from assistant.settings import Settings

DRIVER = Path(__file__).with_name("worker_driver.py")
TESTS = Path(__file__).parents[2]
EMBEDDER = HashingEmbedder()
ARTICLES = 16
MOST_SECONDS = 120.0


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return driver_settings(str(new_place("postgres", tmp_path)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "news", ARTICLES)


def write_articles(folder: Path, count: int, edition: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{number:03}.md").write_text(
            page(f"News {number}", None, None, body(f"subject{number}{edition}", 4))
        )
    return folder


def start(settings: Settings, *task: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, str(DRIVER), str(settings.index), *task],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent)))},
    )
    assert process.stderr
    assert process.stderr.readline() == "begun\n", process.stderr.read()
    return process


@contextlib.contextmanager
def workers(settings: Settings, count: int) -> Iterator[list[subprocess.Popen[str]]]:
    """Workers that are heard of; those that are left are ended."""
    running = [start(settings, "work") for _ in range(count)]
    until_heard_of(settings, count)
    try:
        yield running
    finally:
        for process in running:
            process.kill()
            process.wait()
            assert process.stderr
            process.stderr.close()


def until_heard_of(settings: Settings, count: int) -> None:
    deadline = time.monotonic() + MOST_SECONDS
    while time.monotonic() < deadline:
        with psycopg.connect(str(settings.index)) as connection:
            (heard,) = connection.execute("SELECT count(*) FROM assistant.workers").fetchone() or (0,)
        if heard >= count:
            return
        time.sleep(0.05)
    raise AssertionError("the workers do not come")


def jobs_left(settings: Settings) -> str:
    """Say in one line what is in the table of jobs."""
    with psycopg.connect(str(settings.index), connect_timeout=5) as connection:
        rows = connection.execute("SELECT state, count(*) FROM assistant.jobs GROUP BY state").fetchall()
    return "jobs: " + (", ".join(f"{count} {state}" for state, count in sorted(rows)) or "none")


def tried_twice(settings: Settings) -> bool:
    """Tell whether a job has been taken twice without getting further."""
    with psycopg.connect(str(settings.index)) as connection:
        rows = connection.execute(
            "SELECT FROM assistant.jobs WHERE tries > 1 AND state IN ('waiting', 'taken')"
        ).fetchall()
    return bool(rows)


def tell(told: list[str], event: IngestEvent) -> None:
    told.append(event.subject)


def on_standby(settings: Settings, seen: str) -> None:
    """Let a worker that takes no jobs be heard of."""
    with psycopg.connect(str(settings.index)) as connection:
        connection.execute(
            f"INSERT INTO assistant.workers VALUES ('standby', {seen}) "
            "ON CONFLICT (id) DO UPDATE SET seen = excluded.seen".encode()
        )


def check_each_once(store: Store, count: int) -> None:
    articles = store.articles()
    assert [one.id for one in articles] == [f"{number:03}.md" for number in range(count)]
    assert len({one.id for one in articles}) == count
    numbers = [number for number, _ in store.search_vectors(EMBEDDER.embed_question("any"), 100_000)]
    passages = store.passages(numbers)
    assert len(passages) == store.counts().passages == len({one.passage.id for one in passages})
    assert store.verify() == []


def test_workers_share_an_ingest_and_it_tells_of_all(settings: Settings, folder: Path) -> None:
    events: list[IngestEvent] = []
    with open_store(settings, create=True) as store, workers(settings, 2) as running:
        (folder / "broken.docx").write_bytes(b"no document")
        report = store.ingest([str(folder)], EMBEDDER, on_event=events.append)
        assert (report.added, report.failed) == (ARTICLES, 1)
        assert sorted(one.subject for one in events if one.kind == "added") == [
            f"{number:03}.md" for number in range(ARTICLES)
        ]
        assert events[-1].done_bytes == events[-1].total_bytes
        (folder / "broken.docx").unlink()
        (folder / "007.md").unlink()
        (folder / "007.md").write_text(page("News", None, None, body("ships")))
        report = store.ingest([str(folder)], EMBEDDER)
        assert (report.updated, report.unchanged) == (1, ARTICLES - 1)
        check_each_once(store, ARTICLES)
        (folder / f"{ARTICLES - 1:03}.md").unlink()
        assert store.ingest([str(folder)], EMBEDDER, prune=True).removed == 1
        for process in running:
            process.terminate()
        said = [process.communicate()[1] for process in running]
    assert all(lines.endswith("stopped\n") for lines in said)
    assert sum(lines.count("added") for lines in said) == ARTICLES


def test_a_lost_workers_job_is_taken_over_after_its_lease(settings: Settings, tmp_path: Path) -> None:
    many = tmp_path / "rows.jsonl"
    many.write_text("".join(f'{{"id": "row{n}", "text": "{body(f"s{n}", 4)}"}}\n' for n in range(60)))
    with open_store(settings, create=True) as store, workers(settings, 1) as (first,):
        waiting = in_background(partial(store.ingest, [str(many)], EMBEDDER))
        assert first.stderr
        assert first.stderr.readline().startswith("added")
        first.kill()
        report = in_time(waiting, LEASE_SECONDS + MOST_SECONDS, partial(jobs_left, settings))
        assert report.added == 60
        assert {one.id for one in store.articles()} == {f"row{number}" for number in range(60)}
        assert store.verify() == []


def test_what_ends_its_worker_three_times_is_set_aside_by_name(settings: Settings, folder: Path) -> None:
    (folder / "poison.md").write_text(page("Poison", None, None, body("arsenic")))
    (folder / "weeds.md").write_text(page("Weeds", None, None, body("nettles")))
    stop = threading.Event()

    def keep_working() -> int:
        deaths = 0
        while not stop.is_set():
            process = start(settings, "work")
            while process.poll() is None and not stop.is_set():
                time.sleep(0.02)
            deaths += process.poll() is not None
            process.kill()
            process.communicate()
        return deaths

    with open_store(settings, create=True) as store:
        on_standby(settings, "now() + interval '1 hour'")  # so that the ingest leaves all to workers
        working = in_background(keep_working)
        try:
            report = store.ingest([str(folder)], EMBEDDER)
        finally:
            stop.set()
        on_standby(settings, "now() - interval '1 hour'")
        assert in_time(working, MOST_SECONDS, partial(jobs_left, settings)) == 3
        assert {Path(one.path).name: "three" in one.reason for one in report.failures} == {
            "poison.md": True,
            "weeds.md": True,
        }
        check_each_once(store, ARTICLES)
        again = store.ingest([str(folder)], EMBEDDER)  # by this process, which would bear the poison
        assert again.failed == 2
        (folder / "poison.md").write_text(page("Bread", None, None, body("bread")))
        (folder / "weeds.md").unlink()
        assert store.ingest([str(folder)], EMBEDDER).added == 1


@pytest.mark.parametrize("most_kills", [3, pytest.param(100, marks=pytest.mark.slow)])
def test_killing_workers_loses_nothing_and_stores_nothing_twice(
    settings: Settings, folder: Path, most_kills: int
) -> None:
    draw = random.Random(20251128)
    kills = rounds = 0
    with open_store(settings, create=True) as store:
        while kills < most_kills:
            write_articles(folder, ARTICLES, edition=str(rounds))
            told: list[str] = []
            running = [start(settings, "work"), start(settings, "work")]
            until_heard_of(settings, 2)
            waiting = in_background(
                partial(store.ingest, [str(folder)], EMBEDDER, on_event=partial(tell, told))
            )
            while not waiting.done() and kills < most_kills:
                time.sleep(draw.uniform(0.0, 0.4))
                if tried_twice(settings):  # whoever ends a third time at a job has it set aside by name
                    continue
                victim = draw.randrange(2)
                running[victim].kill()
                running[victim].communicate()
                kills += 1
                running[victim] = start(settings, "work")
            report = in_time(waiting, MOST_SECONDS, partial(jobs_left, settings))
            for process in running:
                process.kill()
                process.communicate()
            assert report.failed == 0, report.failures
            assert report.added + report.updated == ARTICLES
            assert sorted(told) == [f"{number:03}.md" for number in range(ARTICLES)]
            check_each_once(store, ARTICLES)
            assert {one.title for one in store.articles()} == {f"News {n}" for n in range(ARTICLES)}
            rounds += 1
    figure(f"{kills} kills of workers in {rounds} ingests: nothing that was told lost, nothing there twice")


def test_two_workers_that_find_one_id_in_two_files_keep_one_and_name_the_other(
    settings: Settings, tmp_path: Path
) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        lines = "".join(f'{{"id": "row{n}", "text": "{body(f"{name}{n}", 4)}"}}\n' for n in range(40))
        (tmp_path / name / f"{name}.jsonl").write_text(lines)
    with open_store(settings, create=True) as store, workers(settings, 2):
        report = store.ingest([str(tmp_path / "first"), str(tmp_path / "second")], EMBEDDER)
        assert (report.added, report.failed) == (40, 40)
        assert all("is already that of an article of" in one.reason for one in report.failures)
        assert store.verify() == []


def test_an_ingest_that_is_killed_leaves_its_jobs_to_the_next_worker(
    settings: Settings, folder: Path
) -> None:
    with open_store(settings, create=True) as store:
        killed = start(settings, "ingest", str(folder))
        assert killed.stderr
        assert next(line for line in killed.stderr if not line.startswith("log ")).startswith("added")
        killed.kill()
        killed.communicate()
        with workers(settings, 1):
            deadline = time.monotonic() + MOST_SECONDS
            while store.counts().articles < ARTICLES and time.monotonic() < deadline:
                time.sleep(0.1)
        check_each_once(store, ARTICLES)
