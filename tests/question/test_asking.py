"""How words ask: anywhere, from their beginning, or for yes or no."""

import pytest

from assistant.question.asking import asks, asks_only_whether, asks_whether, begins_asking, only_names_topic
from assistant.question.plan import kind_of_question


@pytest.mark.parametrize(
    ("text", "anywhere", "beginning", "whether"),
    [
        ("Who won?", True, True, False),
        ("the fire in Arle when", True, False, False),
        ("And did it close", False, True, True),
        ("Did it close?", True, True, True),
        ("Didn't it close?", False, False, True),
        ("May the town close it?", False, False, True),
        ("May inflation figures", False, False, True),
        ("Can you list the towns?", True, True, False),
        ("please list the towns", False, True, False),
        ("Compare Arle and Lesk", True, True, False),
        ("the strike ended?", False, False, False),
        ("toll of the Arle fire", False, False, False),
    ],
)
def test_words_ask_anywhere_from_their_beginning_or_for_yes_or_no(
    text: str, anywhere: bool, beginning: bool, whether: bool
) -> None:
    assert (asks(text), begins_asking(text), asks_whether(text)) == (anywhere, beginning, whether)


def test_a_question_that_opens_with_a_denied_auxiliary_asks_for_yes_or_no() -> None:
    assert kind_of_question("Didn't the firm say why ferries stopped?") == "yesno"


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("Is the toll of Arle lower than that of Lesk?", True),
        ("Did it close on Friday?", True),
        ("Is it Ada or Jo?", False),
        ("Does the report say who won?", False),
        ("Who won?", False),
    ],
)
def test_nothing_but_yes_or_no_is_asked_for(text: str, *, only: bool) -> None:
    assert asks_only_whether(text) is only


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("arle strike", True),
        ("Ferry?", True),
        ("Bank of Arle and Lesk", True),
        ("the strike of the dockers of arle in may", False),
        ("who won", False),
        ("Summarise it", False),
        ("", False),
    ],
)
def test_a_topic_stands_for_a_question(text: str, *, topic: bool) -> None:
    assert only_names_topic(text) is topic
