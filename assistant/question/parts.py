"""Two questions in one: "When did the bridge close and who ordered it?"; the second goes on from the first."""

from __future__ import annotations

import re

from assistant.question.asking import OPENING_AUXILIARY, QUESTION_WORD, begins_asking
from assistant.question.follow_up import stand_alone
from assistant.question.own_subject import names_something
from assistant.text.english.referring import refers
from assistant.text.tokens import content_words
from assistant.types import Query, Turn

WHOLE_WORDS = 3
"""Content words with which the second of two questions stands alone, if no pronoun refers to the first."""
MOST_PARTS = 5
"""Most questions in one that are answered."""

_TWO_WORDS = re.compile(
    rf"^(?P<one>{QUESTION_WORD})\s+and\s+(?P<two>{QUESTION_WORD}(?:\s+(?:many|much|long))?)\s+(?P<rest>\S+\s.+)$",
    re.I,
)
_AND_ASKS = re.compile(
    rf"(?:\?|,)?\s+(?:and|also|plus)\s+(?=(?:{QUESTION_WORD}|{OPENING_AUXILIARY}\s+(?:it|he|she|they|there|the))\s+\S+)",
    re.I,
)
_SENTENCES = re.compile(r"(?<=[?])\s+(?=\S+\s+\S+)")

_PART_OF_IT = re.compile(r"^\W*[Ww]ho\s+(?:is|was|are|were)\s+(?:the\s+|its\s+)?[A-Z]{2,5}\W*$")
"""A part that somebody plays, of which there are many: "Who won the cup and who was MVP?"."""
_SAME_FIGURES = re.compile(
    r"^\W*what\s+(?:is|are|was|were)\s+(?:the|its|their)\s+(?:exact\s+|actual\s+)?(?:numbers?|figures?|totals?)\W*$",
    re.I,
)
"""What asks for nothing but the figures of the question before it."""


def split_questions(question: str) -> tuple[str, ...]:
    """Split two questions in one, each completed by the one before or asked after it; at most ``MOST_PARTS``."""
    both = _TWO_WORDS.match(question)
    if both:
        return tuple(f"{both[word][0].upper()}{both[word][1:]} {both['rest']}" for word in ("one", "two"))
    pieces = [piece.strip() for piece in _SENTENCES.split(question) if piece.strip()]
    found: list[str] = []
    for piece in pieces:
        found += _joined_questions(piece)
    found = [one for at, one in enumerate(found) if not (at and _SAME_FIGURES.match(one))]
    if len(found) < 2 or not all(map(begins_asking, found)):
        return (found[0] if len(found) == 1 else question,)
    whole, before = [found[0]], found[0]
    for part in found[1 : MOST_PARTS + 1]:
        asked = part[0].upper() + part[1:]
        completed = stand_alone(asked, [Turn(before, "")])
        if not refers(part) and len(content_words(part)) >= WHOLE_WORDS:
            before = asked
        elif completed != asked and not refers(completed):
            asked = before = completed
        elif _PART_OF_IT.match(asked) or not names_something(part):
            asked = Query(asked, asked, context=before.rstrip("?!. ")).standalone
        whole.append(asked)
    return tuple(whole)


def _joined_questions(text: str) -> list[str]:
    """Split "When was the vote and who won?" at the "and"."""
    for place in _AND_ASKS.finditer(text):
        first, second = text[: place.start()].strip(), text[place.end() :].strip()
        if (
            len(first.split()) >= 3
            and len(second.split()) >= 2
            and begins_asking(first)
            and not _one_question(first)
        ):
            return [first, *_joined_questions(second)]
    return [text]


def _one_question(first: str) -> bool:
    """Return True when the words begin a comparison or reported speech: there an "and" ends nothing."""
    return (
        re.match(
            r"\W*(?:compare|contrast|tell|name|list|give|show|what do(?:es)?\s+\w+\s+say)\b", first, re.I
        )
        is not None
    )
