"""Follow-ups that ask the question before for another kind of answer."""

import pytest

from assistant.question.follow_up_kind import completed_by_kind
from assistant.types import Turn

HISTORY = [Turn("How many ports close this winter?", "Three. [1]")]


@pytest.mark.parametrize(
    ("question", "completed"),
    [
        ("List them", "Which ports close this winter?"),
        ("and name them all please", None),
        ("Which ones?", "Which ports close this winter?"),
        ("Are there other figures?", "Compare the figures given for this: How many ports close this winter?"),
        ("Any other estimates?", "Compare the figures given for this: How many ports close this winter?"),
        ("only since May", "How many ports close this winter since May?"),
        ("Which other ports?", "How many ports close this winter?"),
        ("thanks", "thanks"),
        ("Who is Imani Cole?", None),
    ],
)
def test_a_follow_up_asks_again(question: str, completed: str | None) -> None:
    assert completed_by_kind(question, HISTORY) == completed


def test_without_a_question_before_there_is_nothing_to_complete() -> None:
    assert completed_by_kind("List them", []) is None
