"""What several articles say of one thing, a row an article: no things are compared, or other figures wanted."""

from __future__ import annotations

import datetime

from assistant.answers.compared_figures import counts_alike, other_figures
from assistant.answers.compared_table import compared_draft, source_of
from assistant.answers.draft import Corpus, Draft
from assistant.answers.on_topic import coverage
from assistant.answers.quoting import judged
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence
from assistant.question.question_type import asks_for_figures
from assistant.question.two_times import changed
from assistant.text.numbers import counting_numbers
from assistant.types import Plan

SOURCES_COMPARED = 4
"""Articles that are compared where a question names no things."""
OTHERS_SHOWN = 2
"""Other figures that are quoted beside the first."""
COMPARE_FLOOR = 4.0
FIGURES_FLOOR = 6.5
"""How far below the best sentence (log odds) one may lie that counts the same."""
ON_IT = 0.5
"""Share of what the best article takes up of the question from which another is on the same matter."""


def compare_sources(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Compare what several articles say, where the question names one thing that they report on."""
    others = plan.topic is not None
    numeric = others or asks_for_figures(plan.text)
    base = judged(plan, evidence, corpus)
    if not base.answered:
        return None
    by_article: dict[str, ScoredSentence] = {}
    for one in base.ranked:
        alike = numeric and counts_alike(one, next(iter(by_article.values()), one))
        floor = base.ranked[0].score - (FIGURES_FLOOR if alike else COMPARE_FLOOR)
        if one.score >= floor and (not numeric or counting_numbers(one.text)):
            by_article.setdefault(one.article.id, one)
    held = {
        id_: coverage(evidence.matches, f"{one.article.title or ''} {one.text}")
        for id_, one in by_article.items()
    }
    by_article = {id_: one for id_, one in by_article.items() if held[id_] >= ON_IT * max(held.values())}
    chosen = list(by_article.values())
    if others:
        others_given = other_figures(chosen[0], base.ranked)[:OTHERS_SHOWN]
        chosen = [chosen[0], *others_given] if others_given else chosen
    chosen = list(dict.fromkeys(chosen))[:SOURCES_COMPARED]
    if changed(plan.text):
        chosen.sort(key=lambda one: one.article.published or datetime.date.min)
    rows = [(source_of(one.article), [one], "") for one in chosen]
    if len(rows) < 2:
        return None
    return compared_draft(evidence, rows, (), base.confidence)
