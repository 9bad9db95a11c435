"""The question before, asked of another name or outcome: "And Arle?", "what about Benholt", "and injured?"."""

from __future__ import annotations

import re

from assistant.question.asking import asks
from assistant.text.dates import YEAR_WRITTEN, dates
from assistant.text.english.counted import OUTCOMES
from assistant.text.english.referring import refers
from assistant.text.tokens import content_words, names

NAMES_EXCHANGED = 2
"""Names of a question in whose place another is put, each for itself."""
ANOTHER_WORDS = 4
"""Most content words of a name."""
_ANOTHER = re.compile(
    r"^\W*(?:(?:and|but|or)\s+(?:(?:what|how)\s+about\s+)?|(?:what|how)\s+about\s+)"
    r"(?:(?:for|in|at|from|with|of|on|to|by)\s+)?(?:the\s+(?-i:(?=[A-Z])))?(?P<another>[^\s,;].*?)\W*$",
    re.I,
)
_YEAR = re.compile(r"(?:the\s+)?(?P<year>(?:19|20)\d\d)\s+ones?", re.I)
_OUTCOME = re.compile(rf"\b(?:{'|'.join(OUTCOMES.values())})\b", re.I)


def asked_of_another(question: str, before: str) -> list[str]:
    """Put what a follow-up consists of in the place of each name, or of the outcome, of the question before."""
    found = _ANOTHER.match(question)
    another = found["another"] if found else ""
    if (year := _YEAR.fullmatch(another)) and len(YEAR_WRITTEN.findall(before)) == 1:
        return [YEAR_WRITTEN.sub(year["year"], before)]
    if not another or asks(another) or dates(another) or len(content_words(another)) > ANOTHER_WORDS:
        return []
    if _OUTCOME.fullmatch(another):
        changed = _OUTCOME.sub(another.lower(), before, count=1)
        return [changed] if changed != before else []
    if not _may_be_a_name(another):
        return []
    places = [one for one in names(before) if not dates(one.text) and another.lower() not in one.text.lower()]
    return [f"{before[: one.start]}{another}{before[one.end :]}" for one in places[:NAMES_EXCHANGED]]


def _may_be_a_name(words: str) -> bool:
    """Return True for "Arle", "arle" and "the Reed Park fire", not for "closed" and "the other town"."""
    if words[0].isupper():
        return not refers(words)
    return len(words.split()) == 1 and not (refers(words) or re.search(r"(?:ed|ing)$", words))
