"""Finds the passages nearest to a vector: the current generation proposes, the ledger decides.

Small indexes, and passages newer than the generation, are searched exactly from the ledger's vectors;
what has been removed is masked. The ledger's own vectors give every similarity, so that no index of them
can lend a passage a wrong score.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexDamaged
from assistant.index.listing import Rows, Selection
from assistant.index.row_hash import passage_hash

Vectors = NDArray[np.float32]

# A filter that leaves less than this share is searched exactly; a broader one by asking for more.
NARROW_SHARE = 0.1
MOST_PROPOSED = 10_000
JOINED_PASSAGE_COLUMNS = 'p.number, p.article, p.id, p.start, p."end", p.row_hash, p.vector'


@dataclass(frozen=True, slots=True)
class VectorBlock:
    """Vectors of passages: their numbers, ascending, and one unit row each."""

    rowids: Rows
    vectors: Vectors


def load_vectors(
    connection: sqlite3.Connection, *, beyond: int = 0, only: Rows | None = None, live: bool = True
) -> VectorBlock:
    """Read vectors from the ledger: those numbered beyond a passage, or only some; each is checked.

    Raises:
        IndexDamaged: a row is not what was written.
    """
    conditions, values, table = ["p.number > ?"], [str(beyond)], "passages p"
    if only is not None:
        conditions.append("p.number IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(only.tolist()))
    if live and only is not None:  # few, it is to be hoped: each article is looked up, not all of them listed
        table = "passages p JOIN live a ON a.number = p.article"
    elif live:
        conditions.append("p.article IN (SELECT number FROM live)")
    rowids, blobs = [], []
    for *fields, check, blob in connection.execute(
        f"SELECT {JOINED_PASSAGE_COLUMNS} FROM {table} WHERE {' AND '.join(conditions)} ORDER BY p.number",  # noqa: S608
        values,
    ):
        if passage_hash(fields, blob) != check:
            raise IndexDamaged(
                f"a passage of article number {fields[1]} is damaged in the ledger; "
                "run `python -m assistant doctor --rebuild`, then ingest it again"
            )
        rowids.append(fields[0])
        blobs.append(blob)
    vectors = np.frombuffer(b"".join(blobs), dtype="<f4")
    return VectorBlock(np.array(rowids, dtype=np.int64), vectors.reshape(len(rowids), -1 if rowids else 0))


class Proposer(Protocol):
    """An index of the vectors numbered up to ``last``, such as a generation of Chroma."""

    last: int
    count: int

    def query(self, vector: Vectors, n: int) -> list[int]:
        """Return the numbers of about the ``n`` nearest of its passages."""
        ...


class NearestPassages:
    """Searches by vector; remembers the vectors that no generation holds yet. Safe among threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state = ""
        self._floor = 0
        self._newer = VectorBlock(np.empty(0, dtype=np.int64), np.empty((0, 0), dtype=np.float32))
        self._selected: tuple[Selection, VectorBlock] | None = None

    def search(
        self,
        connection: sqlite3.Connection,
        vector: Vectors,
        k: int,
        *,
        selection: Selection | None,
        proposer: Proposer | None,
        few: int,
        state: str,
    ) -> list[tuple[int, float]]:
        """Return (passage number, cosine similarity) of the ``k`` nearest live passages, best first.

        Without ``proposer`` the search is exact, as it is among ``few`` selected passages. ``state`` is the
        ledger's count of changes.
        """
        newer = self._newer_than(connection, proposer.last if proposer else 0, state)
        if selection is not None:
            total = proposer.count + len(newer.rowids) if proposer else 0
            if proposer and len(selection.rowids) < max(few, NARROW_SHARE * total):
                newer, proposer = self._of_selection(connection, selection), None
            else:
                kept = np.isin(newer.rowids, selection.rowids, assume_unique=True)
                newer = VectorBlock(newer.rowids[kept], newer.vectors[kept])
        share = 1.0
        if selection is not None and proposer:
            share = min(1.0, len(selection.rowids) / max(1, proposer.count))
        wanted = k
        while True:
            asked = int(wanted / share) + 1
            # a graph may miss a passage: whoever asks for all of them, or nearly, is not answered from it
            if proposer and (asked > MOST_PROPOSED or asked >= proposer.count):
                newer, proposer = load_vectors(connection, only=selection.rowids if selection else None), None
            proposed = set(_nearest_rows(newer, vector, wanted))
            if proposer:
                proposed.update(proposer.query(vector, min(asked, proposer.count)))
            if selection is not None:
                proposed.intersection_update(
                    np.intersect1d(selection.rowids, np.fromiter(proposed, np.int64, len(proposed))).tolist()
                )
            scored = similarities(connection, vector, sorted(proposed))
            exhausted = wanted >= len(newer.rowids) and (proposer is None or asked >= proposer.count)
            if len(scored) >= k or exhausted:
                return sorted(scored.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
            wanted *= 4

    def _newer_than(self, connection: sqlite3.Connection, floor: int, state: str) -> VectorBlock:
        with self._lock:
            if (floor, state) != (self._floor, self._state):
                last = int(self._newer.rowids[-1]) if len(self._newer.rowids) else 0
                kept = self._newer.rowids > floor
                older = VectorBlock(self._newer.rowids[kept], self._newer.vectors[kept])
                if floor < self._floor or len(older.rowids) > 2 * _live_beyond(connection, floor) + 1000:
                    older, last = VectorBlock(older.rowids[:0], older.vectors[:0]), floor
                fresh = load_vectors(connection, beyond=max(last, floor))
                self._newer = _join_blocks(older, fresh)
                self._floor, self._state = floor, state
            return self._newer

    def _of_selection(self, connection: sqlite3.Connection, selection: Selection) -> VectorBlock:
        with self._lock:
            if self._selected is None or self._selected[0] is not selection:
                self._selected = (selection, load_vectors(connection, only=selection.rowids))
            return self._selected[1]


def similarities(connection: sqlite3.Connection, vector: Vectors, rowids: Sequence[int]) -> dict[int, float]:
    """Return the cosine similarity of a unit vector to each live passage of these numbers."""
    if not rowids:
        return {}
    block = load_vectors(connection, only=np.asarray(rowids, dtype=np.int64))
    if not len(block.rowids):
        return {}
    # Row by row in double precision: the same whatever else is in the block.
    cosines = (block.vectors.astype(np.float64) * vector.astype(np.float64)).sum(axis=1)
    return dict(zip(block.rowids.tolist(), cosines.tolist(), strict=True))


def _nearest_rows(block: VectorBlock, vector: Vectors, n: int) -> list[int]:
    if not len(block.rowids):
        return []
    cosines = block.vectors @ vector
    if n >= len(cosines):
        return [int(number) for number in block.rowids]
    best = np.argpartition(-cosines, n)[:n]
    return [int(number) for number in block.rowids[best]]


def _live_beyond(connection: sqlite3.Connection, floor: int) -> int:
    row = connection.execute(
        "SELECT coalesce(sum(passages), 0) FROM live WHERE first_passage > ?", (floor,)
    ).fetchone()
    return int(row[0])


def _join_blocks(older: VectorBlock, newer: VectorBlock) -> VectorBlock:
    if not len(older.rowids):
        return newer
    if not len(newer.rowids):
        return older
    return VectorBlock(
        np.concatenate([older.rowids, newer.rowids]), np.concatenate([older.vectors, newer.vectors])
    )
