"""The graph of the vectors: made after a large batch, and by whoever comes next where that was stopped."""

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hashing_embedder import HashingEmbedder
from in_time import in_background, in_time
from made_up_news import body
from stores import new_place, role_without_rights

from assistant.index import Store, open_store
from assistant.index.postgres.database import Database
from assistant.index.postgres.graph import VECTOR_INDEX
from assistant.index.postgres.jobs import Jobs
from assistant.index.postgres.store import PostgresStore
from assistant.settings import Settings
from assistant.types import Article, SourceFile

EMBEDDER = HashingEmbedder()
MOST_SECONDS = 60.0


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        index=str(new_place("postgres", tmp_path)), exact_passages=20, passage_pieces=60, overlap_pieces=10
    )


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings, create=True) as opened:
        yield opened


def add(store: Store, *names: str, sentences: int = 30) -> None:
    store.add_articles([Article(id=name, text=body(name, sentences), path=name) for name in names], EMBEDDER)


def graph_is_there(settings: Settings) -> bool:
    with psycopg.connect(str(settings.index)) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_indexes WHERE indexname = %s", (VECTOR_INDEX,)
        ).fetchone()
    return found is not None


def without_graph(settings: Settings) -> None:
    """Leave the index as a build does that was stopped."""
    with psycopg.connect(str(settings.index)) as connection:
        connection.execute(f"DROP INDEX assistant.{VECTOR_INDEX}".encode())


def test_it_is_made_once_there_are_many(store: Store, settings: Settings) -> None:
    add(store, "camels", sentences=4)
    assert not graph_is_there(settings)
    add(store, "herons", "bees", "moths")
    assert store.counts().passages > settings.exact_passages
    assert graph_is_there(settings)


def test_searches_are_right_and_say_so_until_it_is_made_again(
    store: Store, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    add(store, "camels", "herons", "bees")
    question = EMBEDDER.embed_question(body("herons", 4))
    wanted = store.search_vectors(question, 10)
    without_graph(settings)
    with open_store(settings) as reader, caplog.at_level(logging.WARNING):
        assert reader.search_vectors(question, 10) == wanted
        assert reader.search_vectors(question, 10) == wanted
    assert [one.message.count("still to be built") for one in caplog.records].count(1) == 1
    add(store, "moths")
    assert graph_is_there(settings)
    without_graph(settings)
    assert store.rebuild() == []
    assert graph_is_there(settings)
    assert [number for number, _ in store.search_vectors(question, 10)] == [number for number, _ in wanted]


def test_a_large_batch_is_stored_without_it(store: Store, settings: Settings, tmp_path: Path) -> None:
    add(store, "camels", "herons")
    news = tmp_path / "news"
    news.mkdir()
    for number in range(12):
        (news / f"{number}.md").write_text(body(f"subject{number}", 30))
    seen = []
    store.ingest([str(news)], EMBEDDER, on_event=lambda event: seen.append(graph_is_there(settings)))
    assert seen == [False] * 12
    assert graph_is_there(settings)
    (news / "13.md").write_text(body("moths", 30))
    seen.clear()
    store.ingest([str(news)], EMBEDDER, on_event=lambda event: seen.append(graph_is_there(settings)))
    assert seen == [True]


def test_a_worker_makes_it_once_it_has_nothing_to_do(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    add(store, "camels", "herons")
    without_graph(settings)
    path = tmp_path / "bees.md"
    path.write_text(body("bees", 4))
    assert isinstance(store, PostgresStore)
    database = Database(str(settings.index), create=False, most_seconds=MOST_SECONDS)
    Jobs(database, settings.worker_lease_seconds).put([SourceFile(str(path), "bees.md")], "batch")
    database.close()
    stop = threading.Event()
    working = in_background(lambda: store.work(EMBEDDER, on_event=lambda event: None, stop=stop))
    deadline = time.monotonic() + MOST_SECONDS
    while not graph_is_there(settings) and time.monotonic() < deadline:
        time.sleep(0.02)
    stop.set()
    in_time(working, MOST_SECONDS, lambda: "the worker does not stop")
    assert graph_is_there(settings)
    assert "bees.md" in store.hashes()


def test_who_does_not_own_the_tables_leaves_it_to_others(store: Store, settings: Settings) -> None:
    add(store, "camels", "herons")
    without_graph(settings)
    address = str(settings.index)
    with role_without_rights(address) as role:
        with psycopg.connect(address) as connection:
            for what in ("TABLES", "SEQUENCES"):
                connection.execute(f"GRANT ALL ON ALL {what} IN SCHEMA assistant TO {role}".encode())
            connection.execute(f"GRANT USAGE ON SCHEMA assistant TO {role}".encode())
        with open_store(settings.model_copy(update={"index": f"{address}&user={role}"})) as other:
            add(other, "bees")
        assert not graph_is_there(settings)
    add(store, "moths")
    assert graph_is_there(settings)
