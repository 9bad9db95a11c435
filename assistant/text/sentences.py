"""Splits a text into sentences, headings and list items, with their exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

HEADING_WORDS = 14
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
        for boundary in sentencex.get_sentence_boundaries("en", line):
            piece: str = boundary["text"]
            start = at + len(piece) - len(piece.lstrip())
            end = at + len(piece.rstrip())
            at += len(piece)
            if end > start:
                yield Sentence(start, end, heads=heads)


def _is_heading(line: str) -> bool:
    line = line.strip()
    if line.endswith(":"):
        return True
    return (
        len(line.split()) <= HEADING_WORDS
        and line[-1] not in ".!?…”\"’'),"
        and not line.startswith(("-", "•", "*"))
    )
