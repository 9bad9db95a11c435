"""What a follow-up is asked in the context of, and whether it needs one."""

import pytest

from assistant.question.in_context import (
    asking_words,
    context_of,
    depends,
    names_person,
    split_context,
)
from assistant.text.english.referring import refers
from assistant.types import Turn


@pytest.mark.parametrize(
    "question", ["and in Rome?", "how many of them", "Was she dismissed?", "why", "from when?", "which ones?"]
)
def test_a_question_that_depends_on_those_before(question: str) -> None:
    assert depends(question)


@pytest.mark.parametrize(
    "question",
    ["Who is Ada Berg?", "which bridges did the flood destroy last", "strike at the Lesk mint ended when"],
)
def test_a_question_that_stands_alone(question: str) -> None:
    assert not depends(question)


def test_a_context_goes_back_to_a_question_that_stands_alone() -> None:
    asked = [
        "Who is Ada Berg?",
        "When did the mint in Lesk close?",
        "why?",
        "thanks",
        "how many lost work there",
    ]
    history = [Turn(one, "So. [1]") for one in asked]
    assert context_of(history) == "how many lost work there; why; When did the mint in Lesk close"
    assert context_of(history[:2]) == "When did the mint in Lesk close"
    assert context_of([]) == ""


def test_a_question_that_was_asked_in_context_hands_it_on() -> None:
    turn = Turn("why (after: When did the mint in Lesk close)", "For want of silver. [1]")
    assert context_of([Turn("Who is Ada Berg?", ""), turn]) == "why; When did the mint in Lesk close"


def test_a_context_says_nothing_twice() -> None:
    history = [Turn("Who is Ada Berg?", ""), Turn("how old is she, Who is Ada Berg?", "")]
    history.append(Turn("where (after: how old is she, Who is Ada Berg; Who is Ada Berg)", ""))
    assert context_of(history) == "where; how old is she, Who is Ada Berg"


def test_only_what_was_written_as_a_context_is_split_off() -> None:
    assert split_context("why (after: When did it close)") == ("why", "When did it close")
    assert split_context("What changed after (and before) the vote?")[1] == ""


def test_a_fragment_asks_what_the_question_before_it_asks() -> None:
    context = "and in Lesk; How many died in Arle"
    assert asking_words("and in Rome?", context) == "How many died in Arle"
    assert asking_words("who else?", context) == "who else?"


@pytest.mark.parametrize(
    ("completed", "is_open"),
    [
        ("What about Lesk for the mint?", True),
        ("Did Ada Berg sign it?", True),
        ("Did Ada Berg sign the accord of Lesk?", False),
    ],
)
def test_a_question_that_rules_leave_open(completed: str, is_open: bool) -> None:
    assert refers(completed) == is_open


def test_a_person_who_stands_for_a_pronoun_is_told() -> None:
    assert names_person("when was she elected", "When was Ada Berg elected?")
    assert not names_person("when was she elected", "When was Ada elected?")
    assert not names_person("when was it built", "When was Lesk Hall built?")


def test_words_that_say_no_matter_are_no_context() -> None:
    assert context_of([Turn("Lisbon 49 Lisbon 49 Lisbon 49", "Mayor 49.")]) == ""


def test_a_question_of_one_name_is_a_context() -> None:
    assert context_of([Turn("What happened in Moura?", "A siege.")]) == "What happened in Moura"
    assert context_of([Turn("What happened?", "A siege.")]) == ""
