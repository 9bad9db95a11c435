"""What the reader reads, runs of sentences around the likeliest ones, and what it finds there."""

from __future__ import annotations

import bisect
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from assistant.evidence.answer_type import fitting
from assistant.evidence.features import SENTENCE_FEATURES, log_odds
from assistant.evidence.sentences import ScoredSentence
from assistant.models.reader import FoundSpan, PassageReading, Reader
from assistant.types import Article

MOST_WINDOWS = 8


class Effort(NamedTuple):
    """How much is read: by the scout, by the judging reader, by it at once, and until which odds of answering."""

    scouted: int
    judged: int
    at_once: int
    settled: float


# Of 120 questions that whole sentences answer over 64,465 passages, 12 windows scouted and 6 judged read one that
# answers for .842, 12 and 9 too, 20 and 6 for .892, 30 and 9 for .908; one is among the first five for .750, .792,
# .783 and .808. Judged three at a time until one answers, 7.1 are judged instead of 8.8, and as many are answered;
# from log odds of 0 on it would be 5.3, but two of 25 lists lose items.
WIDELY = Effort(scouted=20, judged=9, at_once=3, settled=1.0)
# For few words and Yes or No. 360 questions over 64,465 passages are answered as well two at a time as all at once
# (in few words .775 and .775, refused .73 and .71, words in bold right 44 of 51 and 41 of 47, Yes or No 39 of 41
# and 37 of 39), with some 3.5 windows judged instead of 6. Of 80 for few words, 8 scouted bring a sentence that
# answers for .713 instead of .738.
BRIEFLY = Effort(scouted=12, judged=6, at_once=2, settled=0.0)
WINDOW_WORDS = 80
WIDEST_GAP = 40
# log odds of a sentence that was not read, and of one in which the reader found no span
UNREAD_SENTENCE = -12.0
NO_SPAN = 1e-4
# log odds that a sentence loses when its context holds none of the question's names: the best of 0, 1 and 2 on 110
# questions on five articles; on the questions that the regressions were fitted on it makes no difference
NAMELESS = 1.0
# least log odds by which a sentence that only the scout read stays below the best that was judged
OUTRANKED = 1.0
CONTEXT_NAMES = SENTENCE_FEATURES.index("context_name_coverage")


@dataclass(frozen=True, slots=True)
class Window:
    """A run of an article's sentences, ``article.text[start:end]``: what the reader reads at once."""

    article: Article
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """What the reader found in a sentence: log odds that its window answers, and spans (offsets in the article).

    ``yes`` is the log odds that its window says yes, ``answering`` that the sentence itself answers; None for a
    reader that does not tell.
    """

    answers: float
    spans: tuple[FoundSpan, ...]
    yes: float | None = None
    answering: float | None = None

    @property
    def chance(self) -> float:
        """The probability that the answer is one of the spans here, if the window answers."""
        return min(1.0, sum(span.probability for span in self.spans))


def windows(ranked: Sequence[ScoredSentence], most: int = MOST_WINDOWS) -> list[Window]:
    """Choose what to read: windows around the likeliest sentences, each sentence in one, at most ``most``."""
    by_article: dict[str, list[ScoredSentence]] = defaultdict(list)
    for one in sorted(ranked, key=lambda one: one.start):
        by_article[one.article.id].append(one)
    chosen: list[Window] = []
    for one in ranked:
        if len(chosen) == most:
            break
        if any(w.article.id == one.article.id and w.start <= one.start and one.end <= w.end for w in chosen):
            continue
        chosen.append(_around(one, by_article[one.article.id]))
    return chosen


def run_around(sentence: ScoredSentence, ranked: Sequence[ScoredSentence], words: int) -> tuple[int, int]:
    """Return the bounds, in its article, of a sentence with those around it, within a number of words."""
    own = sorted((one for one in ranked if one.article.id == sentence.article.id), key=lambda one: one.start)
    window = _around(sentence, own, words)
    return window.start, window.end


def _around(
    sentence: ScoredSentence, neighbours: Sequence[ScoredSentence], most_words: int = WINDOW_WORDS
) -> Window:
    """Widen a sentence to both sides while the run stays short and unbroken."""
    first = last = bisect.bisect_left([one.start for one in neighbours], sentence.start)
    words = len(sentence.text.split())
    before = after = True
    while before or after:
        if before:
            before = first > 0 and neighbours[first].start - neighbours[first - 1].end <= WIDEST_GAP
            count = len(neighbours[first - 1].text.split()) if before else 0
            before = before and words + count <= most_words
            if before:
                first, words = first - 1, words + count
        if after:
            after = (
                last + 1 < len(neighbours) and neighbours[last + 1].start - neighbours[last].end <= WIDEST_GAP
            )
            count = len(neighbours[last + 1].text.split()) if after else 0
            after = after and words + count <= most_words
            if after:
                last, words = last + 1, words + count
    return Window(sentence.article, neighbours[first].start, neighbours[last].end)


def read_sentences(
    question: str, ranked: Sequence[ScoredSentence], reader: Reader, widely: bool = False
) -> dict[tuple[str, int], ReadSentence]:
    """Read the likeliest windows: map each sentence in them (article, start) to what was found there.

    A reader with a scout reads the windows that the scout found likeliest, more of them ``widely``, until one
    answers; the scout's findings stand for the rest.
    A span of the wrong type counts for less (``answer_type.fitting``).
    """
    if reader.scout is None:
        return _read_windows(question, ranked, windows(ranked), reader)
    effort = WIDELY if widely else BRIEFLY
    scouted = _read_windows(question, ranked, windows(ranked, effort.scouted), reader.scout)
    chosen = windows(rank_read(ranked, scouted), effort.judged)
    judged: dict[tuple[str, int], ReadSentence] = {}
    for first in range(0, len(chosen), effort.at_once):
        if first and _most_likely(ranked, judged) >= effort.settled:
            break
        read = _read_windows(question, ranked, chosen[first : first + effort.at_once], reader)
        judged |= {key: one for key, one in read.items() if _says_more(one, judged.get(key))}
    both = {
        key: replace(read, spans=_averaged(read.spans, scouted[key].spans)) if key in scouted else read
        for key, read in judged.items()
    }
    return scouted | both


def read_alone(
    question: str, sentences: Sequence[ScoredSentence], reader: Reader
) -> dict[tuple[str, int], ReadSentence]:
    """Read each sentence by itself, as ``read_sentences``: of a row of answers the reader then marks the whole."""
    chosen = [Window(one.article, one.start, one.end) for one in sentences]
    return _read_windows(question, sentences, chosen, reader)


def _most_likely(ranked: Sequence[ScoredSentence], judged: dict[tuple[str, int], ReadSentence]) -> float:
    """Return the highest log odds of answering of the sentences that were judged."""
    read = [one for one in ranked if (one.article.id, one.start) in judged]
    return max((one.score for one in _scored("judged_sentence", read, judged)), default=-math.inf)


def _averaged(spans: Sequence[FoundSpan], others: Sequence[FoundSpan]) -> tuple[FoundSpan, ...]:
    """Average two readers' probabilities of each span; a span that a reader did not find has probability 0."""
    chances: dict[tuple[int, int], float] = defaultdict(float)
    for one in (*spans, *others):
        chances[one.start, one.end] += one.probability / 2
    return tuple(FoundSpan(*place, chance) for place, chance in sorted(chances.items(), key=lambda c: -c[1]))


def _read_windows(
    question: str, ranked: Sequence[ScoredSentence], chosen: Sequence[Window], reader: Reader
) -> dict[tuple[str, int], ReadSentence]:
    readings = reader.read(
        question, [(w.article.title or "", w.article.text[w.start : w.end]) for w in chosen]
    )
    found: dict[tuple[str, int], ReadSentence] = {}
    for window, reading in zip(chosen, readings, strict=True):
        spans = [
            FoundSpan(window.start + span.start, window.start + span.end, span.probability)
            for span in reading.spans
        ]
        for one in ranked:
            if one.article.id == window.article.id and window.start <= one.start and one.end <= window.end:
                key = (one.article.id, one.start)
                inside = tuple(_weighed(span, question, one) for span in spans if _lies_in(span, one))
                rated = _rated(reading, one.start - window.start, one.end - window.start)
                read = ReadSentence(reading.answers, inside, reading.yes, rated)
                if _says_more(read, found.get(key)):
                    found[key] = read
    return found


def _says_more(read: ReadSentence, before: ReadSentence | None) -> bool:
    """Return True when a window around a sentence answers more likely than another one around it."""
    return before is None or before.answers < read.answers


def _rated(reading: PassageReading, start: int, end: int) -> float | None:
    """Return the log odds that a sentence answers: of the likeliest run that covers more than half of it."""
    rated = [
        odds
        for first, last, odds in reading.sentences
        if 2 * (min(end, last) - max(start, first)) > end - start
    ]
    return max(rated, default=reading.answers if reading.sentences else None)


def _lies_in(span: FoundSpan, sentence: ScoredSentence) -> bool:
    return sentence.start <= span.start and span.end <= sentence.end


def _weighed(span: FoundSpan, question: str, sentence: ScoredSentence) -> FoundSpan:
    how = fitting(question, sentence.text, span.start - sentence.start, span.end - sentence.start)
    return replace(span, probability=span.probability * how)


def read_features(sentence: ScoredSentence, read: ReadSentence) -> list[float]:
    """Describe a sentence that was read, as ``READ_FEATURES``, or ``JUDGED_SENTENCE_FEATURES`` if judged."""
    known = [sentence.score, read.answers, math.log(read.chance + NO_SPAN), sentence.search]
    return known if read.answering is None else [*known, read.answering]


def rank_read(
    ranked: Sequence[ScoredSentence], found: dict[tuple[str, int], ReadSentence]
) -> list[ScoredSentence]:
    """Rank sentences anew by what the reader found in them; those that it did not read come last.

    A sentence whose context lacks the question's names loses log odds: it may be of another event of its kind.
    """
    judged: list[ScoredSentence] = []
    scouted: list[ScoredSentence] = []
    for one in ranked:
        read = found.get((one.article.id, one.start))
        if read is not None:
            (scouted if read.answering is None else judged).append(one)
    if not judged and not scouted:
        return list(ranked)
    again = _scored("judged_sentence", judged, found)
    most = max((one.score for one in again), default=math.inf) - OUTRANKED
    for one in _scored("read_sentence", scouted, found):
        score = one.score - NAMELESS * (1 - one.features[CONTEXT_NAMES])
        again.append(replace(one, score=min(score, most)))
    unread = [
        replace(one, score=one.score + UNREAD_SENTENCE)
        for one in ranked
        if (one.article.id, one.start) not in found
    ]
    return sorted([*again, *unread], key=lambda one: -one.score)


def _scored(
    name: str, sentences: Sequence[ScoredSentence], found: dict[tuple[str, int], ReadSentence]
) -> list[ScoredSentence]:
    """Score sentences by a fitted regression on what was read in them."""
    if not sentences:
        return []
    scores = log_odds(name, [read_features(one, found[one.article.id, one.start]) for one in sentences])
    return [replace(one, score=float(score)) for one, score in zip(sentences, scores, strict=True)]
