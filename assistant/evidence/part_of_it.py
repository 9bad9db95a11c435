"""What tells less than a question asks about: a deed of a part, of some, or of the first who did it."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.evidence.verdicts import SentenceVerdict
from assistant.question.asked_deed import asked_deed
from assistant.text.english.negation import DENIAL

_ASKED_OF_ALL = re.compile(
    r"(?<!at )(?<!after )\b(?:every|all|whole|entire)\b(?![- ](?:right|around|time|but)\b)", re.I
)
_OF_ALL = re.compile(
    r"\b(?:every\w*|all|whole|entire(?:ly)?|each|both|any\w*|always|fully?|complete(?:ly)?|total(?:ly)?"
    r"|unanimous\w*)\b",
    re.I,
)
_ASKED_OF_OTHERS = re.compile(r"\b(?:an)?others?\b|\b(?:before|earlier|previously)\b", re.I)
_FIRST = re.compile(
    r"\b(?:(?:is|was|are|were|be|becom(?:es?|ing)|became|been) the|for the|its|his|her|their)"
    r" (?:first(?: time)?|only)\b(?! (?:two|three|four|five|six|few|\d))",
    re.I,
)
_PARTS = "local|branch|chapter|affiliate|faction|wing"
_PART = re.compile(rf"\b(?:{_PARTS})s?\b", re.I)


def of_the_whole(question: str, sentence: str, verdict: SentenceVerdict) -> SentenceVerdict:
    """Correct a yes that a sentence says of a part only, and one that makes the other side's case.

    "The first to do so" says no where it is asked whether another had done so before.
    """
    if verdict.odds <= 0:
        return verdict
    if tells_of_first(question, sentence):
        return replace(verdict, odds=-verdict.odds)
    return (
        verdict.silent if tells_of_some(question, sentence) or tells_of_part(question, sentence) else verdict
    )


def tells_of_first(question: str, sentence: str) -> bool:
    """Return True where a sentence tells of the first or the only one, and a question asks for others before it."""
    asked = _ASKED_OF_OTHERS.search(question)
    return bool(asked and _FIRST.search(sentence)) and not DENIAL.search(question + sentence)


def tells_of_some(question: str, sentence: str) -> bool:
    """Return True where a question asks of all of something, and a sentence has no word for that."""
    return bool(_ASKED_OF_ALL.search(question)) and not _OF_ALL.search(sentence)


def tells_of_part(question: str, sentence: str) -> bool:
    """Return True where a sentence names a local branch of those whom a question asks about as a whole."""
    asked = asked_deed(question)
    if asked is None or _PART.search(question):
        return False
    name, part = re.escape(asked.doer), rf"(?:{_PARTS})s?"
    before, after = (
        rf"\b{part}\s+(?:of\s+(?:the\s+)?)?{name}\b",
        rf"\b{name}(?:\s+union)?(?:[’']s?)?\s+{part}\b",
    )
    return bool(re.search(rf"{before}|{after}", sentence, re.I))
