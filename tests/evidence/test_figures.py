"""Figures by value, what they count and what befell it."""

import pytest

from assistant.evidence.figures import (
    amounts,
    counted_in,
    counts_asked,
    figure_with_outcome,
    of_other_deed,
    outcome_asked,
)
from assistant.text.tokens import stem


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("At least 25 soldiers died.", [("At least 25", 25, 25, "dead")]),
        ("Sixty people are missing.", [("Sixty", 60, 60, "missing")]),
        ("Between 10 and 15 people were injured.", [("10 and 15", 10, 15, "hurt")]),
        ("Dozens of villagers were killed.", [("Dozens", 24, 99, "dead")]),
        ("Tens of thousands of people fled.", [("Tens of thousands", 20_000, 99_000, "uprooted")]),
        ("12 to 14 miners were rescued.", [("12 to 14", 12, 14, "safe")]),
        ("49 civilians and 15 soldiers died.", [("49", 49, 49, "dead"), ("15", 15, 15, "dead")]),
        ("It left 70 dead and some 200 injured.", [("70", 70, 70, "dead"), ("some 200", 200, 200, "hurt")]),
        ("It killed nine and injured 90 people.", [("nine", 9, 9, "dead"), ("90", 90, 90, "hurt")]),
        ("Some 59 people have been sickened.", [("Some 59", 59, 59, "ill")]),
        ("The ages of the sick people range between 32 and 94.", [("32 and 94", 32, 94, None)]),
        ("A 6.3 magnitude quake killed 41.", [("6.3", 6.3, 6.3, None), ("41", 41, 41, "dead")]),
        ("On 3 May 2021 the law changed.", []),
        ("In 1998 the law changed.", []),
        ("One day it rained.", []),
        ("In Holmby 16 died.", [("16", 16, 16, "dead")]),
        ("One driver died.", [("One", 1, 1, "dead")]),
        ("It cost about $2.5bn.", [("about $2.5bn", 2.5e9, 2.5e9, None)]),
    ],
)
def test_figures_are_read_with_what_befell(
    sentence: str, expected: list[tuple[str, float, float, str | None]]
) -> None:
    found = amounts(sentence)
    assert [(one.text, one.low, one.high, one.outcome) for one in found] == expected
    assert all(sentence[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("at least 25 soldiers died", "twenty-five soldiers died", True),
        ("dozens of soldiers died", "40 soldiers died", True),
        ("about 100 soldiers died", "95 soldiers died", True),
        ("100 soldiers died", "95 soldiers died", False),
        ("25 soldiers died", "40 soldiers died", False),
        ("12% of soldiers died", "12 soldiers died", False),
        ("the dam cost $2bn", "the dam cost 2 billion dollars", True),
        ("the dam cost $2bn", "the dam cost €2bn", False),
        ("the dam cost $2bn", "the dam cost $2m", False),
        ("10 to 15 soldiers died", "12 soldiers died", True),
    ],
)
def test_figures_agree_when_they_may_be_one(one: str, other: str, agree: bool) -> None:
    (first,), (second,) = amounts(one), amounts(other)
    assert first.agrees(second) is second.agrees(first) is agree


def test_soldiers_are_no_insurgents_and_members_may_be_either() -> None:
    soldiers, insurgents, members = (
        amounts(f"12 {who} died")[0].unit for who in ("soldiers", "insurgents", "members")
    )
    assert not soldiers & insurgents
    assert soldiers & members and insurgents & members


@pytest.mark.parametrize(
    "sentence",
    [
        "The company lost 25 contracts.",
        "The project cost $300 million.",
        "Shares lost 4.5% on Monday.",
        "The visitors lost 63-21 at home.",
        "A 26-year-old driver died.",
        "She died at 76.",
        "They ended a 14-game losing streak.",
        "The club released 100 tickets.",
        "The repairs will cost 40 million pounds.",
        "The drug cut the time to 12 hours before patients died.",
        "The bill was signed by 227 lawmakers who want the death penalty.",
    ],
)
def test_nothing_befalls_what_is_no_count_of_people(sentence: str) -> None:
    assert [one.outcome for one in amounts(sentence)] == [None]


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("The army lost 25 soldiers.", "dead"),
        ("The floods cost 25 people their lives.", "dead"),
        ("The avalanche claimed 12 lives.", "dead"),
        ("The kidnappers released 12 pupils.", "safe"),
    ],
)
def test_people_can_be_lost_and_released(sentence: str, outcome: str) -> None:
    assert amounts(sentence)[0].outcome == outcome


@pytest.mark.parametrize(
    "question",
    [
        "How much did the merger cost?",
        "How old was the singer when she died?",
        "How many customers lost service?",
        "How many hours did the trial take?",
    ],
)
def test_a_question_may_ask_for_no_outcome(question: str) -> None:
    assert outcome_asked(question) is None


def test_what_a_question_counts() -> None:
    assert outcome_asked("How many soldiers died?") == "dead"
    assert outcome_asked("How many were killed or wounded?") is None
    assert outcome_asked("How many workers lose their jobs?") is None
    assert stem("troops") in counted_in("What was the number of soldiers killed?", stem("number"))
    assert stem("towns") in counted_in("How many towns were hit?", stem("towns"))


@pytest.mark.parametrize(
    "junk", ["", "%", "to to to", "10 to", "dozens of dozens of thousands", "1,2,3", "³ ½ ٣"]
)
def test_odd_sentences_raise_nothing(junk: str) -> None:
    assert isinstance(amounts(junk), list)


PASSENGER = stem("passenger")


@pytest.mark.parametrize(
    ("sentence", "figure", "counts"),
    [
        ("The crash killed 12 passengers and injured 30.", "12", 1.0),
        ("The crash killed 12 passengers and injured 30.", "30", -1.0),
        ("The train called at seven towns before the crash.", "seven", -1.0),
        ("Nobody gave a figure.", "12", 0.0),
    ],
)
def test_a_figure_counts_what_is_asked_or_something_else(sentence: str, figure: str, counts: float) -> None:
    assert (
        counts_asked("How many passengers were killed in the crash?", PASSENGER, sentence, figure) == counts
    )


@pytest.mark.parametrize(
    ("question", "focus", "sentence", "figure", "counts"),
    [
        ("How many passes did he catch?", "passes", "He has four catches for 16 yards.", "16 yards", -1.0),
        ("How many miles is the path?", "miles", "The path runs for 30 kilometres.", "30 kilometres", 0.0),
        ("How many miles is the path?", "miles", "The path runs for 18 miles.", "18 miles", 0.0),
        ("How many guests came?", "guests", "The dinner cost $40,000.", "$40,000", -1.0),
        ("How much was paid for the dinner?", "dinner", "The dinner cost $40,000.", "$40,000", 0.0),
    ],
)
def test_money_and_measures_count_no_things(
    question: str, focus: str, sentence: str, figure: str, counts: float
) -> None:
    assert counts_asked(question, stem(focus), sentence, figure) == counts


@pytest.mark.parametrize(
    ("question", "focus", "figure", "counts"),
    [
        ("harbour line number of ferries", None, "24", 1.0),
        ("harbour line number of crews", None, "24", -1.0),
        ("harbour line ferries price", None, "24", 0.0),
        ("How many Corvells does the line run?", "corvells", "24", 1.0),
        ("How many crews does the line run?", "crews", "24", -1.0),
    ],
)
def test_what_keywords_count_is_named_in_them_or_not_known(
    question: str, focus: str | None, figure: str, counts: float
) -> None:
    sentence = "The harbour line runs 24 Corvell ferries."
    assert counts_asked(question, focus and stem(focus), sentence, figure) == counts


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("Fifty people fell ill, killing 10.", "10"),
        ("The ferry carried 40 people.", None),
        ("Two soldiers died and four guards were killed.", None),
    ],
)
def test_the_one_figure_of_an_outcome(sentence: str, figure: str | None) -> None:
    assert figure_with_outcome("dead", sentence) == figure


def test_a_figure_of_another_deed_is_told_apart() -> None:
    asked = "How many passengers did the ferry carry?"
    assert of_other_deed(asked, "The sinking killed 12 passengers.", "12")
    assert not of_other_deed(asked, "The ferry carried 40 passengers, of whom 12 died.", "40")
    assert not of_other_deed(asked, "There were 40 passengers on board.", "40")
    assert not of_other_deed("How many people did the fire kill?", "It left 12 people dead.", "12")
    assert not of_other_deed("How many people were on board?", "It killed 12 people.", "12")
