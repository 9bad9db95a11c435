"""Capitals for a question typed in small letters: those that the passages found for it give the same words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.text.tokens import STOP_WORDS, tokens

MOSTLY = 0.8
"""Least share of a word's places within sentences where it has a capital."""

_WITHIN = re.compile(r"(?<=[a-z,;:] )[^\W\d_][\w’'-]*")
"""A word that does not open a sentence."""


def with_capitals(question: str, texts: Sequence[str]) -> str:
    """Write a question's words with the capitals that texts mostly give them; one with capitals is left alone."""
    if not question.islower():
        return question
    written = Counter(word for text in texts for word in _WITHIN.findall(text))
    named = Counter(word.lower() for word in written.elements() if not word.islower())
    told = Counter(word.lower() for word in written.elements())
    for one in reversed(tokens(question)):
        word = one.text.lower()
        if word not in STOP_WORDS and named[word] > MOSTLY * told[word]:
            form = max((w for w in written if w.lower() == word), key=lambda w: (written[w], w))
            question = question[: one.start] + form + question[one.end :]
    return question
