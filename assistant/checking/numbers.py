"""Checks the numbers of a statement against those of its quotations."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from assistant.checking.figure_units import miscounts
from assistant.checking.grounds import Ground
from assistant.text.numbers import Number, find_numbers, missing_numbers, rounds_to, same_unit, unread_digits
from assistant.text.tokens import STOP_WORDS, stem, tokens
from assistant.types import MarkedWords, Period

NUMBER, COUNTED = "number", "what is counted"
# Number words that count so few that a writer may have counted them; see ``_counted_otherwise``.
SMALL_COUNTS = frozenset("two three four five six seven eight nine ten dozen".split())
NEAR_NOUN = 30
# Numbers and dates from which others are worked out.
MOST_VALUES = 12
MOST_RATIOS = 4

# "A second article says": the writer counts sources, not what they tell.
_SOURCE_AFTER = re.compile(r"\s+(?:articles?|passages?|reports?|accounts?|sources?|outlets?|pieces?)\b", re.I)
_DETERMINED = re.compile(r"\b(?:an?|the)\s+$", re.I)
_DIGIT_GROUPS = re.compile(r"\d+(?:[.,’'\u00a0\u202f]\d+)*")


def unknown_numbers(
    text: str, ground: Ground, counts: Sequence[int], *, drawn: bool
) -> Iterator[MarkedWords]:
    """Mark numbers that do not stand in the ground in any spelling, and cannot be worked out of what does."""
    found, held = find_numbers(text), find_numbers(ground.near)
    for one in missing_numbers(found, held):
        derived = (drawn or one.kind == "share") and _worked_out(one, held, ground)
        if derived or one.low in counts or any(rounds_to(other, one) for other in held):
            continue
        if one.kind == "year" and any(one.low in _years_of_period(period) for period in ground.periods):
            continue
        if one.kind == "ordinal" and _counts_sources(one, text):
            continue
        written = text[one.start : one.end].lower()
        if written in SMALL_COUNTS and not _counted_otherwise(text[one.end :], ground.near):
            continue
        yield MarkedWords(one.start, one.end, NUMBER)
    written_there = {word.text for word in unread_digits(ground.wide, ())}
    for word in unread_digits(text, [(one.start, one.end) for one in found]):
        if word.text[0].isdigit() and word.text not in written_there:
            yield MarkedWords(word.start, word.end, NUMBER)


def unknown_figures(text: str, ground: Ground) -> Iterator[MarkedWords]:
    """Mark figures whose digits, separators aside, the ground does not have, also in words or in a date."""
    held = {_digits(one.group()) for one in _DIGIT_GROUPS.finditer(ground.wide)}
    held |= {str(one.low) for one in find_numbers(ground.wide)}
    for period in ground.periods:
        held |= {str(part) for day in (period.start, period.end) for part in (day.day, day.month, day.year)}
    for one in _DIGIT_GROUPS.finditer(text):
        if _digits(one.group()) not in held:
            yield MarkedWords(one.start(), one.end(), NUMBER)


def miscounted_numbers(text: str, ground: Ground) -> Iterator[MarkedWords]:
    """Mark a number that counts another thing in the quotations: 25 goats for 25 soldiers."""
    if not miscounts(text, ground.near):
        return
    for span in find_numbers(text):
        without = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
        if not miscounts(without, ground.near):
            yield MarkedWords(span.start, span.end, COUNTED)


def _counts_sources(ordinal: Number, text: str) -> bool:
    return bool(_SOURCE_AFTER.match(text, ordinal.end) and _DETERMINED.search(text, 0, ordinal.start))


def _digits(figure: str) -> str:
    return re.sub(r"\D", "", figure)


def _years_of_period(period: Period) -> range:
    return range(period.start.year, period.end.year + 1)


def _worked_out(number: Number, held: Sequence[Number], ground: Ground) -> bool:
    """Return True for what numbers and dates may give, also rounded: sums, differences, ratios, days, how many."""
    points = [one for one in held if one.low == one.high]
    of_percents = number.kind == "points"
    values = [one.low for one in points if same_unit(one, number) or (of_percents and one.kind == "percent")]
    values = values[:MOST_VALUES]
    worked = [sum(values, Fraction(0))]
    worked += [
        value for one, other in itertools.combinations(values, 2) for value in (one + other, abs(one - other))
    ]
    if number.kind == "count":
        starts = sorted({one.start for one in ground.periods})[:MOST_VALUES]
        worked += [Fraction((later - first).days) for first, later in itertools.combinations(starts, 2)]
        worked += [Fraction(count) for count in range(1, len(values) + 1)]
        times = [one.low for one in points if one.kind == "time"][:MOST_VALUES]
        worked += [abs(one - other) for one, other in itertools.combinations(times, 2)]
    if number.kind in {"share", "percent"}:
        worked += _ratios(points, 100 if number.kind == "percent" else 1)
    return any(rounds_to(replace(number, low=one, high=one, bound=""), number) for one in worked)


def _ratios(held: Sequence[Number], whole: int) -> list[Fraction]:
    """List what parts of one another a few numbers are, and by what part they changed."""
    few = [one for one in held if one.kind in {"count", "currency"}][:MOST_RATIOS]
    found = []
    for one, other in itertools.permutations(few, 2):
        if other.low and same_unit(one, other):
            found += [whole * one.low / other.low, whole * abs(one.low - other.low) / other.low]
    return found


def _counted_otherwise(after: str, near: str) -> bool:
    """Return True when the ground counts the same thing as a small number in words does, with another number."""
    noun = next((one.text for one in tokens(after)[:2] if one.text.lower() not in STOP_WORDS), "")
    if not noun:
        return False
    counted = [
        stem(one.text)
        for number in find_numbers(near)
        for one in tokens(near[number.end : number.end + NEAR_NOUN])[:2]
    ]
    return stem(noun) in counted
