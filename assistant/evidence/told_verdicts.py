"""What a verdict is worth by what its sentence tells: a plan, a condition, another's deed, no death, both sides."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from assistant.evidence.claims import claims
from assistant.evidence.deeds import refuses_ahead, tells_plan
from assistant.evidence.part_of_it import of_the_whole
from assistant.evidence.responsibility import claim_told
from assistant.evidence.roles import Roles, roles_in
from assistant.evidence.verdicts import SentenceVerdict
from assistant.question.asked_deed import asked_deed
from assistant.text.english.counted import OUTCOMES
from assistant.text.english.negation import DENIAL
from assistant.text.tense import intended, told_and_denied
from assistant.text.tokens import STOP_WORDS, stem, tokens

SURE = 1.0
"""The log odds, with a judge, from which it is a verdict.

A sentence that says the opposite and weighs enough takes a verdict away. Of 328 questions over 4,608 articles .70
have one, .95 of them the right one; from 1.5 for yes and 1.2 for no it was .58 and .95, with a judge that did not
read each sentence by itself.
"""
SAID_OUTRIGHT = 1.5
"""The log odds of what is said outright."""
BY_CLAIM = SentenceVerdict(SAID_OUTRIGHT, 1.0, 1.0)
"""Of a sentence that says that who is asked about claimed a deed, whatever else it says of claims."""

BY_WORDS = SentenceVerdict(SAID_OUTRIGHT, 1.0, 1.0)
"""Of a sentence that says in the words of the question what it asks about."""
WORDS_OF_DEED = 3
"""Least content words of what is asked about that must stand in a sentence in a row."""

_LIVES, _DIES = re.compile(r"alive|liv(?:e|ing)|surviv(?:e|ed|ing)", re.I), re.compile(r"dead|die[ds]?", re.I)
_DEATH = re.compile(rf"\b(?:{OUTCOMES['dead']})\b", re.I)


def corrected(question: str, sentence: str, verdict: SentenceVerdict) -> SentenceVerdict:
    """Correct what the judge makes of a sentence by what it tells of the deed that is asked about."""
    if tells_plan(question, sentence) or tells_no_death(question, sentence, verdict):
        return verdict.silent
    verdict = as_done_by(verdict, roles_in(question, sentence))
    verdict = as_claimed(verdict, claim_told(question, sentence))
    verdict = of_the_whole(question, sentence, verdict)
    if verdict.odds < SAID_OUTRIGHT and says_so(question, sentence):
        return BY_WORDS
    return verdict.silent if verdict.odds < 0 and refuses_ahead(question, sentence) else verdict


def as_done_by(verdict: SentenceVerdict, roles: Roles) -> SentenceVerdict:
    """Turn a yes into a no where the sentence tells the deed the other way round; elsewhere it may say nothing."""
    if verdict.odds <= 0 or roles == "same":
        return verdict
    return replace(verdict, odds=-verdict.odds) if roles == "reversed" else verdict.silent


def as_claimed(verdict: SentenceVerdict, claim: Literal["asked", "other"] | None) -> SentenceVerdict:
    """Take a claim in words for a yes, and that of another deed for no no."""
    if claim == "asked":
        return BY_CLAIM
    return verdict.silent if claim == "other" and verdict.odds < 0 else verdict


def tells_no_death(question: str, sentence: str, verdict: SentenceVerdict) -> bool:
    """Return True where a sentence is taken to say that somebody died, and no word of it tells of a death.

    A judge takes "Ada had a heart attack" for it.
    """
    asked = asked_deed(question)
    if asked is None:
        return False
    died = _DIES if verdict.odds > 0 else _LIVES
    return bool(died.fullmatch(asked.deed)) and not _DEATH.search(sentence)


def says_so(question: str, sentence: str) -> bool:
    """Return True where a sentence says what is asked about, word for word, and neither denies nor qualifies it."""
    asked, told = (stems_in_order(text) for text in (question, sentence))
    if len(asked) < WORDS_OF_DEED or DENIAL.search(question + sentence) or intended(question + sentence):
        return False
    return told[: len(asked)] == asked and not claims(sentence) and "?" not in sentence


def stems_in_order(text: str) -> list[str]:
    """List the stems of a text's content words as they stand."""
    return [stem(one.text) for one in tokens(text) if one.text.lower() not in STOP_WORDS]


def denies_only(question: str, sentence: str) -> bool:
    """Return False for a denial beside the deed itself, "I concede this race, I do not concede the fight"."""
    asked = asked_deed(question)
    return asked is None or not told_and_denied(sentence, asked.deed)


def is_sure(verdict: SentenceVerdict) -> bool:
    """Return True for a verdict that is one by itself."""
    return abs(verdict.odds) >= SURE
