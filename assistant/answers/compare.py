"""Comparisons: each thing is searched and answered by itself, in the same way, and has a row of a table.

Nothing is averaged, and only where a question asks which is more ("Which storm was deadlier?") is one thing named:
else the figures stand with their sources. A thing that no article names is said to be unnamed; where none is named,
there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import mean

from assistant.answers.compare_graded import compare_attribute, compare_graded
from assistant.answers.compare_sources import compare_sources
from assistant.answers.compared_figures import PER_THING, figure_first, on_equal_terms, parallels
from assistant.answers.compared_in_brief import in_brief, in_no_respect
from assistant.answers.compared_names import unnamed
from assistant.answers.compared_table import compared_draft, label_of
from assistant.answers.compared_thing import OnThing, attribute_compared, compares_figures, found_on
from assistant.answers.draft import Corpus, Draft
from assistant.answers.figures_beside import figures_beside
from assistant.answers.position import spoken_by
from assistant.answers.quoting import judged, unlike
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
    things = asked.things if asked else plan.things
    lacking = unnamed(things, evidence, corpus)
    if lacking and len(lacking) == len(things):
        return _none_named(lacking, plan, evidence, corpus)
    if asked and (made := compare_graded(asked, plan, evidence, corpus, lacking)):
        return made
    if len(plan.things) < 2:
        return compare_sources(plan, evidence, corpus)
    if counted := figures_beside(plan, evidence, named=asked is None and plan.topic is not None):
        rows = [
            (label_of(thing), [one], figure)
            for thing, (one, figure) in zip(plan.things, counted, strict=True)
        ]
        sure = judged(plan, evidence, corpus).confidence
        return compared_draft(evidence, rows, (), sure) if _apart(rows) else None
    attribute = attribute_compared(plan)
    by_attribute = attribute and compare_attribute(attribute, plan, evidence, corpus, lacking)
    return by_attribute or _by_things(plan, evidence, corpus, lacking)


def _by_things(plan: Plan, evidence: Evidence, corpus: Corpus, lacking: Sequence[str]) -> Draft | None:
    told = [
        OnThing([], evidence) if thing in lacking else _told_of(thing, plan, evidence, corpus)
        for thing in plan.things
    ]
    numeric = compares_figures(plan)
    parallel = parallels([one.sentences for one in told] if numeric else [[] for _ in told])
    rows = []
    for thing, on_thing, first in zip(plan.things, told, parallel, strict=True):
        sentences = on_thing.sentences
        spoken = not numeric and bool(sentences) and any(spoken_by(thing, sentences, referring=True))
        most = PER_SPEAKER if spoken else PER_THING
        chosen = unlike([*first, *_likely(sentences)], most, COMPARE_WORDS)
        figure, chosen = figure_first(chosen, on_thing.evidence) if numeric else ("", chosen)
        rows.append((label_of(thing), chosen[:1] if figure and first else chosen, figure))
    if not on_equal_terms(rows):
        rows = [(label, chosen, "") for label, chosen, _ in rows]
    missing = tuple(label for label, chosen, _ in rows if not chosen)
    if len(missing) == len(rows) or not _apart(rows):
        return None
    confidence = mean(one.confidence if one.sentences else 0.0 for one in told)
    return compared_draft(evidence, rows, missing, confidence, lacking)


def _told_of(thing: str, plan: Plan, evidence: Evidence, corpus: Corpus) -> OnThing:
    """Find what is told of a thing: in brief, where nothing says in which respect it is compared."""
    brief = in_brief(thing, plan, corpus) if in_no_respect(plan) else None
    return brief or found_on(thing, plan, evidence.ranked, corpus)


def _none_named(things: tuple[str, ...], plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft:
    """Say that no article names any of the things; what their words are found in is no word on them."""
    base = replace(judged(plan, evidence, corpus), answered=False, short=None, statements=(), citations=())
    bare = tuple(re.sub(r"^the\s+", "", one, flags=re.I) for one in things)
    return Draft("compare", replace(base, candidates=(), mentioned=False, unknown=bare), evidence.retrieval)


def _apart(rows: Sequence[tuple[str, Sequence[ScoredSentence], str]]) -> bool:
    """Return True when not all things are told the same, in the same words."""
    return len({(figure, *map(place_of, chosen)) for _, chosen, figure in rows}) > 1


def _likely(sentences: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Keep the first sentence, and those nearly as likely beside it."""
    return [one for at, one in enumerate(sentences) if not at or one.score >= sentences[0].score - BESIDE]
