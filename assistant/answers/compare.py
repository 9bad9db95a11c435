"""Comparisons: each thing is searched and answered by itself, in the same way, and has a row of a table.

Nothing is averaged, and only where a question asks which is more ("Which storm was deadlier?") is one thing named:
else the figures stand with their sources.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.compare_graded import compare_graded
from assistant.answers.compare_sources import compare_sources
from assistant.answers.compared_figures import PER_THING, figure_of, on_equal_terms, parallels
from assistant.answers.compared_table import compared_draft, label_of
from assistant.answers.compared_thing import compares_figures, found_on
from assistant.answers.draft import Corpus, Draft
from assistant.answers.figures_beside import figures_beside
from assistant.answers.position import spoken_by
from assistant.answers.quoting import unlike
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.question.comparative import graded
from assistant.types import Plan

PER_SPEAKER = 3
COMPARE_WORDS = 70
"""Words quoted for one thing."""
BESIDE = 2.5
"""Log odds below the first sentence on a thing down to which a second one is quoted."""


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Tabulate what the articles say of each thing; None where none is named or found, or all have one quote."""
    asked = graded(plan.text)
    if asked and (made := compare_graded(asked, plan, evidence, corpus)):
        return made
    if len(plan.things) < 2:
        return compare_sources(plan, evidence, corpus)
    if counted := figures_beside(plan, evidence):
        rows = [
            (label_of(thing), [one], figure)
            for thing, (one, figure) in zip(plan.things, counted, strict=True)
        ]
        return compared_draft(evidence, rows, ()) if _apart(rows) else None
    told = [found_on(thing, plan, evidence.ranked, corpus) for thing in plan.things]
    numeric = compares_figures(plan)
    parallel = parallels([sentences for sentences, _ in told] if numeric else [[] for _ in told])
    rows = []
    for thing, (sentences, found), first in zip(plan.things, told, parallel, strict=True):
        spoken = not numeric and bool(sentences) and any(spoken_by(thing, sentences, referring=True))
        most = PER_SPEAKER if spoken else PER_THING
        chosen = unlike([*first, *_likely(sentences)], most, COMPARE_WORDS)
        figure = figure_of(chosen, found) if numeric else ""
        rows.append((label_of(thing), chosen[:1] if figure and first else chosen, figure))
    if not on_equal_terms(rows):
        rows = [(label, chosen, "") for label, chosen, _ in rows]
    missing = tuple(label for label, chosen, _ in rows if not chosen)
    if len(missing) == len(rows) or not _apart(rows):
        return None
    return compared_draft(evidence, rows, missing)


def _apart(rows: Sequence[tuple[str, Sequence[ScoredSentence], str]]) -> bool:
    """Return True when not all things are told the same, in the same words."""
    return len({(figure, *map(place_of, chosen)) for _, chosen, figure in rows}) > 1


def _likely(sentences: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Keep the first sentence, and those nearly as likely beside it."""
    return [one for at, one in enumerate(sentences) if not at or one.score >= sentences[0].score - BESIDE]
