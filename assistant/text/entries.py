"""The line under which an entry of a live blog stands in an article's text: "[17 June 2025, 09:10] Heading"."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.text.month_names import ENGLISH_MONTHS, MONTH_NUMBERS

_ENTRY_LINE = re.compile(
    r"^\[(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+) (?P<year>\d{4})(?:, (?P<clock>\d\d:\d\d))?\](?= |$)",
    re.MULTILINE,
)


def entry_line(day: datetime.date | None, clock: str, heading: str, shown: str) -> str:
    """Return the line above an entry; where its day cannot be read, its time stands there as the page shows it."""
    if day is None:
        return f"[{shown or clock}] {heading}".strip()
    month = ENGLISH_MONTHS[day.month - 1][0].capitalize()
    when = f"{day.day} {month} {day.year}" + (f", {clock}" if clock else "")
    return f"[{when}] {heading}".strip()


@functools.lru_cache(maxsize=256)
def entries_of(text: str) -> tuple[tuple[int, datetime.date, str], ...]:
    """Return where each dated entry of a text starts, its day, and its clock ("09:10", or "")."""
    found: list[tuple[int, datetime.date, str]] = []
    for line in _ENTRY_LINE.finditer(text):
        month = MONTH_NUMBERS.get(line["month"].lower())
        try:
            day = datetime.date(int(line["year"]), month or 0, int(line["day"]))
        except ValueError:
            continue
        found.append((line.start(), day, line["clock"] or ""))
    return tuple(found)


def entry_at(text: str, place: int) -> tuple[datetime.date, str] | None:
    """Return the day and the clock of the entry that a place of a text lies in, or None where it lies in none."""
    return next(((day, clock) for start, day, clock in reversed(entries_of(text)) if start <= place), None)


def day_at(text: str, place: int, published: datetime.date | None) -> datetime.date | None:
    """Return the day from which "Tuesday" is reckoned at a place of a text: its entry's, else ``published``."""
    entry = entry_at(text, place)
    return entry[0] if entry else published


def parts_of(
    text: str, start: int, end: int, published: datetime.date | None
) -> Iterator[tuple[int, int, datetime.date | None]]:
    """Yield the parts of a stretch of an article that lie in different entries: start, end, and the day of each."""
    breaks = [place for place, _, _ in entries_of(text) if start < place < end]
    for first, beyond in pairwise([start, *breaks, end]):
        yield first, beyond, day_at(text, first, published)
