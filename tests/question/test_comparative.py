"""What a comparative asks of each thing."""

import pytest

from assistant.question.comparative import asks_least, base, graded
from assistant.question.plan import kind_of_question


@pytest.mark.parametrize(
    ("comparative", "adjective"),
    [
        ("deadlier", "deadly"),
        ("bigger", "big"),
        ("larger", "large"),
        ("older", "old"),
        ("safer", "safe"),
        ("simpler", "simple"),
        ("longer", "long"),
        ("taller", "tall"),
        ("worse", "bad"),
        ("more expensive", "expensive"),
    ],
)
def test_the_adjective_of_a_comparative(comparative: str, adjective: str) -> None:
    assert base(comparative) == adjective


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "Which storm was deadlier, Ada or Brennan?",
            ("How many people died in the storm Ada?", "How many people died in the storm Brennan?"),
        ),
        (
            "Who was older when she died, Ada Berg or Jo Reed?",
            ("How old was Ada Berg when she died?", "How old was Jo Reed when she died?"),
        ),
        (
            "Which quake was stronger, the one in Lesk or the Holmby one?",
            ("How strong was the quake in Lesk?", "How strong was the Holmby quake?"),
        ),
        (
            "Which strike lasted longer, the miners' one or the teachers' one?",
            ("The miners' strike lasted how long?", "The teachers' strike lasted how long?"),
        ),
        (
            "Is the ferry or the train cheaper?",
            ("How much does the ferry cost?", "How much does the train cost?"),
        ),
        (
            "Did Norland or Sutland win more medals?",
            ("How many medals did Norland win?", "How many medals did Sutland win?"),
        ),
        (
            "Did a ticket cost more in 2023 or in 2024?",
            ("How much did a ticket cost in 2023?", "How much did a ticket cost in 2024?"),
        ),
        ("Which of the two towns is bigger, Arle or Corrie?", ("How big is Arle?", "How big is Corrie?")),
        (
            "Did more people visit Lesk Castle in 2022 or in 2023?",
            (
                "How many people did visit Lesk Castle in 2022?",
                "How many people did visit Lesk Castle in 2023?",
            ),
        ),
        (
            "Did the fair or the Lesk race have the bigger crowd?",
            ("How big was the crowd of the fair?", "How big was the crowd of the Lesk race?"),
        ),
        (
            "Were fewer people hurt in Arle or in Corrie?",
            ("How many people were hurt in Arle?", "How many people were hurt in Corrie?"),
        ),
    ],
)
def test_a_comparative_asks_the_same_of_each_thing(question: str, asked: tuple[str, ...]) -> None:
    found = graded(question)
    assert found is not None
    assert found.questions == asked
    assert kind_of_question(question) == "compare"


@pytest.mark.parametrize(
    "question",
    [
        "Who won the debate, Berg or Reed?",
        "Who became prime minister, Berg or Reed?",
        "Was Ada older than Jo?",
        "Did more than 50 people visit Arle or Corrie?",
    ],
)
def test_a_choice_without_a_comparative_is_none(question: str) -> None:
    assert graded(question) is None


def test_which_end_wins() -> None:
    assert asks_least("younger")
    assert asks_least("fewer")
    assert asks_least("the fewest seats")
    assert not asks_least("deadlier")
