"""The numbers of a statement beside those of its quotations."""

import pytest

from assistant.checking.grounds import ground_of
from assistant.checking.numbers import unknown_figures, unknown_numbers
from assistant.types import Article, Citation

TEXT = "The fund pays $2bn for 40 trams and 12 buses."
GROUND = ground_of([Citation(1, Article("fund", TEXT), 0, len(TEXT), TEXT)])


@pytest.mark.parametrize(
    ("statement", "drawn", "marked"),
    [
        ("It pays two billion dollars.", False, []),
        ("It pays $2.", False, ["$2"]),
        ("It buys 52 vehicles.", False, ["52"]),
        ("It buys 52 vehicles.", True, []),
        ("It buys forty trams.", False, []),
    ],
)
def test_a_number_is_marked_that_the_quotations_do_not_hold(
    statement: str, drawn: bool, marked: list[str]
) -> None:
    found = unknown_numbers(statement, GROUND, (), drawn=drawn)
    assert [statement[one.start : one.end] for one in found] == marked


def test_in_another_language_digits_are_compared() -> None:
    statement = "40 Straßenbahnen und 13 Busse"
    assert [statement[one.start : one.end] for one in unknown_figures(statement, GROUND)] == ["13"]
