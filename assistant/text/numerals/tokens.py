"""A text cut into words, figures, clock times and marks, as the number reader needs them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from assistant.text.english.number_words import NOT_PLURALS, PLURALS, VULGAR
from assistant.text.english.units import CURRENCY_SIGNS
from assistant.text.month_names import MONTH_NUMBERS

TokenKind = Literal["word", "figure", "years", "clock", "mark", "aside"]
Gap = Literal["none", "space", "break"]

HYPHENS = frozenset("-‐‑")
DASHES = HYPHENS | frozenset("–—")
# Longer figures are keys and codes; Python also refuses to read those of thousands of digits.
MOST_DIGITS = 30
# "3/4" is a part of a whole, "9/11" and "24/7" are names.
PART_DENOMINATORS = frozenset((2, 3, 4, 5, 8))
# What bare digits of a year lie between.
FIRST_YEAR, LAST_YEAR = 1500, 2100
ZERO = Fraction(0)
_SPACES = " \u00a0\u202f\u2009\u2007"
_VULGAR = "".join(VULGAR)
_TOKEN = re.compile(
    rf"""
    (?P<aside>https?://\S+
      | (?:\+?[0-9]{{1,2}}[-.])?(?:\([0-9]{{3}}\)\s?|[0-9]{{3}}[-.])[0-9]{{3}}[-.][0-9]{{4}}(?![0-9])
      | [0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}(?![0-9])(?:T[0-9:.]+Z?)?
      | [0-9]{{1,2}}(?P<mark_of_date>[/.])[0-9]{{1,2}}(?P=mark_of_date)(?:[0-9]{{4}}|[0-9]{{2}})(?![0-9]))
  | (?P<clock>[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?:\.[0-9]{{1,3}})?(?![0-9:])
        (?:\s?(?i:[ap]m|[ap]\.m\.?)(?!\w))?
      | [0-9]{{1,2}}(?:\.[0-9]{{2}})?\s?(?i:[ap]m|[ap]\.m\.?)(?!\w))
  | (?P<slash>[0-9]{{1,4}}[/⁄][0-9]{{1,4}}(?![0-9/⁄]))
  | (?P<grouped>[0-9]{{1,3}}(?P<group>[{_SPACES}'’])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*(?:\.[0-9]+)?(?!,?[0-9]))
  | (?P<figure>[0-9]+(?:[.,][0-9]+)* | (?<![\w.])\.[0-9]+ | [{_VULGAR}])
  | (?P<word>[^\W\d_{_VULGAR}]+(?:[’'][^\W\d_{_VULGAR}]+)*)
  | (?P<mark>\S)
    """,
    re.X,
)
_BETWEEN_DIGITS = re.compile(rf"(?<=\d)[{_SPACES}'’](?=\d)")
_CLOCK_TIME = re.compile(r"(\d+)(?:[:.](\d\d))?(?::(\d\d))?(\.\d+)?\s?([ap])?", re.I)
_PLAIN_DIGITS = re.compile(r"(?:0|[1-9]\d*)?(?:\.\d+)?", re.A)
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|[1-9]\d?(?:,\d\d)+,\d{3}(?:\.\d+)?", re.A)


class Token(NamedTuple):
    """A piece of a text, ``text[start:end]``.

    ``lower`` is the word in lower case, empty for others; ``value`` what a figure is worth, ``upper`` the end of
    a span of years ("2023/24"); ``gap`` what stands between it and the token before.
    """

    start: int
    end: int
    text: str
    kind: TokenKind
    lower: str = ""
    value: Fraction = ZERO
    upper: Fraction = ZERO
    gap: Gap = "break"


def tokenise(text: str) -> list[Token]:
    """Cut a text into tokens, in order; dates, links and codes in digits are ``aside``."""
    found: list[Token] = []
    at = 0
    while match := _TOKEN.search(text, at):
        kind = match.lastgroup or "mark"
        start, end = match.span()
        if kind == "grouped" and match["group"] == " " and found and found[-1].lower in MONTH_NUMBERS:
            kind, end = "figure", match.start("group")
        gap = _gap(text[at:start]) if found else "break"
        token = _make_token(start, end, text[start:end], kind, gap)
        found.append(_aside(token) if gap == "none" and _part_of_name(found, token) else token)
        at = end
    return found


def word(tokens: Sequence[Token], at: int) -> str:
    """Return the word at an index, in lower case; empty where there is none."""
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def step(tokens: Sequence[Token], at: int) -> int:
    """Return the index of what goes on after a space or a hyphen; the number of tokens where nothing does."""
    if at >= len(tokens) or tokens[at].gap == "break":
        return len(tokens)
    if (
        tokens[at].text in HYPHENS
        and tokens[at].gap == "none"
        and at + 1 < len(tokens)
        and tokens[at + 1].gap == "none"
    ):
        return at + 1
    return at


def counts_next(tokens: Sequence[Token], at: int) -> bool:
    """Return True when the next word is a noun in the plural, as after a count."""
    at = step(tokens, at)
    one = word(tokens, at)
    if not one or not tokens[at].text[0].islower():
        return False
    plural = one.endswith("s") and not one.endswith(("ss", "'s")) and len(one) > 3
    return one in PLURALS or (plural and one not in NOT_PLURALS)


def clock_seconds(text: str) -> tuple[Fraction, bool] | None:
    """Read a time of day or a running time, in seconds, and whether it tells the half of the day."""
    match = _CLOCK_TIME.match(text)
    if match is None:
        return None
    first, second, third, rest, half = match.groups()
    hour, minute = int(first), int(second or 0)
    if half:
        if not 1 <= hour <= 12 or minute > 59:
            return None
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    if minute > 59 or int(third or 0) > 59:
        return None
    seconds = Fraction(hour * 3600 + minute * 60 + int(third or 0))
    if rest and not third:
        seconds = Fraction(hour * 60 + minute)  # "1:42.5" is minutes and seconds
    return seconds + Fraction(rest or 0), bool(half) or hour > 12 or first.startswith("0")


def _make_token(start: int, end: int, piece: str, kind: str, gap: Gap) -> Token:
    if kind == "word":
        return Token(start, end, piece, "word", piece.lower().replace("’", "'"), gap=gap)
    if kind == "mark":
        return Token(start, end, piece, "mark", gap=gap)
    if kind == "clock" and (read := clock_seconds(piece)):
        return Token(start, end, piece, "clock", value=read[0], upper=Fraction(read[1]), gap=gap)
    if kind == "slash" and (span := _slash(piece)):
        return Token(
            start, end, piece, "years" if span[1] else "figure", value=span[0], upper=span[1], gap=gap
        )
    if kind in {"figure", "grouped"}:
        plain = _BETWEEN_DIGITS.sub("", piece) if kind == "grouped" else piece
        value = figure_value(plain)
        if value is not None:
            return Token(start, end, piece, "figure", value=value, gap=gap)
    return Token(start, end, piece, "aside", gap=gap)


@lru_cache(maxsize=10_000)
def figure_value(piece: str) -> Fraction | None:
    """Read digits with a point, and commas between thousands; None for decimal commas, codes, versions."""
    if piece in VULGAR:
        return VULGAR[piece]
    if len(piece) > MOST_DIGITS:
        return None
    if piece.isdecimal():
        return Fraction(int(piece)) if piece[0] != "0" or piece == "0" else None
    if _PLAIN_DIGITS.fullmatch(piece):
        return Fraction(piece)
    return Fraction(piece.replace(",", "")) if _GROUPED.fullmatch(piece) else None


def _slash(piece: str) -> tuple[Fraction, Fraction] | None:
    """Read "2023/24" as its first and last year, "3/4" as its value and nothing; None for what is neither."""
    first, second = (int(part) for part in re.split("[/⁄]", piece))
    if FIRST_YEAR <= first <= LAST_YEAR and second in {(first + 1) % 100, first + 1}:
        return Fraction(first), Fraction(first + 1)
    return (
        (Fraction(first, second), Fraction(0)) if 0 < first < second and second in PART_DENOMINATORS else None
    )


def _part_of_name(found: list[Token], token: Token) -> bool:
    """Return True for the digits of "G20", "4x4" and "a_1", which are no figures by themselves."""
    before = found[-1]
    if token.kind not in {"figure", "years", "clock"}:
        return False
    if before.kind in {"figure", "aside", "years", "clock"}:
        return token.text not in VULGAR
    if before.kind == "word":
        sign = found[-2].text if len(found) > 1 and before.gap == "none" else ""
        return before.text not in CURRENCY_SIGNS and sign + before.text not in CURRENCY_SIGNS
    return before.text in "_@"


def _aside(token: Token) -> Token:
    return token._replace(kind="aside", value=ZERO, upper=ZERO)


def _gap(between: str) -> Gap:
    if not between:
        return "none"
    return "space" if len(between) <= 2 and between != "\n\n" else "break"
