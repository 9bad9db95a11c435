"""Marks the words of a statement that its quotations do not hold: names, figures, dates and quoted words.

A mark says "look here", not "wrong": the word may be right and stand elsewhere. Names that are written in another
way, nationalities ("Norwegian" beside Norway) and words that only begin a sentence are not marked. What counts as
held is told in ``grounds.py``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from assistant.checking.figure_units import miscounts
from assistant.checking.grounds import Ground, ground_of
from assistant.names import KnownNames
from assistant.text.dates import DatedWords, find_dates
from assistant.text.facts import quantities
from assistant.text.periods import days, overlap
from assistant.text.tokens import NUMBER_WORDS, STOP_WORDS, Span, names, numbers, same_word, stem, tokens
from assistant.types import Citation, MarkedWords, Period

NAME, NUMBER, COUNTED, DATE, QUOTATION = "name", "number", "what is counted", "date", "quotation"
# Of a nationality and its country this many first letters are the same ("Spanish" and "Spain").
SAME_LETTERS = 3

# Number words that count so few that a writer may have counted them; see ``_counted_otherwise``.
SMALL = frozenset("two three four five six seven eight nine ten dozen".split())
NEAR_NOUN = 30
# Numbers and dates from which others are worked out.
MOST_VALUES = 12

_PERCENT = re.compile(r"\s*(?:%|per\s?cent\b)", re.I)
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|(?<!\w)‘([^‘’]+)’(?!\w)|«([^«»]+)»")
_NATIONALITY = re.compile(r"(?:ans?|ish|ese|ch|is?|ic|ards?|s)$")
_CAPITAL = re.compile(r"[\s.’'-]+[^\W\d_a-z]")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


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
    for place, one in enumerate(find_dates(text)):
        readings = [one, *(find_dates(text, day)[place] for day in ground.published if day)]
        periods = [reading.period for reading in readings if reading.period is not None]
        held = any(
            overlap(period, other) and days(other) <= days(period)
            for period in periods
            for other in ground.periods
        )
        if periods and not held and one.text.lower() not in ground.near.lower():
            yield MarkedWords(one.start, one.end, DATE)


def _numbers(text: str, ground: Ground, *, drawn: bool) -> Iterator[MarkedWords]:
    held = quantities(_blanked(ground.near, find_dates(ground.near))) | quantities(ground.near)
    if drawn:
        held |= _worked_out(held, ground)
    for span in numbers(text):
        after = _PERCENT.match(text[span.end :])
        stated = quantities(text[span.start : span.end + (after.end() if after else 0)])
        if all(one in held or _rounded(one, held) for one in stated):
            continue
        if _YEAR.fullmatch(span.text) and any(int(span.text) in _years(one) for one in ground.periods):
            continue
        if span.text.lower() in SMALL and not _counted_otherwise(text[span.end :], span.text, ground.near):
            continue
        yield MarkedWords(span.start, span.end, NUMBER)


def _miscounted(text: str, ground: Ground) -> Iterator[MarkedWords]:
    """Mark a number that counts another thing in the quotations: 25 goats for 25 soldiers."""
    if not miscounts(text, ground.near):
        return
    for span in numbers(text):
        without = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
        if not miscounts(without, ground.near):
            yield MarkedWords(span.start, span.end, COUNTED)


def _years(period: Period) -> range:
    return range(period.start.year, period.end.year + 1)


def _rounded(stated: str, held: Iterable[str]) -> bool:
    """Return True when one of the numbers held may be stated as a rounder one: 94.8 million as 95 million."""
    unit = stated.lstrip("0123456789.")
    try:
        value = Decimal(stated.removesuffix(unit)).normalize()
        others = [Decimal(one.removesuffix(unit)) for one in held if one.lstrip("0123456789.") == unit]
    except InvalidOperation:  # "dozens"
        return False
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    return any(abs(other - value) <= step / 2 and other != value for other in others)


def _worked_out(held: Iterable[str], ground: Ground) -> set[str]:
    """Collect what numbers and dates may give: sums, differences, days between, how many there are."""
    values = [float(one) for one in held if one.replace(".", "", 1).isdigit()][:MOST_VALUES]
    starts = sorted({one.start for one in ground.periods})[:MOST_VALUES]
    pairs = list(itertools.combinations(values, 2))
    worked = {one + other for one, other in pairs} | {abs(one - other) for one, other in pairs}
    worked |= {float((later - first).days) for first, later in itertools.combinations(starts, 2)}
    worked |= {float(count) for count in range(1, len(values) + 1)}
    return {str(round(one, 6)) for one in worked}


def _counted_otherwise(after: str, number: str, near: str) -> bool:
    """Return True when the ground counts the same thing as a small number in words does, with another number."""
    noun = next((one.text for one in tokens(after)[:2] if one.text.lower() not in STOP_WORDS), "")
    if not noun:
        return False
    counted = [
        stem(one.text) for span in numbers(near) for one in tokens(near[span.end : span.end + NEAR_NOUN])[:2]
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
