"""The judge's verdict on short answers, and how likely an answer is right with it.

A question followed by a short answer is judged as a statement, against the words around the sentence that gives it.
Two regressions weigh the verdicts with what the reader found: whether the articles answer, and whether a short
answer is right. They are fitted by ``training/fit_judged.py``, on questions asked over a whole corpus.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.evidence.features import (
    CANDIDATE_FEATURES,
    JUDGED_ANSWER_FEATURES,
    JUDGED_SHORT_FEATURES,
    SENTENCE_FEATURES,
    log_odds,
)
from assistant.evidence.sentences import ScoredSentence
from assistant.evidence.short_answers import AnswerGroup, probability
from assistant.evidence.windows import ReadSentence, run_around
from assistant.models.judge import Judge

# how many short answers are judged, from which part of the first one's share, and by how many words around their
# sentence
JUDGED_ANSWERS, LEAST_JUDGED = 3, 0.3
JUDGED_WORDS = 45
# added to a share so that its log odds are finite
LEAST_SHARE = 1e-4
# weight of the log odds that a short answer is right beside the logarithm of its share, in their order. By share
# alone the first is exact for .210 of 606 quiz questions and right for .751 of 200 written ones, so for .208 and
# .756, by the odds alone for .187 and .761.
ODDS_IN_ORDER, LEAST_IN_ORDER = 0.25, 1e-3
# log odds of answering where nothing was read
UNREAD_ANSWER = -8.0

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class RatedShort:
    """A short answer and the probability that it is right."""

    answer: AnswerGroup
    probability: float
    features: tuple[float, ...]


def answer_supports(
    question: str, ranked: Sequence[ScoredSentence], answers: Sequence[AnswerGroup], judge: Judge
) -> dict[str, float]:
    """Judge the likeliest short answers: map the text of each to the log odds that its sentence supports it."""
    by_place = {(one.article.id, one.start): one for one in ranked}
    pairs, texts = [], []
    likely = [one for one in answers[:JUDGED_ANSWERS] if one.share >= LEAST_JUDGED * answers[0].share]
    for answer in likely:
        held = next((by_place[a, s] for a, s, _ in answer.places if (a, s) in by_place), None)
        if held is not None:
            start, end = run_around(held, ranked, JUDGED_WORDS)
            text = " ".join(held.article.text[start:end].split())
            pairs.append((f"{question} {answer.text}.", held.article.title or "", text))
            texts.append(answer.text)
    verdicts = judge.judge(pairs)
    return {text: _odds(one.supported) for text, one in zip(texts, verdicts, strict=True)}


def judged_answer_odds(ranked: Sequence[ScoredSentence], found: Mapping[Place, ReadSentence]) -> float:
    """Return the log odds that the articles answer; a judging reader has read the best sentence."""
    return float(log_odds("judged_answer", [answer_row(ranked, found)])[0])


def told_elsewhere(
    answer: AnswerGroup, ranked: Sequence[ScoredSentence], found: Mapping[Place, ReadSentence]
) -> float:
    """Return the highest log odds of answering of the sentences that give a short answer, where they were judged.

    The best sentence may be so as it is new; another that gives the same answer tells as well that there is one.
    """
    places = {(article, start) for article, start, _ in answer.places}
    told = [one for one in ranked if (one.article.id, one.start) in places]
    judged = [one for one in told if found[one.article.id, one.start].answering is not None]
    return max((judged_answer_odds([one], found) for one in judged), default=-math.inf)


def answer_row(ranked: Sequence[ScoredSentence], found: Mapping[Place, ReadSentence]) -> list[float]:
    """Describe the best sentence and what was read in its window, as ``JUDGED_ANSWER_FEATURES``."""
    best = ranked[0]
    read = found[best.article.id, best.start]
    described = dict(zip(SENTENCE_FEATURES, best.features, strict=True))
    row = {
        "answers": read.answers,
        "score": best.score,
        "search": best.search,
        "context_name_coverage": described["context_name_coverage"],
    }
    return [row[name] for name in JUDGED_ANSWER_FEATURES]


def rated(
    ranked: Sequence[ScoredSentence],
    found: Mapping[Place, ReadSentence],
    answers: Sequence[AnswerGroup],
    supported: Mapping[str, float],
) -> list[RatedShort]:
    """Rate the judged short answers, the likeliest first by what was read and by the verdicts.

    None is rated higher than the one before it.
    """
    judged = [one for one in answers if one.text in supported]
    if not judged:
        return []
    rows = short_rows(ranked, found, judged, supported)
    odds = [float(one) for one in log_odds("judged_short", rows)]
    order = sorted(
        range(len(judged)),
        key=lambda i: -(ODDS_IN_ORDER * odds[i] + math.log(judged[i].share + LEAST_IN_ORDER)),
    )
    least = itertools.accumulate((probability(odds[i]) for i in order), min)
    return [RatedShort(judged[i], chance, tuple(rows[i])) for i, chance in zip(order, least, strict=True)]


def short_rows(
    ranked: Sequence[ScoredSentence],
    found: Mapping[Place, ReadSentence],
    judged: Sequence[AnswerGroup],
    supported: Mapping[str, float],
) -> list[list[float]]:
    """Describe short answers as ``JUDGED_SHORT_FEATURES``."""
    by_place = {(one.article.id, one.start): one for one in ranked}
    rows = []
    for one in judged:
        places = [(a, s) for a, s, _ in one.places if (a, s) in found and (a, s) in by_place]
        reads = [found[place] for place in places]
        named = max(
            (by_place[place].features[SENTENCE_FEATURES.index("context_name_coverage")] for place in places),
            default=0.0,
        )
        known = dict(zip(CANDIDATE_FEATURES, one.features, strict=True))
        row = {
            "odds": known["weight"],
            "share": one.share,
            "supported": supported[one.text],
            "answers": max((read.answers for read in reads), default=UNREAD_ANSWER),
            "answering": max(
                (read.answers if read.answering is None else read.answering for read in reads),
                default=UNREAD_ANSWER,
            ),
            "articles": known["articles"],
            "repeats": known["repeats"],
            "length": known["length"],
            "context_name_coverage": named,
            "sentence": max((by_place[place].score for place in places), default=UNREAD_ANSWER),
        }
        rows.append([row[name] for name in JUDGED_SHORT_FEATURES])
    return rows


def _odds(share: float) -> float:
    return math.log((share + LEAST_SHARE) / (1 - share + LEAST_SHARE))
