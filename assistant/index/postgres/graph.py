"""The graph of the vectors (HNSW): made once there are many, from then on kept up with each of them.

Until then, and where a build was stopped, vectors are compared one by one: slower, and as right.
"""

from __future__ import annotations

import logging

import psycopg
from psycopg import sql

from assistant.index.postgres.database import Database
from assistant.index.postgres.meta import embedder_of
from assistant.index.postgres.schema import SCHEMA, Postgres, hash_of

LOG = logging.getLogger(__name__)
# pgvector builds its graphs for half-precision vectors of at most so many dimensions.
MOST_INDEXED_DIMENSIONS = 4000
VECTOR_INDEX = "passages_by_vector"
# The graph is built in memory as far as that suffices: two bytes a dimension and so many for its edges, at most so
# many MB in all.
BYTES_A_NODE = 1024
MOST_MEMORY_MB = 4096
# How widely the place of a new vector is looked for: at 85,000 passages .97 of the first ten are those of comparing
# all, with pgvector's default of 64 .94; the build takes twice as long.
CONSTRUCTION = 128
# A batch so many times as large as the index is stored without the graph, which is then made anew.
LARGE_BATCH = 4
MEMORY = """
    SELECT set_config('maintenance_work_mem',
        greatest(pg_size_bytes(current_setting('maintenance_work_mem')) >> 20, %s::bigint) || 'MB', true)
"""


def graph_is_missing(connection: Postgres, few: int) -> bool:
    """Say whether an index of more than ``few`` passages, which are searched by the graph, has none yet."""
    known = embedder_of(connection)
    if known is None or known.dimension > MOST_INDEXED_DIMENSIONS:
        return False
    there = "SELECT 1 FROM pg_indexes WHERE schemaname = %s AND indexname = %s"
    return (
        connection.execute(there, (SCHEMA, VECTOR_INDEX)).fetchone() is None and _passages(connection) > few
    )


def tell_of_missing_graph(connection: Postgres, few: int, shown: str) -> None:
    """Log that searches take longer, where they do so because there is no graph yet."""
    if graph_is_missing(connection, few):
        LOG.warning(
            "the graph of the vectors in %s is still to be built, by the next `ingest` or an idle worker; until "
            "then they are compared one by one, which takes longer",
            shown,
        )


def make_graph(database: Database, few: int) -> None:
    """Make the graph where it is missing, in one transaction, and let the server take stock of its tables.

    Writers wait meanwhile, readers do not. Who does not own the tables leaves it to others.
    """
    with database.reading_all() as connection:
        if not graph_is_missing(connection, few) or not _owns(connection):
            return
    with database.changing() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (hash_of("graph"),))
        if graph_is_missing(connection, few):
            build_graph(connection)
    with database.outside() as connection:
        connection.execute("VACUUM (ANALYZE) articles, passages, postings")


def build_graph(connection: Postgres) -> None:
    """Build the graph, in a transaction that the caller opened, unless it is there or vectors are too long."""
    known = embedder_of(connection)
    if known is None or known.dimension > MOST_INDEXED_DIMENSIONS:
        return
    statement = sql.SQL(
        "CREATE INDEX IF NOT EXISTS {} ON passages USING hnsw ((vector::halfvec({})) halfvec_ip_ops) "
        "WITH (ef_construction = {}) WHERE live"
    ).format(sql.Identifier(VECTOR_INDEX), sql.Literal(known.dimension), sql.Literal(CONSTRUCTION))
    megabytes = min(MOST_MEMORY_MB, _passages(connection) * (2 * known.dimension + BYTES_A_NODE) >> 20)
    try:
        with connection.transaction():
            connection.execute(MEMORY, (megabytes,))
            connection.execute(statement)
    except (
        psycopg.errors.DiskFull,
        psycopg.errors.OutOfMemory,
    ):  # its workers share memory that may be scarce
        connection.execute("SET LOCAL max_parallel_maintenance_workers = 0")
        connection.execute(statement)


def drop_graph_before(database: Database, batch_bytes: int) -> None:
    """Drop the graph before a batch that is large against what is there; ``make_graph`` follows it."""
    with database.reading_all() as connection:
        row = connection.execute("SELECT coalesce(sum(octet_length(text)), 0) FROM articles").fetchone()
        owned = _owns(connection)
    if owned and row and batch_bytes > LARGE_BATCH * int(row[0]):
        with database.changing() as connection:
            connection.execute(sql.SQL("DROP INDEX IF EXISTS {}").format(sql.Identifier(VECTOR_INDEX)))


def _owns(connection: Postgres) -> bool:
    """Say whether the user may make and drop indexes of the tables."""
    row = connection.execute(
        "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'passages'::regclass"
    ).fetchone()
    return bool(row and row[0])


def _passages(connection: Postgres) -> int:
    row = connection.execute("SELECT coalesce(sum(passages), 0) FROM live").fetchone()
    return int(row[0]) if row else 0
