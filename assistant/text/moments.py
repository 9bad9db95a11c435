"""Dates as far as words state them, to be compared across spellings: a year, a month, a day, a weekday."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.text.month_names import MONTH_NUMBERS, WEEKDAYS


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as far as it is stated; ``weekday`` is 0 for Monday."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


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
