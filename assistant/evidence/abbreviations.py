"""What an abbreviation stands for, where an article explains it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.evidence.reading import Reading
from assistant.evidence.sides import Said, said_by, state_sides
from assistant.evidence.thresholds import STATED_CONFIDENCE, answer_threshold
from assistant.names import name_key
from assistant.retrieval.search import Retrieval
from assistant.settings import Settings
from assistant.text.abbreviations import definitions

SHORT = r"[“\"']?(?P<{}>[A-Z][A-Za-z]{{0,2}}[A-Z][A-Za-z]{{0,6}})\b[”\"']?"
EXPANSION_ASKED = re.compile(
    r"(?i:\bwhat (?:does|do|did|is) (?:the )?(?:abbreviation |acronym |initials |letters |name )?)"
    rf"{SHORT.format('one')}"
    r"(?i:\s+(?:stand|short|an? (?:abbreviation|acronym)) (?:for|of)\b)"
    rf"|(?i:\bfull (?:name|form) of (?:the )?){SHORT.format('two')}"
)


def explain_abbreviation(
    reading: Reading, question: str, retrieval: Retrieval, settings: Settings
) -> Reading | None:
    """Answer what an abbreviation stands for; None where that is not asked, or no sentence at hand explains it."""
    asked = EXPANSION_ASKED.search(question)
    told = list(_definitions_said(asked["one"] or asked["two"], reading, retrieval)) if asked else []
    if not told:
        return None
    first = [one for one in told if one.same(told[0])]
    sure = max(reading.confidence, STATED_CONFIDENCE, answer_threshold(settings))
    return state_sides(
        replace(reading, answered=True, confidence=sure), [first], settings, differ=False, keep=False
    )


def _definitions_said(abbreviation: str, reading: Reading, retrieval: Retrieval) -> Iterator[Said]:
    for one in reading.ranked:
        for short, long in definitions(one.text):
            if short == abbreviation and (place := one.text.find(long)) >= 0:
                yield said_by(one, long, name_key(long), place, retrieval)
