"""Which generation is current: kept open for readers, renewed when enough has changed."""

from __future__ import annotations

import contextlib
import json
import logging
import sqlite3
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np

from assistant.errors import StoreError
from assistant.index.chroma.generation_files import (
    GenerationError,
    GenerationGone,
    GenerationRecord,
    GenerationUnfit,
    held_passages,
)
from assistant.index.chroma.vector_block import NO_VECTORS, VectorBlock, Vectors, load_vectors
from assistant.index.chroma.vectors import Generation, build_generation, open_generation, sweep_generations
from assistant.index.listing import Rows, live_passages
from assistant.index.sqlite.ledger import Ledger, get_meta, get_record, set_meta
from assistant.index.sqlite.writes import next_number
from assistant.settings import Settings

LOG = logging.getLogger(__name__)
GENERATIONS = "generations"
CHANGED_SHARE = 0.2
FINISHED_SHARE = 0.05
GONE_SHARE = 0.5


class GenerationReader:
    """Keeps the current generation open for its readers, and closes an older one after its last use."""

    def __init__(self, root: Path, url: str | None) -> None:
        self._root = root
        self._url = url
        self._lock = threading.Lock()
        self._open: dict[str, Generation] = {}
        self._users: Counter[str] = Counter()
        self._current = ""
        self._refused: dict[str, str] = {}

    @contextlib.contextmanager
    def using(self, record: GenerationRecord, index_id: str) -> Iterator[Generation]:
        """Lend the generation that the ledger names, opening it first if need be.

        Raises:
            GenerationGone: another has become current.
            GenerationError: it cannot be used; logged once, and said again until another is current.
        """
        with self._lock:
            generation = self._opened(record, index_id)
            self._users[record.name] += 1
        try:
            yield generation
        except GenerationError as error:
            self._refuse(record, error)
            raise
        finally:
            with self._lock:
                self._users[record.name] -= 1
                self._close_unused()

    def held(self, name: str) -> VectorBlock:
        """Return the vectors of a generation where it is open, else none."""
        with self._lock:
            generation = self._open.get(name)
            return generation.held if generation else NO_VECTORS

    def close(self) -> None:
        """Close what nobody uses any more."""
        with self._lock:
            self._current = ""
            self._close_unused()

    def _opened(self, record: GenerationRecord, index_id: str) -> Generation:
        if record.name in self._refused:
            raise GenerationError(self._refused[record.name])
        if record.name not in self._open:
            try:
                self._open[record.name] = open_generation(self._root, record, self._url, index_id)
            except GenerationGone:
                raise
            except GenerationError as error:
                self._refuse(record, error)
                raise
        self._current = record.name
        self._close_unused()
        return self._open[record.name]

    def _refuse(self, record: GenerationRecord, error: GenerationError) -> None:
        self._refused = {record.name: str(error)}
        LOG.warning(
            "%s; searching the ledger itself, exactly but more slowly: run `python -m assistant doctor --rebuild`",
            error,
        )

    def _close_unused(self) -> None:
        for name in list(self._open):
            if name != self._current and not self._users[name]:
                self._open.pop(name).close()
                del self._users[name]


def current_generation(connection: sqlite3.Connection) -> GenerationRecord | None:
    """Return the generation that the ledger names, if it names one."""
    return get_record(connection, "generation", GenerationRecord)


def renew_generation(ledger: Ledger, settings: Settings, *, finished: bool, afresh: bool = False) -> bool:
    """Build a new generation and make it current, if enough has changed; the caller holds the write lock.

    Enough is more passages, newer or gone, than the larger of ``settings.exact_passages`` and a fifth of
    the index. When an ingest has ``finished``, a twentieth is enough, or that there is no generation, or that half
    of it has gone. ``afresh`` builds one anyway, from the ledger alone. Where passages are too alike for a graph,
    there is no generation, and none is tried until the index has changed as much again.

    Raises:
        StoreError: the generation could not be built; the ledger holds everything, and serves meanwhile.
    """
    root = Path(settings.index) / GENERATIONS
    with ledger.reading() as connection:
        current = current_generation(connection)
        refused = int(get_meta(connection, "refused_passages") or 0)
        index_id = get_meta(connection, "index_id") or ""
        if current and not (finished or afresh):
            newer = next_number(connection, "passages") - 1 - current.last
            if newer <= max(settings.exact_passages, CHANGED_SHARE * current.count):
                return (
                    False  # without a look at all of them after each window; what is gone counts in the end
                )
        rowids = live_passages(connection)
    held = held_passages(root, current) if current else rowids[:0]
    gone = len(np.setdiff1d(held, rowids, assume_unique=True))
    changed = gone + len(np.setdiff1d(rowids, held, assume_unique=True))
    share = FINISHED_SHARE if finished else CHANGED_SHARE
    enough = max(settings.exact_passages, share * len(rowids))
    due = changed > enough
    if finished:
        due = due or bool(len(rowids) if current is None else gone > GONE_SHARE * len(held))
    if refused and abs(len(rowids) - refused) <= enough:
        due = False
    if not (afresh or due):
        return False

    def load(wanted: Rows) -> Vectors:
        with ledger.reading() as connection:
            return load_vectors(connection, only=wanted).vectors

    record = None
    try:
        if len(rowids):
            record = build_generation(
                root,
                uuid.uuid4().hex,
                rowids=rowids,
                copied=None if afresh or gone > CHANGED_SHARE * len(held) else current,
                load=load,
                url=settings.chroma_url,
                index_id=index_id,
            )
    except GenerationUnfit as error:
        LOG.warning(
            "%s: too many are alike for Chroma's graph; the ledger itself is searched, exactly", error
        )
    except GenerationError as error:
        raise StoreError(
            f"the articles are safe, but their vector index could not be built ({error}); searching goes on "
            "without it, more slowly; mend the cause and run `python -m assistant doctor --rebuild`"
        ) from error
    with ledger.writing() as connection:
        set_meta(connection, "generation", json.dumps(asdict(record)) if record else "")
        set_meta(connection, "refused_passages", "0" if record else str(len(rowids)))
    sweep(ledger, settings)
    return True


def sweep(ledger: Ledger, settings: Settings) -> None:
    """Delete generations that nobody needs, such as those of killed builds; the caller holds the write lock."""
    with ledger.reading() as connection:
        current = current_generation(connection)
        index_id = get_meta(connection, "index_id") or ""
    name = current.name if current else None
    sweep_generations(Path(settings.index) / GENERATIONS, name, settings.chroma_url, index_id)
