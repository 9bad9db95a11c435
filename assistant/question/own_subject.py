"""What a follow-up itself says: its matter, and the pronoun that means its own subject."""

from __future__ import annotations

import re

from assistant.text.dates import dates
from assistant.text.english.referring import PLURAL_PRONOUNS
from assistant.text.numbers import counting_numbers
from assistant.text.phrases import phrases, subject
from assistant.text.tokens import content_words, names

IMPLICIT_WORDS = 3
"""Most content words of a question that says nothing of its own matter."""

_VERB = r"\b(?:say|said|think|comment|react|respond|reply|know|reveal|announce|claim|report|tell)\b"
_SAYS_LAST = re.compile(rf"{_VERB}(?: that)? $", re.I)
_OF_A_BODY = PLURAL_PRONOUNS | {"it", "its"}
"""Pronouns for those who report; "he" is rather somebody told of before: "What did the police say he did?"."""
_CLAUSE_FOLLOWS = re.compile(r" (?!(?:up|in|on|at|by|to|from|with|after|before|during|and)\b)\w", re.I)


def names_something(question: str) -> bool:
    """Return True for a question with a name, a figure or a date."""
    return bool(names(question) or counting_numbers(question) or dates(question))


def names_its_matter(question: str) -> bool:
    """Return True when a question itself says what it is about: by a name, a figure, a date or many words."""
    return names_something(question) or len(content_words(question)) > IMPLICIT_WORDS


def means_own_subject(pronoun: str, before: str, rest: str) -> bool:
    """Return True for "it" in "How many did the army say it killed?", between ``before`` and ``rest``."""
    own = subject(f"{before}{rest}")
    says = _SAYS_LAST.search(before) and _CLAUSE_FOLLOWS.match(rest)
    if own is None or not says or pronoun.lower() not in _OF_A_BODY or pronoun.lower() in own.lower().split():
        return False
    return (pronoun.lower() in PLURAL_PRONOUNS) == phrases(own).kinds.endswith("s")
