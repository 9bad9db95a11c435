"""Short answers (who, when, where, how many, which): the words asked for, and the sentences that carry them."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers.abstain import takes_up, within_corpus
from assistant.answers.agreement import agree
from assistant.answers.draft import Corpus, Draft
from assistant.answers.false_premise import contradicted, unreported
from assistant.answers.select_sentences import read_evidence
from assistant.answers.when import on_its_day
from assistant.evidence.figures import of_other_deed
from assistant.evidence.gather import Evidence, examine
from assistant.evidence.responsibility import asks_for_acts
from assistant.evidence.roles import age_of_another, done_to_another, plays_part_elsewhere, told_of_another
from assistant.question.kind import wants_few_words
from assistant.question.number_asked import asks_for_several
from assistant.text.tokens import names
from assistant.types import Kind, Plan

IN_SENTENCES: frozenset[Kind] = frozenset({"position", "why", "summary", "identity", "latest", "compare"})
"""Kinds that are answered by whole sentences, also where their own way found nothing to say."""


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft:
    """Answer with the likeliest words and sentences, with sides where sources differ, or withhold the answer.

    An assumed period ("last week", asked on an unknown day) is dropped where the articles use its words. A list of
    which no items were found asks for few words too: whole sentences must be as likely to answer it.
    """
    query, settings = plan.query, corpus.settings
    counts = corpus.index.counts()
    brief = plan.kind == "list" or (plan.kind not in IN_SENTENCES and wants_few_words(plan.text))
    found = within_corpus(query, read_evidence(query, evidence, settings, in_few_words=brief), counts)
    if not found.answered and query.asked_period and query.asked_period.assumed:
        timeless = replace(query, asked_period=None)
        again = examine(
            timeless,
            corpus.retrieve(query, corpus.depth(settings.hits)),
            corpus.embedder,
            corpus.reader,
            settings,
            settings.hits,
            corpus.judge,
        )
        again = replace(again, apart=evidence.apart)  # the question has the same names
        freely = read_evidence(timeless, again, settings, in_few_words=brief)
        if takes_up(query.asked_period, freely):
            found, evidence = freely, again
    agreed = agree(found, query, evidence.retrieval, settings)
    if not found.answered:
        agreed = within_corpus(query, agreed, counts)
    agreed = on_its_day(agreed, query, evidence.retrieval, corpus)
    if agreed.short and (
        any(_of_another(query.text, c.quote, agreed.short) for c in agreed.citations)
        or _one_of_several(query.text, agreed.short)
    ):
        agreed = replace(agreed, short=None)
    return doubted(Draft("short", agreed, evidence.retrieval), plan, corpus)


def _one_of_several(question: str, answer: str) -> bool:
    """Return True for one name where several are asked for: "Which towns were hit?" is not "Lesk"."""
    named = [span.text for span in names(answer)]
    return asks_for_several(question) and not asks_for_acts(question) and named == [answer]


def _of_another(question: str, sentence: str, answer: str) -> bool:
    """Return True for words that a sentence says of another part or deed than is asked for."""
    others = (plays_part_elsewhere, done_to_another, age_of_another, told_of_another, of_other_deed)
    return any(of_another(question, sentence, answer) for of_another in others)


def doubted(draft: Draft, plan: Plan, corpus: Corpus) -> Draft:
    """Withhold an answer whose question assumes what no article reports, or what they contradict."""
    remark = unreported(plan.query, corpus.index)
    if remark:
        instead = replace(draft.reading, answered=False, short=None, statements=())
    elif found := contradicted(plan.query, draft.reading, draft.retrieval, corpus.settings):
        remark, instead = found
    else:
        return draft
    return replace(draft, reading=instead, remark=remark, outcome="false_premise")
