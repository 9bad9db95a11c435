"""Expected and given sides: recall, precision, speakers, stances, and what an answer asserts."""

import pytest

from assistant import load_examples
from assistant.evaluation.examples import example_to_row
from assistant.evaluation.sides import (
    asserted_text,
    attribution_accuracy,
    matched_sides,
    same_value,
    side_precision,
    side_recall,
    stance_accuracy,
)
from assistant.types import ExpectedSide

EXPECTED = (ExpectedSide("25", ("government", "ministry"), "confirmed"), ExpectedSide("40", ("Reports",)))


def given(value: str, speaker: str | None = None, stance: str = "reported", sources: int = 1):  # type: ignore[no-untyped-def]
    return {"value": value, "speaker": speaker, "stance": stance, "independent_sources": sources}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("25", "at least 25", True),
        ("25", "twenty-five", True),
        ("25", "250", False),
        ("25", "25%", False),
        ("JNIM", "the group JNIM", True),
        ("Free Hand", "Freehand", False),
        ("No group", "nobody", True),
        ("No group", "Norwegians", False),
    ],
)
def test_values_are_compared_as_values(one: str, other: str, same: bool) -> None:
    assert same_value(one, other) is same_value(other, one) is same


def test_each_side_is_matched_once() -> None:
    twice = [given("25"), given("at least 25")]
    assert len(matched_sides(EXPECTED, twice)) == 1
    assert side_recall(EXPECTED, twice) == side_precision(EXPECTED, twice) == 0.5


def test_speakers_and_stances_are_scored_among_the_matched() -> None:
    sides = [
        given("40", "unnamed reports"),
        given("25", "the ministry of war", "confirmed"),
        given("90", "nobody"),
    ]
    assert side_recall(EXPECTED, sides) == 1
    assert side_precision(EXPECTED, sides) == pytest.approx(2 / 3)
    assert attribution_accuracy(EXPECTED, sides) == 1
    assert stance_accuracy(EXPECTED, sides) == 1
    assert attribution_accuracy(EXPECTED, [given("25", None)]) == 0
    assert stance_accuracy(EXPECTED, [given("25")]) == 0


def test_what_does_not_apply_has_no_score() -> None:
    assert side_recall(EXPECTED, []) == 0
    assert side_precision(EXPECTED, []) is None
    assert attribution_accuracy(EXPECTED, []) is None
    assert stance_accuracy([ExpectedSide("40")], [given("40")]) is None


def test_rival_sides_are_not_asserted() -> None:
    answer = {"outcome": "sources_differ", "sides": [given("at least 25", sources=3), given("40")]}
    assert asserted_text(answer, "25 or 40") == "at least 25"
    assert asserted_text({**answer, "outcome": "answered"}, "25 or 40") == "25 or 40"


def test_expected_sides_are_read_and_written(write_rows) -> None:  # type: ignore[no-untyped-def]
    side = {"value": "25", "speakers": ["ministry"], "stance": "confirmed"}
    (example,) = load_examples(write_rows({"question": "How many?", "sides": [side, {"value": "40"}]}))
    assert example.sides == (ExpectedSide("25", ("ministry",), "confirmed"), ExpectedSide("40"))
    (again,) = load_examples(write_rows(example_to_row(example)))
    assert again.sides == example.sides
