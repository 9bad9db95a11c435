"""The kinds of question, and who answers each."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.answers import compare, latest, position, short, summary, superlative, timeline, why, yesno
from assistant.answers import list as list_answer
from assistant.answers.draft import Composer, Corpus, Draft, unread
from assistant.evidence.features import Matches
from assistant.evidence.gather import Evidence
from assistant.question.question_type import profile
from assistant.types import Kind, Plan

COMPOSERS: Mapping[Kind, Composer] = {
    "yesno": yesno.answer,
    "list": list_answer.answer,
    "compare": compare.answer,
    "superlative": superlative.answer,
    "position": position.answer,
    "why": why.answer,
    "summary": summary.answer,
    "identity": summary.answer,
    "timeline": timeline.answer,
    "latest": latest.answer,
}
"""Kinds without an entry are answered as short questions."""

UNREAD: frozenset[Kind] = frozenset({"timeline", "count", "corpus", "courtesy"})
"""Kinds that do not begin with a search for passages: what they need they look up themselves."""


def answer(plan: Plan, corpus: Corpus) -> Draft:
    """Answer a question of any kind; where its own kind finds nothing to say, as a short one."""
    evidence = no_evidence(plan, corpus) if _unread(plan) else corpus.evidence(plan.query)
    composer = COMPOSERS.get(plan.kind)
    made = composer(plan, evidence, corpus) if composer else None
    if made is not None:
        return made
    return short.answer(plan, corpus.evidence(plan.query) if _unread(plan) else evidence, corpus)


def no_evidence(plan: Plan, corpus: Corpus) -> Evidence:
    """Return the evidence of a question for which nothing is searched."""
    asked = profile(plan.text, {}, 0)
    matches = Matches(asked, [], corpus.embedder.embed_words, corpus.names.same)
    return Evidence(unread(plan, corpus), asked, matches, (), {})


def _unread(plan: Plan) -> bool:
    return plan.kind in UNREAD and plan.kind in COMPOSERS
