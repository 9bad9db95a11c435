"""The packaged sentence encoder without torch, whose import alone takes eight to ten seconds.

The layers of all-MiniLM-L6-v2 with int8 matrices (``training/export_embedder.py``): two to four times as fast as
float32, at a cosine of 0.995 to it. Other models go through sentence-transformers.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from assistant.models.onnx_runtime import Array, pool, session, word_vectors

ENCODER_WEIGHTS = Path(__file__).parent / "weights" / "embedder.onnx"


class Encoder:
    """A BERT sentence encoder with mean pooling (Devlin et al. 2019; Reimers and Gurevych 2019).

    Args:
        weights: an ONNX file: ``vectors`` (1, pieces, 384) -> (1, 384) of unit length.
        folder: the model folder whose tokenizer and word vectors go with it.
        most_pieces: word pieces, special ones included, after which a text is cut.
    """

    def __init__(self, weights: Path, folder: Path, *, most_pieces: int) -> None:
        self.session = session(weights)
        self.table = word_vectors(folder)
        self.mean_piece: Array = self.table.mean(axis=0)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(most_pieces)
        self.lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Array:
        """Embed texts, one on each core, a single one here: an array (len(texts), 384) of unit rows."""
        if len(texts) == 1:
            with self.lock:
                pieces = self.tokenizer.encode(texts[0]).ids
            return self._embedded(pieces)
        with self.lock:
            encodings = [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]
        return np.concatenate(list(pool().map(self._embedded, encodings)))

    def embed_words(self, words: Sequence[str]) -> Array:
        """Embed single words by the input table alone, without context: an array (len(words), dimension).

        A word is the mean of its pieces, less the mean of all pieces, of unit length.
        """
        with self.lock:
            encodings = self.tokenizer.encode_batch(list(words), add_special_tokens=False)
        counts = np.array([len(one.ids) for one in encodings], dtype=np.int64)
        vectors = np.zeros((len(encodings), self.table.shape[1]), dtype=np.float32)
        met = counts > 0
        if met.any():
            pieces = self.table[[piece for one in encodings for piece in one.ids]]
            starts = (np.cumsum(counts) - counts)[met]
            vectors[met] = np.add.reduceat(pieces, starts) / counts[met, None] - self.mean_piece
        norms = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return np.asarray(vectors / norms, dtype=np.float32)

    def _embedded(self, pieces: Sequence[int]) -> Array:
        found: Array = self.session.run(None, {"vectors": self.table[pieces][None]})[0]
        return found
