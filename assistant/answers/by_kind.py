"""The kinds of question, and who answers each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.answers import (
    compare,
    computed,
    count,
    courtesy,
    latest,
    position,
    short,
    summary,
    superlative,
    timeline,
    why,
    yesno,
)
from assistant.answers import corpus as about_corpus
from assistant.answers import list as list_answer
from assistant.answers.draft import Composer, Corpus, Draft, unread
from assistant.answers.find_words import find_words, words_found
from assistant.answers.held_office import held_office, without_other_holder
from assistant.answers.several_items import several_items
from assistant.evidence.abbreviations import EXPANSION_ASKED
from assistant.evidence.features import Matches
from assistant.evidence.gather import Evidence
from assistant.evidence.responsibility import asks_for_acts
from assistant.question.asking import asks_only_whether, only_names_topic
from assistant.question.number_asked import names_roles
from assistant.question.question_type import profile
from assistant.question.things_compared import LEADING_TO_THING
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
    "count": count.answer,
    "corpus": about_corpus.answer,
    "computed": computed.answer,
    "courtesy": courtesy.answer,
}
"""Kinds without an entry are answered as short questions."""

ABOUT_A_TOPIC: frozenset[Kind] = frozenset({"summary", "latest"})
"""Kinds that are searched for by their topic."""

BLAMING: frozenset[Kind] = frozenset({"yesno", "identity", "list", "superlative"})
"""Kinds that a question of who claimed a deed, or is blamed for it, may be taken for; "Did anyone claim it?" is yes
or no."""

READ_WIDELY: frozenset[Kind] = short.IN_SENTENCES | {"list", "superlative"}
"""Kinds that few words of one sentence do not answer: more is read for them."""

_OF_WHAT = re.compile(rf"\W*(?:{LEADING_TO_THING}|to|with)\s+(?:what|which|whom)\b", re.I)

UNREAD_KINDS: frozenset[Kind] = frozenset({"timeline", "count", "corpus", "courtesy"})
"""Kinds that need no search for passages first: they look up what they need."""


def evidence_for(plan: Plan, corpus: Corpus) -> Evidence:
    """Search and read for a question where its kind needs it."""
    plan = routed(plan)
    if _unread(plan) or words_found(plan, corpus):
        return no_evidence(plan, corpus)
    return corpus.evidence(searching_the_topic(plan).query, widely=plan.kind in READ_WIDELY)


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft:
    """Answer a question by its kind, or as a short one where its kind finds nothing to say; or find its words."""
    if (found := find_words(plan, corpus)) is not None:
        return found
    if (held := held_office(plan, evidence, corpus)) is not None:
        return held
    plan = computed.recognise_computed(about_corpus.recognise_corpus(routed(plan)))
    composer = COMPOSERS.get(plan.kind, short.answer)
    topical = searching_the_topic(plan)
    made = composer(topical, evidence, corpus)
    if made is None:
        again = topical is not plan or _unread(plan)
        evidence = corpus.evidence(plan.query) if again else evidence
        made = short.answer(plan, evidence, corpus)
    made = without_other_holder(plan, _without_other_short(plan, made))
    several = several_items(plan, made, evidence, corpus) if made.kind == "short" else None
    return several or _topic_told(plan, made, corpus) or made


def _without_other_short(plan: Plan, made: Draft) -> Draft:
    """Leave out a short answer to a question of yes or no, "Is it lower than Arle's?": a figure is none."""
    if made.kind != "short" or made.reading.short is None or not asks_only_whether(plan.text):
        return made
    return replace(made, reading=replace(made.reading, short=None))


def _topic_told(plan: Plan, made: Draft, corpus: Corpus) -> Draft | None:
    """Tell what is reported of a topic that was typed instead of a question, where that has no short answer."""
    if made.kind != "short" or made.reading.answered or plan.query.context or not only_names_topic(plan.text):
        return None
    topical = searching_the_topic(replace(plan, kind="summary", topic=plan.text.strip(" .?!")))
    told = summary.answer(topical, corpus.evidence(topical.query, widely=True), corpus)
    return told if told is not None and told.reading.answered else None


def routed(plan: Plan) -> Plan:
    """Make short a question that names nobody to describe ("In which region is …") or asks who is blamed.

    So is what an abbreviation stands for. What asks of nobody and nothing is answered as small talk.
    """
    if courtesy.names_nothing(plan):
        return replace(plan, kind="courtesy", topic=None)
    of_what = plan.kind == "identity" and (_OF_WHAT.match(plan.text) or EXPANSION_ASKED.search(plan.text))
    whether = plan.kind == "yesno" and yesno.asks_for_anyone(plan.text)
    if of_what or (plan.kind in BLAMING and asks_for_acts(plan.text) and not whether):
        return replace(plan, kind="short", topic=None)
    return plan


def searching_the_topic(plan: Plan) -> Plan:
    """Search only for the topic of a summary or of the latest news: no article says "Brief me on".

    Other figures are searched for by the question that wants a figure; those of a role, "bloc members", are asked
    for as a question.
    """
    if plan.kind == "list" and names_roles(plan.text):
        return replace(plan, query=replace(plan.query, text=f"What are the {plan.text.strip(' .?!')}?"))
    of_a_topic = plan.kind in ABOUT_A_TOPIC or (plan.kind == "compare" and not plan.things)
    if not of_a_topic or plan.topic is None:
        return plan
    return replace(plan, query=replace(plan.query, text=plan.topic, original=plan.topic))


def no_evidence(plan: Plan, corpus: Corpus) -> Evidence:
    """Return the evidence of a question for which nothing is searched."""
    asked = profile(plan.text, {}, 0)
    matches = Matches(asked, [], corpus.embedder.embed_words, corpus.names.same)
    return Evidence(unread(plan, corpus), asked, matches, (), {})


def _unread(plan: Plan) -> bool:
    return plan.kind in UNREAD_KINDS and plan.kind in COMPOSERS
