import datetime
from dataclasses import replace

import pytest

from assistant.question.asked_period import asked_period, of_any_year
from assistant.question.understand import understand
from assistant.settings import Settings
from assistant.types import Filters

FIRST, LAST = datetime.date(2019, 10, 1), datetime.date(2025, 7, 11)


@pytest.mark.parametrize(
    ("question", "asked", "yearless"),
    [
        ("Which towns were attacked on 1 July?", datetime.date(2026, 11, 28), True),
        ("Which towns were attacked on 1 July?", datetime.date(2025, 7, 5), False),
        ("Which towns were attacked on 1 July 2026?", datetime.date(2026, 11, 28), False),
        ("Which towns were attacked last week?", datetime.date(2026, 11, 28), False),
        ("Which towns were attacked in March?", datetime.date(2019, 5, 1), True),
    ],
)
def test_a_date_without_a_year_outside_the_articles_time_is_of_any_year(
    question: str, asked: datetime.date, yearless: bool
) -> None:
    query = of_any_year(understand(question, Settings(), filters=Filters(asked=asked)), FIRST, LAST)
    assert query.asked_period is not None
    assert query.asked_period.period.yearless is yearless


@pytest.mark.parametrize(
    ("question", "last"),
    [
        ("How many articles from May 2023 mention the dock?", datetime.date(2023, 5, 31)),
        ("articles from May 2023", datetime.date(2023, 5, 31)),
        ("How many articles are there from May 2023?", datetime.date(2023, 5, 31)),
        ("How many articles do you have from May 2023 on?", datetime.date.max),
        ("Show me the articles from May 2023 onwards", datetime.date.max),
        ("What applies from May 2023?", datetime.date.max),
    ],
)
def test_articles_from_a_month_are_of_that_month(question: str, last: datetime.date) -> None:
    found = asked_period(question, datetime.date(2024, 12, 31))
    assert found is not None
    assert (found.period.start, found.period.end) == (datetime.date(2023, 5, 1), last)


def test_articles_from_a_year_are_of_that_year() -> None:
    found = asked_period("How many articles are there from 2023?", datetime.date(2024, 12, 31))
    assert found is not None
    assert found.period.end == datetime.date(2023, 12, 31)


def test_a_day_of_the_week_is_no_period_where_the_day_of_asking_is_unknown_and_the_articles_are_older() -> (
    None
):
    long_ago = datetime.date(1999, 3, 1)
    query = understand("Which men did the mayor meet on Sunday?", Settings())
    assert query.asked_period is not None
    assert of_any_year(query, long_ago, long_ago).asked_period is None
    last_week = understand("Which men did the mayor meet last week?", Settings())
    assert of_any_year(last_week, long_ago, long_ago).asked_period is not None


@pytest.mark.parametrize(
    ("question", "asked", "is_a_day"),
    [
        ("How does the plague still affect people's health today?", datetime.date(2026, 11, 28), False),
        ("Would a ban on plastic today clean the rivers?", None, False),
        ("Who was arrested at the port today?", datetime.date(2026, 11, 28), True),
        ("How many ferries sank today?", None, True),
    ],
)
def test_today_in_the_present_tense_is_now_where_the_articles_are_older(
    question: str, asked: datetime.date | None, is_a_day: bool
) -> None:
    query = understand(question, Settings(), filters=Filters(asked=asked))
    assert query.asked_period is not None
    assert (of_any_year(query, FIRST, LAST).asked_period is not None) is is_a_day
    of_its_day = replace(query, filters=Filters(asked=asked))
    assert of_any_year(of_its_day, FIRST, datetime.date.max).asked_period is not None


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who hosts Monday Night Football?", None),
        ("What is Bloody Sunday?", None),
        ("Who is June Berg?", None),
        ("Who died Tuesday?", "Tuesday"),
        ("What did Ada Berg say on Monday?", "Monday"),
        ("What Happened On Monday In Arle?", "Monday"),
    ],
)
def test_a_day_that_is_part_of_a_name_is_no_period(question: str, words: str | None) -> None:
    found = asked_period(question, None, datetime.date(2024, 5, 8))
    assert (found.words if found else None) == words
