"""Loads the models that the settings name. Weights come from packages or paths, never from a guess."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import ModelError, SettingsError
from assistant.models.chat_model import load_chat_model
from assistant.models.embedder import PACKAGED_EMBEDDER, Embedder, packaged_embedder
from assistant.models.reranker import Reranker
from assistant.models.weights_check import check_weights, failure, sha256_of
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.models.judge import Judge
    from assistant.models.judging_reader import JudgingReader
    from assistant.models.reader import PackagedReader, Reader

PACKAGED_READER = "judging-reader"
JUDGING_READER_SHA256 = "1a27d7fac5f6eb61d746271d13ecf520f56d035f5fbf3fe33d7b95a43f35c5ff"
JUDGING_READER_VECTORS_SHA256 = "d565584bd0dffd2a13effb7d6720e9ae3247adc091e1daea0fd8e7890d0433d8"
SMALL_READER = "minilm-reader"
SMALL_READER_SHA256 = "efa9663db0907185946d775a26cf9298bb824b9a13fab4ed668a6ca0de696685"
NO_READER = "none"
REMEDY = f"install the program again, or set ASSISTANT_READER={NO_READER} to answer without a reader"


@lru_cache(maxsize=4)
def load_embedder(settings: Settings) -> Embedder:
    """Load the embedder that the settings name.

    Raises:
        ModelError: the model is not there, cannot be loaded, or its packaged weights were altered.
    """
    if settings.embedder == PACKAGED_EMBEDDER:
        return question_embedder()
    path = Path(settings.embedder)
    if not path.is_dir():
        return Embedder(settings.embedder, None, f"hub:{settings.embedder}")
    weights = sorted(path.rglob("*.safetensors"))
    if not weights:
        raise ModelError(
            f"embedder {settings.embedder}: no .safetensors weights in that folder; name a "
            f"sentence-transformers model folder, a model id, or {PACKAGED_EMBEDDER}"
        )
    return Embedder(settings.embedder, path, "+".join(sha256_of(file) for file in weights))


@lru_cache(maxsize=1)
def question_embedder() -> Embedder:
    """Load the packaged embedder, which tells kinds of questions apart whatever searches the articles.

    Raises:
        ModelError: its weights are missing or were altered.
    """
    folder, digest = packaged_embedder()
    return Embedder(PACKAGED_EMBEDDER, folder, digest)


@lru_cache(maxsize=4)
def load_reader(settings: Settings) -> Reader | None:
    """Load the reader that the settings name; None where they name none.

    Raises:
        ModelError: the model is not there, cannot be loaded, or its packaged weights are missing or altered.
        SettingsError: a precision is wanted of a reader for which none was measured.
    """
    from assistant.models.reader import PACKAGED_WEIGHTS, HubReader

    if settings.reader != PACKAGED_READER and settings.answer_precision is not None:
        raise SettingsError(
            f"answer_precision was measured with {PACKAGED_READER} and holds for no other reader; set "
            "answer_threshold instead"
        )
    if settings.reader == NO_READER:
        return None
    if settings.reader == PACKAGED_READER:
        return judging_reader()
    if settings.reader == SMALL_READER:
        return small_reader(PACKAGED_WEIGHTS)
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
            f"reader {settings.reader} cannot be loaded ({failure(settings.reader, error)}); name an "
            f"extractive question-answering model within reach, by id or folder, or {PACKAGED_READER}"
        ) from error


@lru_cache(maxsize=1)
def judging_reader() -> JudgingReader:
    """Load the packaged judging reader, with the small reader as its scout.

    Raises:
        ModelError: the weights are missing or not the published ones.
    """
    from assistant.models.judging_reader import VECTORS, WEIGHTS, JudgingReader
    from assistant.models.reader import PACKAGED_WEIGHTS

    for file, digest in ((WEIGHTS, JUDGING_READER_SHA256), (VECTORS, JUDGING_READER_VECTORS_SHA256)):
        check_weights(file, digest, PACKAGED_READER, REMEDY)
    scout = small_reader(PACKAGED_WEIGHTS)
    return JudgingReader(PACKAGED_READER, WEIGHTS, VECTORS, JUDGING_READER_SHA256, scout)


def small_reader(weights: Path) -> PackagedReader:
    """Load the small packaged reader from its file.

    Raises:
        ModelError: the weights are missing or not the published ones.
    """
    from assistant.models.reader import PackagedReader

    check_weights(weights, SMALL_READER_SHA256, SMALL_READER, REMEDY)
    return PackagedReader(SMALL_READER, weights, packaged_embedder()[0], SMALL_READER_SHA256)


def load_judge(settings: Settings) -> Judge | None:
    """Load the judge: the packaged judging reader, unless the settings name another reader.

    Raises:
        ModelError: its weights are missing or not the published ones.
    """
    return judging_reader() if settings.reader == PACKAGED_READER else None


@lru_cache(maxsize=4)
def load_reranker(settings: Settings) -> Reranker | None:
    """Load the reranker that the settings name; None where they name none.

    Raises:
        ModelError: the model is not there or cannot be loaded.
    """
    return Reranker(settings.reranker) if settings.reranker else None


def load_other_models(
    settings: Settings,
) -> tuple[BaseChatModel | None, Reader | None, Reranker | None, Judge | None]:
    """Load the chat model, the reader, the reranker and the judge; None for each that the settings do not name.

    Raises:
        ModelError, SettingsError: as the functions that load each.
    """
    return load_chat_model(settings), load_reader(settings), load_reranker(settings), load_judge(settings)
