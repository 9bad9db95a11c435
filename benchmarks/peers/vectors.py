"""Vectors that stand in for those of many passages, where only the cost of storing and searching counts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BASE = 1000
NOISE = 0.75


def base_vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """Embed the first passages with the model itself: an array (1000, 384) of unit rows."""
    from assistant.models.load import load_embedder
    from assistant.settings import Settings

    return load_embedder(Settings()).embed_passages(texts[:BASE])


def stand_in_vectors(texts: Sequence[str], base: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a unit vector for each text: one of the base, with noise, to which its cosine is about 0.8.

    The text decides which one and what noise, so every system gets the same vectors and they lie
    as closely together as real ones do.
    """
    vectors = np.empty((len(texts), base.shape[1]), dtype=np.float32)
    for row, text in enumerate(texts):
        seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
        noise = np.random.default_rng(seed).standard_normal(base.shape[1], dtype=np.float32)
        vectors[row] = base[seed % len(base)] + noise * NOISE / np.sqrt(base.shape[1])
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
