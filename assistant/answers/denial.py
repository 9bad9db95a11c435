"""Words of denial, and which sentences may be a No."""

from __future__ import annotations

import re

from assistant.question.asking import asks, asks_whether
from assistant.text.phrases import proper_names
from assistant.text.tokens import content_words, stems, stems_of

DENIAL = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|fail(?:s|ed)?|den(?:y|ies|ied)|reject(?:s|ed)?"
    r"|refus(?:e|es|ed)|ruled out|instead of|rather than|unlikely|yet to|stopped short|far from)\b|n[’']t\b",
    re.I,
)


def may_deny(question: str, sentence: str) -> bool:
    """Return True for a sentence that may be a No: one that denies, or speaks of what is asked of whom.

    Of a statement with a question mark a No without a word of denial is often another person's.
    """
    if DENIAL.search(sentence):
        return True
    named = stems_of(" ".join(proper_names(f"{question[:1].lower()}{question[1:]}")))
    asked = stems(content_words(question)) - named
    return _asks(question) and (not asked or bool(asked & stems_of(sentence)))


def _asks(question: str) -> bool:
    """Return False for a statement with a question mark; a clause may stand before what asks."""
    return any(asks(clause) or asks_whether(clause) for clause in question.split(","))
