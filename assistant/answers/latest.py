"""The latest on a topic: the newest reports first, and how old the newest is."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from assistant.answers.draft import Corpus, Draft, reading
from assistant.answers.quoting import coverage, judged, quoted, unlike, words_in
from assistant.evidence.features import answer_threshold
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence
from assistant.text.periods import in_words
from assistant.text.tokens import content_words, stems
from assistant.types import Period, Plan

PASSAGES = 30
STATED = 4
PER_ARTICLE = 2
WORDS = 140
FLOOR = 6.0
"""Log odds below the best sentence down to which one may be the newest."""
COVERED = 0.6
"""Share of the topic, by weight of its words, that a report takes up."""


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Quote the newest articles on the topic first; None where no article takes it up."""
    wide = corpus.evidence(plan.query, PASSAGES)
    base = judged(plan, wide, corpus)
    if base.unknown or not base.ranked:
        return None
    topic = stems(content_words(plan.topic or ""))
    floor = base.ranked[0].score - FLOOR
    told = [one for one in base.ranked if one.score >= floor and _concerns(one, topic, wide)]
    if not told or not (base.answered or topic):
        return None
    newest = sorted(told, key=lambda one: -_day(one).toordinal())
    per_article: dict[str, list[ScoredSentence]] = {}
    for one in newest:
        per_article.setdefault(one.article.id, []).append(one)
    leading = [
        one for own in per_article.values() for one in sorted(own, key=lambda one: -one.score)[:PER_ARTICLE]
    ]
    chosen = unlike(leading, STATED, WORDS)
    statements = quoted(chosen)
    made = reading(
        statements=statements,
        confidence=max(base.confidence, answer_threshold(corpus.settings)),
        notes=(_age(chosen, plan),),
    )
    return Draft("latest", made, evidence.retrieval)


def _age(chosen: Sequence[ScoredSentence], plan: Plan) -> str:
    """Say of what day the newest report is, and how long that was before the question."""
    days = [one.article.published for one in chosen if one.article.published]
    if not days:
        return "None of these reports bears a date."
    newest = max(days)
    asked = plan.query.filters.asked or datetime.date.today()
    ago = (asked - newest).days
    when = f", {ago:,} days before this question" if ago > 1 else ""
    return f"The newest report on this is of {in_words(Period(newest, newest)).removeprefix('on ')}{when}."


def _concerns(one: ScoredSentence, topic: set[str], evidence: Evidence) -> bool:
    around = f"{one.article.title or ''} {one.article.text[max(0, one.start - 300) : one.end]}"
    if topic:
        held = words_in(around)
        return len(topic & held) >= COVERED * len(topic) or coverage(evidence.matches, around) >= COVERED
    return coverage(evidence.matches, around) >= COVERED


def _day(one: ScoredSentence) -> datetime.date:
    return one.article.published or datetime.date.min
