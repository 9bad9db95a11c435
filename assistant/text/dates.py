"""The dates that words state: "17 September", "last Tuesday", "in May", "three weeks ago", "Q3 2024".

Days are reckoned by the Gregorian calendar, weeks from Monday to Sunday. What is said by halves is completed
from a reference day: the day on which an article was published, or a question put. Without one a day or month
is of any year, and a weekday of no known one.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.text.date_context import is_date, relation_of
from assistant.text.english.date_patterns import (
    ANCHORS,
    AND,
    BETWEEN_DATES,
    JOINING,
    PATTERNS,
    TELLING_LEADS,
)
from assistant.text.moments import Moment, stated_moments
from assistant.text.periods import Relation, shifted, spanned
from assistant.text.relative_dates import part_of, period_of
from assistant.text.tense import tense
from assistant.text.tokens import Span
from assistant.types import Period

YEAR_WRITTEN = re.compile(r"\b(?:19|20)\d\d\b")
"""A year in four figures."""
_NUMERIC_DATE = re.compile(r"[\d/.-]+")
_WINDOW = 45
_SPACE = re.compile(r"\s")
_LOWER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_THE = re.compile(r"^\s*(?:the\s+)?", re.I)
# Kinds of dates that count from the reference day, and those that a future tense moves to its other side.
_COUNTED_KINDS = frozenset({"weekday", "ago", "span", "unit", "near", "weekend"})
_TURNED_KINDS = frozenset({"weekday", "month", "day", "quarter", "weekend"})


@dataclass(frozen=True, slots=True)
class DatedWords:
    """Words that state a date, at ``text[start:end]``; ``period`` is None where nothing tells which.

    ``completed`` says that the period rests on the reference day and not on the words alone. ``relation`` is
    ``in`` where the words date what the sentence tells, ``of`` where they describe a thing ("the 2015 accord",
    "the attack of 17 September"), and another where they bound it ("since May").
    ``rough`` words ("early May") have no exact first and last day. ``stated`` holds the dates that the words state
    themselves, two for a range. ``lead`` is where a preposition before the words starts.
    """

    start: int
    end: int
    text: str
    period: Period | None
    relation: Relation = "in"
    completed: bool = False
    rough: bool = False
    stated: tuple[Moment, ...] = ()
    lead: int = 0


@dataclass(frozen=True, slots=True)
class _Match:
    """The words of one pattern with its parts, before ranges are joined."""

    kind: str
    groups: dict[str, str]
    words: DatedWords


@lru_cache(maxsize=50_000)
def find_dates(
    text: str, reference: datetime.date | None = None, *, day_first: bool | None = None
) -> tuple[DatedWords, ...]:
    """Find the words of a text that state dates, in order; impossible ones ("31 June") are left out.

    ``day_first`` tells whether 3/5/2024 is 3 May; as long as it is None, such a date has no period.
    """
    lowered = text.translate(_LOWER)
    windows = {
        anchor: [_anchor_window(text, *match.span()) for match in pattern.finditer(lowered)]
        for anchor, pattern in ANCHORS.items()
    }
    found: list[_Match] = []
    taken: list[tuple[int, int]] = []
    for kind, anchor, pattern in PATTERNS:
        for match in (one for window in windows[anchor] for one in pattern.finditer(text, *window)):
            start, end = match.span()
            if any(one < end and start < other for one, other in taken) or not is_date(kind, match, text):
                continue
            taken.append((start, end))
            dated = _dated_match(kind, match, text, reference, day_first)
            if dated is not None:
                found.append(dated)
    found.sort(key=lambda one: one.words.start)
    return tuple(_join_ranges(found, text))


def dates(text: str) -> list[Span]:
    """Find the words that state dates, complete ("3 May 2021") or not ("last Tuesday"), without reckoning them."""
    return [Span(one.start, one.end, one.text) for one in find_dates(text)]


def relative_dates(text: str) -> list[Span]:
    """Find the dates that only a reference day can tell ("on Tuesday", "last week"), each with its preposition."""
    return [
        Span(one.lead, one.end, text[one.lead : one.end])
        for one in find_dates(text)
        if one.period is None and not _NUMERIC_DATE.fullmatch(one.text)
    ]


def moments(text: str) -> tuple[list[Moment], str]:
    """Find the dates that a text states itself, and the text without them."""
    found = [one for one in find_dates(text) if one.stated]
    return [moment for one in found for moment in one.stated], _without(text, found)


def without_dates(text: str) -> str:
    """Return a text without the words that state dates."""
    return _without(text, find_dates(text))


def _without(text: str, found: Sequence[DatedWords]) -> str:
    for one in reversed(found):
        text = f"{text[: one.lead]} ; {text[one.end :]}"
    return text


def _join_ranges(found: list[_Match], text: str) -> Iterator[DatedWords]:
    """Join the two dates of a range ("between 17 September and 2 October 2024") into one."""
    at = 0
    while at < len(found):
        one, other = found[at], found[at + 1] if at + 1 < len(found) else None
        range_ = _date_range(one, other, text) if other else None
        at += 2 if range_ else 1
        yield range_ or one.words


def _date_range(one: _Match, other: _Match, text: str) -> DatedWords | None:
    """Return the range from one date to the other, or None where the words between them make none."""
    first, last = one.words, other.words
    between = text[first.end : last.start]
    if not JOINING.fullmatch(between) and not (
        AND.fullmatch(between) and BETWEEN_DATES.search(text, 0, first.start)
    ):
        return None
    start = first.period
    if start is None or last.period is None or first.relation == "of":
        return None
    if first.completed and not last.completed and one.kind in {"day", "month", "quarter"}:
        start = period_of(
            one.kind, one.groups, None
        )  # the year that the last date states is the first one's too
    ends = last.period
    if start and one.kind == other.kind == "weekday":  # "from Monday until Thursday" is within a week
        after = (ends.start - start.start).days % 7
        ends = Period(shifted(start.start, after), shifted(start.start, after))
    period = spanned(start, ends) if start else None
    if period is None:
        return None
    return DatedWords(
        first.start,
        last.end,
        text[first.start : last.end],
        period,
        completed=last.completed,
        rough=first.rough or last.rough,
        stated=(*first.stated, *last.stated),
        lead=first.lead,
    )


def _anchor_window(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the surroundings of an anchor, cut at white space."""
    last = _SPACE.search(text, min(end + _WINDOW, len(text)))
    first = text.rfind(" ", 0, max(0, start - _WINDOW)) + 1
    return first, last.start() if last else len(text)


def _dated_match(
    kind: str, match: re.Match[str], text: str, reference: datetime.date | None, day_first: bool | None
) -> _Match | None:
    groups = {name: value.lower() for name, value in match.groupdict().items() if value}
    lead = groups.get("lead", "")
    if lead in {"by", "until", "till"} and match.group().endswith(("'s", "’s")):
        groups.pop("lead")  # "delayed by Friday's storm" tells no deadline
    turned = reference and kind in _TURNED_KINDS and not {"year", "in_year"} & groups.keys()
    verb = tense(text, *match.span()) if turned else None
    try:
        period = period_of(kind, groups, reference, tense=verb, day_first=day_first)
    except (ValueError, OverflowError):
        return None
    start = match.end("lead") if lead and lead not in TELLING_LEADS else match.start()
    start = match.end() - len(_THE.sub("", text[start : match.end()]))
    words = DatedWords(
        start,
        match.end(),
        text[start : match.end()],
        period,
        relation_of(match, text, lead),
        stated=_moments_of(kind, groups, period),
        lead=match.start(),
    )
    if period is not None:
        rough = "part" in groups and kind in {"month", "year", "unit", "decade"}
        words = replace(
            words,
            period=part_of(period, groups["part"]) if rough else period,
            completed=kind in _COUNTED_KINDS
            or (
                not {"year", "in_year", "decade"} & groups.keys()
                and kind != "numeric"
                and not period.yearless
            ),
            rough=rough or kind == "season" or "side" in groups,
        )
    return _Match(kind, groups, words)


def _moments_of(kind: str, groups: dict[str, str], period: Period | None) -> tuple[Moment, ...]:
    if kind == "numeric":
        return (Moment(period.start.year, period.start.month, period.start.day),) if period else ()
    return stated_moments(kind, groups)
