"""What the judging reader is measured on, and corpora of few articles."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from assistant.models.judge import Judgement
from assistant.models.judging_reader import VECTORS, WEIGHTS
from assistant.models.load import judging_reader
from assistant.models.reader import FoundSpan, PassageReading
from assistant.types import Article
from training.evaluate_judging_reader import development_rows, measure_questions, measure_statements
from training.judging_row import SUPPORTED, Row
from training.small_corpora import small_index

TEXT = (
    "The harbour opened in May. Ann Lee drew its crane. It rained for a week. The town paid for a new quay."
)


def write(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(exist_ok=True)
    text = "".join(json.dumps(one) + "\n" for one in rows)
    if path.suffix == ".xz":
        path.write_bytes(lzma.compress(text.encode()))
    else:
        path.write_text(text)


@pytest.fixture
def rows(tmp_path: Path) -> list[Row]:
    asked = {"article": "a", "kind": "who", "sentences": [[27, 50]], "verdict": None}
    write(
        tmp_path / "written" / "dev-questions.jsonl",
        [
            asked | {"question": "Who drew the crane?", "answerable": True, "short": "Ann Lee"},
            asked | {"question": "Who drew the quay?", "answerable": False, "short": None},
            asked
            | {"question": "Did Ann Lee draw the crane?", "kind": "yesno", "answerable": True}
            | {"short": None, "verdict": "yes"},
        ],
    )
    stated = {"article": "a", "sentences": [[27, 50]], "error": None}
    write(
        tmp_path / "written" / "dev-statements.jsonl",
        [
            stated | {"statement": "Ann Lee drew the crane.", "label": "supported"},
            stated | {"statement": "Ann Lee drew the quay.", "label": "unsupported", "error": "entity"},
        ],
    )
    write(tmp_path / "realtimeqa" / "dev-articles.jsonl.xz", [{"id": "a", "title": "Harbour", "text": TEXT}])
    return development_rows(tmp_path)


def test_each_question_and_statement_has_one_run(rows: list[Row]) -> None:
    assert all("Ann Lee drew its crane." in one.text for one in rows if one.source != "written-elsewhere")
    asked = [one for one in rows if one.source in {"written-who", "written-yesno"}]
    assert [one.label for one in asked] == [1, 0, 1]
    assert asked[0].spans and asked[0].text[slice(*asked[0].spans[0])] == "Ann Lee"
    assert {one.source for one in rows} >= {"statement-true", "statement-entity", "asked-written-yesno"}


def test_what_is_told_apart_is_counted(rows: list[Row], capsys: pytest.CaptureFixture[str]) -> None:
    asked = [one for one in rows if one.task == "q"]
    right = [
        PassageReading(
            3.0 if one.label else -3.0, tuple(FoundSpan(*span, 1.0) for span in one.spans or ())[:1], 1.0
        )
        for one in asked
    ]
    measure_questions(asked, right)
    told = capsys.readouterr().out
    assert "AUC 1.000" in told and "yes or no right 1.000 of 1" in told and "exact 1.000 of 1" in told
    stated = [one for one in rows if one.source.startswith("statement-")]
    judged = [
        Judgement(0.1, 0.0, 0.9) if one.label == SUPPORTED else Judgement(0.9, 0.0, 0.1) for one in stated
    ]
    measure_statements(stated, judged)
    assert capsys.readouterr().out == "2 written statements: supported or not AUC 0.000\n"


def test_a_small_corpus_is_searched_and_goes() -> None:
    with small_index([Article(id="a", text=TEXT)]) as (index, settings):
        assert [one.id for one in index.articles()] == ["a"]
        assert settings.index.exists()
    assert not settings.index.exists()


def test_training_can_go_on_from_what_ships() -> None:
    """The network made of the shipped files reads as they do, but for int8 activations."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from training.judging_reader import JudgingReader
    from training.shipped_weights import shipped_embeddings, shipped_weights

    network = JudgingReader(None, frozen=3)
    network.load_state_dict(shipped_weights(WEIGHTS) | shipped_embeddings(VECTORS))
    reader = judging_reader()
    encoded = reader.encode([("Who drew the crane?", "Harbour", TEXT)])[0]
    with torch.no_grad():
        pieces, answers, supports = network.eval()(
            torch.tensor([encoded.ids]), torch.ones(1, len(encoded.ids), dtype=torch.long)
        )
    for trained, shipped in zip((pieces, answers, supports), reader.run(encoded), strict=True):
        # logits reach from -10 to 10
        assert np.abs(trained[0].numpy() - shipped).mean() < 0.25
