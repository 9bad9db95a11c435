"""What of an answer counts as changed: values, sides and entries, not words."""

from dataclasses import replace

import pytest

from assistant import Answer, Article, Citation, Side, Statement
from assistant.types import Cell, Item, Row, Table
from assistant.workspace.differences import difference, others_first, value_of, values_changed


def cited(name: str, words: str) -> Citation:
    return Citation(1, Article(name, words), 0, len(words), words)


def told(short: str | None = None, sentence: str = "Six died.", article: str = "a") -> Answer:
    one = cited(article, sentence)
    return Answer(
        "q", "q", "answered", True, short, citations=(one,), statements=(Statement(sentence, (one,)),)
    )


NONE = Answer("q", "q", "not_stated", False)


def sided(*values: str) -> Answer:
    sides = tuple(Side(value, f"speaker of {value}") for value in values)
    return replace(told("six"), outcome="sources_differ", sides=sides)


def both(short: str | None) -> Answer:
    first, second = told(short), told(short, "Seven died.", "b")
    return replace(
        first,
        citations=(*first.citations, *second.citations),
        statements=(*first.statements, *second.statements),
    )


def listed(*entries: str) -> Answer:
    return replace(told(), items=tuple(Item(one) for one in entries))


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (None, NONE, None),
        (None, told("six"), "a first answer"),
        (NONE, told("six"), "a first answer"),
        (told("six"), NONE, "no answer any more"),
        (NONE, NONE, None),
        (told("six"), told("seven"), "another value"),
        (told("six hundred people"), told("600 people", "600 people died.", "b"), None),
        (told("30 September 2026"), told("31 December 2026"), "another value"),
        (told("Ada Lovelace, 36"), told("Grace Hopper, 36"), "another value"),
        (told("six"), told("at least six people"), None),
        (listed("two teachers"), listed("two teachers", "two nurses"), "new entries"),
        (told("Ada Lovelace."), told("ada  lovelace"), None),
        (sided("six", "nine"), sided("nine", "six"), None),
        (sided("six", "nine"), sided("six", "nine", "ten"), "a new side"),
        (told("six"), sided("six", "nine"), "a new side"),
        (sided("six", "nine"), told("six"), "a side less"),
        (listed("Arle", "Corrie"), listed("Corrie", "Arle"), None),
        (listed("Arle"), listed("Arle", "Corrie"), "new entries"),
        (listed("Arle", "Corrie"), listed("Arle"), "entries less"),
        (told(), told(None, "Seven died.", "b"), "new sentences"),
        (told(), told(None, "Seven died.", "a"), None),
        (told(), told(None, "Six died.", "b"), None),
        (told("six"), both(None), "new sentences"),
        (told(), both(None), "new sentences"),
        (both(None), told(), None),
        (told("six"), both("six"), None),
    ],
)
def test_what_changed(before: Answer | None, after: Answer, what: str | None) -> None:
    assert difference(before, after) == what


def test_the_cells_of_a_comparison_count() -> None:
    def table(value: str) -> Answer:
        return replace(told(), table=Table(("Toll",), (Row("Arle", (Cell(value),)),)))

    assert difference(table("six"), table("nine")) == "new entries"
    assert difference(table("six"), table("six")) is None


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        (None, None),
        (NONE, None),
        (told("six"), "six"),
        (told(), "Six died."),
        (listed("Arle", "Corrie"), "Arle; Corrie"),
        (sided("six", "nine"), "six (speaker of six); nine (speaker of nine)"),
    ],
)
def test_an_answer_in_short(answer: Answer | None, value: str | None) -> None:
    assert value_of(answer) == value


def test_of_a_list_only_what_came_and_went_is_told() -> None:
    assert values_changed(listed("Arle", "Corrie"), listed("Corrie", "Arle", "Dunn")) == ("2 entries", "Dunn")
    assert values_changed(listed("Arle", "Corrie"), listed("Corrie", "Dunn")) == ("Arle", "Dunn")
    assert values_changed(listed("Arle", "Corrie"), listed("Arle")) == ("Corrie", "1 entry")
    assert values_changed(None, listed("Arle")) == (None, "Arle")
    assert values_changed(told("six"), told("nine")) == ("six", "nine")


def test_what_the_other_answer_does_not_cite_stands_first() -> None:
    old, new = cited("a", "Six died."), cited("b", "Nine died.")
    assert others_first((old, new), told("six")) == [new, old]
    assert others_first((old, new), None) == [old, new]
