"""The kind of a question, however it is typed."""

import json
from pathlib import Path

import pytest

from assistant import evaluation
from assistant.errors import ModelError
from assistant.question.kind import features, frame_of, kind_odds, kind_words, load_kind_model
from assistant.question.plan import kind_of_question
from assistant.types import Kind

KINDS = Path(evaluation.__file__).parent / "questions" / "kinds.jsonl"
LEAST_RIGHT = 250
"""A margin below what was measured."""
QUESTIONS: list[tuple[Kind, str]] = [
    ("yesno", "Did the harbour board approve the ferry plan?"),
    ("yesno", "has the bakery strike ended"),
    ("yesno", "Will production move from Oakfield to Reed Park?"),
    ("yesno", "Has the board published the number of passengers?"),
    ("list", "Which schools took part in the science fair?"),
    ("count", "How many articles mention the ferry plan?"),
    ("count", "number of reports about measles"),
    ("compare", "Compare the crowds at Oakfield and Reed Park"),
    ("compare", "oakfield vs reed park"),
    ("superlative", "Which storm was the costliest?"),
    ("position", "What does Dr Imani Cole say about the vaccine?"),
    ("position", "imani coles opinion on the vaccine"),
    ("why", "Why did the orchestra cancel its tour?"),
    ("why", "HOW DOES THE NEW TURBINE WORK"),
    ("summary", "Summarise the orchestra affair"),
    ("summary", "Summarise teh orchestra afair in two sentences"),
    ("summary", "Give me a briefing on the water crisis"),
    ("identity", "Who is Imani Cole?"),
    ("latest", "What's new on the water crisis?"),
    ("latest", "latest on the orchestra"),
    ("short", "The harbour board says that it plans to do what?"),
    ("short", "An unknown poem by which author was found in Oakfield?"),
    ("short", "Which singer objected to the new version of “Do They Know”?"),
    ("position", "According to the union, what does the plan do to the ferries?"),
    ("timeline", "What happened in Reed Park in May?"),
    ("corpus", "How many articles do you have?"),
    ("corpus", "Which publishers are there?"),
    ("computed", "How many days passed between the fire and the vote?"),
    ("courtesy", "hello"),
    ("courtesy", "thanks!"),
    ("courtesy", "What can you do?"),
    ("short", "Who won the rowing title?"),
    ("short", "when did the bridge close"),
    ("short", "How many people were hurt in Reed Park?"),
    ("short", "death toll Reed Park fire"),
]


@pytest.mark.parametrize(("kind", "question"), QUESTIONS)
def test_the_kind_of_a_question(kind: Kind, question: str) -> None:
    assert kind_of_question(question) == kind


def test_odds_sum_to_one_and_capitals_marks_and_accents_make_no_difference() -> None:
    odds = kind_odds("Who is Ada Berg?")
    assert sum(odds.values()) == pytest.approx(1)
    assert odds == kind_odds("WHO IS ÁDA BERG")


def test_a_frame_keeps_common_words_and_figures() -> None:
    frame = frame_of(
        kind_words("Who won the 2024 Varnholt Marathon of the north?"), frozenset({"who", "the", "of"})
    )
    assert frame == ["who", "_", "the", "0", "_", "of", "the", "_"]
    assert "^ who won" in set(features("Who won it?", frozenset()))


def test_weights_of_other_features_are_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "kind.json"
    path.write_text('{"kinds": ["short"], "features": "others", "weights": {}}')
    with pytest.raises(ModelError, match="fit it again"):
        load_kind_model(path)


def test_questions_that_nothing_was_fitted_on_are_told_apart() -> None:
    rows = [json.loads(line) for line in KINDS.read_text(encoding="utf-8").splitlines()]
    right = sum(kind_of_question(row["question"]) == row["kind"] for row in rows)
    assert len(rows) == 300 and right >= LEAST_RIGHT


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("the Corvell bridge reopened in May?", "yesno"),
        ("ada berg was convicted of fraud?", "yesno"),
        ("Lesk United won the cup?", "yesno"),
        ("date of the Corvell vote?", "short"),
        ("why the bridge closed", "why"),
        ("What happened with the Corvell bridge?", "summary"),
        ("where does the Corvell bridge stand", "latest"),
        ("Which drew more visitors, the fair or the race?", "compare"),
        ("sugar in a large lemonade compared to their coffee", "compare"),
    ],
)
def test_statements_choices_and_fates_are_recognised(question: str, kind: str) -> None:
    assert kind_of_question(question) == kind


def test_a_mark_counts_only_where_no_word_asks() -> None:
    assert "stated?" in set(features("Lesk won the cup?", frozenset()))
    assert "stated?" not in set(features("Lesk won the cup", frozenset()))
    assert "stated?" not in set(features("Who won the cup?", frozenset()))
