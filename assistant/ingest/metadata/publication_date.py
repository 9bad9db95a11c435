"""Publication dates as sources write them: read where they are certain, and otherwise unknown."""

from __future__ import annotations

import datetime
import functools
import re
from typing import Any
from urllib.parse import urlsplit

from assistant.text.month_names import ALL_MONTH_NUMBERS, MONTH_NUMBERS

_EARLIEST_YEAR = 1600
_LONGEST_DATE = 80
_LONGEST_LINE = 500

_MONTH_NAMES = "|".join(sorted(ALL_MONTH_NUMBERS, key=len, reverse=True))
# Arabic news names a month in both of its traditions: "16 يونيو/حزيران 2025".
_WORLD_MONTH = rf"(?<![^\W\d_])(?P<month>{_MONTH_NAMES})\b\.?(?:\s*/\s*(?:{_MONTH_NAMES})\b)?"
_WEEKDAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so|"
    "lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    "(?:ال|يوم ال)(?:[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة|سبت|[أا]حد)"
)
_OPTIONAL_WEEKDAY = (
    rf"(?:(?<![^\W\d_])(?:(?:le|der|den|el) )?(?:{_WEEKDAYS})\b\.?\s*[,،–—-]?\s*(?:(?:the|le|der|den|el) )?)?"
)
_DATE_END = r"(?![\d/])(?!-\d)"
_DATE_PATTERNS = tuple(
    re.compile(_OPTIONAL_WEEKDAY + pattern + _DATE_END, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})(?P<mark>[-/.])\s?(?P<month>\d{1,2})(?P=mark)\s?(?P<day>\d{1,2})",
        rf"{_WORLD_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[,،]?\s+(?P<year>\d{{4}})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?(?:\s+(?:of|de))?[\s/-]*{_WORLD_MONTH}[,،]?(?:\s+del?)?"
        r"(?:[\s/-]+|(?<=\.))"
        r"(?P<year>\d{4})",
        r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]",
        r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})",
    )
)
_YEAR_DIGITS = re.compile(r"\d{4}")
_BEFORE_YEAR, _AFTER_YEAR = 60, 20
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?\d\d:?\d\d.{0,24})?", re.IGNORECASE)
_IN_PATH = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)(?P<mark>[/_-]?)(?P<month>\d\d?|[a-z]{3})(?P=mark)(?P<day>\d\d?)(?!\d|\.\d)",
    re.IGNORECASE,
)
_TIMESTAMPS = (10, 13)
_WORDED = re.compile(r"\d{1,2}[.\s]+(?:[^\W\d_]{1,3}\s+)?[^\W\d_]{3,}\.?\s+(?:[^\W\d_]{1,3}\s+)?\d{4}")
# The languages whose months the library knows and the patterns do not, by the letters that they are written in.
_LANGUAGES_OF_LETTERS = (
    (re.compile("[\u0370-\u03ff]"), ("el",)),
    (re.compile("[\u0400-\u04ff]"), ("ru", "uk", "bg")),
    (re.compile("[\u0590-\u05ff]"), ("he",)),
    (re.compile("[\u0600-\u06ff]"), ("ar", "fa")),
    (re.compile("[\u0900-\u097f]"), ("hi",)),
    (re.compile("[a-z]{3}", re.IGNORECASE), tuple("en fr es pt de it nl pl tr cs hu ro hr fi id vi".split())),
)


def parse_date(value: Any, *, day_first: bool | None = None) -> datetime.date | None:
    """Return the calendar day that a metadata value states, or None where it states none for certain.

    ``day_first`` decides 01/07/2025; when it is None such a date is uncertain, and so unknown.
    Numbers count seconds (or milliseconds) since 1970. Years before 1600 and after the next one are
    taken for mistakes, and so are relative times ("2 days ago").
    """
    if isinstance(value, datetime.datetime):
        return _plausible(value.date())
    if isinstance(value, datetime.date):
        return _plausible(value)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _from_timestamp(value)
    if not isinstance(value, str) or len(value) > _LONGEST_DATE:
        return None
    return _parse_text(" ".join(value.split()), day_first)


def date_span(text: str) -> tuple[int, int] | None:
    """Return where the first thing in a text that is written as a date, possible or not, starts and ends."""
    for year in _YEAR_DIGITS.finditer(text, 0, _LONGEST_LINE):
        start = max(0, year.start() - _BEFORE_YEAR)
        near = text[start : year.end() + _AFTER_YEAR]
        if found := [match.span() for pattern in _DATE_PATTERNS if (match := pattern.search(near))]:
            first, end = min(found)
            return start + first, start + end
    return None


def leading_date(text: str, *, day_first: bool | None = None) -> tuple[datetime.date, int] | None:
    """Return the date that a text begins with and where it ends, or None where it begins with none."""
    for pattern in _DATE_PATTERNS:
        if found := pattern.match(text):
            day = _from_groups(found, day_first)
            return (day, found.end()) if day else None
    return None


def day_in_address(url: str | None) -> datetime.date | None:
    """Return the day in the path of an address: /2025/06/16/, /2025-06-16-, /2025/jun/16/, /20250616/."""
    path = urlsplit(url).path if url else ""
    for found in _IN_PATH.finditer(path):
        month = MONTH_NUMBERS.get(found["month"].lower()) or (
            int(found["month"]) if found["month"].isdecimal() else 0
        )
        if day := _from_numbers(int(found["year"]), month, int(found["day"])):
            return day
    return None


@functools.lru_cache(maxsize=4096)
def _parse_text(text: str, day_first: bool | None) -> datetime.date | None:
    whole = text.split(".", maxsplit=1)[0]
    if whole.isdecimal() and len(whole) in _TIMESTAMPS and text.replace(".", "", 1).isdecimal():
        return _from_timestamp(int(whole))
    if found := _COMPACT.fullmatch(text):
        return _from_numbers(*(int(part) for part in found.groups()))
    if text.isdecimal():
        return None
    start = (date_span(text) or (0, 0))[0]
    if leading := leading_date(text[start:], day_first=day_first):
        return leading[0]
    if not re.search(r"\d{4}", text) or _DATE_PATTERNS[-1].search(text):
        return None
    return _parse_with_library(text)


def _parse_with_library(text: str) -> datetime.date | None:
    languages = next((codes for letters, codes in _LANGUAGES_OF_LETTERS if letters.search(text)), None)
    if languages is None:
        return None
    import dateparser

    worded = _WORDED.search(text)
    found = dateparser.parse(
        worded[0] if worded else text,
        languages=list(languages),
        settings={"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"]},
    )
    return _plausible(found.date()) if found else None


def _from_groups(found: re.Match[str], day_first: bool | None) -> datetime.date | None:
    groups = found.groupdict()
    year = int(groups["year"])
    if "first" not in groups:
        month = groups["month"].lower()
        return _from_numbers(year, ALL_MONTH_NUMBERS.get(month) or int(month), int(groups["day"]))
    first, second = int(groups["first"]), int(groups["second"])
    if groups["mark"] == ".":
        day_first = True
    if first == second or first > 12 or second > 12:
        day_first = first > 12
    if day_first is None:
        return None
    day, month_number = (first, second) if day_first else (second, first)
    return _from_numbers(year, month_number, day)


def _from_numbers(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return _plausible(datetime.date(year, month, day))
    except ValueError:
        return None


def _from_timestamp(seconds: float) -> datetime.date | None:
    """Return the UTC day of a Unix time; zero is a common mark of an unknown one."""
    try:
        if abs(seconds) >= 1e11:
            seconds /= 1000
        moment = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return _plausible(moment.date()) if abs(seconds) >= 1e8 else None


def _plausible(day: datetime.date) -> datetime.date | None:
    return day if _EARLIEST_YEAR <= day.year <= datetime.date.today().year + 1 else None
