"""What is no plain count: "two thirds", "one in five", "half a million", "dozens", "21st"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from assistant.text.english import number_words as words
from assistant.text.numerals.tokens import Token, step, word
from assistant.text.numerals.units import unit_after
from assistant.text.numerals.values import Value, read_terms

# "two in five" and "one in 100" are parts of a whole, "three in 24 hours" is not.
WHOLES = frozenset((*range(2, 13), 15, 20, 25, 30, 40, 50, 100, 200, 250, 500, 1000, 10_000, 100_000))
# What stands for several, by its first word, the longest first.
_SEVERAL = {
    first: [parts for phrase in words.SEVERAL if (parts := phrase.split())[0] == first]
    for first in {phrase.split()[0] for phrase in words.SEVERAL}
}


def read_value(tokens: Sequence[Token], at: int, *, money: bool = False) -> Value | None:
    """Read the value that begins at a token; None where none does.

    ``money`` says that a currency sign stands before it: "$5m" is five million, "5m tall" five metres.
    """
    token = tokens[at]
    if token.kind == "clock":
        return Value(token.value, token.value, at + 1, "time", exact=bool(token.upper))
    if token.kind == "years":
        return Value(token.value, token.upper, at + 1, "year")
    if token.kind == "figure":
        read = _fraction_value(tokens, at) or _one_in(tokens, at) or _ordinal_value(tokens, at)
        return read or read_terms(tokens, at, money=money)
    if token.lower not in words.BEGINNINGS:
        return _fold(tokens, at)
    read = _many(tokens, at) or _half(tokens, at) or _fraction_value(tokens, at) or _one_in(tokens, at)
    return read or _ordinal_value(tokens, at) or read_terms(tokens, at, money=money)


def _many(tokens: Sequence[Token], at: int) -> Value | None:
    """Read "dozens", "tens of thousands", "several hundred"."""
    one = tokens[at].lower
    bounds = words.VAGUE.get(one)
    after = at + 1
    if bounds is None:
        for parts in _SEVERAL.get(one, ()):
            after = at + len(parts)
            if all(word(tokens, at + n) == part for n, part in enumerate(parts)):
                plural = f"{word(tokens, step(tokens, after))}s"
                if plural in words.VAGUE and plural not in words.ONLY_OF:
                    low, high = words.VAGUE[plural]
                    return _times_scale(tokens, step(tokens, after) + 1, low, high)
        return None
    if one in words.ONLY_OF:
        scores = one == "scores" and word(tokens, at - 1) in words.NOT_BEFORE_SCORES
        noun = step(tokens, at + 2)
        if scores or word(tokens, after) != "of" or not word(tokens, noun):
            return None
        if one == "tens" and word(tokens, noun) not in words.VAGUE:
            return None
    return _times_scale(tokens, after, *bounds)


def _times_scale(tokens: Sequence[Token], after: int, low: int, high: int) -> Value:
    of = step(tokens, after)
    times = word(tokens, step(tokens, of + 1)) if word(tokens, of) == "of" else word(tokens, of)
    scale = words.SCALES.get(times.removesuffix("s"), words.HUNDREDS.get(times.removesuffix("s"), 1))
    if scale > 1:
        after = step(tokens, of + 1) + 1 if word(tokens, of) == "of" else of + 1
    return Value(Fraction(low * scale), Fraction(high * scale), after, scale=scale, written=True, vague=True)


def _half(tokens: Sequence[Token], at: int) -> Value | None:
    """Read "half a million", "half-dozen", "half the", "more than half"."""
    if tokens[at].lower != "half":
        return None
    following = step(tokens, at + 1)
    article = word(tokens, following) in {"a", "an"}
    scaled = step(tokens, following + 1) if article else following
    if scale := _scale(word(tokens, scaled)):
        half = Fraction(scale, 2)
        return Value(half, half, scaled + 1, scale=scale, written=True)
    if article:
        unit = unit_after(tokens, following + 1, scale=1, first=at)
        return Value(Fraction(1, 2), Fraction(1, 2), following + 1, written=True) if unit else None
    if (
        word(tokens, following) == "past"
        or word(tokens, at - 1) in words.NOT_BEFORE_HALF
        or (following < len(tokens) and following > at + 1)
    ):
        return None
    if word(tokens, following) in words.AFTER_HALF or word(tokens, at - 1) in words.BEFORE_HALF:
        return Value(Fraction(1, 2), Fraction(1, 2), at + 1, "share", written=True)
    return None


def _fraction_value(tokens: Sequence[Token], at: int) -> Value | None:
    """Read "two thirds", "a quarter", "a third of a million", "quarter of a million"."""
    one = tokens[at].lower
    count = 1 if one in {"a", "quarter"} else int(tokens[at].value) or words.SMALL.get(one, 0)
    part = at if one == "quarter" else step(tokens, at + 1)
    name = word(tokens, part)
    if not 0 < count < 100 or name not in words.PARTS or name.endswith("s") != (count > 1):
        return None
    following = step(tokens, part + 1)
    scaled = following
    if word(tokens, following) == "of":
        scaled = step(tokens, following + 1)
        if word(tokens, scaled) in {"a", "one"}:
            scaled = step(tokens, scaled + 1)
    value = Fraction(count, words.PARTS[name])
    if scale := _scale(word(tokens, scaled)):
        return Value(value * scale, value * scale, scaled + 1, scale=scale, written=True)
    if part == at or name.startswith("hal"):
        return None
    of_time = (
        word(tokens, at - 1) in words.NOT_BEFORE_HALF or word(tokens, following) in words.NOT_AFTER_QUARTER
    )
    if name.startswith("quarter") and of_time:
        return None
    ordinal = one == "a" and name in words.ORDINALS
    if ordinal and word(tokens, following) and word(tokens, following) not in words.AFTER_PART:
        return None
    return Value(value, value, part + 1, "share", written=tokens[at].kind == "word")


def _scale(one: str) -> int:
    return words.SCALES.get(one, 0) or words.HUNDREDS.get(one, 0)


def _one_in(tokens: Sequence[Token], at: int) -> Value | None:
    """Read "one in five", "nine out of 10"."""
    first = _integer(tokens, at)
    middle = step(tokens, at + 1)
    if word(tokens, middle) == "out" and word(tokens, middle + 1) == "of":
        second_at = step(tokens, middle + 2)
    elif word(tokens, middle) == "in":
        second_at = step(tokens, middle + 1)
    else:
        return None
    second = _integer(tokens, second_at)
    if not 0 < first < second or second not in WHOLES or _longer(tokens, second_at):
        return None
    value = Fraction(first, second)
    return Value(value, value, second_at + 1, "share", written=tokens[at].kind == "word")


def _longer(tokens: Sequence[Token], at: int) -> bool:
    """Return True when what follows "one in five" makes it no part: "hundred", times or places."""
    following = step(tokens, at + 1)
    one = word(tokens, following)
    glued = following < len(tokens) and (tokens[following].gap == "none" or following > at + 1)
    return (
        one in words.NOT_PART_OF
        or bool(_scale(one))
        or (glued and tokens[following].text not in ".,;:!?)”\"’'")
    )


def _integer(tokens: Sequence[Token], at: int) -> int:
    if at >= len(tokens):
        return 0
    value = tokens[at].value if tokens[at].kind == "figure" else words.SMALL.get(tokens[at].lower, 0)
    return int(value) if value == int(value) else 0


def _ordinal_value(tokens: Sequence[Token], at: int) -> Value | None:
    """Read "21st", "third", "twenty-first"."""
    token = tokens[at]
    after = at + 1
    if token.kind == "figure":
        ending = after < len(tokens) and tokens[after].gap == "none" and word(tokens, after)
        if ending not in words.ORDINAL_ENDINGS:
            return None
        return Value(token.value, token.value, after + 1, "ordinal")
    if token.lower in words.ORDINALS:
        value = Fraction(words.ORDINALS[token.lower])
        return Value(value, value, after, "ordinal", written=True)
    unit = step(tokens, after)
    small = words.ORDINALS.get(word(tokens, unit), 0)
    if token.lower in words.TENS and 0 < small < 10:
        value = Fraction(words.TENS[token.lower] + small)
        return Value(value, value, unit + 1, "ordinal", written=True)
    return None


def _fold(tokens: Sequence[Token], at: int) -> Value | None:
    """Read "threefold"."""
    if not tokens[at].lower.endswith("fold"):
        return None
    times = tokens[at].lower.removesuffix("fold")
    count = words.SMALL.get(times, 0) or words.TENS.get(times, 0)
    if not count:
        return None
    return Value(Fraction(count), Fraction(count), at + 1, "times", written=True)
