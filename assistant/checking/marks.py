"""Marks the words of a statement that its quotations do not hold: names, figures, dates and quoted words.

A mark says "look here", not "wrong": the word may be right and stand elsewhere. Names that are written in another
way, nationalities ("Norwegian" beside Norway) and words that only begin a sentence are not marked. What counts as
held is told in ``grounds.py``. In another language than English only figures are compared, by their digits.
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
from assistant.question.understand import is_english
from assistant.text.dates import DatedWords, find_dates
from assistant.text.english.number_words import NUMBER_WORDS
from assistant.text.numbers import Number, find_numbers, missing_numbers, rounds_to, same_unit, unread_digits
from assistant.text.periods import days, overlap
from assistant.text.tokens import STOP_WORDS, Span, names, same_word, stem, tokens
from assistant.types import Citation, MarkedWords, Period

NAME, NUMBER, COUNTED, DATE, QUOTATION = "name", "number", "what is counted", "date", "quotation"
# Of a nationality and its country this many first letters are the same ("Spanish" and "Spain").
SAME_LETTERS = 3

# Number words that count so few that a writer may have counted them; see ``_counted_otherwise``.
SMALL = frozenset("two three four five six seven eight nine ten dozen".split())
NEAR_NOUN = 30
# Numbers and dates from which others are worked out.
MOST_VALUES = 12
MOST_RATIOS = 4

_FIGURE = re.compile(r"\d+(?:[.,’'\u00a0\u202f]\d+)*")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|(?<!\w)‘([^‘’]+)’(?!\w)|«([^«»]+)»")
_NATIONALITY = re.compile(r"(?:ans?|ish|ese|ch|is?|ic|ards?|s)$")
_CAPITAL = re.compile(r"[\s.’'-]+[^\W\d_a-z]")


def marked_words(
    text: str,
    citations: Sequence[Citation],
    known: KnownNames | None = None,
    counts: Sequence[int] = (),
    *,
    drawn: bool = False,
) -> tuple[MarkedWords, ...]:
    """Mark each name, number, date and quotation of a statement that does not stand in its ground.

    A number of a statement that is ``drawn`` from several quotations is not marked where it is their sum,
    difference or count, or one of ``counts``, which were looked up.
    """
    ground = ground_of(citations)
    if not is_english(text):
        return tuple(_figures(text, ground))
    dated = find_dates(text)
    marked = [
        *_quotations(text, ground),
        *_dates(text, ground),
        *_numbers(_blanked(text, dated), ground, counts if drawn else (), drawn=drawn),
        *_miscounted(_blanked(text, dated), ground),
        *_names(_without_units(_blanked(text, dated)), ground, known),
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


def _numbers(text: str, ground: Ground, counts: Sequence[int], *, drawn: bool) -> Iterator[MarkedWords]:
    found, held = find_numbers(text), find_numbers(ground.near)
    for one in missing_numbers(found, held):
        derived = (drawn or one.kind == "share") and _worked_out(one, held, ground)
        if derived or one.low in counts or any(rounds_to(other, one) for other in held):
            continue
        if one.kind == "year" and any(one.low in _years(period) for period in ground.periods):
            continue
        written = text[one.start : one.end].lower()
        if written in SMALL and not _counted_otherwise(text[one.end :], ground.near):
            continue
        yield MarkedWords(one.start, one.end, NUMBER)
    written_there = {word.text for word in unread_digits(ground.wide, ())}
    for word in unread_digits(text, [(one.start, one.end) for one in found]):
        if word.text[0].isdigit() and word.text not in written_there:
            yield MarkedWords(word.start, word.end, NUMBER)


def _figures(text: str, ground: Ground) -> Iterator[MarkedWords]:
    """Mark figures whose digits, separators aside, the ground does not have, also in words or in a date."""
    held = {_digits(one.group()) for one in _FIGURE.finditer(ground.wide)}
    held |= {str(one.low) for one in find_numbers(ground.wide)}
    for period in ground.periods:
        held |= {str(part) for day in (period.start, period.end) for part in (day.day, day.month, day.year)}
    for one in _FIGURE.finditer(text):
        if _digits(one.group()) not in held:
            yield MarkedWords(one.start(), one.end(), NUMBER)


def _digits(figure: str) -> str:
    return re.sub(r"\D", "", figure)


def _miscounted(text: str, ground: Ground) -> Iterator[MarkedWords]:
    """Mark a number that counts another thing in the quotations: 25 goats for 25 soldiers."""
    if not miscounts(text, ground.near):
        return
    for span in find_numbers(text):
        without = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
        if not miscounts(without, ground.near):
            yield MarkedWords(span.start, span.end, COUNTED)


def _years(period: Period) -> range:
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


def _without_units(text: str) -> str:
    """Put blanks in the place of amounts and measures, so that the letters of "US$2bn" are not read as names."""
    for one in find_numbers(text):
        if one.kind in {"currency", "measure"}:
            text = f"{text[: one.start]}{' ' * (one.end - one.start)}{text[one.end :]}"
    return text


def _stems(text: str) -> set[str]:
    return {stem(token.text) for token in tokens(text)}


def _letters(text: str) -> str:
    return " ".join(token.text.casefold() for token in tokens(text))
