"""How words ask: with a word that asks, as the opening of a question, or for yes or no.

The one home of this; the type of answer that is asked for stands in ``question_type.py``.
"""

from __future__ import annotations

import re

from assistant.question.question_type import QUESTION_WORDS
from assistant.text.english.verbs import BE_DO_HAVE
from assistant.text.tokens import content_words, names

OPENING_AUXILIARY = rf"(?:{BE_DO_HAVE}|can|could|will|would|should)"
"""Verbs that a question may open with."""
TOPIC_WORDS = 2
"""Most content words of a topic that is typed instead of a question."""
QUESTION_WORD = rf"(?:{QUESTION_WORDS}|by whom|in which|at which)"
"""What a question opens with that is no verb."""
_ASKING = re.compile(
    rf"\b(?:{QUESTION_WORDS})\b|^\W*(?:{OPENING_AUXILIARY}|compare|summari[sz]e)\b",
    re.I,
)
_BEGINS_ASKING = re.compile(
    rf"^\W*(?:(?:and|so|but|please)\s+)*(?:{QUESTION_WORD}|{OPENING_AUXILIARY}|list|name|tell|give|compare|summari[sz]e)\b",
    re.I,
)
_ALSO_ASKS = re.compile(rf"\b(?:or|{QUESTION_WORDS})\b", re.I)
_ASKS_WHETHER = re.compile(
    rf"^\W*(?:(?:and|so|but)\s+)*(?:{OPENING_AUXILIARY}|may|might|must)(?:n[’']t)?\b(?!\s+you\b)", re.I
)


def asks(text: str) -> bool:
    """Return True for a text that is asked: a question word stands anywhere in it, or an auxiliary opens it.

    Others are keywords ("toll of the Arle fire") or statements, also with a question mark: "the strike ended?".
    "May" is no auxiliary here, as keywords may open with the month.
    """
    return bool(_ASKING.search(text))


def begins_asking(text: str) -> bool:
    """Return True for a text whose first word asks or requests: "And who won", "please list the towns".

    Asked too, but not from the beginning, is "the fire in Arle when". A piece of a question that does not begin so
    is no question of its own.
    """
    return bool(_BEGINS_ASKING.match(text))


def asks_whether(text: str) -> bool:
    """Return True for a text that has the form of a yes or no question: "So did it close"; not "Can you list …"."""
    return bool(_ASKS_WHETHER.match(text))


def asks_only_whether(text: str) -> bool:
    """Return True where yes or no is the only answer: not for "Is it Ada or Jo?" or "Does Ada say who won?"."""
    return asks_whether(text) and not _ALSO_ASKS.search(text)


def only_names_topic(text: str) -> bool:
    """Return True for a topic in the place of a question: "boeing strike", "Bank of Arle"; not for what asks."""
    words = content_words(text)
    name = [one.text for one in names(text)] == [text.strip(" .?!")]
    return not asks(text) and (name or 0 < len(words) <= TOPIC_WORDS)
