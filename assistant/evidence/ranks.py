"""Whether a sentence tells what ranks where a question asks: "the fourth-deadliest storm" is not the deadliest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence.sentences import ScoredSentence
from assistant.text.english.number_words import ORDINALS

OTHER_RANK = 3.0
"""Log odds that a sentence of another rank loses."""
_SUPERLATIVE = r"(?:(?:most|least)\s+[a-z-]+|[a-z]{2,}est|worst|best|top|biggest)"
_ORDINAL = rf"(?:{'|'.join(word for word, place in ORDINALS.items() if place > 1)}|\d+(?:nd|rd|th))"
_RANKED = re.compile(rf"\b{_ORDINAL}[\s-]+{_SUPERLATIVE}\b", re.I)
_PLACED = re.compile(rf"\brank(?:s|ed|ing)?\s+(?:\w+\s+)?{_ORDINAL}\b", re.I)
_OF_A_TIME = (
    r"(?:(?:of|in|for)\s+(?:the|this|that)\s+(?:year|season|month|decade)|this\s+(?:year|season|month)|so\s+far"
    r"|in\s+(?:(?:more|less)\s+than\s+|nearly\s+|almost\s+)?[\w-]+\s+(?:years|decades|months)|since\s+\d{4}"
    r"|in\s+(?:franchise|club|team|school)\s+history)"
)
_NARROWER = re.compile(rf"\b{_SUPERLATIVE}\b(?:\s+[\w’'-]+){{0,6}}?\s+{_OF_A_TIME}\b", re.I)
_TIMED = re.compile(rf"\b{_OF_A_TIME}\b|\b\d{{4}}\b", re.I)
_OF_THE_FIRST = re.compile(rf"\b{_SUPERLATIVE}\b", re.I)
_BARE = re.compile(
    r"^\W*(?:(?:who|which|what)\b|(?!how\b|why\b|when\b|where\b|did\b|do\b|does\b|is\b|was\b|are\b))", re.I
)


def tells_other_rank(question: str, sentence: str) -> bool:
    """Return True where the first of its kind is asked for and a sentence tells only of a lower one.

    So it is with the first of a shorter time than is asked about: "the largest fire of the year".
    """
    if not (_OF_THE_FIRST.search(question) and _BARE.match(question)) or re.search(
        rf"\b{_ORDINAL}\b", question, re.I
    ):
        return False
    if _PLACED.search(sentence):
        return True
    rest = _RANKED.sub(" ", sentence)
    rest = rest if _TIMED.search(question) else _NARROWER.sub(" ", rest)
    return rest != sentence and not _OF_THE_FIRST.search(rest)


def first_rank_first(question: str, ranked: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Lower the sentences that tell of another rank than is asked for."""
    lowered = [
        replace(one, score=one.score - OTHER_RANK) if tells_other_rank(question, one.text) else one
        for one in ranked
    ]
    return sorted(lowered, key=lambda one: -one.score)
