"""What digits and number words are worth: "2.5m", "two and a half million", "2½"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from assistant.text.english import number_words as words
from assistant.text.english.units import METRES
from assistant.text.numerals.tokens import Token, counts_next, step, word
from assistant.text.numerals.units import unit_after

ValueKind = Literal["count", "share", "ordinal", "year", "time", "times"]


class Value(NamedTuple):
    """A value and the index of the token after it; ``low`` and ``high`` differ where it is a vague many.

    ``scale`` is the last scale ("million") by which it was multiplied, ``exact`` for a time that tells the half
    of the day, ``written`` for a value in words.
    """

    low: Fraction
    high: Fraction
    after: int
    kind: ValueKind = "count"
    scale: int = 1
    written: bool = False
    vague: bool = False
    exact: bool = True


def read_terms(tokens: Sequence[Token], at: int, *, money: bool) -> Value | None:
    """Read "two million three hundred thousand and five": terms of falling scales, the later ones in words."""
    first = _term(tokens, at, money=money)
    if first is None:
        return None
    total, after, scale, written = first.low, first.after, first.scale, first.written
    while written and scale >= 1000:
        following = step(tokens, after)
        if word(tokens, following) == "and":
            following = step(tokens, following + 1)
        if word(tokens, following) in {"", "a", "an", *words.SCALES, *words.HUNDREDS}:
            break
        one = _term(tokens, following, money=False)
        if one is None or not one.written or one.low >= scale:
            break
        total, after, scale = total + one.low, one.after, one.scale
    return Value(total, total, after, scale=scale, written=written)


def _term(tokens: Sequence[Token], at: int, *, money: bool) -> Value | None:
    """Read one number below a thousand, or figure, with the scales that multiply it."""
    base = _below_thousand(tokens, at)
    if base is None:
        return None
    value, after, written = base
    scale = 1
    if not written and (mark := _scale_mark(tokens, after, money=money)):
        scale, after = mark
        value *= scale
    while (times := words.SCALES.get(word(tokens, _factor(tokens, at, after)), 0)) > scale:
        value, scale, after = value * times, times, _factor(tokens, at, after) + 1
    if scale > 1 and (rest := _and_part(tokens, after)):
        value, after = value + rest[0] * scale, rest[1]
    return Value(value, value, after, scale=scale, written=written)


def _factor(tokens: Sequence[Token], at: int, after: int) -> int:
    """Return the index of the word that may multiply a number: its own first one in "million-dollar"."""
    return at if after == at else step(tokens, after)


def _below_thousand(tokens: Sequence[Token], at: int) -> tuple[Fraction, int, bool] | None:
    """Read a figure, or "two hundred and five"; with the index after it and whether it is in words."""
    token = tokens[at]
    written = token.kind == "word"
    if token.kind == "figure":
        value, after = token.value, at + 1
        if after < len(tokens) and _is_fraction(tokens[after]) and value == int(value):
            value, after = value + tokens[after].value, after + 1
    elif token.lower in {"a", "an"}:
        if word(tokens, step(tokens, at + 1)) not in words.HUNDREDS | words.SCALES:
            return None
        value, after = Fraction(1), at + 1
    elif token.lower in words.HUNDREDS or token.lower in words.SCALES:
        value, after = Fraction(1), at
    elif small := _below_hundred(tokens, at):
        value, after = small
    else:
        return None
    if rest := _and_part(tokens, after):
        return value + rest[0], rest[1], written
    hundred = _factor(tokens, at, after)
    times = words.HUNDREDS.get(word(tokens, hundred))
    if times is None:
        return value, after, written
    value, after = value * times, hundred + 1
    below = step(tokens, after)
    if word(tokens, below) == "and":
        below = step(tokens, below + 1)
    small = _below_hundred(tokens, below) if written and times == 100 else None
    if small and word(tokens, step(tokens, small[1])) not in words.HUNDREDS:
        value, after = value + small[0], small[1]
    if rest := _and_part(tokens, after):
        value, after = value + rest[0], rest[1]
    return value, after, written


def _below_hundred(tokens: Sequence[Token], at: int) -> tuple[Fraction, int] | None:
    one = word(tokens, at)
    if one in words.SMALL:
        return Fraction(words.SMALL[one]), at + 1
    if one not in words.TENS:
        return None
    unit = step(tokens, at + 1)
    if 0 < words.SMALL.get(word(tokens, unit), 0) < 10:
        return Fraction(words.TENS[one] + words.SMALL[word(tokens, unit)]), unit + 1
    return Fraction(words.TENS[one]), at + 1


def _is_fraction(token: Token) -> bool:
    written = token.text in words.VULGAR or any(mark in token.text for mark in "/⁄")
    return token.kind == "figure" and token.gap != "break" and written


def _and_part(tokens: Sequence[Token], at: int) -> tuple[Fraction, int] | None:
    """Read "and a half", "and three quarters"."""
    at = step(tokens, at)
    if word(tokens, at) != "and":
        return None
    times = step(tokens, at + 1)
    one = word(tokens, times)
    if one == "half":
        return Fraction(1, 2), times + 1
    count = 1 if one == "a" else words.SMALL.get(one, 0)
    part = step(tokens, times + 1)
    name = word(tokens, part)
    if not count or name not in words.PARTS or name.endswith("s") != (count > 1):
        return None
    return Fraction(count, words.PARTS[name]), part + 1


def _scale_mark(tokens: Sequence[Token], at: int, *, money: bool) -> tuple[int, int] | None:
    """Read the "bn" of "2bn", "2 bn" and "2-bn"; an "m" that stands for metres is none."""
    at = step(tokens, at)
    if at >= len(tokens) or tokens[at].kind != "word":
        return None
    mark = tokens[at].text
    scale = words.MONEY_SCALE_MARKS.get(mark) if money else None
    scale = scale or words.SCALE_MARKS.get(mark)
    if scale is None or (len(mark) == 1 and tokens[at].gap != "none" and not (money and mark == "m")):
        return None
    following = step(tokens, at + 1)
    if mark == "m" and not money:
        near = {word(tokens, following), word(tokens, step(tokens, following + 1))}
        counted = counts_next(tokens, at + 1) or counts_next(tokens, following + 1)
        unit = unit_after(tokens, at + 1, scale=scale, first=at)
        if not (unit and unit.kind == "currency") and (near & METRES or not counted):
            return None
    return scale, at + 1
