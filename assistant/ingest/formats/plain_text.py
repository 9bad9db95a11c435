"""Plain texts -> documents: words that were broken at the ends of their lines are whole again."""

from __future__ import annotations

import re
from collections import Counter

from assistant.ingest.metadata.documents import Document

_BROKEN = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]\n[ \t]*([^\W\d_]+)")
_SOFT = re.compile(r"\u00ad[ \t]*\n?[ \t]*(?=\w)")
_PREFIXES = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())


def read_plain_text(text: str) -> Document:
    """Return the document of a text."""
    return Document(with_whole_words(text.replace("\r\n", "\n").replace("\r", "\n")))


def with_whole_words(text: str) -> str:
    """Return a text with the words joined that a hyphen at the end of a line breaks.

    A hyphen stays where the text spells the word with it elsewhere, or begins the second part with a capital.
    """
    if "-\n" in text or "\u00ad" in text or "\u2010\n" in text:
        spelt = Counter(re.findall(r"\w+(?:-\w+)+", text.replace("-\n", "\0\n").lower()))
        text = _BROKEN.sub(lambda found: _join_word(found[1], found[2], spelt), text)
        text = _SOFT.sub("", text)
    return text


def _join_word(first: str, second: str, spelt: Counter[str]) -> str:
    """Return one word; the line is broken after it, where the space was."""
    hyphenated = f"{first}-{second}"
    keeps = spelt[hyphenated.lower()] or second[:1].isupper() or first.lower() in _PREFIXES
    return hyphenated if keeps else first + second
