"""Periods reckoned with: joined, compared, counted, bounded, and written in words.

Days are reckoned by the Gregorian calendar. A period without a year lies in ``ANY_YEAR``.
"""

from __future__ import annotations

import calendar
import datetime
from typing import Literal

from assistant.types import Period

Relation = Literal["in", "of", "since", "after", "before", "until"]

ANY_YEAR = 2000  # a leap year, so that every day of the calendar is in it


def spanned(first: Period, last: Period) -> Period | None:
    """Join two periods into the one from the first day of one to the last day of the other.

    A year that only one of them states holds for both; None where the end would come before the start.
    """
    if first.yearless and not last.yearless:
        year = last.end.year - ((first.start.month, first.start.day) > (last.end.month, last.end.day))
        first = in_year(first, year)
    if last.yearless and not first.yearless:
        year = first.start.year + ((first.start.month, first.start.day) > (last.end.month, last.end.day))
        last = in_year(last, year)
    if first.start > last.end:
        return None
    return Period(first.start, last.end, yearless=first.yearless and last.yearless)


def overlap(one: Period, other: Period) -> bool:
    """Tell whether two periods can share a day; a period of any year is tried in each year of the other."""
    if one.yearless and other.yearless:
        pairs = [(one, in_year(other, ANY_YEAR + shift)) for shift in (-1, 0, 1)]
    elif one.yearless:
        return overlap(other, one)
    elif other.yearless:
        years = range(max(one.start.year - 1, datetime.MINYEAR), min(one.end.year + 1, datetime.MAXYEAR) + 1)
        if len(years) > 4:
            return True
        pairs = [(one, in_year(other, year)) for year in years]
    else:
        pairs = [(one, other)]
    return any(a.start <= b.end and b.start <= a.end for a, b in pairs)


def days(period: Period) -> int:
    """Count the days of a period."""
    return (period.end - period.start).days + 1


def whole(period: Period) -> Period:
    """Return the month that a rough part of it lies in, or the year where it is longer than a month."""
    year, month = period.start.year, period.start.month
    if days(period) > 31:
        return Period(datetime.date(year, 1, 1), datetime.date(year, 12, 31), period.yearless)
    return Period(datetime.date(year, month, 1), month_end(year, month), period.yearless)


def one_day(day: datetime.date) -> Period:
    """Return the period of a single day."""
    return Period(day, day)


def in_words(period: Period) -> str:
    """Write a period as "Tuesday 17 September 2024", "September 2024", "2024" or "1 to 7 July 2025"."""
    start, end = period.start, period.end
    year = "" if period.yearless else f" {end.year}"
    own_year = "" if period.yearless or start.year == end.year else f" {start.year}"
    if start == end:
        return f"{'' if period.yearless else f'{start:%A} '}{_day_month(start)}{year}"
    if datetime.date.max == end:
        return f"the time since {_day_month(start)} {start.year}"
    if datetime.date.min == start:
        return f"the time up to {_day_month(end)}{year}"
    whole_months = start.day == 1 and end == month_end(end.year, end.month)
    return (_months_in_words if whole_months else _days_in_words)(period, own_year, year)


def _months_in_words(period: Period, own_year: str, year: str) -> str:
    start, end = period.start, period.end
    if (start.month, end.month) == (1, 12) and year:
        return str(end.year) if not own_year else f"{start.year} to {end.year}"
    last = f"{end:%B}{year}"
    return last if (start.year, start.month) == (end.year, end.month) else f"{start:%B}{own_year} to {last}"


def _days_in_words(period: Period, own_year: str, year: str) -> str:
    month = f" {period.start:%B}" if own_year or period.start.month != period.end.month else ""
    return f"{period.start.day}{month}{own_year} to {_day_month(period.end)}{year}"


def _day_month(day: datetime.date) -> str:
    return f"{day.day} {day:%B}"


def bounded(period: Period, relation: Relation, latest: datetime.date = datetime.date.max) -> Period:
    """Return what a relation to a period leaves of time: "since May" lasts from 1 May to the latest day."""
    if period.yearless or relation in {"in", "of"}:
        return period
    if relation == "since":
        return Period(period.start, max(latest, period.start))
    if relation == "after":
        first = shifted(period.end, 1)
        return Period(first, max(latest, first))
    return Period(datetime.date.min, shifted(period.start, -1) if relation == "before" else period.end)


def in_year(period: Period, year: int) -> Period:
    """Move a period into a year; 29 February becomes the 28th where need be."""
    return Period(_day_in_year(period.start, year), _day_in_year(period.end, year))


def _day_in_year(day: datetime.date, year: int) -> datetime.date:
    return datetime.date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def month_end(year: int, month: int) -> datetime.date:
    """Return the last day of a month."""
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def shifted(day: datetime.date, by: int) -> datetime.date:
    """Move a day by so many days; one that the calendar does not reach stays."""
    try:
        return day + datetime.timedelta(days=by)
    except OverflowError:
        return day
