"""What a follow-up itself is about: who speaks in it, and the pronoun that means its own subject."""

from __future__ import annotations

import re

from assistant.question.conversation_topics import PLURAL_PRONOUNS
from assistant.text.phrases import phrases, subject

_VERB = r"\b(?:say|said|think|comment|react|respond|reply|know|reveal|announce|claim|report|tell)\b"
_SPEAKS = re.compile(_VERB, re.I)
_SPEAKS_OF = re.compile(rf"{_VERB}(?!(?: that)? (?:the|it|they|he|she)\b)", re.I)
_SAYS_LAST = re.compile(rf"{_VERB}(?: that)? $", re.I)
_OF_A_BODY = PLURAL_PRONOUNS | {"it", "its"}
"""Pronouns for those who report; "he" is rather somebody told of before: "What did the police say he did?"."""
_CLAUSE_FOLLOWS = re.compile(r" (?!(?:up|in|on|at|by|to|from|with|after|before|during|and)\b)\w", re.I)


def speaks(question: str) -> bool:
    """Return True for a question that holds a verb of speaking."""
    return bool(_SPEAKS.search(question))


def speaks_of(question: str) -> bool:
    """Return True where no clause follows the verb of speaking: not for "say they fired"."""
    return bool(_SPEAKS_OF.search(question))


def means_own_subject(pronoun: str, before: str, rest: str) -> bool:
    """Return True for "it" in "How many did the army say it killed?", between ``before`` and ``rest``."""
    own = subject(f"{before}{rest}")
    says = _SAYS_LAST.search(before) and _CLAUSE_FOLLOWS.match(rest)
    if own is None or not says or pronoun.lower() not in _OF_A_BODY or pronoun.lower() in own.lower().split():
        return False
    return (pronoun.lower() in PLURAL_PRONOUNS) == phrases(own).kinds.endswith("s")
