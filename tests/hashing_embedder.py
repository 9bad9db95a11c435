"""A real embedder of the simplest kind, for tests of the index: words hashed to signed places.

Texts that share words are near each other; the same text has the same vector on every machine.
"""

import hashlib
import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"\w+|[^\w\s]")


class HashingEmbedder:
    def __init__(self, dimension: int = 48, name: str = "hashing") -> None:
        self.name = name
        self.dimension = dimension
        self.digest = hashlib.sha256(f"{name} {dimension}".encode()).hexdigest()
        self.most_pieces = 256

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in WORD.findall(text.casefold()):
                code = zlib.crc32(word.encode("utf-8", "replace"))
                vectors[row, code % self.dimension] += 1.0 if code & 0x10000 else -1.0
            vectors[row, 0] += 0.01
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)

    def embed_question(self, text: str) -> NDArray[np.float32]:
        return self.embed_passages([text])[0]

    def count_pieces(self, texts: Sequence[str]) -> list[int]:
        return [len(WORD.findall(text)) for text in texts]
