"""Why and how: the sentences that give a reason, and who gives it; not those that merely share words."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answers.draft import Corpus, Draft
from assistant.answers.quoting import answered_by, judged, quoted, unlike
from assistant.answers.short import doubted
from assistant.evidence.announced import announcing_run
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.types import Plan

WHY_STATED = 4
BESIDE_WORTH = 1.5
"""Log odds that a sentence gains by standing beside the best one: reasons take more than one sentence."""
GAP = 3
WHY_WORDS = 120
WHY_FLOOR = 3.0
"""How far below the best sentence (log odds) one may lie and still be stated."""
REASON = 1.2
"""Log odds that a sentence gains by giving a reason."""
_REASON = re.compile(
    r"\b(?:because|since|as a result|due to|owing to|thanks to|so that|in order to|caused?|causes|led to|leads to"
    r"|driven by|blam(?:e|ed|es)|reasons?|why|therefore|meant that|in response|prompted|aimed? (?:to|at)"
    r"|hopes? to|wants? to|for fear|explain(?:s|ed)?|allow(?:s|ed)?)\b",
    re.I,
)
_WHY = re.compile(
    r"\b(?:why|how come|reasons?|what (?:caused|led|explains|prompted|drove|made|is behind))\b", re.I
)


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft:
    """Quote the sentences that give reasons, the likeliest first, in the order of their article."""
    base = judged(plan, evidence, corpus)
    if not base.answered:
        return doubted(Draft("why", replace(base, short=None), evidence.retrieval), plan, corpus)
    wants_reason = bool(_WHY.search(plan.text))

    def worth(one: ScoredSentence) -> float:
        read = evidence.found.get(place_of(one))
        if read is not None and read.answering is not None:
            return read.answering
        return one.score + (REASON if wants_reason and _REASON.search(one.text) else 0.0)

    best = max(base.ranked, key=worth)
    near = {place_of(one) for one in base.ranked if one.article.id == best.article.id and _beside(one, best)}
    ranked = sorted(
        base.ranked, key=lambda one: -worth(one) - (BESIDE_WORTH if place_of(one) in near else 0.0)
    )
    likely = [one for one in ranked if place_of(one) in near or worth(one) >= worth(best) - WHY_FLOOR]
    chosen = unlike(likely, WHY_STATED, WHY_WORDS)
    places = {one.article.id: at for at, one in reversed(list(enumerate(chosen)))}
    chosen.sort(key=lambda one: (places[one.article.id], one.start))
    made = answered_by(base, quoted(chosen, run=announcing_run))
    return doubted(Draft("why", made, evidence.retrieval), plan, corpus)


def _beside(one: ScoredSentence, best: ScoredSentence) -> bool:
    """Return True for the sentences just before and after the best one."""
    return 0 <= one.start - best.end <= GAP or 0 <= best.start - one.end <= GAP
