"""Why and how: the sentences that give a reason, and who gives it; not those that merely share words."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answers.draft import Corpus, Draft
from assistant.answers.quoting import judged, key, quoted, unlike
from assistant.answers.short import doubted
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence
from assistant.types import Plan

STATED = 4
WORDS = 120
FLOOR = 3.0
"""Log odds below the best sentence down to which one is stated."""
REASON = 1.2
"""Log odds that a sentence gains by giving a reason."""
_REASON = re.compile(
    r"\b(?:because|since|as a result|due to|owing to|thanks to|so that|in order to|caused?|causes|led to|leads to|driven by"
    r"|blam(?:e|ed|es)|reasons?|why|therefore|meant that|after|in response|prompted|aimed? (?:to|at)|to (?:avoid|protect|stop"
    r"|cut|save|make|help|keep|prevent|pay|raise|reduce)|hopes? to|wants? to|for fear|explain(?:s|ed)?|made it|allow(?:s|ed)?)\b",
    re.I,
)
_WHY = re.compile(r"\b(?:why|how come|reasons?|what (?:caused|led|explains|prompted|drove|made|is behind))\b", re.I)


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft:
    """Quote the sentences that give reasons, the likeliest first, in the order of their article."""
    base = judged(plan, evidence, corpus)
    if not base.answered:
        return doubted(Draft("why", replace(base, short=None), evidence.retrieval), plan, corpus)
    wants_reason = bool(_WHY.search(plan.text))

    def worth(one: ScoredSentence) -> float:
        read = evidence.found.get(key(one))
        if read is not None and read.answering is not None:
            return read.answering
        return one.score + (REASON if wants_reason and _REASON.search(one.text) else 0.0)

    ranked = sorted(base.ranked, key=lambda one: -worth(one))
    likely = [one for one in ranked if worth(one) >= worth(ranked[0]) - FLOOR]
    chosen = unlike(likely, STATED, WORDS)
    places = {one.article.id: at for at, one in reversed(list(enumerate(chosen)))}
    chosen.sort(key=lambda one: (places[one.article.id], one.start))
    statements = quoted(chosen)
    made = replace(
        base,
        short=None,
        statements=statements,
        citations=tuple(one.citations[0] for one in statements),
        candidates=tuple(replace(one, citations=()) for one in base.candidates),
    )
    return doubted(Draft("why", made, evidence.retrieval), plan, corpus)
