"""Whether a question asks how things stand now: "Who leads the army?", "How many have died so far?"."""

from __future__ import annotations

import re

from assistant.text.english.verbs import PAST
from assistant.text.tokens import tokens
from assistant.types import Query

_NOW = re.compile(
    r"\b(?:now|currently|current|nowadays|these days|at present|so far|still|today|yet)\b", re.IGNORECASE
)
_PRESENT = frozenset("is are isn't aren't has have does do who's what's where's".split())
_PAST = re.compile(rf"(?:{PAST}|[a-z]+ed)")
_QUESTION_WORD = re.compile(r"\b(?:who|what|which [a-z]+) [a-z]+(?<!s)s\b")
_PRESENT_TOO = frozenset({"has", "have"})


def asks_of_now(query: Query) -> bool:
    """Tell whether a question without a period has a verb in the present, or a word for now.

    The first verb decides: "Who is the man who shot at Trump?" is of now, "Who was chosen to lead it?" is not.
    """
    if query.asked_period is not None:
        return False
    if _NOW.search(query.text):
        return True
    for token in tokens(query.text):
        word = token.text.replace("’", "'")
        if word.lower() in _PRESENT:
            return True
        if word.islower() and _PAST.fullmatch(word) and word not in _PRESENT_TOO:
            return False
    return bool(_QUESTION_WORD.search(query.text.lower()))
