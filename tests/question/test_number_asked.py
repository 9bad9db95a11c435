"""How many things a question asks for, and of which class."""

import pytest

from assistant.question.number_asked import asks_for_several, names_roles, number_asked, plural_class


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Who was killed in the fire?", True),
        ("Whom did the club sign?", True),
        ("Who else was arrested?", True),
        ("What did the divers find in the wreck?", True),
        ("What was stolen?", True),
        ("What degrees does Ada Berg hold?", True),
        ("Which Lesk relay swimmers were disqualified?", True),
        ("Which company makes ferries?", False),
        ("Who is the mayor of Lesk?", False),
        ("Who was Ada Berg?", False),
        ("Who was the first to land?", False),
        ("What is the capital?", False),
        ("What was Ada Berg?", False),
        ("Which town was hit?", False),
        ("When did it open?", False),
        ("How many were killed?", False),
        ("Where did the ferry sink?", False),
    ],
)
def test_a_question_may_ask_for_one_or_for_several(question: str, several: bool) -> None:
    assert (number_asked(question).number != "one") == several


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("Which towns were hit", "towns"),
        ("list the seven schools", "schools"),
        ("Name the living monarchs who came closest", "living monarchs"),
        ("Which works of art were saved?", "works"),
        ("Which five US cities were the cheapest?", "us cities"),
        ("Who were the three Norlanders who joined the crew?", "norlanders"),
        ("Apart from the storm, which events cost the most?", "events"),
        ("Which Norlanders are in the final?", "norlanders"),
        ("What kinds of boats are there", "boats"),
        ("List all people that were hurt", "people"),
        ("List everyone who was hurt", "everyone"),
        ("Who else was hurt?", "everyone"),
        ("Which rescued Lesk divers went to the fair?", "rescued lesk divers"),
        ("Which Norland media outlets ignored the march?", "norland media outlets"),
        ("In autumn 2023 which ports raised their fees?", "ports"),
    ],
)
def test_the_class_of_several_things(question: str, item: str) -> None:
    assert asks_for_several(question)
    assert number_asked(question).item == item


@pytest.mark.parametrize(
    "question",
    [
        "Which senator wants the ban?",
        "Which company makes ferries?",
        "Which leader got the last state visit of those years?",
        "Which broadcaster's offer did the party take up?",
        "Which police force said so?",
        "Name the judge who presides",
        "Did the towns flood?",
        "What caused delays at the port?",
    ],
)
def test_what_ends_in_s_is_not_always_several(question: str) -> None:
    assert number_asked(question).number == "one"


def test_keywords_leave_open_how_many_there_are() -> None:
    assert number_asked("towns hit by the flood").number == "open"
    assert number_asked("Nominees for the Lesk prize").item == "nominees"
    assert number_asked("deaths in the flood").number == "one"
    assert plural_class("towns hit by the flood") == "towns"


def test_a_plural_name_is_a_class_where_a_verb_follows() -> None:
    assert number_asked("Which Democrats voted against the ban?").item == "democrats"
    assert number_asked("Which Jets player was traded?").number == "one"
    assert number_asked("names of the seven people who died on the ferry").item == "people"


def test_keywords_may_name_those_of_a_role() -> None:
    assert names_roles("Lesk Pact members")
    assert names_roles("sponsors of the Lesk race")
    assert not names_roles("towns hit by the flood")
    assert not names_roles("workers Lesk farm location")
    assert not names_roles("Who are the members?")
