"""The period that the parts of a date stand for: a year and a month, a weekday, a count of weeks ago."""

from __future__ import annotations

import calendar
import datetime
import math
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace

from assistant.text.english.number_words import BELOW_HUNDRED
from assistant.text.month_names import MONTH_NUMBERS, WEEKDAYS
from assistant.text.periods import ANY_YEAR, days, month_end, one_day, shifted
from assistant.text.tense import Tense
from assistant.types import Period

LONGEST_WAY_AHEAD = datetime.timedelta(days=31)
YEARS_TRIED = 8  # 29 February is at most so many years away
HOURS_A_DAY = 24  # of a day
FIRST_DECADE_OF_CENTURY = 2000
_LENGTHS = {"decade": 9, "year": 0, "years": 0}
_WHICH = {"last": -1, "this": 0, "next": 1}
# First and last day, Monday being 0.
_PARTS_OF_WEEK = {"early": (0, 2), "beginning": (0, 2), "start": (0, 2), "mid": (1, 3), "middle": (1, 3)}


def period_of(
    kind: str,
    groups: dict[str, str],
    reference: datetime.date | None,
    *,
    tense: Tense | None = None,
    day_first: bool | None = None,
) -> Period | None:
    """Return the period that the parts of a date stand for; None where it takes a reference day and there is none.

    Args:
        kind: the pattern that found the date, as in ``english.date_patterns``.
        groups: the parts that it found, by name, in lower case.
        reference: the day from which the date is reckoned.
        tense: the tense of the date's verb. In the future a weekday, and a day or month without a year, is the next
            one; in the present of timetables the nearest.
        day_first: whether 3/5/2024 is 3 May; None leaves such a date without a period.

    Raises:
        ValueError, OverflowError: no calendar has this date.
    """
    if kind == "numeric":
        return _numeric(groups, day_first)
    if kind in {"iso", "day", "month"}:
        return _calendar(groups, reference, tense)
    if kind == "quarter":
        return _quarter(groups, reference, ahead=tense == "future")
    if kind in {"season", "decade", "year", "years"}:
        return _period_of_years(kind, groups)
    if reference is None:
        return None
    return _relative(kind, groups, reference, ahead=tense in {"future", "timetable"})


def _numeric(groups: dict[str, str], day_first: bool | None) -> Period | None:
    first, second = int(groups["first"]), int(groups["second"])
    if groups["mark"] == ".":
        day_first = True
    if max(first, second) > 12 or first == second:
        day_first = first > 12 or first == second
    if day_first is None:
        return None
    day, month = (first, second) if day_first else (second, first)
    return one_day(datetime.date(int(groups["year"]), month, day))


def _period_of_years(kind: str, groups: dict[str, str]) -> Period:
    year = 1900 + int(groups["decade"]) if "decade" in groups else int(groups["year"])
    if kind == "season":
        first = {"spring": 3, "summer": 6, "winter": 12}.get(groups["season"], 9)
        return Period(datetime.date(year, first, 1), month_end(year + (first == 12), (first + 1) % 12 + 1))
    last = year + _LENGTHS[kind]
    if kind == "decade" and year % 100 == 0 and year < FIRST_DECADE_OF_CENTURY:
        last = year + 99  # "the 1800s" are the century, "the 2000s" the decade
    if kind == "years":
        last = int(groups["last"]) + (year - year % 100 if len(groups["last"]) == 2 else 0)
        if last <= year:
            raise ValueError("a span of years ends after it begins")
    return Period(datetime.date(year, 1, 1), datetime.date(last, 12, 31))


def _quarter(groups: dict[str, str], reference: datetime.date | None, *, ahead: bool) -> Period | None:
    ordinal = {"first": 1, "second": 2, "third": 3}.get(groups.get("ordinal", ""), 4)
    month = 3 * int(groups.get("quarter", ordinal)) - 2

    def of(year: int) -> Period:
        return Period(datetime.date(year, month, 1), month_end(year, month + 2))

    year, which = groups.get("year") or groups.get("in_year"), groups.get("which") or groups.get("in_which")
    if year:
        return of(int(year))
    if reference is None:
        return replace(of(ANY_YEAR), yearless=True) if which is None else None
    if which:
        return of(reference.year + _WHICH[which])
    found = of(reference.year)
    if ahead:
        return found if found.end >= reference else of(reference.year + 1)
    return found if found.start <= reference else of(reference.year - 1)


def _relative(kind: str, groups: dict[str, str], reference: datetime.date, *, ahead: bool) -> Period:
    if kind == "weekday":
        return _weekday(groups, reference, ahead=ahead)
    if kind == "near":
        near = groups["near"]
        shift = -2 if "before" in near else -1 if near in {"yesterday", "last night"} else near == "tomorrow"
        return one_day(shifted(reference, int(shift)))
    if kind == "weekend":
        ahead = ahead or groups["lead"] == "through"
        saturday = 5 - reference.weekday() - 7 * (reference.weekday() < 5 and not ahead)
        return Period(shifted(reference, saturday), shifted(reference, saturday + 1))
    return _named_unit(groups, reference) if kind == "unit" else _counted_period(kind, groups, reference)


def _named_unit(groups: dict[str, str], reference: datetime.date) -> Period:
    """Return "last week" or "this year"; "earlier" and "later" are the part before and after the reference."""
    found = _calendar_unit(reference, groups["unit"], _WHICH.get(groups["which"], -1))
    if "side" not in groups:
        return found
    return replace(found, start=reference) if groups["side"] == "later" else replace(found, end=reference)


def _counted_period(kind: str, groups: dict[str, str], reference: datetime.date) -> Period:
    """Return "three weeks ago" or "the past 48 hours"."""
    count = {"a": 1, "an": 1, "couple of": 2}.get(groups["count"]) or BELOW_HUNDRED.get(groups["count"])
    count = count or int(groups["count"])
    if kind == "ago":
        return _calendar_unit(reference, "day" if groups["unit"] == "weekend" else groups["unit"], -count)
    if groups["unit"] == "hour":
        return Period(_shifted_day(reference, "day", -math.ceil(count / HOURS_A_DAY)), reference)
    return Period(_shifted_day(reference, groups["unit"], -count), reference)


def _calendar(groups: dict[str, str], reference: datetime.date | None, tense: Tense | None) -> Period | None:
    month = int(groups["month"]) if groups["month"].isdigit() else MONTH_NUMBERS[groups["month"]]
    first = int(groups["day"]) if "day" in groups else 1
    last = int(groups["last"]) if "last" in groups else first if "day" in groups else None

    def of(year: int) -> Period:
        return Period(
            datetime.date(year, month, first),
            datetime.date(year, month, last) if last else month_end(year, month),
        )

    if "year" in groups:
        return of(int(groups["year"]))
    if reference is None:
        return replace(of(ANY_YEAR), yearless=True) if "which" not in groups else None
    if "which" in groups:
        return of(reference.year + _WHICH[groups["which"]])
    of(ANY_YEAR)  # a day that no year has is impossible; 29 February is looked for
    lead = groups.get("lead")
    if lead in {"next", "until", "till", "by"} or (tense == "future" and lead != "last"):
        return _next_one(of, reference)
    back = _last_one(of, reference, lead, near="day" in groups or tense is None)
    if tense == "timetable":
        ahead = _next_one(of, reference)
        return ahead if ahead.start - reference < reference - back.end else back
    return back


def _last_one(
    of: Callable[[int], Period], reference: datetime.date, lead: str | None, *, near: bool
) -> Period:
    """Return the last period that has begun, or where it may be ``near``, that begins within a month.

    A day may, and a month that no verb puts into the past: the one before it is a year away.
    """
    latest = reference + LONGEST_WAY_AHEAD if near else reference
    if lead == "last":
        latest = reference.replace(day=1) - datetime.timedelta(days=1)
    years = range(reference.year + 1, reference.year - YEARS_TRIED, -1)
    return _first_of(of, years, lambda one: one.start <= latest)


def _next_one(of: Callable[[int], Period], reference: datetime.date) -> Period:
    """Return the first period that has not ended."""
    years = range(reference.year, reference.year + YEARS_TRIED + 1)
    return _first_of(of, years, lambda one: one.end >= reference)


def _first_of(of: Callable[[int], Period], years: Iterable[int], fits: Callable[[Period], bool]) -> Period:
    for year in years:
        with suppress(ValueError):
            found = of(year)
            if fits(found):
                return found
    raise ValueError("no year near the reference has this day")


def _weekday(groups: dict[str, str], reference: datetime.date, *, ahead: bool) -> Period:
    number = WEEKDAYS.index(groups["weekday"])
    back = (reference.weekday() - number) % 7
    lead, which = groups.get("lead"), groups.get("which")
    if which or lead == "this":
        monday = reference - datetime.timedelta(days=reference.weekday())
        weeks = {"last": -1, "next": 1}.get(which or "", 0)
        return one_day(monday + datetime.timedelta(days=7 * weeks + number))
    if lead in {"next", "until", "till", "by"}:
        return one_day(reference + datetime.timedelta(days=7 - back))
    if lead in {"last", "past", "previous"}:
        return one_day(reference - datetime.timedelta(days=back or 7))
    if ahead:
        return one_day(reference + datetime.timedelta(days=(7 - back) % 7))
    return one_day(reference - datetime.timedelta(days=back))


def _calendar_unit(reference: datetime.date, unit: str, count: int) -> Period:
    """Return the calendar week, month, year or decade that lies ``count`` of them from the reference."""
    day = _shifted_day(reference, unit, count)
    if unit in {"week", "weekend", "fortnight"}:
        monday = day - datetime.timedelta(days=day.weekday())
        return Period(
            monday + datetime.timedelta(days=5 * (unit == "weekend")), monday + datetime.timedelta(days=6)
        )
    if unit == "month":
        return Period(day.replace(day=1), month_end(day.year, day.month))
    if unit == "day":
        return one_day(day)
    year = day.year - (day.year % 10 if unit == "decade" else 0)
    return Period(datetime.date(year, 1, 1), datetime.date(year + (9 if unit == "decade" else 0), 12, 31))


def _shifted_day(day: datetime.date, unit: str, count: int) -> datetime.date:
    if unit in {"day", "week", "weekend", "fortnight"}:
        length = {"day": 1, "fortnight": 14}.get(unit, 7)
        return day + datetime.timedelta(days=length * count)
    months = count * {"month": 1, "year": 12}.get(unit, 120)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def part_of(period: Period, part: str) -> Period:
    """Cut a decade, year, month or week into the part that words name: in thirds, or in halves where they say so.

    The end of a week is its last four days, its middle Tuesday to Thursday.
    """
    if days(period) == 7 and "half" not in part:
        begins, ends = _PARTS_OF_WEEK.get(part, (3, 6))
        return Period(shifted(period.start, begins), shifted(period.start, ends))
    pieces = 2 if "half" in part else 3
    which = 0 if part in {"early", "beginning", "start"} or part.startswith("first") else pieces - 1
    which = 1 if part in {"mid", "middle"} else which
    start, end = period.start, period.end
    if days(period) > 366:
        years = (end.year - start.year + 1) / pieces
        first_year, last_year = start.year + round(years * which), start.year + round(years * (which + 1)) - 1
        return Period(datetime.date(first_year, 1, 1), datetime.date(last_year, 12, 31))
    if days(period) > 31:
        months = 12 // pieces
        return replace(
            period,
            start=datetime.date(start.year, 1 + months * which, 1),
            end=month_end(end.year, months * (which + 1)),
        )
    length = -(-days(period) // pieces)
    first = start + datetime.timedelta(days=length * which)
    return replace(period, start=first, end=min(end, first + datetime.timedelta(days=length - 1)))
