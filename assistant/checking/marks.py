"""Marks the words of a statement that its quotations do not hold: names, figures, dates and quoted words.

A mark says "look here", not "wrong": the word may be right and stand elsewhere. Names that are written in another
way, nationalities ("Norwegian" beside Norway) and words that only begin a sentence are not marked. What counts as
held is told in ``grounds.py``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from assistant.checking.figure_units import miscounts
from assistant.checking.grounds import Ground, ground_of
from assistant.names import KnownNames
from assistant.text.dates import DatedWords, find_dates
from assistant.text.english.number_words import NUMBER_WORDS
from assistant.text.numbers import Number, find_numbers, missing_numbers, rounds_to
from assistant.text.periods import days, overlap
from assistant.text.tokens import STOP_WORDS, Span, names, same_word, stem, tokens
from assistant.types import Citation, MarkedWords

NAME, NUMBER, COUNTED, DATE, QUOTATION = "name", "number", "what is counted", "date", "quotation"
# Of a nationality and its country this many first letters are the same ("Spanish" and "Spain").
SAME_LETTERS = 3

# Number words that count so few that a writer may have counted them; see ``_counted_otherwise``.
SMALL = frozenset("two three four five six seven eight nine ten dozen".split())
NEAR_NOUN = 30
# Kinds of numbers that say how large a part is, or how much larger: none stands for a count.
PROPORTIONS = frozenset(("percent", "points", "share", "times"))
# Numbers and dates from which others are worked out.
MOST_VALUES = 12

_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|(?<!\w)‘([^‘’]+)’(?!\w)|«([^«»]+)»")
_NATIONALITY = re.compile(r"(?:ans?|ish|ese|ch|is?|ic|ards?|s)$")
_CAPITAL = re.compile(r"[\s.’'-]+[^\W\d_a-z]")


def marked_words(
    text: str, citations: Sequence[Citation], known: KnownNames | None = None, *, drawn: bool = False
) -> tuple[MarkedWords, ...]:
    """Mark each name, number, date and quotation of a statement that does not stand in its ground.

    A number of a statement that is ``drawn`` from several quotations is not marked where it is their sum,
    difference
    or count.
    """
    ground = ground_of(citations)
    dated = find_dates(text)
    marked = [
        *_quotations(text, ground),
        *_dates(text, ground),
        *_numbers(_blanked(text, dated), ground, drawn=drawn),
        *_miscounted(_blanked(text, dated), ground),
        *_names(_blanked(text, dated), ground, known),
    ]
    return tuple(_joined(sorted(marked, key=lambda one: (one.start, one.end))))


def _quotations(text: str, ground: Ground) -> Iterator[MarkedWords]:
    held = _letters(ground.wide)
    for match in _QUOTED.finditer(text):
        group = next(number for number, part in enumerate(match.groups(), 1) if part)
        if _letters(match.group(group)) not in held:
            yield MarkedWords(match.start(group), match.end(group), QUOTATION)


def _dates(text: str, ground: Ground) -> Iterator[MarkedWords]:
    for one in find_dates(text):
        readings = [one, *_read_again(text, one, ground)]
        periods = [reading.period for reading in readings if reading.period is not None]
        held = any(
            overlap(period, other) and days(other) <= days(period)
            for period in periods
            for other in ground.periods
        )
        if periods and not held and one.text.lower() not in ground.near.lower():
            yield MarkedWords(one.start, one.end, DATE)


def _read_again(text: str, one: DatedWords, ground: Ground) -> Iterator[DatedWords]:
    """Read a date as of the day of each article: "on Tuesday" is then a day."""
    for day in ground.published:
        if day:
            yield from (other for other in find_dates(text, day) if other.start <= one.start < other.end)


def _numbers(text: str, ground: Ground, *, drawn: bool) -> Iterator[MarkedWords]:
    held = find_numbers(ground.near)
    worked = _worked_out(held, ground) if drawn else set()
    years = {year for one in ground.periods for year in range(one.start.year, one.end.year + 1)}
    for one in missing_numbers(find_numbers(text), held):
        words = text[one.start : one.end]
        if any(rounds_to(other, one) or _loosely(one, other) for other in held):
            continue
        if any(rounds_to(replace(one, low=value, high=value), one) for value in worked):
            continue
        if one.kind in {"year", "count"} and one.low in years:
            continue
        if words.lower() in SMALL and not _counted_otherwise(text[one.end :], ground.near):
            continue
        yield MarkedWords(one.start, one.end, NUMBER)


def _loosely(one: Number, other: Number) -> bool:
    """Return True when two numbers have one value and at most one of them a unit, or one is an end of the other."""
    units = {one.unit, other.unit} - {""}
    alike = one.kind == other.kind or not {one.kind, other.kind} & PROPORTIONS
    return alike and len(units) < 2 and bool({one.low, one.high} & {other.low, other.high})


def _miscounted(text: str, ground: Ground) -> Iterator[MarkedWords]:
    """Mark a number that counts another thing in the quotations: 25 goats for 25 soldiers."""
    if not miscounts(text, ground.near):
        return
    for one in find_numbers(text):
        without = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
        if not miscounts(without, ground.near):
            yield MarkedWords(one.start, one.end, COUNTED)


def _worked_out(held: Iterable[Number], ground: Ground) -> set[Fraction]:
    """Collect what numbers and dates may give: sums, differences, days between, how many there are."""
    values = [one.low for one in held if one.low == one.high][:MOST_VALUES]
    starts = sorted({one.start for one in ground.periods})[:MOST_VALUES]
    pairs = list(itertools.combinations(values, 2))
    worked = {one + other for one, other in pairs} | {abs(one - other) for one, other in pairs}
    worked |= {Fraction((later - first).days) for first, later in itertools.combinations(starts, 2)}
    return worked | {Fraction(count) for count in range(1, len(values) + 1)}


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


def _names(text: str, ground: Ground, known: KnownNames | None) -> Iterator[MarkedWords]:
    held = _stems(ground.wide) | _short_forms(ground.wide)
    for name in known.variants(ground.wide) if known else ():
        held |= _stems(name)
    capitals = {
        token.text.lower() for part in ground.bodies for span in names(part) for token in tokens(span.text)
    }
    for span in names(text):
        words = [Span(span.start + one.start, span.start + one.end, one.text) for one in tokens(span.text)]
        missing = [
            one
            for one in words
            if _is_name(one, span, text, ground) and not _stands(one.text, held, capitals)
        ]
        if not missing or _initials(span.text) & (held | {stem(one) for one in _short_forms(ground.wide)}):
            continue
        if len(missing) < len(words) and any(span.text in body for body in ground.bodies):
            continue  # the article has the whole name elsewhere
        yield from (MarkedWords(one.start, one.end, NAME) for one in missing)


def _short_forms(text: str) -> set[str]:
    """Collect the stems of the initials of names, and of dotted abbreviations, in a text: "FTC", "U.S."."""
    dotted = {stem(match.group().replace(".", "")) for match in _DOTTED.finditer(text)}
    return dotted.union(*(_initials(span.text) for span in names(text)))


def _initials(name: str) -> set[str]:
    """Return the stem of the initials of a name of several words, with and without its small words."""
    words = [token.text for token in tokens(name)]
    forms = {"".join(word[0] for word in words), "".join(word[0] for word in words if word[0].isupper())}
    return {stem(one) for one in forms if len(one) > 1}


def _is_name(word: Span, span: Span, text: str, ground: Ground) -> bool:
    """Return True for a capitalised word of a name; a usual word that only begins a sentence is none."""
    lowered = word.text.lower()
    if not word.text[0].isupper() or lowered in STOP_WORDS or lowered in NUMBER_WORDS:
        return False
    if word.text.isupper() and re.match(r"\s?\d", text[word.end :]):  # a currency or a unit: "CR 35m"
        return False
    begins = re.search(r"(?:^|[.!?:;]\s+|[“\"‘«]\s*)$", text[: word.start]) is not None
    if not begins or _CAPITAL.match(text, word.end):
        return True
    return any(
        re.search(rf"(?<=[\w,;] ){re.escape(word.text)}\b", body) for body in ground.bodies
    ) and not any(re.search(rf"\b{re.escape(lowered)}\b", body) for body in ground.bodies)


def _stands(word: str, held: set[str], capitals: set[str]) -> bool:
    own = stem(word)
    if own in held or any(same_word(own, other) for other in held):
        return True
    lowered = re.sub(r"[’']s?$", "", word.lower())
    return any(_of_one_country(lowered, other) for other in capitals)


def _of_one_country(one: str, other: str) -> bool:
    """Return True when one word may be the nationality of the other: they differ only in their endings."""
    if not (_NATIONALITY.search(one) or _NATIONALITY.search(other)):
        return False
    alike = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    shared = sum(1 for _ in alike)
    fewest = 2 if one.endswith(("ch", "sh")) or other.endswith(("ch", "sh")) else SAME_LETTERS
    return shared >= fewest and shared >= min(len(one), len(other)) - SAME_LETTERS


def _joined(marked: Iterable[MarkedWords]) -> Iterator[MarkedWords]:
    """Join marks that overlap or stand side by side for the same reason."""
    last: MarkedWords | None = None
    for one in marked:
        if last and one.start <= last.end:
            last = MarkedWords(last.start, max(last.end, one.end), last.reason)
        elif last and one.reason == last.reason and one.start == last.end + 1:
            last = MarkedWords(last.start, one.end, last.reason)
        else:
            if last:
                yield last
            last = one
    if last:
        yield last


def _blanked(text: str, dated: Iterable[DatedWords]) -> str:
    """Put blanks in the place of dates, so that their figures are not read as numbers."""
    for one in dated:
        text = text[: one.start] + " " * (one.end - one.start - 1) + ";" + text[one.end :]
    return text


def _stems(text: str) -> set[str]:
    return {stem(token.text) for token in tokens(text)}


def _letters(text: str) -> str:
    return " ".join(token.text.casefold() for token in tokens(text))
