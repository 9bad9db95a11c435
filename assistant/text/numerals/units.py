"""The unit of a figure: the currency before it or after it, percent, or a measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.text.english import units
from assistant.text.english.number_words import SCALE_MARKS, SCALES
from assistant.text.numerals.tokens import HYPHENS, Token, counts_next, step, word

# The most tokens that a unit is made of: "U.S. dollars" has five, "kilometres per hour" three.
MOST_TOKENS = 5
MILLION = 10**6
CODE_LETTERS = (2, 3)
PENCE = "GBP/100"
# "miles" is more than one; "has" is not several hectares.
SHORTEST_PLURAL = 5


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and the index of the token after it; ``times`` is what its figure is multiplied by."""

    kind: str
    name: str
    after: int
    times: Fraction = Fraction(1)


def currency_before(tokens: Sequence[Token], at: int) -> Unit | None:
    """Read the "$", "US$" or "EUR" that begins at a token; None where none does."""
    found = None
    piece = ""
    for end in range(at, min(at + MOST_TOKENS, len(tokens))):
        if end > at and tokens[end].gap != "none":
            break
        piece += tokens[end].text
        if piece not in units.SIGN_BEGINNINGS:
            break
        if piece in units.CURRENCY_SIGNS:
            found = Unit("currency", units.CURRENCY_SIGNS[piece], end + 1)
    return found or _unknown_currency(tokens, at)


def _unknown_currency(tokens: Sequence[Token], at: int) -> Unit | None:
    """Read capitals before "35m" or "600,000" as a currency unknown here; the m is not of metres then."""
    if at + 1 >= len(tokens) or tokens[at + 1].kind != "figure" or tokens[at + 1].gap == "break":
        return None
    code, figure = tokens[at].text, tokens[at + 1].text
    if not is_code(code):
        return None
    after = at + 2
    glued = after < len(tokens) and tokens[after].gap == "none"
    scaled = word(tokens, after) in SCALES or (glued and tokens[after].text in SCALE_MARKS)
    after += scaled
    if counts_next(tokens, after) or word(tokens, after) in units.METRES or not (scaled or "," in figure):
        return None
    return Unit("currency", "", at + 1)


def is_code(text: str) -> bool:
    """Return True for two or three capitals, as currencies are written."""
    return len(text) in CODE_LETTERS and text.isalpha() and text.isupper()


def unit_after(tokens: Sequence[Token], at: int, *, scale: int, first: int) -> Unit | None:
    """Read the unit that follows a figure: "%", "percentage points", "dollars", "km/h", "°C"; None without one.

    ``first`` is the index where the figure begins; ``scale`` its last scale, which tells "1.5 million pounds".
    """
    begin = step(tokens, at)
    if begin >= len(tokens) or tokens[begin].text.lower() not in units.UNIT_BEGINNINGS:
        return None
    for end in range(min(begin + MOST_TOKENS, len(tokens)), begin, -1):
        if any(token.gap == "break" for token in tokens[begin + 1 : end]):
            continue
        found = _unit_named(tokens, begin, end, scale)
        if found is None:
            continue
        if found.name == "GBP|lb":
            return _pounds(tokens, found, first, scale)
        if found.name == PENCE:
            return Unit("currency", "GBP", found.after, Fraction(1, 100))
        return found
    return None


def _unit_named(tokens: Sequence[Token], begin: int, end: int, scale: int) -> Unit | None:
    written = "".join(
        (" " if token.gap == "space" and n else "") + token.text for n, token in enumerate(tokens[begin:end])
    )
    if written in units.CURRENCY_SIGNS and not _begins_next(tokens, end):
        return Unit("currency", units.CURRENCY_SIGNS[written], end)
    if len(written) == 1 and written.isalpha():
        name = units.TOUCHING.get(written) if tokens[begin].gap == "none" else None
        name = name or ("m" if written == "m" else None)
        return Unit("currency" if name == PENCE else "measure", name, end) if name else None
    kind, name = _unit_of_phrase("".join(" " if one in HYPHENS else one for one in written).lower(), scale)
    return Unit(kind, name, end) if name else None


def _unit_of_phrase(phrase: str, scale: int) -> tuple[str, str]:
    """Look a unit up by its words, in the singular too; its kind and name, empty for none."""
    if phrase in units.PERCENT:
        return units.PERCENT[phrase], "%"
    if scale >= MILLION and phrase in units.AFTER_SCALE:
        return "currency", units.AFTER_SCALE[phrase]
    singular = phrase[:-1] if phrase.endswith("s") and len(phrase) >= SHORTEST_PLURAL else phrase
    for form in (phrase, singular):
        if form in units.CURRENCY_WORDS and form not in units.NOT_AFTER_FIGURE:
            return "currency", units.CURRENCY_WORDS[form]
        if form in units.MEASURES:
            return "measure", units.MEASURES[form]
    return "", ""


def _begins_next(tokens: Sequence[Token], end: int) -> bool:
    """Return True for the sign in "500 $200", which is the next figure's."""
    return end < len(tokens) and tokens[end].kind == "figure" and tokens[end].gap == "none"


def _pounds(tokens: Sequence[Token], found: Unit, first: int, scale: int) -> Unit:
    before = {word(tokens, at) for at in range(max(0, first - 3), first)}
    following = word(tokens, step(tokens, found.after))
    if (scale < MILLION and before & units.WEIGHT_BEFORE) or following in units.WEIGHT_AFTER:
        return Unit("measure", "lb", found.after)
    if scale >= MILLION and following != "of":
        return Unit("currency", "GBP", found.after)
    return Unit("currency", "GBP|lb", found.after)
