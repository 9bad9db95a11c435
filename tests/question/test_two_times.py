"""One thing compared at two times."""

import pytest

from assistant.question.kind import kind_odds
from assistant.question.plan import kind_of_question
from assistant.question.two_times import changed, is_time, is_weekday, two_times


@pytest.mark.parametrize(
    ("question", "times", "topic"),
    [
        ("How did the toll change between Monday and Wednesday?", ("Monday", "Wednesday"), "the toll"),
        ("How much did fares rise from 3 May to 9 May 2025?", ("3 May 2025", "9 May 2025"), "fares"),
        ("visitors of the fair 2024 vs 2025", ("2024", "2025"), "visitors of the fair"),
        ("Compare the rents in June 2024 and in June 2025", ("June 2024", "June 2025"), "the rents"),
        (
            "How many pupils were ill on 4 May and how many on 9 May?",
            ("4 May", "9 May"),
            "How many pupils were ill",
        ),
    ],
)
def test_two_times_and_the_thing(question: str, times: tuple[str, str], topic: str) -> None:
    assert two_times(question) == (times, topic)
    assert all(map(is_time, times))


def test_other_questions_have_no_two_times() -> None:
    assert two_times("Compare the fair and the market") is None
    assert two_times("Who won in 2024?") is None
    assert is_weekday("Monday") and not is_weekday("3 May")


def test_a_change_is_compared() -> None:
    assert changed("How did the toll change?") == "the toll"
    assert changed("How did it begin?") is None
    assert kind_of_question("How did the toll change between Monday and Wednesday?") == "compare"
    assert "compare" in kind_odds("How did the toll change?")
