"""The line under which an entry of a live blog stands in an article's text: "[17 June 2025, 09:10] Heading"."""

from __future__ import annotations

import datetime
import re

from assistant.text.month_names import ENGLISH_MONTHS, MONTH_NUMBERS

_LINE = re.compile(
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


def entries_of(text: str) -> list[tuple[int, datetime.date, str]]:
    """Return where each dated entry of a text starts, its day, and its clock ("09:10", or "")."""
    found = []
    for line in _LINE.finditer(text):
        month = MONTH_NUMBERS.get(line["month"].lower())
        try:
            day = datetime.date(int(line["year"]), month or 0, int(line["day"]))
        except ValueError:
            continue
        found.append((line.start(), day, line["clock"] or ""))
    return found
