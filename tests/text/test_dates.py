import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.asked_period import asked_period, searched_text
from assistant.text.dates import find_dates
from assistant.text.periods import bounded, in_words, overlap, spanned
from assistant.types import Period

MONDAY = datetime.date(2025, 7, 7)


def period(text: str, reference: datetime.date | None = MONDAY) -> str | None:
    """The period of the only dated words of a text, as "start/end"."""
    (found,) = find_dates(text, reference)
    return found.period and f"{found.period.start}/{found.period.end}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("last Tuesday", "2025-07-01/2025-07-01"),
        ("on Monday", "2025-07-07/2025-07-07"),
        ("last Monday", "2025-06-30/2025-06-30"),
        ("next Friday", "2025-07-11/2025-07-11"),
        ("by Friday", "2025-07-11/2025-07-11"),
        ("was delayed by Friday’s storm", "2025-07-04/2025-07-04"),
        ("next Friday's vote", "2025-07-11/2025-07-11"),
        ("Tuesday of last week", "2025-07-01/2025-07-01"),
        ("yesterday", "2025-07-06/2025-07-06"),
        ("the day before yesterday", "2025-07-05/2025-07-05"),
        ("last week", "2025-06-30/2025-07-06"),
        ("last weekend", "2025-07-05/2025-07-06"),
        ("this month", "2025-07-01/2025-07-31"),
        ("last month", "2025-06-01/2025-06-30"),
        ("last year", "2024-01-01/2024-12-31"),
        ("three days ago", "2025-07-04/2025-07-04"),
        ("two weeks ago", "2025-06-23/2025-06-29"),
        ("a month ago", "2025-06-01/2025-06-30"),
        ("the past 10 days", "2025-06-27/2025-07-07"),
        ("in May", "2025-05-01/2025-05-31"),
        ("in September", "2024-09-01/2024-09-30"),
        ("September of last year", "2024-09-01/2024-09-30"),
        ("on 17 September", "2024-09-17/2024-09-17"),
        ("on 24 July", "2025-07-24/2025-07-24"),
        ("Wednesday, September 17, 2024", "2024-09-17/2024-09-17"),
        ("17th of September, 2024", "2024-09-17/2024-09-17"),
        ("Sept. 5, 2024", "2024-09-05/2024-09-05"),
        ("1-3 July 2025", "2025-07-01/2025-07-03"),
        ("2024-09-17", "2024-09-17/2024-09-17"),
        ("in early September 2024", "2024-09-01/2024-09-10"),
        ("in mid-June", "2025-06-11/2025-06-20"),
        ("late 2021", "2021-09-01/2021-12-31"),
        ("the first half of 2024", "2024-01-01/2024-06-30"),
        ("autumn 2019", "2019-09-01/2019-11-30"),
        ("the 1990s", "1990-01-01/1999-12-31"),
        ("in 2019", "2019-01-01/2019-12-31"),
        ("on 29 February", "2024-02-29/2024-02-29"),
        ("next month", "2025-08-01/2025-08-31"),
    ],
)
def test_words_stand_for_days(text: str, expected: str) -> None:
    assert period(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It may rain",
        "Theresa May said so",
        "since May took office",
        "a letter from May",
        "They march on the capital",
        "in 24 hours",
        "for three days",
        "31 June",
        "30 February 2024",
        "2024-13-45",
        "1,241,000 square kilometres and 2,019 people",
        "2019 soldiers",
        "less than a fortnight earlier",
        "",
        "The school stands at 1717 W. Elm St., near the river.",
        "Fire broke out in a house, 2021 Oak Hill Road.",
    ],
)
def test_what_is_no_date_or_an_impossible_one_is_left_alone(text: str) -> None:
    assert find_dates(text, MONDAY) == ()


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("It began in 2012.", "in"),
        ("the 2015 accord", "of"),
        ("The attack of 17 September was the worst.", "of"),
        ("Since 2012 it has spread.", "since"),
        ("Since the attacks on the capital on 17 September, efforts go north.", "since"),
        ("after the 2021 coup", "since"),
        ("until March 2022", "until"),
    ],
)
def test_words_date_describe_or_bound(text: str, relation: str) -> None:
    (found,) = find_dates(text, MONDAY)
    assert found.relation == relation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In February the firm will open a plant", "2023-02"),
        ("Plans for the hearing in February", "2023-02"),
        ("A decision could come in February", "2023-02"),
        ("In February she left the firm", "2022-02"),
        ("Sales in February fell", "2022-02"),
        ("last February", "2022-02"),
        ("A look back at November", "2022-11"),
        ("Plans for the hearing in May", "2022-05"),
        ("a walk in January", "2023-01"),
    ],
)
def test_a_month_about_to_begin_is_meant_unless_a_verb_is_in_the_past(text: str, expected: str) -> None:
    assert (period(text, datetime.date(2023, 1, 27)) or "").startswith(expected)


def test_without_a_reference_the_year_or_the_whole_day_is_unknown() -> None:
    (day,) = find_dates("Monday 30 September")
    assert day.period == Period(datetime.date(2000, 9, 30), datetime.date(2000, 9, 30), yearless=True)
    (weekday,) = find_dates("last Tuesday")
    assert weekday.period is None


def test_periods_of_any_year_are_compared_by_day_and_month() -> None:
    september = Period(datetime.date(2000, 9, 1), datetime.date(2000, 9, 30), yearless=True)
    assert overlap(september, Period(datetime.date(2019, 9, 30), datetime.date(2019, 10, 2)))
    assert overlap(Period(datetime.date(2019, 9, 30), datetime.date(2019, 10, 2)), september)
    assert not overlap(september, Period(datetime.date(2019, 10, 1), datetime.date(2020, 8, 31)))
    assert overlap(september, Period(datetime.date.min, datetime.date.max))
    assert overlap(september, Period(datetime.date(2000, 9, 30), datetime.date(2000, 10, 1), yearless=True))


def test_ranges_share_the_year_that_one_end_states() -> None:
    (may,), (july,) = find_dates("in May"), find_dates("in July 2025")
    assert may.period and july.period
    assert spanned(may.period, july.period) == Period(datetime.date(2025, 5, 1), datetime.date(2025, 7, 31))
    assert spanned(july.period, Period(datetime.date(2020, 1, 1), datetime.date(2020, 1, 1))) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17 September 2024", "Tuesday 17 September 2024"),
        ("September 2024", "September 2024"),
        ("2024", "2024"),
        ("1-7 July 2025", "1 to 7 July 2025"),
        ("late 2021", "September to December 2021"),
        ("winter 2023", "December 2023 to February 2024"),
        ("the 1990s", "1990 to 1999"),
    ],
)
def test_periods_are_written_plainly(text: str, expected: str) -> None:
    (found,) = find_dates(text)
    assert found.period and in_words(found.period) == expected


@given(st.text(max_size=80) | st.from_regex(r"(in|since|on)? ?\d{1,4} (May|june|weeks ago)? ?\d{0,4}"))
def test_no_text_is_an_exception(text: str) -> None:
    for reference in (None, MONDAY, datetime.date.min, datetime.date.max):
        for found in find_dates(text, reference):
            assert text[found.start : found.end] == found.text
            if found.period:
                assert found.period.start <= found.period.end
                bounded(found.period, found.relation)
                in_words(found.period)
        asked_period(text, reference)


def test_it_is_quick_on_long_and_hostile_text() -> None:
    started = time.process_time()
    find_dates("the 1 2 3 - " * 4000 + "May " * 4000, MONDAY)
    find_dates("last of the " * 8000, MONDAY)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("question", "expected", "topic"),
    [
        ("What happened there last Tuesday?", "Tuesday 1 July 2025", "What happened there?"),
        ("What was adopted last week?", "30 June to 6 July 2025", "What was adopted?"),
        ("How many died in 2019 in the raids?", "2019", "How many died in the raids?"),
        ("What happened between May and July?", "May to July 2025", "What happened?"),
        ("Who came from 18 June to 1 July 2025?", "18 June to 1 July 2025", "Who came?"),
        ("Who came in May and June 2025?", "May to June 2025", "Who came?"),
        ("What happened since June 2025?", "the time since 1 June 2025", "What happened?"),
        ("Who ruled before 2012?", "the time up to 31 December 2011", "Who ruled?"),
        ("what happened in the week of 1 July?", "30 June to 6 July 2025", "what happened?"),
        ("Who led since the 2021 coup?", "the time since 1 January 2021", "Who led since the 2021 coup?"),
    ],
)  # fmt: skip
def test_a_question_names_its_period(question: str, expected: str, topic: str) -> None:
    found = asked_period(question, MONDAY)
    assert found and (in_words(found.period), found.topic) == (expected, topic)


@pytest.mark.parametrize(
    "question",
    [
        "Who brokered the 2015 accord?",
        "How many died in the 30 September attacks?",
        "Did Theresa May resign in 24 hours?",
        "Compare 2019 and 2024",
        "What happened on 31 June 2025?",
        "Who leads the army?",
    ],
)
def test_a_question_may_name_none(question: str) -> None:
    assert asked_period(question, MONDAY) is None


def test_without_the_day_of_the_question_years_stay_open_and_relative_days_count_from_today() -> None:
    yearless = asked_period("What happened on 17 September?", None)
    assert yearless and yearless.period.yearless and not yearless.completed
    relative = asked_period("What happened yesterday?", None, datetime.date(2026, 1, 1))
    assert relative and relative.period.start == datetime.date(2025, 12, 31)


def test_a_completed_period_is_searched_for_as_it_is_written_in_articles() -> None:
    question = "What was adopted last month?"
    assert searched_text(question, asked_period(question, MONDAY)) == "What was adopted, June 2025?"
    assert (
        searched_text("Who came in 2019?", asked_period("Who came in 2019?", MONDAY)) == "Who came in 2019?"
    )
