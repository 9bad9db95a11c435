"""Words of denial, and which sentences may be a No."""

from __future__ import annotations

import re

from assistant.question.asking import asks, asks_whether

DENIAL = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|fail(?:s|ed)?|den(?:y|ies|ied)|reject(?:s|ed)?"
    r"|refus(?:e|es|ed)|ruled out|instead of|rather than|unlikely|yet to|stopped short|far from)\b|n[’']t\b",
    re.I,
)


def may_deny(question: str, sentence: str) -> bool:
    """Return True for a sentence that may be a No; of a statement with a question mark only one that denies is.

    Without a word of denial such a No is often another person's.
    """
    return _asks(question) or bool(DENIAL.search(sentence))


def _asks(question: str) -> bool:
    """Return False for a statement with a question mark; a clause may stand before what asks."""
    return any(asks(clause) or asks_whether(clause) for clause in question.split(","))
