"""Who does what to whom, and who holds which part: "Jo leads Ada" is no yes to "Does Ada lead Jo?"."""

from __future__ import annotations

import itertools
import re
from typing import Literal

from assistant.text.phrases import proper_names
from assistant.text.tokens import content_words, stem, tokens

_VERB_BETWEEN = re.compile(r"\s+(?P<verb>[a-z]{3,})(?:\s+(?!by\b)[a-z]+){0,2}?\s+")
_BY = re.compile(r"\s+(?:[a-z]+\s+)?by\b")
_PART_OF = re.compile(
    r"\b(?P<part>[a-z]{4,})\s+of\s+(?:the\s+)?(?P<whose>[a-z][\w’'-]{3,})|(?P<owner>[A-Z][\w-]{3,})[’']s\s+(?P<own>[a-z]{4,})\b",
    re.I,
)
_SAME_START = 4
"""Letters that a name and its adjective share: "Lesk" and "Leskian"."""
_BESIDE = 40
"""Characters between a name and the part that somebody of that name plays."""

Roles = Literal["reversed", "other", "same"]


def roles_in(question: str, sentence: str) -> Roles:
    """Compare who does the question's deed in a sentence: ``reversed`` where the one it is done to does it.

    ``other`` where that one does it and nobody is named to whom; ``same`` also where that is not told.
    """
    named = proper_names(question)
    for doer, done_to in itertools.pairwise(named):
        between = question[question.index(doer) + len(doer) :].partition(done_to)[0]
        verb = _VERB_BETWEEN.fullmatch(between)
        if verb is None:
            continue
        for word in tokens(sentence):
            if stem(word.text) != stem(verb["verb"]) or _BY.match(sentence, word.end):
                continue
            before = _nearest(sentence[: word.start], doer, done_to, last=True)
            after = _nearest(sentence[word.end :], doer, done_to, last=False)
            if before == done_to:
                return "reversed" if after == doer else "other" if after is None else "same"
    return "same"


def _nearest(text: str, one: str, other: str, *, last: bool) -> str | None:
    """Return which of two names stands last, or first, in a text; their last words will do."""
    places = []
    for name in (one, other):
        found = [match.start() for match in re.finditer(rf"\b{re.escape(name.split()[-1])}\b", text)]
        places += [(found[-1] if last else found[0], name)] if found else []
    return (max(places) if last else min(places))[1] if places else None


def plays_part_elsewhere(question: str, sentence: str, name: str) -> bool:
    """Return True where somebody plays a part that is asked for, but of another: "Lesk's mayor" is not Arle's."""
    asked = _PART_OF.search(question)
    at = sentence.find(name)
    if asked is None or at < 0:
        return False
    part, whose = (asked["part"] or asked["own"]).lower(), (asked["whose"] or asked["owner"]).lower()
    near = sentence[max(0, at - _BESIDE) : at + len(name) + _BESIDE]
    owners = re.findall(rf"\b([A-Z][\w-]+)(?:[’']s)?\s+(?:[a-z]+\s+)?(?i:{re.escape(part)})\b", near)
    owners += re.findall(rf"\b(?i:{re.escape(part)})\s+of\s+(?:the\s+)?([A-Z][\w-]+)", near)
    owners = [one for one in owners if one not in name.split() and content_words(one)]
    return bool(owners) and not any(one.lower()[:_SAME_START] == whose[:_SAME_START] for one in owners)
