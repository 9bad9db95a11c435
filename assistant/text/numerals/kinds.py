"""What a figure is where it stands: a year, part of a name, a bound, or a day of a month, which is no number."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.text.english import number_words as words
from assistant.text.month_names import MONTH_NUMBERS
from assistant.text.numerals.readings import Figure
from assistant.text.numerals.tokens import FIRST_YEAR, LAST_YEAR, Token, counts_next, step, word

BOUND_WORDS = 5
LAST_DAY = 31
LONGEST_LABEL = 9_999
YEAR_DIGITS = 4
# "The 2015 elections" are of a year, "the 1500 workers" are so many.
FIRST_OF_CENTURY = 1900
BOUNDS_OF_YEAR = frozenset(("", "about", "less than", "more than"))
_SENTENCE_STARTS = frozenset(".!?:;“”\"'‘’([{«»—–•*|#")


def settle(tokens: Sequence[Token], one: Figure) -> Figure | None:
    """Give a figure the kind that its context tells; None for what counts nothing ("one of them", "17 May")."""
    if _is_day_of_month(tokens, one) or _is_pronoun(tokens, one) or _counts_nothing(tokens, one):
        return None
    if one.kind in {"count", "ordinal"} and one.written and _is_named(tokens, one):
        return one._replace(kind="name")
    if one.kind != "count" or not one.plain:
        return one
    if _is_year(tokens, one):
        return one._replace(kind="year")
    return one._replace(kind="name") if _is_label(tokens, one) else one


def bound(tokens: Sequence[Token], one: Figure) -> tuple[str, int]:
    """Find the words that bound a figure ("at least", "or more"): the bound, and the index where they begin."""
    if one.kind in {"score", "name", "ordinal"}:
        return "", one.first
    named = ""
    first = one.first
    while found := _bound_before(tokens, first):
        if found[0] == "about" and tokens[found[1]].lower == "some" and one.kind == "year":
            break
        named, first = named or found[0], found[1]
    return named or _bound_after(tokens, one.after), first


def _bound_before(tokens: Sequence[Token], first: int) -> tuple[str, int] | None:
    if first and tokens[first].gap == "break":
        return None
    if first and tokens[first - 1].text == "~":
        return "about", first - 1
    found = None
    phrase = ""
    for begin in range(first - 1, max(-1, first - 1 - BOUND_WORDS), -1):
        if not tokens[begin].lower:
            break
        phrase = f"{tokens[begin].lower} {phrase}" if phrase else tokens[begin].lower
        if phrase in words.BOUNDS:
            found = words.BOUNDS[phrase], begin
        if tokens[begin].gap != "space":
            break
    return found


def _bound_after(tokens: Sequence[Token], after: int) -> str:
    if after >= len(tokens) or tokens[after].gap == "break":
        return ""
    if tokens[after].text == "+" and tokens[after].gap == "none":
        return "at least"
    begin = step(tokens, after)
    if begin > after and word(tokens, begin) in words.BOUNDS_AFTER:
        return words.BOUNDS_AFTER[word(tokens, begin)]
    pair = f"{word(tokens, begin)} {word(tokens, begin + 1)}"
    return words.BOUNDS_AFTER.get(pair, "")


def _token_before(tokens: Sequence[Token], one: Figure) -> Token | None:
    """Return the token before a figure, across a space."""
    if not one.first or tokens[one.first].gap == "break":
        return None
    return tokens[one.first - 1]


def _is_month_name(tokens: Sequence[Token], at: int) -> bool:
    return word(tokens, at) in MONTH_NUMBERS and tokens[at].text[0].isupper()


def _is_day_of_month(tokens: Sequence[Token], one: Figure) -> bool:
    """Return True for the day of "17 May", "May 17th" and "17 to 19 May"."""
    if (
        one.kind not in {"count", "ordinal"}
        or one.unit
        or one.vague
        or not 1 <= one.low <= one.high <= LAST_DAY
    ):
        return False
    following = step(tokens, one.after)
    if word(tokens, following) == "of":
        following = step(tokens, following + 1)
    if word(tokens, following) in {"and", "to", "or"}:
        following = step(tokens, following + 2)
        following += word(tokens, following) in words.ORDINAL_ENDINGS
    if _is_month_name(tokens, following):
        return True
    before = one.first - 1
    if before >= 0 and tokens[before].text == ".":
        before -= 1
    if before < 0 or not _is_month_name(tokens, before) or tokens[one.first].gap == "break":
        return False
    return not (counts_next(tokens, one.after) and word(tokens, before - 1) == "in")


def _is_pronoun(tokens: Sequence[Token], one: Figure) -> bool:
    """Return True for "one" where it counts nothing: "no one", "one of them"; and for "net zero"."""
    if one.kind != "count" or one.unit or not one.written or one.after != one.first + 1:
        return False
    before = word(tokens, one.first - 1) if tokens[one.first].gap != "break" else ""
    if tokens[one.first].lower == "zero":
        return before in words.NOT_BEFORE_ZERO
    if tokens[one.first].lower != "one" or len(tokens) == 1:
        return False
    following = step(tokens, one.after)
    noun = word(tokens, following)
    if not noun or before in words.NOT_BEFORE_ONE or not tokens[following].text[0].islower():
        return bound(tokens, one)[1] == one.first
    return noun in words.NOT_AFTER_ONE or noun.endswith(("n't", "'s", "'d", "'ll"))


def _counts_nothing(tokens: Sequence[Token], one: Figure) -> bool:
    """Return True for the "second" that is a time ("a second later"), and for that of "Second, it is late"."""
    if one.kind != "ordinal" or not one.written:
        return False
    following = tokens[one.after].text if one.after < len(tokens) else ""
    if following == "," and (not one.first or tokens[one.first - 1].text in _SENTENCE_STARTS):
        return True
    if tokens[one.first].lower != "second" or not one.first:
        return False
    before = tokens[one.first - 1]
    later = before.lower == "a" and word(tokens, one.after) in {"", "later", "before", "after", "ago", "or"}
    return later or before.kind == "figure" or before.lower in {"per", "every", "each", "split", "one"}


def _is_named(tokens: Sequence[Token], one: Figure) -> bool:
    """Return True for a number word that a name holds: "the Big Ten", "Fifth Avenue"; not at a sentence's start."""
    if not tokens[one.first].text[0].isupper() or one.vague:
        return False
    before = _token_before(tokens, one)
    if before is None or before.text in _SENTENCE_STARTS:
        return False
    following = step(tokens, one.after)
    capitals = [before, tokens[following]] if following < len(tokens) else [before]
    return any(token.text[0].isupper() and token.lower not in words.OPENERS for token in capitals)


def _is_year(tokens: Sequence[Token], one: Figure) -> bool:
    """Return True for a bare 1500 to 2100 before no plural, or where a word before it makes it a year."""
    if not FIRST_YEAR <= one.low <= one.high <= LAST_YEAR or len(tokens[one.first].text) != YEAR_DIGITS:
        return False
    before = word(tokens, one.first - 1) if tokens[one.first].gap != "break" else ""
    if counts_next(tokens, one.after):
        return before in words.BEFORE_YEAR and one.low >= FIRST_OF_CENTURY and one.low % 100 != 0
    return bound(tokens, one)[0] in BOUNDS_OF_YEAR and before != "some"


def _is_label(tokens: Sequence[Token], one: Figure) -> bool:
    """Return True for the figure of a name: "Article 5", "iPhone 16", "Covid-19", "No. 10", "#3"."""
    before = _token_before(tokens, one)
    if before is None or one.low != one.high or one.high > LONGEST_LABEL:
        return False
    at = one.first - 1
    if before.text == "-" and before.gap == tokens[one.first].gap == "none" and at:
        return tokens[at - 1].text[0].isupper() and tokens[at - 1].lower not in words.OPENERS
    if before.kind != "word":
        return before.text == "#" or (before.text == "." and word(tokens, at - 1) in {"no", "nos"})
    return not counts_next(tokens, one.after) and _labels(tokens, before, step(tokens, one.after))


def _labels(tokens: Sequence[Token], before: Token, following: int) -> bool:
    """Return True for a word that names the thing whose number follows; in a line of capitals no word tells."""
    if before.lower in words.LABELS:
        return before.lower != "no" or before.text[0].isupper()
    if before.text.islower() or before.lower in words.OPENERS:
        return False
    shouted = following < len(tokens) and len(before.text) > 1 and len(tokens[following].text) > 1
    return not (shouted and before.text.isupper() and tokens[following].text.isupper())
