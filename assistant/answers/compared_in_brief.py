"""What is told of one of two things that a question compares in no respect: "Compare the two storms"."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answers import summary
from assistant.answers.compared_thing import OnThing, attribute_compared, compares_figures
from assistant.answers.draft import Corpus
from assistant.evidence.sentences import ScoredSentence
from assistant.question.asking import asks, only_names_topic
from assistant.question.comparative import graded
from assistant.text.tokens import names
from assistant.types import Plan

BRIEF_SENTENCES = 2
_COMPARE = re.compile(r"^\W*(?:please\s+)?(?:compare|contrast|(?:what.*\s)?differences?\s+between)\b", re.I)


def in_no_respect(plan: Plan) -> bool:
    """Return True for "Compare the two storms" and "Ada Berg vs Bo Lund", which ask for nothing of either.

    So does "Compare the Arle and Cole fires": the noun that things share says what they are.
    """
    if graded(plan.text) or compares_figures(plan):
        return False
    if _COMPARE.match(plan.text):
        return plan.topic is None or attribute_compared(plan) is not None
    of_names = all(only_names_topic(thing) and names(thing) for thing in plan.things)
    return plan.topic is None and of_names and not asks(plan.text)


def in_brief(thing: str, plan: Plan, corpus: Corpus) -> OnThing | None:
    """Summarise what the articles tell of a thing; None where no article is found to tell of it."""
    thing = f"{thing} {plan.topic or ''}".strip()
    named = tuple(span.text for span in names(thing))
    query = replace(plan.query, text=thing, original=thing, names=named, asked_period=None)
    of_thing = replace(
        plan, kind="summary", query=query, topic=thing, things=(), most_sentences=BRIEF_SENTENCES
    )
    evidence = corpus.evidence(query, widely=True)
    made = summary.answer(of_thing, evidence, corpus)
    if made is None or not made.reading.answered:
        return None
    told = [ScoredSentence(one.article, one.start, one.end, one.quote, ()) for one in made.reading.citations]
    return OnThing(told, evidence, made.reading.confidence)
