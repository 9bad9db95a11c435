"""The number reader: what the numbers of a text are worth, of which unit, and whether two are the same.

One figure has many spellings: "$2bn", "US$2 billion" and "two billion dollars" are one value; "$2" is another,
and so are "£2bn" and "2bn". Days of a month, dates in digits, web addresses, codes ("G20") and figures that may be
read in two ways ("1,5 Mio") are no numbers here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal, cast

from assistant.text.numerals.kinds import bound, settle
from assistant.text.numerals.readings import read_figures
from assistant.text.numerals.tokens import tokenise

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
BARE = frozenset(("count", "year", "name"))
HALF_DAY = 12 * 3600


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text, at ``text[start:end]`` with its unit, both in code points.

    Attributes:
        low, high: the value, equal for a point; the ends of a range ("5 to 7"), or what a ``vague`` many
            ("dozens") may be. A time is in seconds since midnight, a decade its first and last year.
        kind: ``share`` is a part of a whole ("a third", "one in five"), ``points`` percentage points, ``times`` a
            multiple ("1.5x"), ``score`` a result ("2-1"), ``name`` the number of a named or numbered thing
            ("Article 5", "Covid-19"), ``count`` all that has no unit.
        unit: a currency's ISO code ("USD" for "$" too), "%", "km", "°C", …, empty without one; "GBP|lb" is either.
            For a score its figures.
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
    return list(_numbers(text))


@lru_cache(maxsize=10_000)
def _numbers(text: str) -> tuple[Number, ...]:
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


def same_value(one: Number, other: Number) -> bool:
    """Return True when two numbers have one value and unit, in whatever spelling.

    A unit is needed on both sides or neither, and a range is only the same range. A part of a whole is its
    percentage ("a quarter", "25%"). Bounds count only where they contradict: "more than 5" is not "up to 5".
    """
    if one.vague != other.vague or _opposed(one, other) or not _same_unit(one, other):
        return False
    if one.kind == "time" and one.unit != other.unit:
        return one.low % HALF_DAY == other.low % HALF_DAY and one.high % HALF_DAY == other.high % HALF_DAY
    return _ends(one) == _ends(other)


def rounds_to(value: Number, stated: Number) -> bool:
    """Return True when a value may be stated as a rounder number: 2,512,000 as "2.5 million" or "over 2 million".

    A stated point stands for what rounds to it at its last digit that is not zero; "more than" and "at least" for
    what goes up to the next such step, "nearly" and "up to" for what goes down to the one before; a range and
    "dozens" for all between their ends.
    """
    if not _same_unit(value, stated) or value.vague or value.low != value.high:
        return False
    exact, (low, high) = _ends(value)[0], _ends(stated)
    if low != high:
        return low <= exact <= high
    step = _step(high)
    if stated.bound in ABOVE:
        return low <= exact < low + step and (stated.bound == "at least" or exact > low)
    if stated.bound in BELOW:
        return low - step < exact <= low and (stated.bound == "up to" or exact < low)
    return abs(exact - low) <= step / 2


def missing_numbers(stated: str, ground: str) -> list[Number]:
    """List the numbers of a text that another text does not hold.

    A single thing ("one man", "the first") needs no number in the ground, which may say "a man". What is told apart
    only by context (a count, a year, the number of a name) is compared by value.
    """
    held = find_numbers(ground)
    return [
        one
        for one in find_numbers(stated)
        if not _single(one) and not any(same_value(one, other) or _same_digits(one, other) for other in held)
    ]


def number_key(text: str) -> str:
    """Return what equal numbers of a text have in common, whatever their spelling; empty where it holds none."""
    keys = (
        f"{low}" + (f"-{high}" if low != high else "") + f" {_kind(one)} {one.unit}".rstrip()
        for one in find_numbers(text)
        for low, high in (_ends(one),)
        if not _single(one)
    )
    return ", ".join(sorted(set(keys)))


def _single(one: Number) -> bool:
    return one.low == one.high == 1 and one.kind in {"count", "ordinal"}


def _same_digits(one: Number, other: Number) -> bool:
    bare = {one.kind, other.kind} <= BARE and not one.vague and not other.vague
    return bare and _ends(one) == _ends(other) and not _opposed(one, other)


def _opposed(one: Number, other: Number) -> bool:
    return (one.bound in ABOVE and other.bound in BELOW) or (one.bound in BELOW and other.bound in ABOVE)


def _kind(one: Number) -> str:
    return {"share": "percent", "measure": "unit", "currency": "unit"}.get(one.kind, one.kind)


def _same_unit(one: Number, other: Number) -> bool:
    if _kind(one) != _kind(other):
        return False
    if _kind(one) == "unit":
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


def texts(text: str, numbers: Iterable[Number]) -> list[str]:
    """Return the words of numbers as they stand in their text."""
    return [text[one.start : one.end] for one in numbers]
