"""The passages nearest to a vector: by pgvector's graph, or exactly where few rows remain."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pgvector import Vector
from psycopg import sql

from assistant.index.listing import Selection
from assistant.index.postgres.database import Ask
from assistant.index.postgres.graph import MOST_INDEXED_DIMENSIONS

# The widest search of the graph that pgvector allows; the narrowest that is asked for.
WIDEST = 1000
NARROWEST_SEARCH = 100
# How many times more than wanted are looked at.
CANDIDATES_A_RESULT = 2
OF_NUMBERS = "SELECT number, vector_send(vector) FROM passages WHERE live AND number = ANY(%(numbers)s)"
# What stands before the numbers of a vector that the server sends, and what they are.
VECTOR_HEAD = 4
SENT = np.dtype(">f4")

# The number of a passage, and its vector as the server sends it.
VectorRow = tuple[int, bytes]


def nearest(
    ask: Ask, vector: NDArray[np.float32], k: int, selection: Selection | None, *, passages: int, few: int
) -> list[tuple[int, float]]:
    """Return (number, cosine similarity) of the ``k`` live passages nearest to a unit vector, best first.

    ``passages`` counts the live ones. Up to ``few`` rows are compared one by one, as are those of a search that
    wants more than the graph may look at.
    """
    rows = passages if selection is None else len(selection.rowids)
    wanted = min(k, rows)
    if not wanted:
        return []
    by_graph = (
        rows > few and CANDIDATES_A_RESULT * wanted <= WIDEST and len(vector) <= MOST_INDEXED_DIMENSIONS
    )
    found = _by_graph(ask, vector, CANDIDATES_A_RESULT * wanted, selection) if by_graph else []
    if len(found) < wanted:
        found = _exactly(ask, vector, wanted, selection)
    scored = _cosines(found, vector)
    return sorted(scored.items(), key=lambda pair: (-pair[1], pair[0]))[:k]


def similarities(ask: Ask, vector: NDArray[np.float32], rowids: Sequence[int]) -> dict[int, float]:
    """Return the cosine similarity of a unit vector to each live passage of these numbers."""
    if not rowids:
        return {}
    _, (rows,) = ask((OF_NUMBERS, {"numbers": [int(number) for number in rowids]}))
    return _cosines(rows, vector)


def _cosines(rows: Sequence[VectorRow], vector: NDArray[np.float32]) -> dict[int, float]:
    if not rows:
        return {}
    sent = np.frombuffer(b"".join(one for _, one in rows), dtype=np.uint8).reshape(len(rows), -1)
    held = sent[:, VECTOR_HEAD:].copy().view(SENT).astype(np.float64)
    # Row by row in double precision: the same whatever else is asked for, and the same as in a folder.
    cosines = (held * vector.astype(np.float64)).sum(axis=1)
    return {int(number): cosine for (number, _), cosine in zip(rows, cosines.tolist(), strict=True)}


def _by_graph(
    ask: Ask, vector: NDArray[np.float32], wanted: int, selection: Selection | None
) -> list[VectorRow]:
    width = min(WIDEST, max(NARROWEST_SEARCH, wanted))
    settings = (f"SET LOCAL hnsw.ef_search = {width}", "SET LOCAL hnsw.iterative_scan = relaxed_order")
    order = sql.SQL("vector::halfvec({0}) <#> %(vector)s::halfvec({0})").format(sql.Literal(len(vector)))
    return _ordered(ask, vector, wanted, selection, order, settings)


def _exactly(
    ask: Ask, vector: NDArray[np.float32], wanted: int, selection: Selection | None
) -> list[VectorRow]:
    return _ordered(ask, vector, wanted, selection, sql.SQL("vector <#> %(vector)s, number").format())


def _ordered(
    ask: Ask,
    vector: NDArray[np.float32],
    wanted: int,
    selection: Selection | None,
    order: sql.Composed,
    settings: Sequence[str] = (),
) -> list[VectorRow]:
    """Return so many passages, the first in an order, with their vectors."""
    allowed = "" if selection is None else "AND number = ANY(%(allowed)s::bigint[])"
    query = sql.SQL(
        "SELECT number, vector_send(vector) FROM passages WHERE live {} ORDER BY {} LIMIT %(k)s"
    ).format(sql.SQL(allowed), order)
    values: dict[str, object] = {"vector": Vector(vector), "k": wanted}
    if selection is not None:
        # as one text: psycopg would look at each of what may be a hundred thousand numbers by itself
        values["allowed"] = f"{{{','.join(map(str, selection.rowids.tolist()))}}}"
    _, (rows,) = ask((query, values), settings=settings)
    return rows
