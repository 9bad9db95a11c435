"""One thing at two times: "How did the toll change between Monday and Wednesday?", "fares in 2024 vs 2025"."""

from __future__ import annotations

import re

from assistant.text.dates import YEAR_WRITTEN
from assistant.text.month_names import MONTH_NUMBERS, WEEKDAYS

_MONTH = rf"(?:{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})\.?"
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_DATE = (
    rf"(?:(?:{_WEEKDAY},?\s+)?(?:{_DAY}\s+(?:of\s+)?{_MONTH}|{_MONTH}\s+{_DAY}(?!\d)|{_MONTH})(?:,?\s+{_YEAR})?"
    rf"|{_YEAR}|{_WEEKDAY})"
)
_AT = r"(?:(?:on|in|of|from|for|by)\s+)?"
_JOINED = r"(?:and(?:\s+how\s+(?:many|much))?|to|with|versus|vs?\.?|against|compared\s+(?:with|to)|or)"
_TWO_TIMES = re.compile(
    rf"^(?P<topic>.*?\S)(?<!this)(?<!last)(?<!next)\s+(?:(?:between|from)\s+|{_AT})(?P<one>{_DATE})\s*,?\s+"
    rf"{_JOINED}\s+{_AT}(?P<two>{_DATE})$",
    re.I,
)
_CHANGE = (
    r"(?:change[ds]?|differ(?:ed)?|develop(?:ed)?|evolve[ds]?|r[io]sen?|fall(?:en)?|fell|gr[eo]wn?|move[ds]?"
    r"|compare[ds]?|go\s+(?:up|down))"
)
_CHANGED = re.compile(
    rf"^\W*how\s+(?:much\s+)?(?:did|does|do|has|have|had|was|is)\s+(?P<topic>.+?)\s+{_CHANGE}\b",
    re.I,
)
_FRAME = re.compile(
    r"^\W*(?:please\s+)?(?:compare|contrast|(?:what|how)\s+(?:was|were|is|are)"
    r"|(?:the\s+)?(?:difference|change)s?\s+(?:in|of))\s+",
    re.I,
)


def changed(text: str) -> str | None:
    """Find what a question asks the change of: "the toll" in "How did the toll change last week?"."""
    found = _CHANGED.match(text.rstrip("?!. "))
    return found["topic"] if found else None


def two_times(text: str) -> tuple[tuple[str, str], str] | None:
    """Find the two times at which a question compares one thing, and the thing; None where it does not.

    A day without a year has that of the other.
    """
    found = _TWO_TIMES.match(text.rstrip("?!. "))
    if found is None:
        return None
    one, two = found["one"].rstrip(","), found["two"]
    year = YEAR_WRITTEN.search(two)
    if year and not YEAR_WRITTEN.search(one) and one.lower() not in WEEKDAYS:
        one = f"{one} {year.group()}"
    topic = changed(found["topic"]) or _FRAME.sub("", found["topic"])
    return (one, two), topic


def is_time(thing: str) -> bool:
    """Return True for a thing that is a day, a month or a year."""
    return re.fullmatch(_DATE, thing, re.I) is not None


def without_times(thing: str) -> str:
    """Return a thing without the day, month or year that tells which: "the fire 2024" -> "the fire"."""
    kept = re.sub(
        rf"\b{_AT}{_DATE}\b",
        lambda found: " " if any(map(str.isdigit, found.group())) else found.group(),
        thing,
        flags=re.I,
    )
    return " ".join(kept.split())


def is_weekday(time: str) -> bool:
    """Return True for a time that is the name of a day of the week alone."""
    return time.lower() in WEEKDAYS
