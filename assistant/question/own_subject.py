"""What a follow-up itself says: its matter, who speaks in it, and the pronoun that means its own subject."""

from __future__ import annotations

import re

from assistant.text.dates import dates
from assistant.text.english.referring import PLURAL_PRONOUNS
from assistant.text.numbers import counting_numbers
from assistant.text.phrases import NOUNS, SETTING_PREPOSITIONS, phrases, subject
from assistant.text.tokens import content_words, names

IMPLICIT_WORDS = 3
"""Most content words of a question that says nothing of its own matter."""

_VERB = r"\b(?:say|said|think|comment|react|respond|reply|know|reveal|announce|claim|report|tell)\b"
_SPEAKS = re.compile(_VERB, re.I)
_SPEAKS_OF = re.compile(rf"{_VERB}(?!(?: that)? (?:the|it|they|he|she)\b)", re.I)
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


def lacks_nothing(question: str) -> bool:
    """Return True when a question names its matter, or where it was: nothing is added to "How many by boat?"."""
    return names_its_matter(question) or _has_place(question)


def _has_place(question: str) -> bool:
    cut = phrases(question)
    if question.islower() and cut.kinds.endswith("pw"):
        return True
    return any(
        cut.words[start].text.lower() in SETTING_PREPOSITIONS
        for start, _ in cut.matches(re.compile(f"p{NOUNS}|p[nw]"))
    )


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
