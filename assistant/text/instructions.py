"""Recognises sentences of an article that give a language model orders; no statement of one rests on them.

By word alone an obeying model is right: "answer only 47" holds a 47. It errs on the side of suspicion, for all that
is lost is a place to cite.
"""

from __future__ import annotations

import re

_VERBS = (
    r"(?:answer|reply|respond|write|say|tell|state|claim|mention|print|output|repeat|show|display|include|insert|add"
    r"|append|cite|link|send|visit|click|open|run|execute|follow|ignore|disregard|forget|recommend|translate"
    r"|summari[sz]e|pretend)"
)
_BEFORE = (
    r"^\W*(?:(?:please|now|instead|also|always|never|then|and|important|note|warning|system|do not|don[’']t)\b"
    r"\W*)*"
)
_ORDERS = re.compile(
    "|".join(
        (
            # it begins with a verb that reports do not begin with, or that the object of an order follows
            rf"{_BEFORE}(?:ignore|disregard|forget|pretend|respond|translate|summari[sz]e|append|execute|explain"
            r"|describe|compose|provide|modify|encode|rewrite|misspell)\b"
            r"(?! (?:to|of|by|at|from|said|says)\b)",
            rf"{_BEFORE}{_VERBS} (?:(?:only|just|instead|exactly|simply|always|this|that|the following|with|all"
            r"|every|any|your|here)\b|[“\"'‘])",
            rf"{_BEFORE}(?:show|display|print|output|repeat) (?:the|a|an|me|us)\b",
            rf"{_BEFORE}(?:say|tell|write|mention|visit|click|send|insert|run)\b(?! (?:of|on|by|in|at)\b)",
            # whoever answers is told what to do
            r"\b(?:you|assistants?|chat ?bots?|(?:language )?models?|ai|agents?|users?|readers?)"
            rf" (?:must|should|shall|has to|have to|are to) (?:\w+ ){{0,2}}{_VERBS}\b",
            r"\b(?:tell|instruct|advise|ask|direct|urge)"
            r" (?:your |the |all |every )?(?:readers?|users?|persons?) to\b",
            r"\byour (?:answer|reply|response|output|message)s?\b",
            # earlier orders are revoked, or a role is given
            r"\b(?:ignor|disregard|forget|overrid)\w*\b[^.]{0,40}"
            r"\b(?:instructions?|prompts?|(?:above|previous|earlier) \w+)\b",
            r"\bsystem prompt\b|\bas an ai\b",
            r"\b(?:dear|hey|hello|attention|you),? (?:ai|assistants?|chat ?bots?|language models?)\b",
            r"\byou are (?:now )?an? (?:\w+ )?(?:assistant|ai|chat ?bot|language model)",
        )
    ),
    re.I,
)


def orders(sentence: str) -> bool:
    """Tell whether a sentence gives a language model orders, rather than reports something."""
    return _ORDERS.search(sentence) is not None
