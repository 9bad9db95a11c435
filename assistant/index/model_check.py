"""Binds an index to one embedding model, and refuses every other."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelMismatch
from assistant.index.sqlite.ledger import EmbedderRecord, get_record, set_meta
from assistant.models.embedder import PassageEmbedder


def check_model(connection: sqlite3.Connection, embedder: PassageEmbedder) -> None:
    """Check that the index was made with this embedding model, if with any.

    Raises:
        ModelMismatch: another model, or other weights of it.
    """
    known = get_record(connection, "embedder", EmbedderRecord)
    if known and (known.digest, known.dimension) != (embedder.digest, embedder.dimension):
        raise ModelMismatch(
            f"the index was made with embedder {known.name} ({known.digest[:12]}, dimension "
            f"{known.dimension}), not with {embedder.name} ({embedder.digest[:12]}, dimension "
            f"{embedder.dimension}); set ASSISTANT_EMBEDDER to the former, or ingest into another --index"
        )


def bind_model(connection: sqlite3.Connection, embedder: PassageEmbedder) -> None:
    """Record the embedding model of an index that has none; ``check_model`` otherwise."""
    check_model(connection, embedder)
    record = EmbedderRecord(embedder.name, embedder.digest, embedder.dimension)
    set_meta(connection, "embedder", json.dumps(asdict(record)))


def unit_vector(connection: sqlite3.Connection, vector: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """Scale a question's vector (dimension,) to length one; None when the index has no vectors yet.

    Raises:
        ModelMismatch: the vector is of another dimension than the index's.
    """
    known = get_record(connection, "embedder", EmbedderRecord)
    if known is None:
        return None
    if vector.shape != (known.dimension,):
        raise ModelMismatch(
            f"the question's vector has shape {vector.shape}, the index's have dimension {known.dimension}; "
            "use the embedder that the index was made with"
        )
    length = float(np.linalg.norm(vector))
    return (vector / length if length else vector).astype(np.float32)
