"""Who holds an office."""

import pytest

from assistant.question.asked_office import Office, asked_office


@pytest.mark.parametrize(
    ("question", "names", "bodies", "adjectives"),
    [
        ("Who is the mayor of Arle?", ("mayor",), ("arle",), ()),
        ("who's the current president of france", ("president",), ("france",), ("french",)),
        ("Who is the French president?", ("president",), ("france",), ("french",)),
        ("Who is Arle's police chief now?", ("police chief",), ("arle",), ()),
        ("governor of Arle", ("governor", "gov."), ("arle",), ()),
        ("Who is the coach of the Arle Rovers?", ("coach", "head coach"), ("arle rovers", "rovers"), ()),
    ],
)
def test_the_office_asked_for(
    question: str, names: tuple[str, ...], bodies: tuple[str, ...], adjectives: tuple[str, ...]
) -> None:
    assert asked_office(question) == Office(names, bodies, adjectives)


@pytest.mark.parametrize(
    "question",
    [
        "Who was the mayor of Arle?",
        "Who was president of France in 1990?",
        "Who is Ada Berg?",
        "What did the mayor of Arle say?",
        "Who is the mayor?",
    ],
)
def test_others_ask_for_no_office(question: str) -> None:
    assert asked_office(question) is None
