"""Whether a sentence tells that a deed was done, or only that it is planned: "The hall will open in June"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence.sentences import ScoredSentence
from assistant.question.asked_deed import asked_deed
from assistant.text.english.verbs import PAST
from assistant.text.tense import intended, only_intended, only_on_condition, refused_ahead
from assistant.text.tokens import content_words, names, stem, stems, tokens

PLANNED = 3.0
"""Log odds that a sentence of a plan loses where a deed is asked for."""
_ASKS_FOR_DOER = re.compile(
    r"\b(?:who|whom|whose|(?:what|which)(?! (?:year|date|day|month|time|week))|how (?:many|much)|list|name)\b",
    re.IGNORECASE,
)
_ASKS_FOR_SENTENCE = re.compile(
    r"\bsentenced?\b|\bhow (?:many years|long)\b.*\b(?:get|prison|jail|behind bars)\b", re.IGNORECASE
)
_FACED = re.compile(
    r"\b(?:fac(?:e|es|ed|ing)|could (?:get|receive|spend)|punishable by|carr(?:y|ies))\b(?:\s+\S+){0,8}?"
    r"\s+(?:years?|life|death|prison|jail)\b",
    re.IGNORECASE,
)
_SENTENCED = re.compile(r"\bsentenced to\b|\bwas (?:given|jailed)\b", re.IGNORECASE)
_OF_THE_PAST = re.compile(rf"\b(?:did|(?-i:{PAST})|[a-z]{{2,}}ed)\b", re.IGNORECASE)


def asks_of_deed(question: str) -> bool:
    """Return True for "Did the hall open?" and "Which halls were opened?", not for "Will it open?"."""
    return bool(_OF_THE_PAST.search(question)) and not intended(question)


def tells_plan(question: str, sentence: str) -> bool:
    """Return True when a question asks for a deed of which a sentence tells only as a plan or a condition."""
    if not asks_of_deed(question):
        return False
    asked = asked_deed(question)
    return only_intended(sentence, stems(content_words(question))) or (
        asked is not None and only_on_condition(sentence, asked.deed)
    )


def refuses_ahead(question: str, sentence: str) -> bool:
    """Return True when a question asks for a deed that a sentence says will not be done: it may be done later."""
    named = {stem(token.text) for span in names(question) for token in tokens(span.text)}
    return asks_of_deed(question) and refused_ahead(sentence, stems(content_words(question)) - named)


def deeds_first(question: str, ranked: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Lower the sentences that tell only of a plan, where it is asked who or what did something.

    When something took place is also asked of what was announced for a day: there they stay.
    """
    deeds = stems(content_words(question))
    of_deed = bool(_ASKS_FOR_DOER.search(question)) and asks_of_deed(question)
    lowered = [
        replace(one, score=one.score - PLANNED)
        if (of_deed and only_intended(one.text, deeds)) or only_faced(question, one.text)
        else one
        for one in ranked
    ]
    return sorted(lowered, key=lambda one: -one.score)


def only_faced(question: str, sentence: str) -> bool:
    """Return True where a sentence of a court is asked for, and only the one that somebody faces is told."""
    asked = _ASKS_FOR_SENTENCE.search(question) and not re.search(r"\bfac(?:e[sd]?|ing)\b", question, re.I)
    return bool(asked and _FACED.search(sentence)) and not _SENTENCED.search(sentence)
