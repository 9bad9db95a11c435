"""Who gives a value, and how many sources carry it, is told only of values that are shown."""

from dataclasses import replace

import pytest

from assistant.evidence.independence import carried
from assistant.evidence.reading import Reading
from assistant.evidence.sides import settled
from assistant.types import Article, Citation, Side, Statement

ARTICLE = Article("one", "The bridge fell on Monday. It fell on Tuesday.", publisher="Demo Wire")
MONDAY = Citation(1, ARTICLE, 0, 26, ARTICLE.text[:26])
TUESDAY = Citation(2, ARTICLE, 27, 46, ARTICLE.text[27:])


@pytest.fixture
def reading():
    return Reading(
        answered=True,
        confidence=0.9,
        short="Monday",
        statements=(Statement(MONDAY.quote, (MONDAY,)), Statement(TUESDAY.quote, (TUESDAY,))),
        citations=(MONDAY, TUESDAY),
        candidates=(),
        mentioned=True,
        sides=(Side("Monday", citations=(MONDAY,)),),
        notes=(carried(1),),
    )


def test_a_value_that_is_shown_keeps_its_side(reading):
    kept = settled(reading)
    assert [side.value for side in kept.sides] == ["Monday"] and kept.notes == (carried(1),)


def test_a_value_that_is_withheld_is_no_side(reading):
    withheld = settled(replace(reading, short=None))
    assert (withheld.sides, withheld.notes) == ((), ())
    assert withheld.statements == reading.statements


def test_sides_that_differ_stay_without_a_short_answer(reading):
    both = (*reading.sides, Side("Tuesday", citations=(TUESDAY,)))
    differing = settled(replace(reading, short=None, sides=both, differ=True))
    assert differing.differ and [side.value for side in differing.sides] == ["Monday", "Tuesday"]
