"""Figures with their units, joined to ranges ("5 to 7 per cent", "$2-3bn") and scores ("2-1")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.text.english.number_words import SCORE_WORDS, TIME_ZONES, TIMES_WORDS
from assistant.text.numerals.parts import read_value
from assistant.text.numerals.tokens import DASHES, FIRST_YEAR, LAST_YEAR, Token, counts_next, step, word
from assistant.text.numerals.units import Unit, currency_before, unit_after
from assistant.text.numerals.values import Value

# In "737-800" a part this high is of a name; goals and points stay below it.
LOWEST_OF_NAME = 200
MOST_OF_SCORE = 999
MOST_PARTS = 3
SCORE_REACH = 4
HOURS, HALF_DAY = 12, 12 * 3600
_MINUS = frozenset("-−–")


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure at ``tokens[first:after]``; ``plain`` where it is bare digits, without scale, unit or point."""

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


def read_figures(tokens: Sequence[Token]) -> list[Reading]:
    """Read all figures of a text, in order, ranges and scores as one."""
    found: list[Reading] = []
    at = 0
    while at < len(tokens):
        one = _read(tokens, at)
        if one is None:
            at += 1
            continue
        one = _compound(tokens, one, found) or _range(tokens, one) or one
        found.append(one)
        at = one.after
    return found


def _read(tokens: Sequence[Token], first: int) -> Reading | None:
    """Read one figure with its sign and unit; None where none begins, or where letters make it a name ("5G")."""
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
    unit = _unit(tokens, value, at, money) if value.kind in {"count", "share"} else None
    after = unit.after if unit else value.after
    if after < len(tokens) and tokens[after].gap == "none" and tokens[after].kind == "word" and not unit:
        return _decade(tokens, first, value.after, value.low)
    kind = unit.kind if unit else value.kind
    if kind == "count" and _is_part(tokens[at:after]):
        kind = "share"
    name = unit.name if unit else ("" if value.exact else "half of the day unknown")
    name = "x" if kind == "times" else name
    if (
        kind == "count"
        and word(tokens, after) in TIME_ZONES
        and (time := _four_digits(tokens[at:after])) is not None
    ):
        return Reading(first, after, time, time, "time")
    times = unit.times if unit else Fraction(1)
    low, high = value.low, value.high
    if sign < 0 or times != 1:
        low, high = sorted((low * times * sign, high * times * sign))
    plain = not unit and value.after == at + 1 and tokens[at].text.isdecimal() and at == first
    return Reading(first, after, low, high, kind, name, value.scale, value.written, value.vague, plain, times)


def _sign(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """Read "-", "−" or "minus" before a figure: the index after it, and the sign."""
    following = at + 1 < len(tokens)
    if tokens[at].lower == "minus" and following and tokens[at + 1].gap == "space":
        return at + 1, -1
    apart = tokens[at].gap != "none" or (at > 0 and tokens[at - 1].text in "([“\"'‘:/")
    if tokens[at].text in _MINUS and apart and following and tokens[at + 1].gap == "none":
        return at + 1, -1
    return at, 1


def _unit(tokens: Sequence[Token], value: Value, first: int, money: Unit | None) -> Unit | None:
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


def _decade(tokens: Sequence[Token], first: int, after: int, low: Fraction) -> Reading | None:
    """Read "1990s" and "20s", ten values each, and "1800s", a hundred."""
    digits = tokens[first].text.isdecimal() and tokens[first].text.endswith("0")
    if not digits or after != first + 1 or word(tokens, after) not in {"s", "'s"} or low < 10:
        return None
    year = FIRST_YEAR <= low <= LAST_YEAR
    if not year and low > 100:
        return None
    return Reading(first, after + 1, low, low + (99 if low % 100 == 0 else 9), "year" if year else "count")


def _compound(tokens: Sequence[Token], one: Reading, found: Sequence[Reading]) -> Reading | None:
    """Read bare digits that dashes join, where they are no range: "2-1", "10-3-1", "2019-20", "737-800"."""
    parts, after = [one], one.after
    while (
        one.plain
        and after + 1 < len(tokens)
        and tokens[after].text in DASHES
        and tokens[after].gap == "none"
        and tokens[after + 1].gap == "none"
    ):
        part = _read(tokens, after + 1)
        if part is None or not part.plain:
            return None if len(parts) == 1 else replace(one, after=after, kind="name")
        parts.append(part)
        after = part.after
    if len(parts) == 1:
        return None
    values = [part.low for part in parts]
    low, high = min(values), max(values)
    whole = replace(one, after=after, low=low, high=high, plain=False)
    if len(parts) == 2 and (upper := _year_span(*values)):
        return replace(whole, kind="year", low=values[0], high=upper)
    if high > MOST_OF_SCORE or len(parts) > MOST_PARTS or (high >= LOWEST_OF_NAME and _named(tokens, one)):
        return replace(whole, kind="name")
    if len(parts) == 2 and values[0] < values[1] and not _scores(tokens, one.first, after, found):
        return None
    return replace(whole, kind="score", unit="-".join(str(value) for value in sorted(values, reverse=True)))


def _year_span(first: Fraction, second: Fraction) -> Fraction | None:
    """Return the end of "2019-20" or "2019-2021"; None where it is no span of years."""
    if not FIRST_YEAR <= first <= LAST_YEAR:
        return None
    if first < second <= LAST_YEAR:
        return second
    end = first - first % 100 + second
    return end if first < end and 10 <= second < 100 else None


def _named(tokens: Sequence[Token], one: Reading) -> bool:
    before = tokens[one.first - 1] if one.first else None
    return before is not None and before.kind == "word" and before.text[0].isupper()


def _scores(tokens: Sequence[Token], first: int, after: int, found: Sequence[Reading]) -> bool:
    """Return True where rising figures ("1-2") are a score: no plural follows, and a contest is near."""
    following = step(tokens, after)
    counted = counts_next(tokens, after) and word(tokens, following) not in SCORE_WORDS
    if counted or unit_after(tokens, after, scale=1, first=first):
        return False
    if found and found[-1].kind == "score" and found[-1].after in {first - 1, first}:
        return True
    near = [word(tokens, at) for at in range(max(0, first - SCORE_REACH), first)]
    near += [word(tokens, at) for at in range(following, following + SCORE_REACH)]
    return bool(SCORE_WORDS & set(near))


def _range(tokens: Sequence[Token], one: Reading) -> Reading | None:
    """Join two figures to a range: "5-7", "5 to 7", "two or three", "between 5 and 7"; None where they are none.

    "Rose from 5 to 7 per cent" states two figures; the first then takes the unit of the second.
    """
    joint = _joint(tokens, one)
    other = _read(tokens, one.after + 1) if joint else None
    two = _alike(one, other) if other and not other.vague else None
    if two is None:
        return None
    low, high = two
    if joint == "to" and word(tokens, one.first - 1) == "from":
        return replace(low, after=one.after)
    if low.low >= high.low or (joint == "or" and high.low > 2 * low.low):
        return None
    return replace(high, first=one.first, low=low.low, written=low.written, plain=low.plain and high.plain)


def _joint(tokens: Sequence[Token], one: Reading) -> str:
    """Return the dash or the word that may join a figure to the next; empty without one."""
    at = one.after
    if at + 1 >= len(tokens) or "break" in {tokens[at].gap, tokens[at + 1].gap} or one.vague:
        return ""
    joint = tokens[at].text.lower()
    if joint in DASHES:
        # in "5 million-a-year" the dash joins words
        worded = tokens[at + 1].kind == "word" and tokens[at + 1].lower in {"a", "an"}
        return joint if tokens[at].gap == tokens[at + 1].gap == "none" and not worded else ""
    between = joint == "and" and word(tokens, one.first - 1) == "between"
    return joint if between or joint in {"to", "or"} else ""


def _alike(one: Reading, other: Reading) -> tuple[Reading, Reading] | None:
    """Give the two ends of a range one unit and scale: "2 to 3 million dollars", "$2-3"; None where they differ."""
    if one.kind == "count" and other.kind == "time" and one.plain and one.low <= HOURS:
        seconds = one.low % HOURS * 3600 + other.low // HALF_DAY * HALF_DAY
        return replace(one, low=seconds, high=seconds, kind="time", unit=other.unit), other
    if (
        other.scale > 1
        and one.scale == 1
        and one.low * other.scale < other.low
        and not (one.unit and other.unit)
    ):
        one = replace(one, low=one.low * other.scale, high=one.high * other.scale, scale=other.scale)
    if one.kind == "count" and other.unit and other.kind != "times" and not one.unit:
        one = replace(
            one, kind=other.kind, unit=other.unit, low=one.low * other.times, high=one.high * other.times
        )
    elif one.unit and other.kind == "count" and not other.unit:
        other = replace(other, kind=one.kind, unit=one.unit)
    if (one.kind, one.unit) != (other.kind, other.unit) or one.kind in {"share", "ordinal", "score", "name"}:
        return None
    return one, other
