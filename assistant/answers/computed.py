"""Sums and spans that the articles do not state, computed from two cited figures or dates; the rest is declined.

Computed: the days between two dated events, and the sum or difference of two figures of one unit. A question that
needs other arithmetic, a guess or a "not" is declined, with the nearest that the articles say.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answers.days_between import days_between
from assistant.answers.draft import Corpus, Draft
from assistant.answers.reckoning import declined
from assistant.answers.sums import of_labels, of_pair, of_units
from assistant.evidence.gather import Evidence
from assistant.text.english.verbs import BE_DO_HAVE
from assistant.types import Kind, Plan

_SPAN_BETWEEN = re.compile(
    r"\bhow\s+(?:many\s+(?P<unit>days|weeks)|long|much\s+time)\b.*?\b(?:between|from|after|before)\s+(?P<one>.+?)\s+(?:and|to|until|till)\s+(?P<two>.+)$",
    re.I,
)
_AFTER = re.compile(
    rf"\bhow\s+(?:many\s+(?P<unit>days|weeks)|long)\s+(?:after|before)\s+(?P<one>.+?)\s+(?:{BE_DO_HAVE}|will|came)\s+(?P<two>.+)$",
    re.I,
)
_TOTAL = re.compile(
    r"\b(?:total|sum|combined|altogether|all\s+together|in\s+all|add(?:ed)?\s+up|together|overall)\b", re.I
)
_DIFFERENCE = re.compile(r"\b(?:more|fewer|less|difference|gap)\b", re.I)
_MORE_THAN = re.compile(
    r"\bhow\s+(?:many|much)\b(?:\s+\w+){0,2}?\s+(?:more|fewer|less)\b.*\bthan\b|\bdifference\s+in\b", re.I
)
_PAIR = re.compile(
    r"\b(?:in|at|of|for|by|between|than\s+in)\s+(?P<one>[^,]+?)\s+(?:and|than|plus)\s+(?:(?:in|at|of|for|by)\s+)?(?P<two>.+?)"
    r"(?:\s+(?:combined|together|in\s+total|altogether|taken\s+together))?$",
    re.I,
)
_BOTH = re.compile(
    r"\b(?:do|did|does|have|has|had|can|will|are|were)\s+(?:[\w’'-]+\s+){1,4}?and\s+\w"
    r"|\b(?:has|have|had|does|do|did)\b.+\bthan\b|\bhow\s+many\s+[a-z]+\s+and\s+[a-z]+\b",
    re.I,
)
_ASKS_WHAT_IS_NOT = re.compile(r"\b(?:not|never|without|neither|nobody)\b|n[’']t\b", re.I)
_WHO_NOT = re.compile(
    rf"^\W*(?:who|whom|which|what)\b(?:\s+[\w-]+){{0,3}}?\s+(?:{BE_DO_HAVE})(?:\s+not|n[’']t)\b",
    re.I,
)
_ASKS_NUMBER = re.compile(
    r"\b(?:how\s+many|how\s+much|(?:total|sum|number|share|percentage)\s+of|what\s+(?:share|percentage)|add\s+up|difference)\b",
    re.I,
)
_HAVE_NO = re.compile(r"^\W*(?:who|which|what)\b.*?\b(?:has|have|had|with)\s+no\b", re.I)
_WRITE = re.compile(r"^\W*(?:please\s+)?(?:translate|draft|write|compose)\b", re.I)
_ADVICE = re.compile(r"^\W*(?:(?:so|and|please|well)\s+)?(?:should|shall|ought)\s+(?:i|we)\b", re.I)
_FUTURE = re.compile(r"\b(?:predict|forecast|guess|will)\b", re.I)


RECKONED: frozenset[Kind] = frozenset({"short", "list", "superlative", "count", "compare"})
"""Kinds that a question for something to be worked out may be taken for."""


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Compute from two cited facts, or decline and say why."""
    text = plan.text.strip().rstrip("?!. ")
    if span := _AFTER.search(text) or _SPAN_BETWEEN.search(text):
        return days_between(span["one"], span["two"], span["unit"], plan, evidence, corpus)
    adds = bool(_TOTAL.search(text))
    if adds or _DIFFERENCE.search(text):
        if made := of_labels(plan, evidence, adds=adds) or of_units(plan, evidence):
            return made
        if pair := _PAIR.search(_TOTAL.sub("", text) if adds else text):
            return of_pair(pair["one"], pair["two"], plan, evidence, corpus, adds=adds)
    return declined(plan, evidence, corpus, _reason_declined(text))


def recognise_computed(plan: Plan) -> Plan:
    """Return a plan of the kind ``computed`` for a sum, a span of days, a negative, or advice."""
    text = plan.text.strip().rstrip("?!. ")
    if _ADVICE.match(text):
        return replace(plan, kind="computed")
    if plan.kind not in RECKONED:
        return plan
    compares = _TOTAL.search(text) or _MORE_THAN.search(text)
    pair = _PAIR.search(text) or _BOTH.search(text)
    reckons = compares and pair and _ASKS_NUMBER.search(text)
    span = _SPAN_BETWEEN.search(text) or _AFTER.search(text)
    denies = _WHO_NOT.search(text) or (plan.kind == "list" and _HAVE_NO.search(text))
    return replace(plan, kind="computed") if reckons or span or denies or _WRITE.search(text) else plan


def _reason_declined(text: str) -> str:
    if _WRITE.search(text):
        return "This asks for a text to be written or translated; only what the articles say is quoted."
    if _ADVICE.match(text):
        return "This asks for advice; none is given beyond what the articles say."
    if _ASKS_WHAT_IS_NOT.search(text) or _HAVE_NO.search(text):
        return "This asks what is not so; the articles tell what is, and nothing is concluded from their silence."
    if _FUTURE.search(text):
        return "This asks for a forecast; nothing is guessed beyond what the articles say."
    return "This would have to be worked out of several figures, which is not done here."
