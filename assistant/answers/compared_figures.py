"""The figures of a comparison: which sentences count the same, and whose each figure is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from assistant.evidence.figures import amounts
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.question.question_type import asks_for_figures
from assistant.text.numbers import counting_numbers

_ASKS_SHARE = re.compile(r"\b(?:shares?|percentages?|proportion)\b", re.I)
_ASKS_NUMBER = re.compile(r"\b(?:numbers?|how many|counts?)\b", re.I)
PER_THING = 2
CONSIDERED = 8
"""Sentences on a thing that are looked at."""
LIKELY_SPAN = 0.1
"""Least probability of the reader's words to be taken as the figure."""


def on_equal_terms(rows: Sequence[tuple[str, Sequence[ScoredSentence], str]]) -> bool:
    """Return True unless two of the figures count or measure different things: seats and euros."""
    found = []
    for _, chosen, figure in rows:
        own = (
            [one for one in amounts(chosen[0].text) if one.text in figure or figure in one.text]
            if figure
            else []
        )
        found += own[:1]
    return not any(
        one.percent != other.percent
        or bool(one.measure) != bool(other.measure)
        or (bool(one.unit and other.unit) and not one.unit & other.unit)
        for one, other in itertools.combinations(found, 2)
    )


def figure_of(chosen: Sequence[ScoredSentence], evidence: Evidence) -> str:
    """Return the figure that the reader points at in the first sentence, or its only one."""
    if not chosen:
        return ""
    one = chosen[0]
    read = evidence.found.get(place_of(one))
    places = [(n.start + one.start, n.end + one.start) for n in counting_numbers(one.text)]
    spans = [s for s in read.spans if s.probability >= LIKELY_SPAN] if read else []
    holding = (s for s in spans if any(s.start < end and start < s.end for start, end in places))
    told = next((one.article.text[s.start : s.end] for s in holding), "")
    own = amounts(one.text)
    return told or (own[0].text if len(own) == 1 else "")


def figure_first(chosen: Sequence[ScoredSentence], evidence: Evidence) -> tuple[str, list[ScoredSentence]]:
    """Return the figure of the first sentence that gives one, and the sentences, that one first."""
    for one in chosen:
        if figure := figure_of([one], evidence):
            return figure, [one, *(other for other in chosen if other is not one)]
    return "", list(chosen)


def parallels(told: Sequence[Sequence[ScoredSentence]]) -> list[list[ScoredSentence]]:
    """Find for each thing the sentences that give another figure for what a sentence on another thing counts."""
    pairs: list[list[ScoredSentence]] = [[] for _ in told]
    for at, other in itertools.combinations(range(len(told)), 2):
        for one, two in itertools.product(told[at][:CONSIDERED], told[other][:CONSIDERED]):
            if place_of(one) != place_of(two) and _differ(one, two):
                pairs[at].append(one)
                pairs[other].append(two)
    return [list(dict.fromkeys(one))[:PER_THING] for one in pairs]


def _differ(one: ScoredSentence, two: ScoredSentence) -> bool:
    return any(
        first.unit & second.unit and first.outcome == second.outcome and not first.agrees(second)
        for first in amounts(one.text)
        for second in amounts(two.text)
        if first.unit
    )


def other_figures(first: ScoredSentence, ranked: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Find the sentences that give another figure for what a sentence counts."""
    kept = [first]
    for one in ranked:
        if all(_counts_otherwise(one, other) for other in kept):
            kept.append(one)
    return kept[1:]


def counts_alike(one: ScoredSentence, two: ScoredSentence) -> bool:
    """Return True when two sentences count the same, with the same outcome."""
    return any(
        first.unit & second.unit and first.outcome == second.outcome
        for first, second in itertools.product(amounts(one.text), amounts(two.text))
    )


def _counts_otherwise(one: ScoredSentence, two: ScoredSentence) -> bool:
    """Return True when two sentences give figures that may count the same, and none in common."""
    pairs = list(itertools.product(amounts(one.text), amounts(two.text)))
    alike = [
        (first, second)
        for first, second in pairs
        if (first.unit & second.unit and first.outcome == second.outcome)
        or (first.bare and second.unit and asks_for_figures(one.text))
    ]
    return bool(alike) and not any(first.agrees(second) for first, second in pairs)


def asks_share(topic: str) -> bool:
    """Return True when what is asked of the things compared is a percentage."""
    return bool(_ASKS_SHARE.search(topic))


def has_figure(text: str, topic: str) -> bool:
    """Return True for a sentence with a figure as is asked for: a percentage of a share, no price of a number."""
    if asks_share(topic):
        return any(one.percent for one in amounts(text))
    if _ASKS_NUMBER.search(topic):
        return any(not (one.percent or one.measure) for one in amounts(text))
    return bool(counting_numbers(text))
