"""Chooses sentences by maximal marginal relevance: what is worth telling, and not told yet.

Likeness to the question, centrality among what was found (as in LexRank; Erkan and Radev 2004), the lead of an
article, and a newer article count for a sentence; likeness to what was chosen counts against it (Carbonell and
Goldstein 1998).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answers.draft import Corpus
from assistant.answers.on_topic import LEAD
from assistant.answers.reporting import leans
from assistant.evidence.sentences import ScoredSentence
from assistant.text.tokens import stems_of

PER_ARTICLE = 3
"""Sentences of one article, where several report on the topic."""
NOVELTY = 0.6
"""Weight of likeness to what was chosen."""
SAME, SAME_LEAD = 0.9, 0.75
"""Likeness from which two sentences say the same, and two leads report the same."""
LEAD_WORTH, NEW_WORTH, CENTRAL_WORTH, LEANING_LOSS = 0.12, 0.08, 0.5, 0.4
_DEFINES = re.compile(
    r"\b(?:is|was|are|were)\s+(?:an?|the|one|among)\b|,\s+(?:an?|the)\s+\w+|\bknown as\b|\bfounded\b|\bwho\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Rated:
    """A sentence with its vector and its worth, likeness to chosen ones not yet subtracted."""

    sentence: ScoredSentence
    vector: NDArray[np.float32]
    worth: float


def rate(
    pool: Sequence[ScoredSentence],
    corpus: Corpus,
    question: NDArray[np.float32],
    topic: set[str],
    *,
    identity: bool,
) -> list[Rated]:
    """Rate sentences by likeness to the question, centrality, lead and age."""
    vectors = corpus.embedder.embed_passages([one.text for one in pool])
    relevant = vectors @ question
    central = (vectors @ vectors.T).mean(axis=1)
    days = [(one.article.published or datetime.date.min).toordinal() for one in pool]
    newest = {day: place for place, day in enumerate(sorted(set(days)))}
    rated = []
    for at, one in enumerate(pool):
        worth = float(relevant[at]) + CENTRAL_WORTH * float(central[at])
        worth += LEAD_WORTH if one.start < LEAD else 0.0
        worth += 2 * LEAD_WORTH if not one.article.text[: one.start].count(". ") else 0.0
        worth += NEW_WORTH * newest[days[at]] / max(1, len(newest) - 1)
        worth -= LEANING_LOSS if leans(one.text) else 0.0
        if topic:
            worth += LEAD_WORTH * len(topic & stems_of(one.text)) / len(topic)
        if (
            identity
            and _DEFINES.search(one.text)
            and topic <= stems_of(one.text[: one.text.find(",") + 1] or one.text)
        ):
            worth += 2 * LEAD_WORTH
        rated.append(Rated(one, vectors[at], worth))
    return rated


def choose(
    rated: Sequence[Rated],
    most: int,
    most_words: int,
    per_article: int = PER_ARTICLE,
    leads: Sequence[Rated] = (),
) -> list[Rated]:
    """Take the worthiest sentence repeatedly, of the ``leads`` first; likeness to those taken counts against it."""
    chosen: list[Rated] = []
    words = 0
    for first in (leads, rated):
        left = [one for one in first if one not in chosen]
        while left and len(chosen) < most:
            likeness = [max((float(one.vector @ two.vector) for two in chosen), default=0.0) for one in left]
            worths = [one.worth - NOVELTY * like for one, like in zip(left, likeness, strict=True)]
            at = int(np.argmax(worths))
            best = left.pop(at)
            length = len(best.sentence.text.split())
            of_article = sum(other.sentence.article.id == best.sentence.article.id for other in chosen)
            if (
                (chosen and words + length > most_words)
                or of_article >= per_article
                or likeness[at] >= (SAME_LEAD if first is leads else SAME)
            ):
                continue
            chosen.append(best)
            words += length
    return chosen
