"""What a sentence announces: "The inquiry names three causes." is nothing without the causes that follow it.

A sentence announces where it counts shell nouns ("three causes", "several demands") and does not itself say what
they are, or where it ends with a colon. What it announces are the bulleted lines after it, or as many sentences of
its paragraph as it counts.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.evidence.sentences import ScoredSentence
from assistant.text.english.announcing import SHELL_NOUNS
from assistant.text.english.number_words import SMALL
from assistant.text.sentences import Sentence, split_sentences
from assistant.text.tokens import stem
from assistant.types import Article

MOST_ANNOUNCED = 8
"""Lines or sentences that are taken to be announced."""
UNCOUNTED = 3
"""Sentences taken where a sentence does not say how many things it announces: "several reasons"."""
ANNOUNCED_WORDS = 120
"""Words that what is announced may have."""
REACH = 2500
"""Characters after a sentence in which it is looked for."""
LOOKED_BACK = 900
"""Characters before a sentence in which another may announce it."""

_COUNTED_SHELL = re.compile(
    rf"\b(?P<many>{'|'.join(SMALL)}|several|the\s+following|a\s+(?:number|series|list)\s+of)"
    r"\s+(?P<nouns>(?:(?!of\b|in\b|to\b|for\b|that\b|and\b)[a-z-]+\s+){0,2}?(?P<noun>[a-z-]{3,}s))\b",
    re.I,
)
_TOLD_AT_ONCE = re.compile(
    r"[:;]\s*\S|[–—]\s|,\s[^.]+?\s(?:and|or)\s|\b(?:namely|such as|including|because)\b", re.I
)
_ORDINAL = re.compile(
    r"^[“\"]?(?:first|firstly|second|secondly|third|thirdly|fourth|fifth|finally|last|lastly|one|another|a\s+(?:second|third|fourth)"
    r"|the\s+(?:first|second|third|fourth|fifth|last|other|one))\b",
    re.I,
)
_BULLET = re.compile(r"[ \t]*(?:[-*•–·▪]|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t]+\S")
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Announcement:
    """How many things a sentence announces, 0 where it does not say; ``noun`` is the stem of what they are."""

    many: int
    noun: str


def announcement(sentence: str) -> Announcement | None:
    """Tell what a sentence announces and does not say itself; None where it announces nothing."""
    text = sentence.strip()
    colon = text.endswith(":")
    for found in _COUNTED_SHELL.finditer(text):
        noun = stem(found["noun"].lower())
        if noun in _SHELL_STEMS and not _TOLD_AT_ONCE.search(text.removesuffix(":"), found.end()):
            return Announcement(SMALL.get(found["many"].lower(), 0), noun)
    return Announcement(0, "") if colon else None


_SHELL_STEMS = frozenset(map(stem, SHELL_NOUNS))


def announced(article: Article, start: int, end: int) -> list[tuple[int, int]]:
    """Find the places of what the sentence at ``start`` to ``end`` of an article announces, in their order."""
    told = announcement(article.text[start:end])
    if told is None:
        return []
    after = article.text[end : end + REACH]
    following = [
        replace(one, start=one.start + end, end=one.end + end)
        for one in itertools.islice(split_sentences(after), MOST_ANNOUNCED + 1)
    ]
    colon = article.text[start:end].rstrip().endswith(":")
    return list(_within_words(article.text, _belonging(article.text, end, following, told.many, colon=colon)))


def _belonging(
    text: str, end: int, following: Sequence[Sentence], many: int, *, colon: bool
) -> Iterator[tuple[int, int]]:
    """Yield the sentences or lines that belong to an announcement that ends at ``end``."""
    if not following:
        return
    if _bulleted(text, following[0]):
        for one in itertools.takewhile(lambda one: _bulleted(text, one), following[:MOST_ANNOUNCED]):
            yield one.start, one.end
        return
    most = many or (1 if colon else UNCOUNTED)
    before = end
    apart = bool(_PARAGRAPH.search(text, end, following[0].start))
    for taken, one in enumerate(following[:MOST_ANNOUNCED]):
        ordinal = bool(_ORDINAL.match(text[one.start : one.end]))
        breaks = bool(_PARAGRAPH.search(text, before, one.start))
        if one.heads or taken == most or (breaks and not (ordinal or (apart and not taken and colon))):
            return
        yield one.start, one.end
        before = one.end


def _bulleted(text: str, one: Sentence) -> bool:
    line = text.rfind("\n", 0, one.start) + 1
    return bool(_BULLET.match(text, line)) and not text[line : one.start].strip(
        " \t-*•–·▪().0123456789abcdefghij"
    )


def _within_words(text: str, places: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    words = 0
    for start, end in places:
        words += len(text[start:end].split())
        if words > ANNOUNCED_WORDS:
            return
        yield start, end


def with_announced(one: ScoredSentence) -> ScoredSentence:
    """Let a sentence that announces run on to the end of what it announces."""
    places = announced(one.article, one.start, one.end)
    return _until(one, one.start, places[-1][1]) if places else one


def announcing_run(one: ScoredSentence) -> ScoredSentence:
    """Give a sentence that another announces, or that announces, the whole run from the one that announces."""
    start, places = announced_with(one)
    return _until(one, start, places[-1][1]) if places else one


def announced_with(one: ScoredSentence) -> tuple[int, list[tuple[int, int]]]:
    """Find what a sentence announces, or is announced with: the start of the announcing one, and the places."""
    article = one.article
    own = announced(article, one.start, one.end)
    if own:
        return one.start, own
    first = max(0, one.start - LOOKED_BACK)
    first = article.text.find("\n", first) + 1 if first else 0
    for before in reversed(list(split_sentences(article.text[first : one.start]))):
        places = announced(article, first + before.start, first + before.end)
        if any(start <= one.start < end for start, end in places):
            return first + before.start, places
    return one.start, []


def _until(one: ScoredSentence, start: int, end: int) -> ScoredSentence:
    return replace(one, start=start, end=end, text=one.article.text[start:end])


def without_repetition(runs: Iterable[ScoredSentence]) -> list[ScoredSentence]:
    """Leave out what lies within another run of the same article."""
    kept: list[ScoredSentence] = []
    for one in runs:
        if not any(_within(one, other) for other in kept):
            kept = [*(other for other in kept if not _within(other, one)), one]
    return kept


def _within(one: ScoredSentence, other: ScoredSentence) -> bool:
    return one.article.id == other.article.id and other.start <= one.start and one.end <= other.end
