"""Dates as far as words state them, to be compared across spellings: a year, a month, a day, a weekday."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.text.month_names import MONTH_NUMBERS, WEEKDAYS

RELATIVE_DAY = re.compile(r"\b(?:yesterday|today|tonight|tomorrow|ago)\b", re.I)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as far as it is stated; ``weekday`` is 0 for Monday."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def is_part_of(self, other: Moment) -> bool:
        """Return True when the other date states all that this one states, alike."""
        return (
            self.year in {None, other.year}
            and self.month in {None, other.month}
            and self.day in {None, other.day}
            and self.weekday in {None, other.weekday}
        )


def stated_moments(kind: str, groups: Mapping[str, str]) -> tuple[Moment, ...]:
    """Return what a date states itself; nothing for dates that only count from another day ("last week").

    Args:
        kind: the pattern that found the date, as in ``english.date_patterns``.
        groups: the parts that it found, by name, in lower case.
    """
    if kind == "weekday":
        return (Moment(weekday=WEEKDAYS.index(groups["weekday"])),)
    if kind not in {"iso", "day", "month", "season", "decade", "year", "years", "quarter"}:
        return ()
    stated = groups.get("year") or groups.get("in_year")
    year = int(stated) if stated else None
    if kind == "years":
        last = groups["last"]
        return Moment(year), Moment(int(last if len(last) == 4 else f"{groups['year'][:2]}{last}"))
    if "month" not in groups:
        return (Moment(year),) if year else ()
    name = groups["month"]
    month = int(name) if name.isdigit() else MONTH_NUMBERS[name]
    days = [int(groups[part]) for part in ("day", "last") if part in groups]
    found = [Moment(year, month, number) for number in days] or [Moment(year, month)]
    if "weekday" in groups:
        found.append(Moment(weekday=WEEKDAYS.index(groups["weekday"])))
    return tuple(found)


def day(date: datetime.date) -> Moment:
    """Describe a calendar day in full."""
    return Moment(date.year, date.month, date.day, date.weekday())


def resolved(stated: Iterable[Moment], text: str, published: datetime.date | None) -> Iterator[Moment]:
    """Yield dates as an article states them and, where its own date tells, in full.

    A weekday, "yesterday" and "today" are the last such day up to publication; a month without a year is the
    last such month up to it.
    """
    for moment in stated:
        year = moment.year
        if published and not year and moment.month:
            year = published.year - (moment.month > published.month)
        if published and moment.weekday is not None:
            yield day(published - datetime.timedelta((published.weekday() - moment.weekday) % 7))
        if year and moment.month and moment.day:
            try:
                yield day(datetime.date(year, moment.month, moment.day))
            except ValueError:
                continue
        yield Moment(year, moment.month, moment.day, moment.weekday)
    if published:
        yield day(published)
        if re.search(r"\byesterday\b", text, re.I):
            yield day(published - datetime.timedelta(1))
