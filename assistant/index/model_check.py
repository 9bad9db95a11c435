"""An index is bound to one embedding model, and every other is refused."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelMismatch
from assistant.index.article_row import EmbedderRecord
from assistant.models.embedder import PassageEmbedder


def check_model(known: EmbedderRecord | None, embedder: PassageEmbedder) -> None:
    """Check that an index, bound to a model or as yet to none, may be used with this embedding model.

    Raises:
        ModelMismatch: another model, or other weights of it.
    """
    if known and (known.digest, known.dimension) != (embedder.digest, embedder.dimension):
        raise ModelMismatch(
            f"the index was made with embedder {known.name} ({known.digest[:12]}, dimension "
            f"{known.dimension}), not with {embedder.name} ({embedder.digest[:12]}, dimension "
            f"{embedder.dimension}); set ASSISTANT_EMBEDDER to the former, or ingest into another --index"
        )


def unit_vector(known: EmbedderRecord | None, vector: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """Scale a question's vector (dimension,) to length one; None when the index has no vectors yet.

    Raises:
        ModelMismatch: the vector is of another dimension than the index's.
    """
    if known is None:
        return None
    if vector.shape != (known.dimension,):
        raise ModelMismatch(
            f"the question's vector has shape {vector.shape}, the index's have dimension {known.dimension}; "
            "use the embedder that the index was made with"
        )
    length = float(np.linalg.norm(vector))
    return (vector / length if length else vector).astype(np.float32)
