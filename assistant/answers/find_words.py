"""Find every mention of a word, name or phrase, as the command ``find`` does: "find TikTok by month"."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answers.article_selection import ARTICLE_NOUNS, Selected, articles_on_topic, articles_within
from assistant.answers.count import count_mentions
from assistant.answers.draft import Corpus, Draft
from assistant.answers.occurrence_table import grouping_in
from assistant.question.asked_period import asked_period
from assistant.text.tokens import STOP_WORDS
from assistant.types import Plan

_LEADING = r"\W*(?:please\s+)?find\s+(?:(?:all|every|each)\s+(?:mentions?|occurrences?)\s+of\s+)?"
_FIND = re.compile(rf"{_LEADING}(?P<words>\w.*?)\W*$", re.I)
_FIND_QUOTED = re.compile(rf"{_LEADING}(?P<words>[\"“][^\"“”]*\w[^\"“”]*[\"”])", re.I)
_OTHERWISE_ASKED = re.compile(rf"(?i:me|{ARTICLE_NOUNS})\b")
"""What follows "find" where articles or an answer are asked for: "find me …", "find reports on …"."""


def find_words(plan: Plan, corpus: Corpus) -> Draft | None:
    """Answer with every mention of the words after "find"; None where they are a request in a sentence."""
    selected = words_found(plan, corpus)
    return None if selected is None else count_mentions(replace(plan, kind="count"), selected, corpus)


def words_found(plan: Plan, corpus: Corpus) -> Selected | None:
    """Return the articles with the words to find; None where nothing is to be found.

    What stands in quotation marks is always to be found; other words are where an article has them in this order
    and the first is no small word: "Find out who …" and "Find the article about …" ask otherwise.
    """
    query, period = plan.query, plan.query.asked_period
    quoted = _FIND_QUOTED.match(query.original)
    if quoted:
        text = query.original[quoted.end() :]
        period = asked_period(text, query.filters.asked)  # what stands in quotation marks is no period
    else:
        text = plan.text
    by, text = grouping_in(period.topic if period else text)
    said = quoted or _FIND.match(text)
    if said is None:
        return None
    words = said["words"]
    if not quoted and (words.partition(" ")[0] in STOP_WORDS or _OTHERWISE_ASKED.match(words)):
        return None
    plan = replace(plan, query=replace(query, asked_period=period))
    selected = articles_on_topic(articles_within(plan, corpus, by), words, corpus)
    if selected.loosely:
        return replace(selected, articles=(), held={}, loosely=False) if quoted else None
    return selected if selected.held or quoted else None
