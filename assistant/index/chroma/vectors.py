"""Generations: indexes of the ledger's vectors in Chroma, built whole, checked, and thrown away.

A generation lives in a folder of its own and is never changed once it is current; a reader holds a
shared lock on it. Chroma's local store can be ruined by a kill while it is written, so it is written only
before it becomes current. Chroma alters its SQLite file a little whenever it is opened, so that
file is compared by what its tables say, and the others byte by byte.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np

from assistant.errors import AssistantError
from assistant.index.chroma.generation_files import (
    HELD_VECTORS,
    LOCK,
    ROWIDS,
    STORE,
    GenerationError,
    GenerationRecord,
    GenerationUnfit,
    copy_store,
    damaged_files,
    digests_of,
    held_vectors,
    shared_lock,
    to_disk,
)
from assistant.index.chroma.vector_block import NO_VECTORS, VectorBlock, Vectors
from assistant.index.listing import Rows
from assistant.redaction import without_password

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection
    from chromadb.config import Settings as ChromaSettings


ROWS_A_CALL = 1000
COLLECTION = "passages"
SAMPLE = 200
FOUND_SHARE = 0.985
SAME_DISTANCE = 1e-4
# With a threshold of two, Chroma writes its index after every batch. With a higher one the last vectors stay
# in its log, and whoever opens the store for reading writes to its files.
HNSW: CreateHNSWConfiguration = {
    "space": "cosine",
    "ef_construction": 200,
    "max_neighbors": 16,
    "ef_search": 200,
    "batch_size": 2,
    "sync_threshold": 2,
}
CLIENTS = threading.Lock()
CONNECT_SECONDS = 10.0


class Generation:
    """An open generation: its shared lock and its Chroma client. Safe among threads."""

    def __init__(
        self,
        record: GenerationRecord,
        collection: Collection,
        held: VectorBlock,
        opened: contextlib.ExitStack,
    ) -> None:
        self.record = record
        self.last = record.last
        self.count = record.count
        self.held = held
        self._collection = collection
        self._opened = opened

    def query(self, vector: Vectors, n: int) -> list[int]:
        """Return the numbers of about the ``n`` nearest passages to a vector (dimension,), nearest first."""
        return self._query(vector, n)[0]

    def holds(self, number: int, vector: Vectors) -> bool:
        """Say whether a passage finds itself, or another just like it, by its own vector."""
        numbers, distances = self._query(vector, 10)
        return number in numbers or (bool(distances) and distances[0] <= SAME_DISTANCE)

    def _query(self, vector: Vectors, n: int) -> tuple[list[int], list[float]]:
        with _chroma_errors():
            found = self._collection.query(
                query_embeddings=vector[np.newaxis], n_results=min(n, self.count), include=["distances"]
            )
            return [int(number) for number in found["ids"][0]], list((found["distances"] or [[]])[0])

    def close(self) -> None:
        """Close the client and let go of the lock."""
        self._opened.close()


def open_generation(root: Path, record: GenerationRecord, url: str | None, index_id: str) -> Generation:
    """Open a generation for reading, after checking that its files are those that were built.

    Raises:
        GenerationError: it is gone, damaged, or its server does not answer.
    """
    with contextlib.ExitStack() as opened:
        lock = shared_lock(root / record.name)
        opened.callback(os.close, lock)
        problems = damaged_files(root, record)
        if problems:
            raise GenerationError("; ".join(problems))
        with _chroma_errors():
            client = opened.enter_context(_client(root / record.name, url))
            name = _collection_name(record.name, url, index_id)
            collection = client.get_collection(name, embedding_function=None)
            count = collection.count()
        if count != record.count:
            raise GenerationError(f"generation {record.name} holds {count} passages, not {record.count}")
        held = held_vectors(root / record.name) if HELD_VECTORS in record.files else NO_VECTORS
        return Generation(record, collection, held, opened.pop_all())


def build_generation(
    root: Path,
    name: str,
    *,
    rowids: Rows,
    copied: GenerationRecord | None,
    load: Callable[[Rows], Vectors],
    url: str | None,
    index_id: str,
) -> GenerationRecord:
    """Build a generation of the passages numbered ``rowids`` (ascending) and check it.

    What ``copied`` holds of them is copied from it, unless it is damaged or lives on a server; the vectors
    of the rest (n, dimension) come from ``load``.

    Raises:
        GenerationUnfit: it did not pass the check.
        GenerationError: there are no passages, or it could not be built. In any case nothing of it is left.
    """
    if not len(rowids):
        raise GenerationError(f"generation {name} would hold no passages")
    folder = root / name
    try:
        folder.mkdir(parents=True)
        (folder / LOCK).touch()
        held = copy_store(root, copied, folder, rowids) if copied and not url else rowids[:0]
        np.save(folder / ROWIDS, rowids, allow_pickle=False)
        with _chroma_errors(), _client(folder, url) as client, (folder / HELD_VECTORS).open("ab") as file:

            def load_and_keep(wanted: Rows) -> Vectors:
                vectors = load(wanted)
                file.write(vectors.astype("<f4").tobytes())
                return vectors

            _fill(client, _collection_name(name, url, index_id), held, rowids, load if url else load_and_keep)
        record = GenerationRecord(name, int(rowids[-1]), len(rowids), {} if url else digests_of(folder))
        with contextlib.closing(open_generation(root, record, url, index_id)) as generation:
            check_generation(generation, rowids, load)
        problems = damaged_files(root, record)
        if problems:
            raise GenerationError(f"reading altered {'; '.join(problems)}")
        to_disk(folder)
    except BaseException as error:
        delete_generation(root, name, url, index_id)
        if isinstance(error, OSError):
            raise GenerationError(f"generation {name} cannot be written: {error}") from error
        raise
    return record


def check_generation(generation: Generation, rowids: Rows, load: Callable[[Rows], Vectors]) -> None:
    """Check that a sample of passages finds itself.

    Raises:
        GenerationUnfit: more than three in two hundred do not.
    """
    sample = rowids[np.linspace(0, len(rowids) - 1, min(SAMPLE, len(rowids))).astype(np.int64)]
    found = sum(
        generation.holds(int(number), vector) for number, vector in zip(sample, load(sample), strict=True)
    )
    if found < FOUND_SHARE * len(sample):
        raise GenerationUnfit(
            f"of {len(sample)} passages, only {found} find themselves in generation {generation.record.name}"
        )


def delete_generation(root: Path, name: str, url: str | None, index_id: str) -> None:
    """Delete a generation, or what there is of it."""
    if url:
        with contextlib.suppress(GenerationError), _chroma_errors(), _client(root / name, url) as client:
            client.delete_collection(_collection_name(name, url, index_id))
    shutil.rmtree(root / name, ignore_errors=True)


def sweep_generations(root: Path, current: str | None, url: str | None, index_id: str) -> None:
    """Delete all generations but the current one that nobody reads; the caller holds the write lock."""
    for folder in sorted(root.iterdir()) if root.is_dir() else []:
        if folder.name == current:
            continue
        try:
            lock = os.open(folder / LOCK, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            delete_generation(root, folder.name, url, index_id)
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            delete_generation(root, folder.name, url, index_id)
        except BlockingIOError:
            pass
        finally:
            os.close(lock)


def _fill(client: Client, name: str, held: Rows, rowids: Rows, load: Callable[[Rows], Vectors]) -> None:
    if len(held):
        collection = client.get_collection(name, embedding_function=None)
    else:
        collection = client.create_collection(name, embedding_function=None, configuration={"hnsw": HNSW})
    for batch in _batches(np.setdiff1d(held, rowids)):
        collection.delete(ids=[str(number) for number in batch])
    added = np.setdiff1d(rowids, held)
    for batch in _batches(added):
        ids, vectors = [str(number) for number in batch], load(batch)
        collection.upsert(ids=ids, embeddings=vectors)
        if len(added) == 1:  # A single vector is written only with a second change.
            collection.upsert(ids=ids, embeddings=vectors)


def _batches(rowids: Rows) -> Iterator[Rows]:
    for start in range(0, len(rowids), ROWS_A_CALL):
        yield rowids[start : start + ROWS_A_CALL]


@contextlib.contextmanager
def _client(folder: Path, url: str | None) -> Iterator[Client]:
    """Open Chroma: the store in a generation's folder, or a server."""
    import chromadb
    from chromadb.api.client import Client
    from chromadb.config import Settings as ChromaSettings

    settings = ChromaSettings(_env_file=None, anonymized_telemetry=False)
    with CLIENTS:  # Chroma counts its clients of a folder without a lock.
        client = (
            _chroma_client(url, settings) if url else chromadb.PersistentClient(str(folder / STORE), settings)
        )
    assert isinstance(client, Client)  # noqa: S101 - the only kind that can be closed
    servers = (getattr(one, "_server", None) for one in (client, client._admin_client))
    sessions = [getattr(server, "_session", None) for server in servers]
    try:
        yield client
    finally:
        client.close()
        for session in filter(None, sessions):  # Chroma leaves its connections to a server open.
            session.close()


def _chroma_client(url: str, settings: ChromaSettings) -> ClientAPI:
    import chromadb

    address = urlsplit(without_password(url))
    host = address.hostname or "localhost"
    port = address.port or (443 if address.scheme == "https" else 80)
    # Chroma itself would wait for ever for a host that does not answer.
    socket.create_connection((host, port), timeout=CONNECT_SECONDS).close()
    return chromadb.HttpClient(host=host, port=port, ssl=address.scheme == "https", settings=settings)


@contextlib.contextmanager
def _chroma_errors() -> Iterator[None]:
    """Turn whatever Chroma raises, of which it promises no kind, into a GenerationError.

    A panic of its Rust code, as over a damaged file, comes as an exception that is no ``Exception``.
    """
    try:
        yield
    except (GenerationError, AssistantError):
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        message = str(error).strip().splitlines()
        raise GenerationError(f"Chroma: {message[0] if message else type(error).__name__}") from error


def _collection_name(name: str, url: str | None, index_id: str) -> str:
    return f"{index_id}-{name}" if url else COLLECTION
