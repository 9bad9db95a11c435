"""Numbers, dates, quotations and abbreviations of a text, in forms that can be compared."""

import pytest

from assistant.text.facts import abbreviations, moments, quantities, quotations


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


def test_dates_are_read_in_each_spelling_and_taken_out() -> None:
    found, rest = moments(
        "2024-09-17, 17 September 2024, Sept. 17, 2024, September 2024, in May, Monday, 12 in 1999"
    )
    stated = [(one.year, one.month, one.day, one.weekday) for one in found]
    assert stated.count((2024, 9, 17, None)) == 3
    assert set(stated) - {(2024, 9, 17, None)} == {
        (2024, 9, None, None),
        (None, 5, None, None),
        (None, None, None, 0),
        (1999, None, None, None),
    }
    assert quantities(rest) == {"12.0"}


def test_quotations_are_found_in_each_kind_of_marks() -> None:
    assert quotations('“One, two,” she said. "Three." It\'s ‘four’ «five»') == [
        "One, two",
        "Three",
        "four",
        "five",
    ]


def test_an_abbreviation_is_learnt_where_an_article_explains_it() -> None:
    text = "The Holmby Relief Corps (HRC) was founded in May. HRC trucks reached the village of Orrin."
    assert abbreviations(text) == {"hrc": frozenset({"holmbi", "relief", "corp"})}
