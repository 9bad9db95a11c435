import datetime

import pytest

from assistant.question.present import asks_of_now
from assistant.question.understand import understand
from assistant.settings import Settings
from assistant.types import Filters, Query


@pytest.mark.parametrize(
    "question",
    [
        "Who is the mayor of Ogdenville?",
        "who's the head of the Springfield port",
        "Who leads the dockers?",
        "Which party controls the council?",
        "How many people have died in the flood?",
        "Is the bridge still closed?",
        "What does the ferry cost now?",
        "How old is the mayor?",
        "What is the death toll in Lesk?",
        "what's the number of ferries",
    ],
)
def test_how_things_stand_is_of_now(question: str) -> None:
    assert asks_of_now(Query(question, question))


@pytest.mark.parametrize(
    "question",
    [
        "Who led the dockers?",
        "Who was chosen to lead the dockers?",
        "How many people died in the flood?",
        "Was the bridge still closed?",
        "Why does the river flood?",
        "Did the mayor resign?",
        "mayor of Ogdenville",
        "How old was the mayor?",
        "What was the death toll?",
        "",
    ],
)
def test_what_happened_is_not(question: str) -> None:
    assert not asks_of_now(Query(question, question))


def test_a_period_that_is_asked_about_is_no_now() -> None:
    day = Filters(asked=datetime.date(2024, 6, 1))
    assert not asks_of_now(understand("Who is the mayor in May 2021?", Settings(), filters=day))
