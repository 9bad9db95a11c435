import datetime

import pytest

from assistant.text.wording import authors_in_words, day_in_words, number_of, one_line, only_within
from assistant.types import Filters

FIRST, LAST = datetime.date(2031, 5, 3), datetime.date(2031, 6, 1)


def test_a_number_stands_with_its_noun() -> None:
    assert number_of(1, "article") == "1 article" and number_of(2000, "entry", "entries") == "2,000 entries"


def test_a_day_is_written_out() -> None:
    assert day_in_words(datetime.date(2031, 5, 3)) == "3 May 2031"


@pytest.mark.parametrize(
    ("filters", "which"),
    [
        (Filters(FIRST, LAST), "published from 3 May 2031 to 1 June 2031"),
        (Filters(FIRST), "published from 3 May 2031 on"),
        (Filters(before=LAST), "published up to 1 June 2031"),
        (Filters(publishers=("Demo Wire",)), "of Demo Wire"),
        (
            Filters(FIRST, publishers=("Demo Wire", "Desk")),
            "of Demo Wire and Desk, published from 3 May 2031 on",
        ),
    ],
)
def test_filters_are_named(filters: Filters, which: str) -> None:
    assert only_within(filters) == f"The filters let in only articles {which}."


def test_authors_are_named_up_to_three() -> None:
    names = ("Ada Berg", "Jo Roe", "Kim Li", "Lin Moe", "Sam Poe")
    assert [authors_in_words(names[:count]) for count in (0, 1, 2, 3, 4, 5)] == [
        "",
        "by Ada Berg",
        "by Ada Berg and Jo Roe",
        "by Ada Berg, Jo Roe and Kim Li",
        "by Ada Berg, Jo Roe, Kim Li and 1 other",
        "by Ada Berg, Jo Roe, Kim Li and 2 others",
    ]


def test_a_text_stands_on_one_line() -> None:
    assert one_line(" two\n lines ") == "two lines"
