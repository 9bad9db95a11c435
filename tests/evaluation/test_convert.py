"""Made-up rows in the shape of the public data sets."""

import json
import lzma
import subprocess
import sys

import pytest

from assistant.evaluation import load_examples
from benchmarks.claims import best_threshold, judge_claims, score_claims
from benchmarks.convert import CONVERTERS, convert


@pytest.fixture
def source(tmp_path):
    def write(name, *rows):
        opener = lzma.open if name.endswith(".xz") else open
        with opener(tmp_path / name, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
        return tmp_path

    return write


def claims_of(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_realtimeqa(source, tmp_path):
    common = {
        "answers": ["Kenya"],
        "asked": "2024-07-05",
        "choices": ["Kenya", "Ghana"],
        "retrieved": ["u1", "u2"],
    }
    article = {"id": "u1", "title": "T", "published": "2024/07/04", "text": "Kenya it was."}
    source("dev-articles.jsonl.xz", article)
    folder = source(
        "dev-questions.jsonl",
        {"id": "1", "question": "Which country?", "contains_answer": ["u1"], **common},
        {"id": "2", "question": "Which land?", "contains_answer": [], **common},
        {"id": "3", "question": "All of these, except?", "contains_answer": [], **common},
    )
    written = convert("realtimeqa", folder, tmp_path / "out")
    assert written == {"dev-questions.jsonl": 2, "dev-articles.jsonl.xz": 1}
    first, second = load_examples(tmp_path / "out" / "dev-questions.jsonl")
    assert first.evidence == ("u1",)
    assert first.asked.isoformat() == "2024-07-05"
    assert first.category != second.category
    with lzma.open(tmp_path / "out" / "dev-articles.jsonl.xz", "rt") as file:
        assert json.loads(file.read())["published"] == "2024-07-04"


def test_squad2(source, tmp_path):
    answers = [{"text": "Rome", "answer_start": 9}, {"text": "Rome", "answer_start": 9}]
    common = {"title": "Old_City", "context": "It is in Rome.", "question": "Where is it?"}
    folder = source(
        "questions.jsonl",
        {"id": "a", "answers": answers, "answerable": True, **common},
        {"id": "b", "answers": [], "answerable": False, **common},
    )
    convert("squad2", folder, tmp_path / "out")
    first, second = load_examples(tmp_path / "out" / "questions.jsonl")
    assert (first.answers, first.answerable, second.answerable) == (("Rome",), True, False)
    assert first.context[0].text == "It is in Rome."


def test_ramdocs(source, tmp_path):
    documents = [
        {"text": "It has 5 people.", "type": "correct", "answer": "5"},
        {"text": "It has 9 people.", "type": "misinfo", "answer": "9"},
    ]
    row = {
        "question": "How many?",
        "documents": documents,
        "gold_answers": ["5"],
        "wrong_answers": ["9", "5"],
    }
    convert("ramdocs", source("questions.jsonl", row), tmp_path / "out")
    (example,) = load_examples(tmp_path / "out" / "questions.jsonl")
    assert (example.all_of, example.none_of, example.evidence) == (("5",), ("9",), ("correct-1",))
    assert [article.id for article in example.context] == ["correct-1", "misinfo-2"]


def test_ragtruth(source, tmp_path):
    responses = [{"response": "Fine.", "labels": []}, {"response": "Made up.", "labels": [{"text": "up"}]}]
    passages = {"question": "How?", "passages": "passage 1:One way.\n\npassage 2:Another.\n\n"}
    source("ragtruth_qa.jsonl", {"source_id": 1, "source": passages, "responses": responses})
    folder = source("ragtruth_summary.jsonl", {"source_id": 2, "source": "News.", "responses": responses[:1]})
    convert("ragtruth", folder, tmp_path / "out")
    (example,) = load_examples(tmp_path / "out" / "questions.jsonl")
    assert [article.text for article in example.context] == ["One way.", "Another."]
    claims = claims_of(tmp_path / "out" / "claims.jsonl")
    assert [claim["supported"] for claim in claims] == [True, False, True]
    assert [claim["evidence"] for claim in claims] == [["One way.", "Another."]] * 2 + [["News."]]


def test_wice_counts_supported_in_part_as_not_supported(source, tmp_path):
    labels = ("supported", "partially_supported", "not_supported")
    rows = ({"label": one, "claim": "C.", "evidence": ["E."], "meta": {"id": one}} for one in labels)
    convert("wice", source("dev.jsonl", *rows), tmp_path / "out")
    claims = claims_of(tmp_path / "out" / "claims.jsonl")
    assert [claim["supported"] for claim in claims] == [True, False, False]


def test_poisonedrag(tmp_path):
    row = {
        "id": "q",
        "question": "When?",
        "correct answer": "May",
        "incorrect answer": "June",
        "adv_texts": ["In June.", "June!"],
    }
    (tmp_path / "poisonedrag-set.json").write_text(json.dumps({"q": row}))
    convert("poisonedrag", tmp_path, tmp_path / "out")
    (example,) = load_examples(tmp_path / "out" / "poisonedrag-set-questions.jsonl")
    assert (example.answers, example.none_of) == (("May",), ("June",))
    assert len(claims_of(tmp_path / "out" / "poisonedrag-set-articles.jsonl")) == 2


def test_a_sample_is_drawn_by_a_fixed_seed(source, tmp_path):
    rows = (
        {"label": "supported", "claim": "C.", "evidence": ["E."], "meta": {"id": str(n)}} for n in range(30)
    )
    folder = source("dev.jsonl", *rows)
    for name in ("one", "two"):
        assert convert("wice", folder, tmp_path / name, sample=5) == {"claims.jsonl": 5}
    drawn = [(tmp_path / name / "claims.jsonl").read_text() for name in ("one", "two")]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("name", sorted(CONVERTERS))
def test_another_folder_is_refused_in_one_line(name, tmp_path):
    command = [sys.executable, "-m", "benchmarks.convert", name, str(tmp_path), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_claims_are_scored_as_a_class():
    scores = score_claims([True, True, False, False], [True, False, True, False])
    assert (scores.accuracy, scores.precision, scores.recall, scores.f1) == (0.5, 0.5, 0.5, 0.5)
    assert score_claims([True], [False]).f1 == 0


def test_the_threshold_is_found_on_other_claims_than_it_is_scored_on(tmp_path):
    assert best_threshold([True, True, False], [0.9, 0.6, 0.3]) == 0.6
    path = tmp_path / "claims.jsonl"
    rows = [
        {"claim": "a", "evidence": ["0.9"], "supported": True},
        {"claim": "b", "evidence": ["0.7"], "supported": True},
        {"claim": "c", "evidence": ["0.3"], "supported": False},
        {"claim": "d", "evidence": ["0.8"], "supported": False},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    scores = judge_claims(path, lambda evidence, claim: float(evidence[0]))
    assert scores["supported"].recall == 0
    assert scores["unsupported"].recall == 1


def test_written_questions_and_statements(source, tmp_path):
    article = {"id": "u1", "title": "T", "published": "2024/07/04", "text": "Rain fell. It cost $5."}
    (tmp_path / "realtimeqa").mkdir()
    (tmp_path / "written").mkdir()
    for part in ("dev", "train"):
        source(f"realtimeqa/{part}-articles.jsonl.xz", article)
    common = {"article": "u1", "sentences": [[11, 22]], "verdict": None}
    source(
        "written/dev-questions.jsonl",
        {**common, "id": "1", "question": "How much?", "kind": "how_many", "answerable": True, "short": "$5"},
        {**common, "id": "2", "question": "Who paid?", "kind": "who", "answerable": False, "short": None},
    )
    source(
        "written/dev-statements.jsonl",
        {**common, "id": "s", "statement": "It cost $6.", "label": "unsupported", "error": "number"},
    )
    convert("written", tmp_path / "written", tmp_path / "out")
    right, near = load_examples(tmp_path / "out" / "dev-questions.jsonl")
    assert (right.answers, right.category, right.sentences) == (("$5",), "how_many", (("u1", 11, 22),))
    assert (near.answerable, near.category, near.evidence) == (False, "near miss", ())
    (claim,) = claims_of(tmp_path / "out" / "dev-claims.jsonl")
    assert claim == {
        "id": "s", "claim": "It cost $6.", "evidence": ["It cost $5."], "supported": False, "group": "number",
    }  # fmt: skip
