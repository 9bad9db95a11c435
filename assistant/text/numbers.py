"""The number reader: what the numbers of a text are worth, of which unit, and whether two are the same.

One figure has many spellings: "$2bn", "US$2 billion" and "two billion dollars" are one value; "$2" is another,
and so are "£2bn" and "2bn". Days of a month, dates in digits, web addresses, codes ("G20") and figures that may be
read in two ways ("1,5 Mio") are no numbers here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal, cast

from assistant.text.numerals.joins import HALF_DAY, read_figures
from assistant.text.numerals.kinds import bound, settle
from assistant.text.numerals.tokens import tokenise
from assistant.text.tokens import Span

NumberKind = Literal[
    "count",
    "share",
    "percent",
    "points",
    "currency",
    "measure",
    "times",
    "ordinal",
    "year",
    "time",
    "score",
    "name",
]
Bound = Literal["", "about", "nearly", "at least", "more than", "up to", "less than"]

ABOVE = frozenset(("at least", "more than"))
BELOW = frozenset(("up to", "less than", "nearly"))
# Kinds of bare digits; context tells them apart, and may tell it wrongly.
BARE_KINDS = frozenset(("count", "year", "name"))
COUNTING: tuple[NumberKind, ...] = ("count", "share", "percent", "points", "currency", "measure", "times")
STEP_OF_PARTS = Fraction(10)
_NUMBER_MARKS = ".,:/-"
_NUMBER_WORD = re.compile(rf"[\w{_NUMBER_MARKS}]+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text, at ``text[start:end]`` with its unit, both in code points.

    Attributes:
        low, high: the value, equal for a point; the ends of a range ("5 to 7"), or what a ``vague`` many
            ("dozens") may be. A time is in seconds since midnight, a decade its first and last year.
        kind: ``share`` is a part of a whole ("a third", "one in five"), ``points`` percentage points, ``times`` a
            multiple ("1.5x"), ``score`` a result ("2-1"), ``name`` the number of a named or numbered thing
            ("Article 5", "Covid-19"), ``count`` all that has no unit.
        unit: a currency's ISO code ("USD" for "$" too), "%", "km", "°C", …, empty without one or of a currency
            unknown; "GBP|lb" is either. For a score its figures.
        bound: what stands before the figure or after it: "at least", "up to", "or more", …
        lead: where the words begin that bound it; ``start`` without any.
    """

    start: int
    end: int
    low: Fraction
    high: Fraction
    kind: NumberKind = "count"
    unit: str = ""
    bound: Bound = ""
    vague: bool = False
    lead: int = -1


def find_numbers(text: str) -> list[Number]:
    """Find the numbers of a text, in order; their spans do not overlap."""
    return list(_numbers_in(text))


@lru_cache(maxsize=10_000)
def _numbers_in(text: str) -> tuple[Number, ...]:
    tokens = tokenise(text)
    found = []
    for one in read_figures(tokens):
        settled = settle(tokens, one)
        if settled is None:
            continue
        named, first = bound(tokens, settled)
        start, end = tokens[one.first].start, tokens[one.after - 1].end
        found.append(
            Number(
                start,
                end,
                settled.low,
                settled.high,
                cast(NumberKind, settled.kind),
                text[start:end].lower() if settled.kind == "name" else settled.unit,
                cast(Bound, named),
                settled.vague,
                tokens[first].start,
            )
        )
    return tuple(found)


def same_quantity(one: Number, other: Number) -> bool:
    """Return True when two numbers have one value and unit, in whatever spelling.

    A unit is needed on both sides or neither, and a range is only the same range. A part of a whole is its
    percentage ("a quarter", "25%"). Bounds count only where they contradict: "more than 5" is not "up to 5".
    """
    if one.vague != other.vague or _opposed(one, other) or not same_unit(one, other):
        return False
    if one.kind == "time" and one.unit != other.unit:
        return one.low % HALF_DAY == other.low % HALF_DAY and one.high % HALF_DAY == other.high % HALF_DAY
    return _ends(one) == _ends(other)


def rounds_to(value: Number, stated: Number) -> bool:
    """Return True when a value may be stated as a rounder number: 2,512,000 as "2.5 million" or "over 2 million".

    A stated point stands for what rounds to it at its last digit that is not zero; "more than" and "at least" for
    what goes up to the next such step, "nearly" and "up to" for what goes down to the one before; a range and
    "dozens" for all between their ends. A part of a whole is as rough as ten percent.
    """
    if not same_unit(value, stated) or value.vague or value.low != value.high or _opposed(value, stated):
        return False
    exact, (low, high) = _ends(value)[0], _ends(stated)
    if low != high:
        return low <= exact <= high
    step = STEP_OF_PARTS if stated.kind == "share" else _step(high)
    if stated.bound in ABOVE:
        return low <= exact < low + step and (stated.bound == "at least" or exact > low)
    if stated.bound in BELOW:
        return low - step < exact <= low and (stated.bound == "up to" or exact < low)
    return -step / 2 <= exact - low < step / 2


def missing_numbers(stated: Iterable[Number], held: Iterable[Number]) -> list[Number]:
    """List the numbers that a text states and another does not hold.

    A single thing ("one man", "the first") needs no number in the other text, which may say "a man". What only
    context tells apart (a count, a year, the number of a name) is compared by value.
    """
    known = list(held)
    return [
        one
        for one in stated
        if not _single(one)
        and not any(same_quantity(one, other) or _same_digits(one, other) for other in known)
        and not _stands_apart(one, known)
    ]


def counting_numbers(text: str) -> list[Number]:
    """Find the numbers of a text that can answer "how many": no years, times, scores, names or places in a list."""
    return [one for one in find_numbers(text) if one.kind in COUNTING]


def number_spans(text: str, *kinds: NumberKind) -> list[Span]:
    """Find the words of the numbers of a text, with their units; of some kinds where any are given."""
    return [
        Span(one.start, one.end, text[one.start : one.end])
        for one in find_numbers(text)
        if not kinds or one.kind in kinds
    ]


def number_key(text: str) -> str:
    """Return what equal numbers of a text have in common, whatever their spelling; empty where it holds none."""
    keys = (
        f"{low}" + (f"-{high}" if low != high else "") + f" {_number_kind(one)} {one.unit}".rstrip()
        for one in find_numbers(text)
        for low, high in (_ends(one),)
        if not _single(one)
    )
    return ", ".join(sorted(set(keys)))


def unread_digits(text: str, read: Iterable[tuple[int, int]]) -> list[Span]:
    """Find the words with digits of a text that none of the spans read touches: codes, links, "1,5".

    A span is its first code point and the one after its last.
    """
    spans = list(read)
    found = []
    for match in _NUMBER_WORD.finditer(text):
        word = match.group().rstrip(_NUMBER_MARKS)
        start = match.start() + len(word) - len(word.lstrip(_NUMBER_MARKS))
        span = Span(start, match.start() + len(word), word.lstrip(_NUMBER_MARKS))
        if any("0" <= character <= "9" for character in word) and not any(
            begin < span.end and span.start < end for begin, end in spans
        ):
            found.append(span)
    return found


def _single(one: Number) -> bool:
    return one.low == one.high == 1 and one.kind in {"count", "ordinal"}


def _same_digits(one: Number, other: Number) -> bool:
    """Return True for bare digits of one value whose kind only context tells: "in 2024", "at 2.40"."""
    if one.vague or other.vague or _opposed(one, other):
        return False
    if {one.kind, other.kind} == {"time", "count"}:
        time, digits = (one, other) if one.kind == "time" else (other, one)
        return time.low % HALF_DAY == digits.low // 1 * 3600 + digits.low % 1 * 100 * 60
    return {one.kind, other.kind} <= BARE_KINDS and _ends(one) == _ends(other)


def _stands_apart(score: Number, held: Iterable[Number]) -> bool:
    """Return True for a score whose figures stand in other words: "4-3", "by four votes to three"."""
    counts = {one.low for one in held if one.kind == "count" and one.low == one.high}
    return score.kind == "score" and {score.low, score.high} <= counts


def _opposed(one: Number, other: Number) -> bool:
    return (one.bound in ABOVE and other.bound in BELOW) or (one.bound in BELOW and other.bound in ABOVE)


def _number_kind(one: Number) -> str:
    return {"share": "percent", "measure": "unit", "currency": "unit"}.get(one.kind, one.kind)


def same_unit(one: Number, other: Number) -> bool:
    """Return True when two numbers are of one kind and unit, or when what they leave open may be the same."""
    if any(number.kind == "currency" and not number.unit for number in (one, other)):
        return {one.kind, other.kind} <= {"currency", "count"}
    if _number_kind(one) != _number_kind(other):
        return False
    if _number_kind(one) == "unit":
        return bool(set(one.unit.split("|")) & set(other.unit.split("|")))
    return one.kind in {"share", "percent", "points", "time"} or one.unit == other.unit


def _ends(one: Number) -> tuple[Fraction, Fraction]:
    return (one.low * 100, one.high * 100) if one.kind == "share" else (one.low, one.high)


def _step(value: Fraction) -> Fraction:
    """Return what the last digit of a value counts that is not zero: 100,000 for 2.5 million; 1 for 0."""
    if value == 0:
        return Fraction(1)
    step = Fraction(1)
    while value % (step * 10) == 0:
        step *= 10
    while value % step and step > Fraction(1, 10**6):
        step /= 10
    return step
