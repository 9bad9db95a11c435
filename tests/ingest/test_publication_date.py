import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ingest.metadata.publication_date import date_span, leading_date, parse_date

THIRD_OF_JULY = datetime.date(2025, 7, 3)


@pytest.mark.parametrize(
    "value",
    [
        "2025-07-03",
        "2025/07/03",
        "2025-07-03 17:44:06",
        "2025-07-03T17:44:06.123+02:00",
        "20250703",
        "20250703T174406Z",
        "Thu, 03 Jul 2025 17:44:06 GMT",
        "July 3, 2025",
        "Jul. 3rd, 2025 at 5 p.m.",
        "3 juillet 2025",
        "03.07.2025",
        "3 de julio de 2025",
        "Qui, 3 de julho de 2025 às 17h44",
        "03.jul.2025",
        "3/Jul/2025:17:44:06 +0200",
        "giovedì 3 luglio 2025 alle 17:44",
        "donderdag 3 juli 2025 om 17:44",
        "3. heinäkuuta 2025",
        "3 Ιουλίου 2025",
        "2025. július 3.",
        "2025. 7. 3. 17:44",
        "1751500800.0",
        1751500800,
        1751500800000,
        "1751500800",
        datetime.date(2025, 7, 3),
        datetime.datetime(2025, 7, 3, 23, 59, tzinfo=datetime.UTC),
    ],
)
def test_reads_the_day_in_each_usual_form(value: object) -> None:
    assert parse_date(value) == THIRD_OF_JULY


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "2025",
        "July 2025",
        "2 days ago",
        "yesterday",
        "3 hours ago 2025",
        "2025-02-30",
        "0000-00-00",
        "0001-01-01",
        "2999-01-01",
        0,
        True,
        float("nan"),
        float("inf"),
        10**400 // 10**80,
        [2025, 7, 3],
        {"date": "2025-07-03"},
        "9" * 100,
        "1" * 50,
    ],
)
def test_what_is_impossible_relative_or_incomplete_is_unknown(value: object) -> None:
    assert parse_date(value) is None


def test_an_ambiguous_day_is_unknown_unless_the_order_is() -> None:
    assert parse_date("03/07/2025") is None
    assert parse_date("03/07/2025", day_first=True) == THIRD_OF_JULY
    assert parse_date("07/03/2025", day_first=False) == THIRD_OF_JULY
    assert parse_date("25/07/2025") == datetime.date(2025, 7, 25)
    assert parse_date("07/25/2025") == datetime.date(2025, 7, 25)


@given(st.dates(min_value=datetime.date(1600, 1, 1), max_value=datetime.date(2025, 12, 31)))
def test_every_day_survives_being_written_out(day: datetime.date) -> None:
    for form in ("%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%B %d, %Y", "%A, %d %b %Y", "%d.%m.%Y"):
        written = day.strftime(form)
        assert parse_date(written) == day
        if form != "%Y%m%d":
            assert leading_date(written + " and so on") == (day, len(written))
            assert date_span("x: " + written) == (3, 3 + len(written))


@given(st.one_of(st.text(max_size=120), st.integers(), st.floats(), st.binary(max_size=20)))
def test_no_value_raises(value: object) -> None:
    found = parse_date(value)
    assert found is None or 1600 <= found.year <= datetime.date.today().year + 1
