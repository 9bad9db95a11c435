"""Finds the passages nearest to a vector: the current generation proposes, the ledger decides.

Small indexes, and passages newer than the generation, are searched exactly from the ledger's vectors;
what has been removed is masked. The ledger's own vectors give every similarity, or the generation's copy of them,
whose files are checked when it is opened: no index of them can lend a passage a wrong score.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from assistant.index.chroma.vector_block import (
    NO_VECTORS,
    VectorBlock,
    Vectors,
    cosines_of,
    gather_vectors,
    load_vectors,
    nearest_among,
    nearest_of,
    put_together,
)
from assistant.index.listing import Rows, Selection, live_passages

# A filter that leaves less than this share is searched exactly; a broader one by asking for more.
NARROW_SHARE = 0.1
MOST_PROPOSED = 10_000


class Proposer(Protocol):
    """An index of the vectors numbered up to ``last``, such as a generation of Chroma.

    ``held`` are the vectors themselves, none where it does not keep them.
    """

    last: int
    count: int
    held: VectorBlock

    def query(self, vector: Vectors, n: int) -> list[int]:
        """Return the numbers of about the ``n`` nearest of its passages."""
        ...


class NearestPassages:
    """Searches by vector; remembers the vectors that no generation holds yet. Safe among threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state = ""
        self._floor = 0
        self._newer = NO_VECTORS
        self._selected: tuple[Selection, VectorBlock] | None = None
        self._live: tuple[str, Rows] | None = None

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
        blocks = (proposer.held, newer) if proposer else (newer,)
        if selection is not None:
            total = proposer.count + len(newer.rowids) if proposer else 0
            if proposer and len(selection.rowids) < max(few, NARROW_SHARE * total):
                newer, proposer = self._of_selection(connection, selection, blocks), None
                blocks = (newer,)
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
            by_graph = proposer is not None and asked <= MOST_PROPOSED and asked < proposer.count
            chosen = selection.rowids if selection else None
            if proposer and not by_graph and not len(proposer.held.rowids):
                newer, proposer = load_vectors(connection, only=chosen), None
                blocks = (newer,)
            proposed = set(nearest_of(newer, vector, wanted))
            if proposer and not by_graph:
                proposed.update(nearest_among(proposer.held, chosen, vector, wanted))
            elif proposer:
                proposed.update(proposer.query(vector, min(asked, proposer.count)))
            rowids = self._live_of(connection, proposed, state)
            if selection is not None:
                rowids = np.intersect1d(rowids, selection.rowids, assume_unique=True)
            scored = cosines_of(gather_vectors(connection, rowids, blocks), vector)
            exhausted = wanted >= len(newer.rowids) and (proposer is None or asked >= proposer.count)
            if len(scored) >= k or exhausted:
                return sorted(scored.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
            wanted *= 4

    def similarities(
        self,
        connection: sqlite3.Connection,
        vector: Vectors,
        rowids: Sequence[int],
        held: VectorBlock,
        state: str,
    ) -> dict[int, float]:
        """Return the cosine similarity of a unit vector to each live passage of these numbers.

        ``held``: vectors that need not be looked up in the ledger; ``state`` as for ``search``.
        """
        live = self._live_of(connection, set(rowids), state)
        return cosines_of(gather_vectors(connection, live, (held, self._newer)), vector)

    def _live_of(self, connection: sqlite3.Connection, rowids: set[int], state: str) -> Rows:
        """Return those of some passages that can be found, ascending."""
        with self._lock:
            if self._live is None or self._live[0] != state:
                self._live = (state, live_passages(connection))
            live = self._live[1]
        some = np.sort(np.fromiter(rowids, np.int64, len(rowids)))
        places = np.minimum(np.searchsorted(live, some), max(0, len(live) - 1))
        return some[live[places] == some] if len(live) else some[:0]

    def _newer_than(self, connection: sqlite3.Connection, floor: int, state: str) -> VectorBlock:
        with self._lock:
            if (floor, state) != (self._floor, self._state):
                last = int(self._newer.rowids[-1]) if len(self._newer.rowids) else 0
                kept = self._newer.rowids > floor
                older = VectorBlock(self._newer.rowids[kept], self._newer.vectors[kept])
                if floor < self._floor or len(older.rowids) > 2 * _live_beyond(connection, floor) + 1000:
                    older, last = NO_VECTORS, floor
                fresh = load_vectors(connection, beyond=max(last, floor))
                self._newer = put_together(older, fresh)
                self._floor, self._state = floor, state
            return self._newer

    def _of_selection(
        self, connection: sqlite3.Connection, selection: Selection, blocks: Sequence[VectorBlock]
    ) -> VectorBlock:
        with self._lock:
            if self._selected is None or self._selected[0] is not selection:
                self._selected = (selection, gather_vectors(connection, selection.rowids, blocks))
            return self._selected[1]


def _live_beyond(connection: sqlite3.Connection, floor: int) -> int:
    row = connection.execute(
        "SELECT coalesce(sum(passages), 0) FROM live WHERE first_passage > ?", (floor,)
    ).fetchone()
    return int(row[0])
