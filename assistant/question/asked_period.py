"""The period of events that a question asks about: "in 2019", "last month", "between May and July"."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from assistant.text.date_context import RELATIONS_IN_TIME
from assistant.text.dates import DatedWords, find_dates
from assistant.text.english.verbs import PAST
from assistant.text.month_names import WEEKDAYS
from assistant.text.periods import bounded, days, in_words, spanned
from assistant.text.tokens import names
from assistant.types import AskedPeriod, Period, Query

# How long after an event articles report it.
REPORTED_WITHIN = datetime.timedelta(days=14)

_RANGE = re.compile(r"\s*(?:to|until|till|through|[-–—])\s*(?:the\s+)?$", re.I)
_AND = re.compile(r"\s*(?:,|and|or)\s*(?:(?:in|on)\s+)?(?:the\s+)?$", re.I)
_BETWEEN_AND = re.compile(r"\bbetween\b.*\band\s+(?:the\s+)?$", re.I)
_WEEK_OF = re.compile(r"\bweek\s+of\s+(?:the\s+)?$", re.I)
_DESCRIBED = re.compile(rf"\b(?:{'|'.join(RELATIONS_IN_TIME)})\s+the\s+$", re.I)
_TODAY = re.compile(r"today|tonight", re.I)
_PRESENT = re.compile(
    r"^[^?]*?\b(?:(?P<present>do|does|is|are|am|can|could|will|would|shall|should|may|might|must|has|have)"
    rf"|{PAST}|[a-z]+ed)\b",
    re.I,
)
_LEADING = re.compile(
    r"\b(?:in|on|during|throughout|since|after|before|until|till|by|from|between|over|within|for|at|earlier|later)"
    r"(?:\s+the)?(?:\s+week\s+of)?(?:\s+the)?\s*$",
    re.I,
)


def asked_period(
    question: str, asked: datetime.date | None, today: datetime.date | None = None
) -> AskedPeriod | None:
    """Find the one period that a question asks about, or None where it names none, or several.

    "Last month" and "on Tuesday" count from ``asked`` or, without it, from today; a day or month without a year is
    the last one up to ``asked`` or, without it, of any year. A date that only describes a thing
    ("the 2015 accord") is no period, nor is a day or month that is part of a name ("Bloody Sunday").
    """
    found = [
        one
        for one in find_dates(question, asked)
        if one.relation != "of" and not _part_of_name(question, one)
    ]
    now = asked or today or datetime.date.today()
    assumed = False
    if asked is None:
        assumed = any(one.period is None for one in found)
        relative = {one.start: one for one in find_dates(question, now)}
        known = (relative.get(one.start) if one.period is None else one for one in found)
        found = [one for one in known if one]  # one that is missing there is part of a range
    if len(found) == 2:
        joined = _asked_range(question, found[0], found[1])
        return replace(joined, assumed=assumed) if joined else None
    if len(found) != 1:
        return None
    (only,) = found
    period = only.period
    if period is None:
        return None
    if _WEEK_OF.search(question[: only.start]) and days(period) == 1 and not period.yearless:
        monday = period.start - datetime.timedelta(days=period.start.weekday())
        period = Period(monday, monday + datetime.timedelta(days=6))
    elif period.yearless and only.relation != "in":
        return None
    found_period = replace(
        _cut_out(question, only.start, only.end, bounded(period, only.relation), only.completed),
        assumed=assumed,
    )
    if _DESCRIBED.search(question[: only.start]):  # "since the 2021 coup": the words belong to the coup
        return replace(found_period, topic=question)
    return found_period


def of_any_year(query: Query, first: datetime.date | None, last: datetime.date | None) -> Query:
    """Let a date without a year ("on 1 July") be of any year, where its last one lies outside the articles' time.

    So it is with a day of the week in a question that is put on no known day: it may be any. "Today" in the present
    tense ("Does it still affect people today?") is then no day either, but now. ``first`` and ``last`` are the days
    on which the first and the last article were published.
    """
    found = query.asked_period
    if found is None or first is None or last is None:
        return query
    if first <= found.period.end and found.period.start <= last:
        return query
    if _TODAY.fullmatch(found.words) and _in_the_present(query.text):
        return replace(query, asked_period=None)
    if found.assumed and found.words.lower() in WEEKDAYS:
        return replace(query, asked_period=None)
    if query.filters.asked is None:
        return query
    timeless = asked_period(query.text, None)
    return replace(query, asked_period=timeless) if timeless and timeless.period.yearless else query


def _in_the_present(question: str) -> bool:
    """Tell whether the first verb of a question, or the one that helps it, is in the present."""
    first = _PRESENT.match(question)
    return bool(first and first["present"])


def searched_text(question: str, asked: AskedPeriod | None) -> str:
    """Return a question with its period spelled out: passages carry the dates of their articles."""
    if asked is None or not asked.completed:
        return question
    return f"{asked.topic.rstrip('?!. ')}, {in_words(asked.period)}?"


def _asked_range(question: str, first: DatedWords, last: DatedWords) -> AskedPeriod | None:
    if first.period is None or last.period is None:
        return None
    period = spanned(first.period, last.period)
    joined = _RANGE.fullmatch(question, first.end, last.start) or _BETWEEN_AND.search(question, 0, last.start)
    follows = period is not None and days(period) <= days(first.period) + days(last.period)
    listed = follows and _AND.fullmatch(question, first.end, last.start)
    if period is None or not (joined or listed):
        return None
    return _cut_out(question, first.start, last.end, period, first.completed or last.completed)


def _part_of_name(question: str, one: DatedWords) -> bool:
    """Return True for a single word without a preposition that stands in a longer name: "Monday Night Football"."""
    return one.text.isalpha() and any(
        span.start <= one.start and one.end <= span.end and span.text != one.text
        for span in names(question)
        if not _LEADING.search(question[: one.start])
    )


def _cut_out(question: str, start: int, end: int, period: Period, completed: bool) -> AskedPeriod:
    lead = _LEADING.search(question[:start])
    before = question[: lead.start() if lead else start].rstrip()
    topic = re.sub(r"\s+(?=[?!.,])", "", f"{before} {question[end:].lstrip()}".strip())
    return AskedPeriod(period, question[start:end].strip(), topic, completed)
