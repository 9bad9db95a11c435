"""The packaged sentence encoder without torch: a BERT forward pass in numpy.

Importing torch, transformers and sentence-transformers takes eight to ten seconds on an ordinary
machine; a question from a cold terminal should not wait for that. Questions and the few sentences that
an answer is chosen from therefore go through this file, which needs only numpy, the tokenizer and the
weights. Ingest, which embeds by the thousand, uses sentence-transformers itself. A test holds the two
together to 1e-4.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

Array = NDArray[np.float32]

BATCH_PIECES = 2048
# the tanh form of gelu (Hendrycks and Gimpel 2016): five times as fast here, cosines differ by 1e-6
GELU = np.float32(np.sqrt(2 / np.pi))


class NumpyEncoder:
    """A BERT sentence encoder with mean pooling (Devlin et al. 2019; Reimers and Gurevych 2019).

    Args:
        folder: a sentence-transformers model folder with ``config.json``, ``tokenizer.json`` and
            ``model.safetensors`` (float32, absolute positions, gelu).
        most_pieces: word pieces, special ones included, after which a text is cut.
    """

    def __init__(self, folder: Path, *, most_pieces: int) -> None:
        config = json.loads((folder / "config.json").read_text())
        self.heads: int = config["num_attention_heads"]
        self.epsilon: float = config["layer_norm_eps"]
        self.layers: int = config["num_hidden_layers"]
        self.weights: dict[str, Array] = load_file(folder / "model.safetensors")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(most_pieces)
        self.mean_piece: Array = self.weights["embeddings.word_embeddings.weight"].mean(axis=0)
        self.lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Array:
        """Embed texts: an array (len(texts), dimension) of unit rows."""
        with self.lock:
            encodings = [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(texts)), key=lambda i: len(encodings[i]))
        dimension = self.weights["embeddings.word_embeddings.weight"].shape[1]
        vectors = np.empty((len(texts), dimension), dtype=np.float32)
        while order:
            count = max(1, min(len(order), BATCH_PIECES // len(encodings[order[0]])))
            while count > 1 and count * len(encodings[order[count - 1]]) > BATCH_PIECES:
                count -= 1
            batch, order = order[:count], order[count:]
            vectors[batch] = self._forward([encodings[i] for i in batch])
        return vectors

    def embed_words(self, words: Sequence[str]) -> Array:
        """Embed single words by the input table alone, without context: an array (len(words), dimension).

        A word is the mean of its pieces, less the mean of all pieces, of unit length.
        """
        with self.lock:
            encodings = self.tokenizer.encode_batch(list(words), add_special_tokens=False)
        table = self.weights["embeddings.word_embeddings.weight"]
        counts = np.array([len(one.ids) for one in encodings], dtype=np.int64)
        vectors = np.zeros((len(encodings), table.shape[1]), dtype=np.float32)
        met = counts > 0
        if met.any():
            pieces = table[[piece for one in encodings for piece in one.ids]]
            starts = (np.cumsum(counts) - counts)[met]
            vectors[met] = np.add.reduceat(pieces, starts) / counts[met, None] - self.mean_piece
        norms = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return np.asarray(vectors / norms, dtype=np.float32)

    def _forward(self, batch: Sequence[Sequence[int]]) -> Array:
        length = max(map(len, batch))
        ids = np.zeros((len(batch), length), dtype=np.int64)
        mask = np.zeros((len(batch), length), dtype=np.float32)
        for row, pieces in enumerate(batch):
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1.0
        weights = self.weights
        hidden = (
            weights["embeddings.word_embeddings.weight"][ids]
            + weights["embeddings.position_embeddings.weight"][:length]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        hidden = self._normalise(hidden, "embeddings.LayerNorm")
        hidden_mask = (mask[:, None, None, :] - 1.0) * np.float32(1e9)
        for layer in range(self.layers):
            hidden = self._layer(hidden, hidden_mask, f"encoder.layer.{layer}.")
        pooled = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1)[:, None]
        return np.asarray(pooled / np.linalg.norm(pooled, axis=1, keepdims=True), dtype=np.float32)

    def _layer(self, hidden: Array, mask: Array, name: str) -> Array:
        rows, length, width = hidden.shape
        size = width // self.heads

        def project(part: str, *axes: int) -> Array:
            projected = self._linear(hidden, f"{name}attention.self.{part}")
            # contiguous, because numpy multiplies stacks of strided matrices without BLAS
            return np.ascontiguousarray(projected.reshape(rows, length, self.heads, size).transpose(axes))

        scores = project("query", 0, 2, 1, 3) @ project("key", 0, 2, 3, 1)
        scores = scores / np.float32(np.sqrt(size)) + mask
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        context = scores @ project("value", 0, 2, 1, 3)
        context = context.transpose(0, 2, 1, 3).reshape(rows, length, width)
        hidden = self._normalise(
            hidden + self._linear(context, f"{name}attention.output.dense"),
            f"{name}attention.output.LayerNorm",
        )
        inner = self._linear(hidden, f"{name}intermediate.dense")
        inner *= np.float32(0.5) * (
            1 + np.tanh(GELU * (inner + np.float32(0.044715) * inner * inner * inner))
        )
        return self._normalise(hidden + self._linear(inner, f"{name}output.dense"), f"{name}output.LayerNorm")

    def _linear(self, values: Array, name: str) -> Array:
        flat = values.reshape(-1, values.shape[-1]) @ self.weights[f"{name}.weight"].T
        flat += self.weights[f"{name}.bias"]
        return flat.reshape(*values.shape[:-1], -1)

    def _normalise(self, values: Array, name: str) -> Array:
        centred = values - values.mean(axis=-1, keepdims=True)
        scale = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(self.epsilon))
        normal: Array = centred / scale * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return normal
