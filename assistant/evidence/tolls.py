"""Prefers the later of the tolls that articles report of one event: they rise from day to day."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence

from assistant.evidence.figures import amounts, outcome_asked
from assistant.evidence.sentences import ScoredSentence, place_of

# log odds that a sentence loses by what is reported later, and the days after which half of that is lost
OVERTAKEN, HALF_OVERTAKEN_DAYS = 2.0, 3.0
# days after which a report of the same outcome is taken to be of another event
ONE_EVENT_DAYS = 45
# log odds by which a later report may be less likely to answer
NEARLY_AS_LIKELY = 3.0


def overtaken(question: str, ranked: Sequence[ScoredSentence]) -> dict[tuple[str, int], float]:
    """Map sentences (article, start) to the log odds that their toll loses by a later one.

    Only where a question counts the dead, wounded or missing. A report is overtaken by one of the days after it
    that counts the same outcome and nearly as likely answers.
    """
    outcome = outcome_asked(question)
    if outcome is None:
        return {}
    told = [one for one in ranked if one.article.published and _counts(one, outcome)]
    return {place_of(one): _overtaken(one, told) for one in told}


def _counts(sentence: ScoredSentence, outcome: str) -> bool:
    return any(one.outcome == outcome for one in amounts(sentence.text))


def _overtaken(sentence: ScoredSentence, told: Sequence[ScoredSentence]) -> float:
    behind = max(
        (
            (day - own).days
            for other in told
            if (day := other.article.published)
            and (own := sentence.article.published)
            and other.score >= sentence.score - NEARLY_AS_LIKELY
            and datetime.timedelta(0) < day - own <= datetime.timedelta(ONE_EVENT_DAYS)
        ),
        default=0,
    )
    return OVERTAKEN * (1 - math.exp2(-behind / HALF_OVERTAKEN_DAYS))
