"""What other articles add to a verdict: newer ones overtake it, and those that say the same make it surer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.evidence.deeds import asks_of_deed
from assistant.evidence.judged import Place
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.evidence.verdicts import SentenceVerdict
from assistant.question.present import asks_how_things_stand
from assistant.types import Citation, Plan

LEAST_COUNTING = 0.2
"""Least weight with which a sentence of another article is added to a verdict."""
SAME_EVENT_DAYS = 365
"""Most days between articles that add to one another."""
SETTLES = 0.22
"""The probability from which a sentence settles a question; below, it says nothing of it."""
CLEAR = 0.6
"""The log odds from which a sentence says yes or no at all."""
CONTESTS = 0.5
"""Least share of a verdict's weight that one of the opposite must have to take it away, or to overtake it."""


def overtaken_note(overtaken: Sequence[ScoredSentence], citations: Sequence[Citation]) -> list[str]:
    """Say which sentence is of an older article, of before the deed was done."""
    places = set(map(place_of, overtaken))
    return [
        f"[{one.number}] is older, and says what was so before."
        for one in citations
        if (one.article.id, one.start) in places
    ]


def done_later(
    plan: Plan, leading: Sequence[ScoredSentence], told: Mapping[Place, SentenceVerdict]
) -> list[ScoredSentence]:
    """Find the sentences that say that a deed was done, where older ones say that it was not.

    A no is of its day, and a yes stays: what was not done when one article appeared, a later one may report.
    """
    if not asks_of_deed(plan.text):
        return []
    denying = [one for one in leading if told[place_of(one)].odds <= -CLEAR]
    return [
        one
        for one in leading
        if told[place_of(one)].odds >= CLEAR
        and told[place_of(one)].settles >= SETTLES
        and any(_is_newer(one, other) for other in denying)
    ]


def overtaken_by_newer(
    plan: Plan,
    leading: Sequence[ScoredSentence],
    told: Mapping[Place, SentenceVerdict],
    later: Sequence[ScoredSentence],
) -> list[ScoredSentence]:
    """Find the sentences that newer ones overtake: each no of before a deed, and how things stood before."""
    if not asks_how_things_stand(plan.query):
        return [
            one
            for one in leading
            if told[place_of(one)].odds < 0 and any(_is_newer(other, one) for other in later)
        ]
    telling = [
        one
        for one in leading
        if told[place_of(one)].settles >= SETTLES and abs(told[place_of(one)].odds) >= CLEAR
    ]
    return [
        one
        for one in telling
        if any(
            _is_newer(other, one)
            and told[place_of(other)].odds * told[place_of(one)].odds < 0
            and told[place_of(other)].weight >= CONTESTS * told[place_of(one)].weight
            for other in telling
        )
    ]


def with_others(
    first: ScoredSentence, judged: Sequence[ScoredSentence], told: Mapping[Place, SentenceVerdict]
) -> tuple[SentenceVerdict, list[ScoredSentence]]:
    """Add to a verdict what the sentence of each other article that counts most says; and list those that agree.

    By the judged sentences alone, 31 of 37 verdicts on events that many articles tell are right with it, and 26 of
    32 without; of the development questions 42 of 45 and 40 of 43; of those on held-out articles 94 of 104, both.
    """
    verdict, most = told[place_of(first)], dict[str, ScoredSentence]()
    for one in judged:
        said = told[place_of(one)]
        if (
            one.article.id == first.article.id
            or said.counts < LEAST_COUNTING
            or not _of_same_time(one, first)
        ):
            continue
        before = most.get(one.article.id)
        if before is None or abs(said.odds) * said.counts > abs(_share(told[place_of(before)])):
            most[one.article.id] = one
    shares = {article: _share(told[place_of(one)]) for article, one in most.items()}
    agreeing = [one for article, one in most.items() if shares[article] * verdict.odds > 0]
    return replace(verdict, odds=verdict.odds + sum(shares.values())), agreeing


def _of_same_time(one: ScoredSentence, other: ScoredSentence) -> bool:
    """Return True for articles that may tell of the same event, by their dates."""
    published, before = one.article.published, other.article.published
    return not (published and before) or abs((published - before).days) <= SAME_EVENT_DAYS


def _share(verdict: SentenceVerdict) -> float:
    return verdict.odds * verdict.counts


def _is_newer(one: ScoredSentence, other: ScoredSentence) -> bool:
    published, before = one.article.published, other.article.published
    return published is not None and before is not None and published > before
