"""Words that stand for something said before, and words with which a question goes on from it."""

from __future__ import annotations

import re

SINGULAR_PERSON = frozenset({"he", "him", "his", "she", "her", "hers"})
PLURAL_PRONOUNS = frozenset({"they", "them", "their", "theirs"})
OWNING = frozenset({"its", "their", "theirs", "his", "hers"})
"""Pronouns that own; "her" does where a noun follows."""
PERSONAL_PRONOUN = "|".join(sorted(SINGULAR_PERSON | PLURAL_PRONOUNS | {"it", "its"}))
"""What may stand for a person or a thing, as regex alternatives."""

_PERSON = re.compile(rf"\b(?:{'|'.join(sorted(SINGULAR_PERSON))})\b", re.I)
_REFERRING = re.compile(
    rf"\b(?:{PERSONAL_PRONOUN}|this|those|these|there|then|ones?|others?|same|else|former|latter)\b"
    r"|(?:^|\b(?:is|was|are|were|do|does|did|of|in|on|at|by|to|from|for|with|about|after|before|since|during|than|like"
    r"|and|but|so|why|how|when|where|say|said|mean|means|cause|caused)\s+)that\b|\bthat\W*$",
    re.I,
)
"""A "that" after a noun ("the ship that sank") begins a clause and stands for nothing said before."""
_GOING_ON = re.compile(r"^(?:(?:and|but|so|also|then|ok|okay|well)\b,?\s+)+", re.I)
_WHAT_ABOUT = re.compile(r"^(?:what|how) about\s+", re.I)


def refers(question: str) -> bool:
    """Return True for a question with a word that stands for something said before, or that goes on from it."""
    return bool(_REFERRING.search(question)) or topic_named(question) != question


def means_person(question: str) -> bool:
    """Return True for a question with a pronoun that stands for one person."""
    return bool(_PERSON.search(question))


def without_opening(question: str) -> str:
    """Leave out the words with which a question goes on: "And who leads it" asks "who leads it"."""
    return _GOING_ON.sub("", question)


def topic_named(question: str) -> str:
    """Return "Rome" of "and what about Rome", and a question that does not go on in such words as it is."""
    return _WHAT_ABOUT.sub("", without_opening(question))
