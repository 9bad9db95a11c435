"""Vectors of passages in memory: read from the ledger, each checked, or gathered from what was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexDamaged
from assistant.index.listing import Rows
from assistant.index.row_hash import passage_hash

Vectors = NDArray[np.float32]

# vectors that are compared at a time, 30 MB of 384 dimensions
PART = 20_000
JOINED_PASSAGE_COLUMNS = 'p.number, p.article, p.id, p.start, p."end", p.row_hash, p.vector'


@dataclass(frozen=True, slots=True)
class VectorBlock:
    """Vectors of passages: their numbers, ascending, and one unit row each."""

    rowids: Rows
    vectors: Vectors


NO_VECTORS = VectorBlock(np.empty(0, dtype=np.int64), np.empty((0, 0), dtype=np.float32))


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


def gather_vectors(
    connection: sqlite3.Connection, rowids: Rows, blocks: Iterable[VectorBlock]
) -> VectorBlock:
    """Take vectors of passages (ascending numbers) from blocks, each of later ones, or else from the ledger.

    Raises:
        IndexDamaged: a row of the ledger is not what was written.
    """
    found, left = NO_VECTORS, rowids
    for block in blocks:
        part = held_of(block, left)
        found, left = put_together(found, part), np.setdiff1d(left, part.rowids, assume_unique=True)
    if not len(left):
        return found
    found = put_together(found, load_vectors(connection, only=left))
    order = np.argsort(found.rowids)
    return VectorBlock(found.rowids[order], found.vectors[order])


def held_of(block: VectorBlock, rowids: Rows) -> VectorBlock:
    """Return those of some passages that a block holds."""
    if not len(block.rowids):
        return NO_VECTORS
    places = _places_of(block, rowids)
    return VectorBlock(block.rowids[places], block.vectors[places])


def _places_of(block: VectorBlock, rowids: Rows) -> Rows:
    """Return where in a block, which holds some, those of some passages are that it holds."""
    places: Rows = np.minimum(np.searchsorted(block.rowids, rowids), len(block.rowids) - 1)
    held: Rows = places[block.rowids[places] == rowids]
    return held


def put_together(one: VectorBlock, other: VectorBlock) -> VectorBlock:
    """Return what two blocks hold, the first before the second."""
    if not len(one.rowids):
        return other
    if not len(other.rowids):
        return one
    return VectorBlock(
        np.concatenate([one.rowids, other.rowids]), np.concatenate([one.vectors, other.vectors])
    )


def cosines_of(block: VectorBlock, vector: Vectors) -> dict[int, float]:
    """Return the cosine similarity of a unit vector to each passage of a block."""
    if not len(block.rowids):
        return {}
    # Row by row in double precision: the same whatever else is in the block.
    cosines = (block.vectors.astype(np.float64) * vector.astype(np.float64)).sum(axis=1)
    return dict(zip(block.rowids.tolist(), cosines.tolist(), strict=True))


def nearest_of(block: VectorBlock, vector: Vectors, n: int) -> list[int]:
    """Return the numbers of the ``n`` passages of a block that are nearest to a unit vector, in any order."""
    if not len(block.rowids):
        return []
    return _best(block.rowids, block.vectors @ vector, n)


def nearest_among(block: VectorBlock, rowids: Rows | None, vector: Vectors, n: int) -> list[int]:
    """Return the numbers of the ``n`` nearest of some passages (all where None) that a block holds, in any order.

    It reads the vectors in parts: those of a generation stay on the disk, and all of them may be wanted.
    """
    if not len(block.rowids):
        return []
    places = None if rowids is None else _places_of(block, rowids)
    numbers = block.rowids if places is None else block.rowids[places]
    starts = range(0, len(numbers), PART)
    parts = [slice(at, at + PART) if places is None else places[at : at + PART] for at in starts]
    return (
        _best(numbers, np.concatenate([block.vectors[part] @ vector for part in parts]), n) if parts else []
    )


def _best(numbers: Rows, cosines: Vectors, n: int) -> list[int]:
    best = numbers if n >= len(numbers) else numbers[np.argpartition(-cosines, n)[:n]]
    return [int(number) for number in best]
