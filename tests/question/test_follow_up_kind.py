"""Follow-ups that ask the question before for another kind of answer."""

import pytest

from assistant.question.follow_up_kind import completed_by_kind
from assistant.types import Turn

HISTORY = [Turn("How many ports close this winter?", "Three. [1]")]


@pytest.mark.parametrize(
    ("question", "completed"),
    [
        ("List them", "Which ports close this winter?"),
        ("and name them all please", "Which ports close this winter?"),
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


@pytest.mark.parametrize(
    ("before", "question", "completed"),
    [
        ("Summarise the ferry merger", "shorter please", "Summarise the ferry merger in one sentence?"),
        ("Which ports were closed in 2024?", "Summarise that", "Summarise ports closed in 2024?"),
        ("What does Ada Berg say about wages?", "sum that up", "Summarise Ada Berg on wages?"),
        ("How many articles mention Arle?", "In two sentences please", "Summarise Arle in two sentences?"),
        ("What happened in Arle in 2024?", "only since May", "What happened in Arle since May 2024?"),
        ("What happened in Arle in 2024?", "Only in 2025", "What happened in Arle in 2025?"),
        ("Who is Ada Berg?", "only since May", "Summarise Ada Berg since May?"),
        ("Which ports were closed?", "Why?", "Why were ports closed?"),
        ("Which ports were closed?", "And which others?", "Which ports were closed?"),
    ],
)
def test_an_answer_of_any_kind_is_summarised_narrowed_and_explained(
    before: str, question: str, completed: str
) -> None:
    assert completed_by_kind(question, [Turn(before, "Three. [1]")]) == completed
