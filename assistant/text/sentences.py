"""Splits a text into sentences, headings and list items, with their exact offsets."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HEADING_WORDS = 14
_HOUR = re.compile(r"\d\s*[ap]\.m\.\s*$", re.I)
_OF_HOUR = re.compile(
    r"(?:(?:[A-Z]{1,3}T|UTC|Eastern|Central|Mountain|Pacific"
    rf"|{'|'.join([*calendar.day_name, *calendar.month_name[1:]])})\b"
    r"|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.)"
)
WORD_CHARACTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading or list item: ``text[start:end]``, its word pieces, and whether it heads others."""

    start: int
    end: int
    pieces: int = 0
    heads: bool = False


def split_sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences, headings and list items of a text, in order, without surrounding white space."""
    import sentencex

    lines = [match.span() for match in re.finditer(r"[^\n]+", text) if WORD_CHARACTER.search(match.group())]
    for number, (line_start, line_end) in enumerate(lines):
        line = text[line_start:line_end]
        heads = number + 1 < len(lines) and _is_heading(line)
        at = line_start
        pieces = (str(boundary["text"]) for boundary in sentencex.get_sentence_boundaries("en", line))
        for piece in _with_hours(pieces):
            start = at + len(piece) - len(piece.lstrip())
            end = at + len(piece.rstrip())
            at += len(piece)
            if end > start:
                yield Sentence(start, end, heads=heads)


def _with_hours(pieces: Iterable[str]) -> Iterator[str]:
    """Join what was parted after an hour that a zone or a day belongs to: "at 8 p.m. ET", "at 8 p.m. Monday"."""
    held = ""
    for piece in pieces:
        if held and not (_HOUR.search(held) and _OF_HOUR.match(piece)):
            yield held
            held = ""
        held += piece
    if held:
        yield held


def _is_heading(line: str) -> bool:
    line = line.strip()
    if line.endswith(":"):
        return True
    return (
        len(line.split()) <= HEADING_WORDS
        and line[-1] not in ".!?…”\"’'),"
        and not line.startswith(("-", "•", "*"))
    )
