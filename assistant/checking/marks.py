"""Marks the words of a statement that its quotations do not hold: names, figures, dates and quoted words.

A mark says "look here", not "wrong": the word may be right and stand elsewhere. Names that are written in another
way, nationalities ("Norwegian" beside Norway) and words that only begin a sentence are not marked. What counts as
held is told in ``grounds.py``. In another language than English only figures are compared, by their digits.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.checking.grounds import Ground, ground_of
from assistant.checking.numbers import miscounted_numbers, unknown_figures, unknown_numbers
from assistant.names import KnownNames
from assistant.question.understand import is_english
from assistant.text.dates import DatedWords, find_dates
from assistant.text.english.number_words import NUMBER_WORDS
from assistant.text.month_names import ENGLISH_MONTHS
from assistant.text.numbers import find_numbers
from assistant.text.periods import days, overlap
from assistant.text.tokens import STOP_WORDS, Span, names, same_word, stem, stems_of, tokens
from assistant.types import Citation, MarkedWords

NAME_REASON, DATE_REASON, QUOTATION_REASON = "name", "date", "quotation"
# Of a nationality and its country this many first letters are the same ("Spanish" and "Spain").
SAME_LETTERS = 3

MONTH_WORDS = frozenset().union(*ENGLISH_MONTHS)

_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_QUOTATION = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|(?<!\w)‘([^‘’]+)’(?!\w)|«([^«»]+)»")
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
        return tuple(unknown_figures(text, ground))
    dated = find_dates(text)
    marked = [
        *_quotations(text, ground),
        *_unheld_dates(text, ground),
        *unknown_numbers(_blanked(text, dated), ground, counts if drawn else (), drawn=drawn),
        *miscounted_numbers(_blanked(text, dated), ground),
        *_unheld_names(_without_units(_blanked(text, dated)), ground, known),
    ]
    return tuple(_join_marks(sorted(marked, key=lambda one: (one.start, one.end))))


def _quotations(text: str, ground: Ground) -> Iterator[MarkedWords]:
    held = _folded_words(ground.wide)
    for match in _QUOTATION.finditer(text):
        group = next(number for number, part in enumerate(match.groups(), 1) if part)
        if _folded_words(match.group(group)) not in held:
            yield MarkedWords(match.start(group), match.end(group), QUOTATION_REASON)


def _unheld_dates(text: str, ground: Ground) -> Iterator[MarkedWords]:
    for one in find_dates(text):
        readings = [one, *_read_again(text, one, ground)]
        periods = [reading.period for reading in readings if reading.period is not None]
        held = any(
            overlap(period, other) and days(other) <= days(period)
            for period in periods
            for other in ground.periods
        )
        if periods and not held and one.text.lower() not in ground.near.lower():
            yield MarkedWords(one.start, one.end, DATE_REASON)


def _read_again(text: str, one: DatedWords, ground: Ground) -> Iterator[DatedWords]:
    """Read a date as of the day of each article: "on Tuesday" is then a day."""
    for day in ground.published:
        if day:
            yield from (other for other in find_dates(text, day) if other.start <= one.start < other.end)


def _unheld_names(text: str, ground: Ground, known: KnownNames | None) -> Iterator[MarkedWords]:
    held = stems_of(ground.wide) | _short_forms(ground.wide)
    for name in known.variants(ground.wide) if known else ():
        held |= stems_of(name)
    capitals = {
        token.text.lower() for part in ground.bodies for span in names(part) for token in tokens(span.text)
    } - MONTH_WORDS
    in_full = _initials_in(_DOTTED.sub(" ", ground.wide))
    short = (stems_of(ground.wide) | _dotted_forms(ground.wide)) - in_full
    for span in names(text):
        words = [Span(span.start + one.start, span.start + one.end, one.text) for one in tokens(span.text)]
        missing = [
            one
            for one in words
            if _is_name(one, span, text, ground) and not _is_held(one.text, held, capitals)
        ]
        if not missing or _initial_stems(span.text) & short:
            continue
        if len(missing) < len(words) and any(span.text in body for body in ground.bodies):
            continue  # the article has the whole name elsewhere
        yield from (MarkedWords(one.start, one.end, NAME_REASON) for one in missing)


def _short_forms(text: str) -> set[str]:
    """Collect the stems of the initials of names, and of dotted abbreviations, in a text: "FTC", "U.S."."""
    return _dotted_forms(text) | _initials_in(text)


def _initials_in(text: str) -> set[str]:
    return set().union(*(_initial_stems(span.text) for span in names(text)))


def _dotted_forms(text: str) -> set[str]:
    return {stem(match.group().replace(".", "")) for match in _DOTTED.finditer(text)}


def _initial_stems(name: str) -> set[str]:
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


def _is_held(word: str, held: set[str], capitals: set[str]) -> bool:
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


def _join_marks(marked: Iterable[MarkedWords]) -> Iterator[MarkedWords]:
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


def _folded_words(text: str) -> str:
    return " ".join(token.text.casefold() for token in tokens(text))
