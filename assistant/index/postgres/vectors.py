"""The passages nearest to a vector: by pgvector's graph, or exactly where few rows remain."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pgvector import Vector
from psycopg import sql

from assistant.index.listing import Selection
from assistant.index.postgres.graph import MOST_INDEXED_DIMENSIONS
from assistant.index.postgres.schema import Postgres

# The widest search of the graph that pgvector allows; the narrowest that is asked for.
WIDEST = 1000
NARROWEST_SEARCH = 100
# How many times more than wanted are looked at.
CANDIDATES_A_RESULT = 2

# The number of a passage, and its vector.
VectorRow = tuple[int, Vector]


def graph_settings(k: int) -> tuple[str, str]:
    """Return the statements that set how the graph is searched for ``k`` passages in a transaction."""
    width = min(WIDEST, max(NARROWEST_SEARCH, CANDIDATES_A_RESULT * k))
    return f"SET LOCAL hnsw.ef_search = {width}", "SET LOCAL hnsw.iterative_scan = relaxed_order"


def nearest(
    connection: Postgres,
    vector: NDArray[np.float32],
    k: int,
    selection: Selection | None,
    *,
    passages: int,
    few: int,
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
    found = _by_graph(connection, vector, CANDIDATES_A_RESULT * wanted, selection) if by_graph else []
    if len(found) < wanted:
        found = _exactly(connection, vector, wanted, selection)
    scored = _cosines(found, vector)
    return sorted(scored.items(), key=lambda pair: (-pair[1], pair[0]))[:k]


def similarities(
    connection: Postgres, vector: NDArray[np.float32], rowids: Sequence[int]
) -> dict[int, float]:
    """Return the cosine similarity of a unit vector to each live passage of these numbers."""
    rows = connection.execute(
        "SELECT number, vector FROM passages WHERE live AND number = ANY(%s)",
        ([int(number) for number in rowids],),
        binary=True,
    ).fetchall()
    return _cosines(rows, vector)


def _cosines(rows: Sequence[VectorRow], vector: NDArray[np.float32]) -> dict[int, float]:
    if not rows:
        return {}
    rows = sorted(rows, key=lambda row: row[0])
    held = np.stack([one.to_numpy() for _, one in rows]).astype(np.float64)
    # Row by row in double precision: the same whatever else is asked for.
    cosines = (held * vector.astype(np.float64)).sum(axis=1)
    return {int(number): float(cosine) for (number, _), cosine in zip(rows, cosines, strict=True)}


def _by_graph(
    connection: Postgres, vector: NDArray[np.float32], wanted: int, selection: Selection | None
) -> list[VectorRow]:
    query = sql.SQL(
        "SELECT number, vector FROM passages WHERE live {} "
        "ORDER BY vector::halfvec({}) <#> %(vector)s::halfvec({}) LIMIT %(k)s"
    ).format(_filter(selection), sql.Literal(len(vector)), sql.Literal(len(vector)))
    return _vector_rows(connection, query, vector, wanted, selection)


def _exactly(
    connection: Postgres, vector: NDArray[np.float32], wanted: int, selection: Selection | None
) -> list[VectorRow]:
    query = sql.SQL(
        "SELECT number, vector FROM passages WHERE live {} ORDER BY vector <#> %(vector)s, number LIMIT %(k)s"
    ).format(_filter(selection))
    return _vector_rows(connection, query, vector, wanted, selection)


def _filter(selection: Selection | None) -> sql.SQL:
    return sql.SQL("" if selection is None else "AND number = ANY(%(allowed)s)")


def _vector_rows(
    connection: Postgres,
    query: sql.Composed,
    vector: NDArray[np.float32],
    wanted: int,
    selection: Selection | None,
) -> list[VectorRow]:
    values: dict[str, object] = {"vector": Vector(vector), "k": wanted}
    if selection is not None:
        values["allowed"] = selection.rowids.tolist()
    return connection.execute(query, values, binary=True).fetchall()
