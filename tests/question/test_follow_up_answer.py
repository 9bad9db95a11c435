"""Follow-ups that the answer before decides."""

import pytest

from assistant.question.follow_up_answer import completed_by_answer, names_told
from assistant.types import Turn


@pytest.mark.parametrize(
    ("before", "answer", "question", "completed"),
    [
        (
            "Where did the flood begin?",
            "It began in Arle. [1]",
            "Which other towns?",
            "In which towns other than Arle did the flood begin?",
        ),
        (
            "Which port closed first?",
            "Benholt closed first. [1]",
            "which other ports",
            "Which ports other than Benholt closed first?",
        ),
        (
            "Which two bridges were closed?",
            "The Mill Bridge in Arle and the Long Span at Corrie. [1]",
            "Which is older?",
            "Which is older, Mill Bridge or Long Span?",
        ),
        ("Was the mayor dismissed?", "Yes. [1]", "Why?", "Why was the mayor dismissed?"),
        ("has Arle opened its third bridge", "Yes. [1]", "where?", "Where has Arle opened its third bridge?"),
        ("Did the ferry sink?", "Yes. [1]", "and when?", "When did the ferry sink?"),
        ("Who resigned as coach?", "Ada Berg. [1]", "and why?", "Why Ada Berg resigned as coach?"),
        ("How many jobs does the board cut?", "90. [1]", "Why?", "Why does the board cut jobs?"),
        (
            "How many were ill on 12 March 2025?",
            "21. [1]",
            "And two days earlier?",
            "How many were ill on 10 March 2025?",
        ),
        ("How many came in 2025?", "21. [1]", "the year before?", "How many came in 2024?"),
        ("Who came second?", "Ada Berg. [1]", "And the third?", "Who came third?"),
        (
            "How many articles name Ada Berg?",
            "3. [1]",
            "How many articles are there?",
            "How many articles are there?",
        ),
        ("Who came second?", "Ada Berg. [1]", "Who is the mayor of Arle?", None),
        ("Which ports closed?", "Three. [1]", "Which other ports?", "Which ports closed?"),
        ("Which ports closed?", "Three. [1]", "Which is older?", None),
    ],
)
def test_a_follow_up_is_completed(before: str, answer: str, question: str, completed: str | None) -> None:
    assert completed_by_answer(question, Turn(before, answer)) == completed


def test_the_items_of_an_answer_are_the_names_told() -> None:
    turn = Turn("Which ports closed?", "- Arle [1]\n- Benholt [1]", items=("Arle", "Benholt"))
    assert names_told(turn) == ["Arle", "Benholt"]
    assert (
        names_told(Turn("Which ports closed?", "x\u202e", items=("a very long item of more than six words",)))
        == []
    )


HISTORY = Turn("How many ports close this winter?", "Three. [1]")


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
    assert completed_by_answer(question, HISTORY) == completed


def test_without_a_question_before_there_is_nothing_to_complete() -> None:
    assert completed_by_answer("List them", Turn("", "")) is None


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
        ("How many ports were closed?", "List them", "List all ports that were closed?"),
        ("Which ports were closed?", "how can you know that", "Which ports were closed?"),
        ("What happened in Arle in 2024?", "and in 2025?", "What happened in Arle in 2025?"),
    ],
)
def test_an_answer_of_any_kind_is_summarised_narrowed_and_explained(
    before: str, question: str, completed: str
) -> None:
    assert completed_by_answer(question, Turn(before, "Three. [1]")) == completed
