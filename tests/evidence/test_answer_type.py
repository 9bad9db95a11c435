"""Which words fit the type of answer that a question asks for."""

import pytest

from assistant.evidence.answer_type import MISPLACED, fitting, tells_day


@pytest.mark.parametrize(
    "words", ["Friday evening", "recovered Friday evening", "on 3 May 2021", "late on Monday"]
)
def test_words_that_only_name_a_day(words: str) -> None:
    assert tells_day(words)


@pytest.mark.parametrize(
    "words", ["Arle", "a quarry", "Arle on Friday", "a house in Cole on 3 May", "2 Mill Road"]
)
def test_words_that_name_a_place(words: str) -> None:
    assert not tells_day(words)


def test_a_day_is_no_answer_to_where() -> None:
    text = "The boat was found on Friday evening, the coastguard said."
    start, end = text.index("Friday"), text.index(",")
    assert fitting("Where was the boat found?", text, start, end) == MISPLACED
    assert fitting("When was the boat found?", text, start, end) > MISPLACED


def test_a_bare_figure_is_nobody() -> None:
    text = "Of the crew of 12, Ada Berg led."
    assert fitting("Who led the crew?", text, text.index("12"), text.index(",")) == MISPLACED
    assert fitting("Who led the crew?", text, text.index("Ada"), text.index(" led")) == 1.0
