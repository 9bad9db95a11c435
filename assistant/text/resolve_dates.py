"""The period that the parts of a date stand for: a year and a month, a weekday, a count of weeks ago."""

from __future__ import annotations

import calendar
import datetime
from contextlib import suppress
from dataclasses import replace

from assistant.text.facts import MONTH_NUMBERS, SINGLE, WEEKDAYS
from assistant.text.periods import ANY_YEAR, days, month_end, shifted
from assistant.types import Period

AHEAD = datetime.timedelta(days=31)


def period_of(kind: str, groups: dict[str, str], reference: datetime.date | None) -> Period | None:
    """Return the period that the parts of a date stand for; None where it takes a reference day and there is none.

    Args:
        kind: the pattern that found the date, as in ``dates``.
        groups: the parts that it found, by name, in lower case.
        reference: the day from which the date is reckoned.

    Raises:
        ValueError, OverflowError: no calendar has this date.
    """
    if kind in {"iso", "day", "month"}:
        return _calendar(groups, reference)
    if kind in {"season", "decade", "year"}:
        return _years(kind, groups)
    return _relative(kind, groups, reference) if reference is not None else None


def _years(kind: str, groups: dict[str, str]) -> Period:
    year = int(groups["year"])
    if kind == "season":
        first = {"spring": 3, "summer": 6, "winter": 12}.get(groups["season"], 9)
        return Period(datetime.date(year, first, 1), month_end(year + (first == 12), (first + 1) % 12 + 1))
    return Period(datetime.date(year, 1, 1), datetime.date(year + 9 * (kind == "decade"), 12, 31))


def _relative(kind: str, groups: dict[str, str], reference: datetime.date) -> Period:
    if kind == "weekday":
        return _weekday(groups, reference)
    if kind == "near":
        near = groups["near"]
        shift = -2 if "before" in near else -1 if near in {"yesterday", "last night"} else near == "tomorrow"
        return _one_day(shifted(reference, int(shift)))
    if kind == "unit":
        count = {"this": 0, "next": 1}.get(groups["which"], -1)
        return _calendar_unit(reference, groups["unit"], count)
    written = groups["count"]
    count = {"a": 1, "an": 1, "couple of": 2}.get(written) or SINGLE.get(written) or int(written)
    if kind == "span":
        return Period(_moved(reference, groups["unit"], -count), reference)
    unit = "day" if groups["unit"] == "weekend" else groups["unit"]
    return _calendar_unit(reference, unit, -count)


def _calendar(groups: dict[str, str], reference: datetime.date | None) -> Period | None:
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
        return of(reference.year + {"last": -1, "this": 0, "next": 1}[groups["which"]])
    of(ANY_YEAR)  # a day that no year has is impossible; 29 February is looked for
    ahead = groups.get("lead") in {"next", "until", "till", "by"}
    latest = reference + AHEAD if "day" in groups else reference
    if groups.get("lead") == "last":
        latest = reference.replace(day=1) - datetime.timedelta(days=1)
    for shift in range(9):
        year = reference.year + 1 - shift if not ahead else reference.year + shift
        with suppress(ValueError):
            found = of(year)
            if found.end >= reference if ahead else found.start <= latest:
                return found
    raise ValueError("no year near the reference has this day")


def _weekday(groups: dict[str, str], reference: datetime.date) -> Period:
    number = WEEKDAYS.index(groups["weekday"])
    back = (reference.weekday() - number) % 7
    lead, which = groups.get("lead"), groups.get("which")
    if which or lead == "this":
        monday = reference - datetime.timedelta(days=reference.weekday())
        weeks = {"last": -1, "next": 1}.get(which or "", 0)
        return _one_day(monday + datetime.timedelta(days=7 * weeks + number))
    if lead in {"next", "until", "till", "by"}:
        return _one_day(reference + datetime.timedelta(days=7 - back))
    if lead in {"last", "past", "previous"} and back == 0:
        back = 7
    return _one_day(reference - datetime.timedelta(days=back))


def _calendar_unit(reference: datetime.date, unit: str, count: int) -> Period:
    """Return the calendar week, month, year or decade that lies ``count`` of them from the reference."""
    day = _moved(reference, unit, count)
    if unit in {"week", "weekend", "fortnight"}:
        monday = day - datetime.timedelta(days=day.weekday())
        return Period(
            monday + datetime.timedelta(days=5 * (unit == "weekend")), monday + datetime.timedelta(days=6)
        )
    if unit == "month":
        return Period(day.replace(day=1), month_end(day.year, day.month))
    if unit == "day":
        return _one_day(day)
    year = day.year - (day.year % 10 if unit == "decade" else 0)
    return Period(datetime.date(year, 1, 1), datetime.date(year + (9 if unit == "decade" else 0), 12, 31))


def _moved(day: datetime.date, unit: str, count: int) -> datetime.date:
    if unit in {"day", "week", "weekend", "fortnight"}:
        length = {"day": 1, "fortnight": 14}.get(unit, 7)
        return day + datetime.timedelta(days=length * count)
    months = count * {"month": 1, "year": 12}.get(unit, 120)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def part_of(period: Period, part: str) -> Period:
    """Cut a year, month or week into the part that words name: in thirds, or in halves where they say so."""
    pieces = 2 if "half" in part else 3
    which = 0 if part in {"early", "beginning", "start"} or part.startswith("first") else pieces - 1
    which = 1 if part in {"mid", "middle"} else which
    start, end = period.start, period.end
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


def _one_day(day: datetime.date) -> Period:
    return Period(day, day)
