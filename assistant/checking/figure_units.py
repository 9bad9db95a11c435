"""Tells whether a sentence counts with a figure what its source counts with it: 25 soldiers are no 25 goats.

It errs on the side of silence. A figure is called misplaced only where the source has the same one, each time with
something clearly other: another measure, or a thing unlike what the sentence counts while the source knows both.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.evidence.figures import (
    ANY,
    OUTCOME_PATTERNS,
    PEOPLE,
    TIME_UNITS,
    UNITS,
    Amount,
    amounts,
    other_measure,
    unit_of,
)
from assistant.models.embedder import Embedder
from assistant.text.sentences import split_sentences
from assistant.text.tokens import STOP_WORDS, stem, stems_of, tokens

MODIFIERS = 3
LEAST_LIKENESS = 0.25
_LINKS = frozenset(("of", "the", "these", "those", "his", "her", "its", "their", "other", "more"))
_PEOPLE_NOUNS = frozenset().union(*UNITS)
_PERSONS = PEOPLE | ANY


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with what it counts.

    ``word`` is the noun and ``noun`` its stem, both empty where none is near; ``unit`` holds the stems that may
    stand for it, ``measure`` names a currency, a measure or a length of time.
    """

    low: float
    high: float
    word: str
    noun: str
    unit: frozenset[str]
    measure: str | None


def miscounts(text: str, ground: str, embedder: Embedder | None = None) -> bool:
    """Tell whether a figure of a text stands in the ground only with something clearly other.

    With an ``embedder`` two nouns are unlike when their word vectors are; without, when the ground counts the
    text's noun with another figure.
    """
    stated = [one for one in counts(text) if one.noun and (one.low, one.high) != (1, 1)]
    if not stated:
        return False
    held = counts(ground)
    heard = stems_of(ground)
    for one in stated:
        same = [other for other in held if (other.low, other.high) == (one.low, one.high)]
        others = [other for other in held if other not in same]
        if same and all(_other_thing(one, other, others, heard, embedder) for other in same):
            return True
    return False


def counts(text: str) -> list[Count]:
    """Find the figures of a text, percentages left out, each with what it counts."""
    return [
        _count_of(sentence, one)
        for span in split_sentences(text)
        for sentence in (text[span.start : span.end],)
        for one in amounts(sentence)
        if not one.percent
    ]


def _count_of(sentence: str, amount: Amount) -> Count:
    word = amount.measure or _noun(sentence[amount.end :])
    noun = stem(word)
    return Count(
        amount.low,
        amount.high,
        word,
        noun,
        (unit_of(noun) | amount.unit) if noun else frozenset(),
        amount.measure or (noun if noun in TIME_UNITS else None),
    )


def _noun(following: str) -> str:
    """Find the noun right after a figure, a few words between them at most; empty where there is none."""
    at = 0
    for token in [one for one in tokens(following) if one.text.lower() not in _LINKS][:MODIFIERS]:
        word = stem(token.text)
        between = following[at : token.start]
        if (token.text.lower() in STOP_WORDS) or any(mark in between for mark in ",;:.()!?—–"):
            return ""
        if word in TIME_UNITS or word in _PEOPLE_NOUNS:
            return token.text
        if len(token.text) > 3 and token.text.islower() and token.text.endswith("s"):
            return "" if _befalls(token.text) else token.text
        at = token.end
    return ""


def _befalls(word: str) -> bool:
    return any(pattern.fullmatch(word) for _, pattern in OUTCOME_PATTERNS)


def _other_thing(
    one: Count, other: Count, others: Sequence[Count], heard: Collection[str], embedder: Embedder | None
) -> bool:
    if not one.noun or not other.noun or one.unit & other.unit:
        return False
    if one.measure and other.measure:
        return other_measure(one.measure, other.measure)
    if (one.measure and other.noun in _PEOPLE_NOUNS) or (other.measure and one.noun in _PEOPLE_NOUNS):
        return True
    counted = any(one.noun in third.unit for third in others)
    general = bool({one.noun, other.noun} & _PERSONS)
    if counted and not general:
        return True
    if one.noun not in heard or embedder is None or (general and not counted):
        return False
    mine, theirs = embedder.embed_words([one.word, other.word])
    return bool(mine.any() and theirs.any()) and float(mine @ theirs) < LEAST_LIKENESS
