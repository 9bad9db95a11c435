"""One figure with its sign and its unit: "-3°C", "US$2bn", "1990s", "1700 GMT"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from assistant.text.english.number_words import BEGINNINGS, TIME_ZONES, TIMES_WORDS
from assistant.text.english.units import SIGN_BEGINNINGS
from assistant.text.numerals.parts import read_value
from assistant.text.numerals.tokens import FIRST_YEAR, LAST_YEAR, Token, step, word
from assistant.text.numerals.units import Unit, currency_before, is_code, unit_after
from assistant.text.numerals.values import Value

# The unit of a time that does not tell the half of the day.
UNKNOWN_HALF = "12h"
_MINUS = frozenset("-−–")


class Figure(NamedTuple):
    """A figure at ``tokens[first:after]``; ``plain`` where it is bare digits, without scale, unit or point.

    ``times`` is what its unit multiplied it by, ``prefixed`` says that its unit stands before it.
    """

    first: int
    after: int
    low: Fraction
    high: Fraction
    kind: str
    unit: str = ""
    scale: int = 1
    written: bool = False
    vague: bool = False
    plain: bool = False
    times: Fraction = Fraction(1)
    prefixed: bool = False


def read_figure(tokens: Sequence[Token], first: int) -> Figure | None:
    """Read one figure with its sign and unit; None where none begins, or where letters make it a name ("5G")."""
    if not _may_begin(tokens[first]):
        return None
    at, sign = _sign(tokens, first)
    money = currency_before(tokens, at)
    if money:
        at = money.after
        if at + 1 < len(tokens) and tokens[at].text in _MINUS and tokens[at].gap == "none" and sign == 1:
            at, sign = at + 1, -1
    if at >= len(tokens) or (at > first and tokens[at].gap == "break"):
        return None
    value = read_value(tokens, at, money=bool(money))
    if value is None:
        return None
    if value.kind in {"time", "year"}:
        first, sign = at, 1
    unit = _unit_of_value(tokens, value, at, money) if value.kind in {"count", "share"} else None
    after = unit.after if unit else value.after
    if after < len(tokens) and tokens[after].gap == "none" and tokens[after].kind == "word" and not unit:
        return _decade(tokens, first, value.after, value.low)
    kind = unit.kind if unit else value.kind
    if kind == "count" and _is_part(tokens[at:after]):
        kind = "share"
    name = unit.name if unit else ("" if value.exact else UNKNOWN_HALF)
    name = "x" if kind == "times" else name
    if (
        kind == "count"
        and word(tokens, after) in TIME_ZONES
        and (time := _four_digits(tokens[at:after])) is not None
    ):
        return Figure(first, after, time, time, "time")
    times = unit.times if unit else Fraction(1)
    low, high = value.low, value.high
    if sign < 0 or times != 1:
        low, high = sorted((low * times * sign, high * times * sign))
    plain = not unit and value.after == at + 1 and tokens[at].text.isdecimal() and at == first
    return Figure(
        first,
        after,
        low,
        high,
        kind,
        name,
        value.scale,
        value.written,
        value.vague,
        plain,
        times,
        bool(money),
    )


def _may_begin(token: Token) -> bool:
    """Return False for a token that begins no figure, as most do; the rest is read to tell."""
    one = token.lower
    if one in BEGINNINGS or one == "minus" or one.endswith("fold") or token.text in SIGN_BEGINNINGS:
        return True
    return token.text in _MINUS if token.kind == "mark" else token.kind != "word" or is_code(token.text)


def _sign(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """Read "-", "−" or "minus" before a figure: the index after it, and the sign."""
    following = at + 1 < len(tokens)
    if tokens[at].lower == "minus" and following and tokens[at + 1].gap == "space":
        return at + 1, -1
    apart = tokens[at].gap != "none" or (at > 0 and tokens[at - 1].text in "([“\"'‘:/")
    if tokens[at].text in _MINUS and apart and following and tokens[at + 1].gap == "none":
        return at + 1, -1
    return at, 1


def _unit_of_value(tokens: Sequence[Token], value: Value, first: int, money: Unit | None) -> Unit | None:
    """Find the unit of a value that begins at ``first``; ``money`` is the currency sign before it."""
    after = value.after
    if money is None:
        of = step(tokens, after)
        if (
            value.vague
            and word(tokens, of) == "of"
            and (found := unit_after(tokens, of + 1, scale=value.scale, first=first))
        ):
            return found if found.kind == "currency" else None
        return _multiple(tokens, after) or unit_after(tokens, after, scale=value.scale, first=first)
    found = unit_after(tokens, after, scale=value.scale, first=first)
    return Unit("currency", money.name, found.after if found and found.name == money.name else after)


def _multiple(tokens: Sequence[Token], after: int) -> Unit | None:
    """Read the "x" of "1.5x", the "fold" of "3-fold" and the "times" of "three times as many"."""
    following = step(tokens, after)
    one = word(tokens, following)
    if one == "times" and word(tokens, following + 1) in TIMES_WORDS:
        return Unit("times", "x", following + 1)
    if (one in {"x", "fold"} or _is(tokens, following, "×")) and tokens[following].gap == "none":
        return None if _is_glued(tokens, following + 1) else Unit("times", "x", following + 1)
    return None


def _is(tokens: Sequence[Token], at: int, text: str) -> bool:
    return at < len(tokens) and tokens[at].text == text


def _is_glued(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].gap == "none" and tokens[at].kind in {"word", "figure", "aside"}


def _is_part(tokens: Sequence[Token]) -> bool:
    """Return True for "½" and "3/4", digits that write a part of a whole."""
    return (
        len(tokens) == 1
        and tokens[0].kind == "figure"
        and tokens[0].value.denominator > 1
        and "." not in tokens[0].text
    )


def _four_digits(tokens: Sequence[Token]) -> Fraction | None:
    """Read "1700" before a time zone, in seconds."""
    if len(tokens) != 1 or len(tokens[0].text) != 4 or not tokens[0].text.isdecimal():
        return None
    hour, minute = divmod(int(tokens[0].text), 100)
    return Fraction(hour * 3600 + minute * 60) if hour < 24 and minute < 60 else None


def _decade(tokens: Sequence[Token], first: int, after: int, low: Fraction) -> Figure | None:
    """Read "1990s" and "20s", ten values each, and "1800s", a hundred."""
    digits = tokens[first].text.isdecimal() and tokens[first].text.endswith("0")
    if not digits or after != first + 1 or word(tokens, after) not in {"s", "'s"} or low < 10:
        return None
    year = FIRST_YEAR <= low <= LAST_YEAR
    if not year and low > 100:
        return None
    return Figure(first, after + 1, low, low + (99 if low % 100 == 0 else 9), "year" if year else "count")
