"""Capitals for a question typed in small letters: those that the passages found for it give the same words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from assistant.text.tokens import STOP_WORDS, tokens

MOSTLY = 0.8
"""Least share of a word's places within sentences where it has a capital."""

_WITHIN = re.compile(r"(?<=[a-z,;:] )[^\W\d_][\w’'-]*")
"""A word that does not open a sentence."""


def with_capitals(question: str, texts: Sequence[str], rare: Collection[str] = ()) -> str:
    """Write a question's words with the capitals that texts mostly give them; one with capitals is left alone.

    A ``rare`` word that the texts lack, and that follows one with a capital, is part of the name: "Ada Quill".
    """
    if not question.islower():
        return question
    written = Counter(word for text in texts for word in _WITHIN.findall(text))
    named = Counter(word.lower() for word in written.elements() if not word.islower())
    told = Counter(word.lower() for word in written.elements())
    end, before = 0, ""
    pieces: list[str] = []
    for one in tokens(question):
        form = one.text
        if form not in STOP_WORDS and named[form] > MOSTLY * told[form]:
            form = max(
                (word for word in written if word.lower() == form), key=lambda word: (written[word], word)
            )
        elif form in rare and not told[form] and before[:1].isupper():
            form = form.capitalize()
        pieces += [question[end : one.start], form]
        end, before = one.end, form
    return "".join([*pieces, question[end:]])
