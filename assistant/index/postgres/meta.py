"""Facts of an index in PostgreSQL, by name: its id, its embedding model, how often it was changed."""

from __future__ import annotations

import json

from assistant.errors import IndexDamaged
from assistant.index.article_row import EmbedderRecord
from assistant.index.postgres.schema import Postgres, kept, read


def get_meta(connection: Postgres, key: str) -> str | None:
    """Return a recorded fact of the index, or None."""
    row = connection.execute("SELECT value FROM meta WHERE key = %s", (key,)).fetchone()
    return None if row is None else read(row[0])


def set_meta(connection: Postgres, key: str, value: str) -> None:
    """Record a fact of the index."""
    connection.execute(
        "INSERT INTO meta VALUES (%s, %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, kept(value)),
    )


def changes(connection: Postgres) -> str:
    """Return how often the index has been changed."""
    return get_meta(connection, "changes") or ""


def embedder_of(connection: Postgres) -> EmbedderRecord | None:
    """Return the embedding model that the index is bound to, if it is to any.

    Raises:
        IndexDamaged: what is recorded of it is damaged.
    """
    recorded = get_meta(connection, "embedder")
    try:
        return EmbedderRecord(**json.loads(recorded)) if recorded else None
    except (ValueError, TypeError) as error:
        raise IndexDamaged(
            "what the database records of its embedding model is damaged; restore the database from a backup, or "
            "ingest into another"
        ) from error
