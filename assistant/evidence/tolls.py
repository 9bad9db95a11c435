"""Prefers the later of what articles report of what changes: tolls rise from day to day, offices change hands."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence

from assistant.evidence.figures import amounts, outcome_asked
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.question.question_type import Profile

# log odds that a sentence loses by what is reported later, and the days after which half of that is lost: of a
# toll, and of how things stand
OVERTAKEN, HALF_OVERTAKEN_DAYS, HALF_CHANGED_DAYS = 2.0, 3.0, 90.0
# days after which a report of the same outcome is taken to be of another event
ONE_EVENT_DAYS = 45
# log odds by which a later report may be less likely to answer
NEARLY_AS_LIKELY = 3.0


def overtaken(asked: Profile, ranked: Sequence[ScoredSentence]) -> dict[tuple[str, int], float]:
    """Map sentences (article, start) to the log odds that they lose by later ones that nearly as likely answer.

    Where a question counts the dead, wounded or missing, those that count them: by the reports of the days after,
    or by any later one, if it is of how things stand now. Else all, if it is of now.
    """
    outcome = outcome_asked(asked.text) if asked.kind == "how_many" else None
    if outcome is None and not asked.now:
        return {}
    told = [one for one in ranked if one.article.published and (outcome is None or _counts(one, outcome))]
    half = HALF_CHANGED_DAYS if outcome is None else HALF_OVERTAKEN_DAYS
    longest = datetime.timedelta.max if asked.now else datetime.timedelta(ONE_EVENT_DAYS)
    return {place_of(one): OVERTAKEN * (1 - math.exp2(-_behind(one, told, longest) / half)) for one in told}


def _counts(sentence: ScoredSentence, outcome: str) -> bool:
    return any(one.outcome == outcome for one in amounts(sentence.text))


def _behind(sentence: ScoredSentence, told: Sequence[ScoredSentence], longest: datetime.timedelta) -> int:
    """Return by how many days a sentence is behind the latest that overtakes it."""
    return max(
        (
            (day - own).days
            for other in told
            if (day := other.article.published)
            and (own := sentence.article.published)
            and other.score >= sentence.score - NEARLY_AS_LIKELY
            and datetime.timedelta(0) < day - own <= longest
        ),
        default=0,
    )
