"""Figures joined to ranges ("5 to 7 per cent", "$2-3bn"), scores ("2-1"), and lengths of time."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from assistant.text.english.number_words import SCORE_WORDS
from assistant.text.numerals.readings import UNKNOWN_HALF, Figure, read_figure
from assistant.text.numerals.tokens import DASHES, FIRST_YEAR, LAST_YEAR, Token, counts_next, step, word
from assistant.text.numerals.units import unit_after

# In "737-800" a part this high is of a name; goals and points stay below it.
LOWEST_OF_NAME = 200
MOST_OF_SCORE = 999
MOST_SCORE_PARTS = 3
SCORE_REACH = 4
HOURS_OF_CLOCK = 12
HALF_DAY = HOURS_OF_CLOCK * 3600
SECONDS_OF = {"hour": 3600, "minute": 60, "second": 1}


def read_figures(tokens: Sequence[Token]) -> list[Figure]:
    """Read all figures of a text, in order, ranges and scores as one."""
    found: list[Figure] = []
    at = 0
    while at < len(tokens):
        one = read_figure(tokens, at)
        if one is None:
            at += 1
            continue
        one = _compound(tokens, one, found) or _duration(tokens, one) or _figure_range(tokens, one) or one
        found.append(one)
        at = one.after
    return found


def _compound(tokens: Sequence[Token], one: Figure, found: Sequence[Figure]) -> Figure | None:
    """Read bare digits that dashes join, where they are no range: "2-1", "10-3-1", "2019-20", "737-800"."""
    parts, after = [one], one.after
    while (
        one.plain
        and after + 1 < len(tokens)
        and tokens[after].text in DASHES
        and tokens[after].gap == "none"
        and tokens[after + 1].gap == "none"
    ):
        part = read_figure(tokens, after + 1)
        if part is None or not part.plain:
            return None if len(parts) == 1 else one._replace(after=after, kind="name")
        parts.append(part)
        after = part.after
    if len(parts) == 1:
        return None
    values = [part.low for part in parts]
    low, high = min(values), max(values)
    whole = one._replace(after=after, low=low, high=high, plain=False)
    if len(parts) == 2 and (upper := _year_span(*values)):
        return whole._replace(kind="year", low=values[0], high=upper)
    if (
        high > MOST_OF_SCORE
        or len(parts) > MOST_SCORE_PARTS
        or (high >= LOWEST_OF_NAME and _follows_name(tokens, one))
    ):
        return whole._replace(kind="name")
    if len(parts) == 2 and values[0] < values[1] and not _scores(tokens, one.first, after, found):
        return None
    return whole._replace(kind="score", unit="-".join(str(value) for value in sorted(values, reverse=True)))


def _year_span(first: Fraction, second: Fraction) -> Fraction | None:
    """Return the end of "2019-20" or "2019-2021"; None where it is no span of years."""
    if not FIRST_YEAR <= first <= LAST_YEAR:
        return None
    if first < second <= LAST_YEAR:
        return second
    end = first - first % 100 + second
    return end if first < end and 10 <= second < 100 else None


def _follows_name(tokens: Sequence[Token], one: Figure) -> bool:
    before = tokens[one.first - 1] if one.first else None
    return before is not None and before.kind == "word" and before.text[0].isupper()


def _scores(tokens: Sequence[Token], first: int, after: int, found: Sequence[Figure]) -> bool:
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


def _duration(tokens: Sequence[Token], one: Figure) -> Figure | None:
    """Read "2 hours 8 minutes 55 seconds" as the clock writes it, "2:08:55"; None for a single length of time."""
    seconds, after, last = Fraction(0), one.after, 0
    part: Figure | None = one
    while part is not None and part.kind == "count" and part.low == part.high:
        length = SECONDS_OF.get(word(tokens, step(tokens, part.after)).removesuffix("s"), 0)
        if not length or (last and length >= last):
            break
        seconds, after = seconds + part.low * length, step(tokens, part.after) + 1
        parts = 1 if not last else 2
        last = length
        following = step(tokens, after)
        if word(tokens, following) == "and":
            following = step(tokens, following + 1)
        part = read_figure(tokens, following) if following < len(tokens) else None
    if not last or parts == 1:
        return None
    return one._replace(after=after, low=seconds, high=seconds, kind="time", unit=UNKNOWN_HALF, plain=False)


def _figure_range(tokens: Sequence[Token], one: Figure) -> Figure | None:
    """Join two figures to a range: "5-7", "5 to 7", "two or three", "between 5 and 7"; None where they are none.

    "Rose from 5 to 7 per cent" states two figures; the first then takes the unit of the second.
    """
    joint = _joint(tokens, one)
    other = read_figure(tokens, one.after + 1) if joint else None
    two = _same_unit(one, other) if other and not other.vague else None
    if two is None:
        return None
    low, high = two
    before = word(tokens, one.first - 1)
    if joint == "to" and before == "from":
        return low._replace(after=one.after)
    if joint == "to" and before == "by" and not one.plain:
        return None
    if low.low >= high.low or (joint == "or" and high.low > 2 * low.low):
        return None
    return high._replace(first=one.first, low=low.low, written=low.written, plain=low.plain and high.plain)


def _joint(tokens: Sequence[Token], one: Figure) -> str:
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


def _same_unit(one: Figure, other: Figure) -> tuple[Figure, Figure] | None:
    """Give the two ends of a range one unit and scale: "2 to 3 million dollars", "$2-3"; None where they differ."""
    if one.kind == "count" and other.kind == "time" and one.plain and one.low <= HOURS_OF_CLOCK:
        seconds = one.low % HOURS_OF_CLOCK * 3600 + other.low // HALF_DAY * HALF_DAY
        return one._replace(low=seconds, high=seconds, kind="time", unit=other.unit), other
    if (
        other.scale > 1
        and one.scale == 1
        and one.low * other.scale < other.low
        and not (one.unit and other.unit)
        and one.kind in {"count", "currency"}
    ):
        one = one._replace(low=one.low * other.scale, high=one.high * other.scale, scale=other.scale)
    if one.kind == "count" and other.unit and other.kind != "times" and not one.unit:
        one = one._replace(
            kind=other.kind, unit=other.unit, low=one.low * other.times, high=one.high * other.times
        )
    elif one.prefixed and other.kind == "count" and not other.unit:
        other = other._replace(kind=one.kind, unit=one.unit)
    if (one.kind, one.unit) != (other.kind, other.unit) or one.kind in {"share", "ordinal", "score", "name"}:
        return None
    return one, other
