"""Which sentences may be a No."""

from __future__ import annotations

from assistant.question.asking import asks, asks_whether
from assistant.text.english.negation import DENIAL


def may_deny(question: str, sentence: str) -> bool:
    """Return True for a sentence that may be a No; of a statement with a question mark only one that denies is.

    Without a word of denial such a No is often another person's.
    """
    return _asks(question) or bool(DENIAL.search(sentence))


def _asks(question: str) -> bool:
    """Return False for a statement with a question mark; a clause may stand before what asks."""
    return any(asks(clause) or asks_whether(clause) for clause in question.split(","))
