"""Numbers and quotations of a text, in forms that can be compared."""

import pytest

from assistant.text.facts import quantities, quotations


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("twenty-five", {"25.0"}),
        ("two thousand five hundred and six", {"2506.0"}),
        ("1,200 and 1 200 and 1200", {"1200.0"}),
        ("1.5 million, 1,500,000", {"1500000.0"}),
        ("25% or 25 percent or twenty-five per cent", {"25.0%"}),
        ("two dozen of hundreds", {"24.0", "hundreds"}),
        ("one of them in the G5", set()),
        ("twenty thirty", {"20.0", "30.0"}),
    ],
)
def test_numbers_are_read_by_value(text: str, values: set[str]) -> None:
    assert quantities(text) == values


def test_quotations_are_found_in_each_kind_of_marks() -> None:
    assert quotations('“One, two,” she said. "Three." It\'s ‘four’ «five»') == [
        "One, two",
        "Three",
        "four",
        "five",
    ]
