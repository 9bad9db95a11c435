"""The latest on a topic: the newest reports first, and how old the newest is."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.draft import Corpus, Draft, reading
from assistant.answers.on_topic import (
    LEAD,
    around,
    coverage,
    holding_names,
    is_about,
    is_opinion,
    on_topic,
    share_held,
    tells_at_once,
    tells_of_topic,
    weights_of,
)
from assistant.answers.quoting import judged, quoted, unlike
from assistant.answers.reporting import leans, reports
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence
from assistant.evidence.thresholds import answer_threshold
from assistant.question.question_type import asks_for_figures
from assistant.text.numbers import counting_numbers
from assistant.text.periods import in_words
from assistant.text.sentences import split_sentences
from assistant.text.tokens import content_words, stems, stems_of
from assistant.types import Article, Period, Plan

Told = dict[str, dict[int, tuple[float, ScoredSentence]]]
"""The sentences of each article by their place, each with its worth."""
LATEST_PASSAGES = 30
LATEST_STATED = 4
LATEST_WORDS = 140
LATEST_COVERAGE = 0.5
"""Least share of the topic, by weight of its words, that a report must take up."""
ON_TOPIC = 0.8
"""Share of what the best article takes up of the topic from which another is on it too. Where articles about the
topic take up so much of it, older ones are not searched."""
ENOUGH_ABOUT = 3
"""Articles about the topic with which others that are on it are left out."""
LATEST_PERIODS = tuple(datetime.timedelta(days=days) for days in (30, 180))
"""Periods before the newest article that are searched in turn, before all articles are."""
LATEST_LEAD_WORTH = 2.0
"""What a sentence of the lead is worth, in log odds; so much it loses where it leans on the one before."""
LATEST_FIGURE_WORTH = 4.0
"""What a figure is worth where the latest figures are asked for."""
LATEST_OF_ONE = 3
"""Most sentences of one article, where few report on the topic."""


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Quote the newest articles on the topic first; None where no article takes it up."""
    base = judged(plan, evidence, corpus)
    topic = stems(content_words(plan.topic or ""))
    if base.unknown or not base.ranked or not (base.answered or topic):
        return None
    chosen = unlike(newest_sentences(plan, evidence, corpus, topic), LATEST_STATED, LATEST_WORDS)
    if not chosen:
        return None
    newest = list(dict.fromkeys(one.article.id for one in chosen))
    chosen.sort(key=lambda one: (newest.index(one.article.id), one.start))
    made = reading(
        statements=quoted(chosen),
        confidence=max(base.confidence, answer_threshold(corpus.settings)),
        notes=(_age(chosen, plan),),
    )
    return Draft("latest", made, evidence.retrieval)


def newest_sentences(plan: Plan, evidence: Evidence, corpus: Corpus, topic: set[str]) -> list[ScoredSentence]:
    """Find the best sentence of each report on the topic, the newest first; then further ones of each.

    The last 30 days of the articles are searched first, then half a year; then what the ``evidence`` of all time
    holds is taken. The search by words and vectors ranks them: a topic is no question for a reader.
    """
    last = corpus.index.counts().last_published
    searched = replace(corpus, reader=None, judge=None)
    filters = plan.query.filters
    numeric = asks_for_figures(plan.text)
    by_article: Told = {}
    shares: dict[str, float] = {}
    for window in (*LATEST_PERIODS, None) if last else (None,):
        found = evidence
        if last and window:
            since = max(filters.after or datetime.date.min, last - window)
            query = replace(plan.query, filters=replace(filters, after=since))
            found = searched.evidence(query, LATEST_PASSAGES)
        for one in found.ranked:
            tells = reports(one.text) and tells_of_topic(one, topic, found.asked)
            share = _taken_up(one, topic, found) if tells else 0.0
            if share >= LATEST_COVERAGE:
                by_article.setdefault(one.article.id, {})[one.start] = (_worth(one, numeric=numeric), one)
                shares[one.article.id] = max(share, shares.get(one.article.id, 0.0))
        whole = [id_ for id_ in by_article if shares[id_] >= ON_TOPIC and _is_about(by_article[id_], topic)]
        if len(whole) >= LATEST_STATED:
            break
    by_article = _of_the_topic(by_article, topic, found)
    most = max((shares[id_] for id_ in by_article), default=0.0)
    ranked = [
        sorted(told.values(), key=lambda told: -told[0])
        for id_, told in by_article.items()
        if shares[id_] >= ON_TOPIC * most
    ]
    if numeric:
        ranked = [told for told in ranked if counting_numbers(told[0][1].text)] or ranked
    ranked.sort(key=lambda told: (-_published_day(told[0][1]).toordinal(), -told[0][0]))
    ranked = [told for told in ranked if not is_opinion(told[0][1].article)] or ranked
    first = [_lead(told[0][1].article, topic, found) or told[0][1] for told in ranked]
    first[:1] = [one for newest in first[:1] for one in _with_neighbour(newest)]
    return first + [one for told in ranked for _, one in told[1:LATEST_OF_ONE]]


def _lead(article: Article, topic: set[str], found: Evidence) -> ScoredSentence | None:
    """Return the first sentence of an article that reports, where it takes up the topic: its news."""
    for one in itertools.takewhile(lambda one: one.start < LEAD, split_sentences(article.text)):
        text = article.text[one.start : one.end]
        if one.heads or leans(text) or not reports(text):
            continue
        weights = weights_of(topic, found.asked)
        takes_up = any(weights.values()) and share_held(weights, stems_of(text)) >= ON_TOPIC
        return ScoredSentence(article, one.start, one.end, text, ()) if takes_up else None
    return None


def _of_the_topic(by_article: Told, topic: set[str], found: Evidence) -> Told:
    """Keep the articles on the topic, and of these the ones that are about it, where enough are."""
    articles = (next(iter(told.values()))[1].article for told in by_article.values())
    weights = weights_of(topic, found.asked)
    telling = [one for one in on_topic(articles, topic, found.asked) if tells_at_once(one, weights)]
    held = {one.id for one in holding_names(telling, found.asked.text)}
    own = {id_: told for id_, told in by_article.items() if id_ in held}
    about = {id_: told for id_, told in own.items() if _is_about(told, topic)}
    return about if len(about) >= ENOUGH_ABOUT else own


def _is_about(told: dict[int, tuple[float, ScoredSentence]], topic: set[str]) -> bool:
    return is_about(next(iter(told.values()))[1].article, topic)


def _with_neighbour(one: ScoredSentence) -> list[ScoredSentence]:
    """Give a sentence the one after it in its paragraph, or the one before where it leans on that."""
    first = one.article.text.rfind("\n", 0, one.start) + 1
    end = one.article.text.find("\n", one.end)
    text = one.article.text[first : end if end >= 0 else len(one.article.text)]
    own = [
        replace(one, start=first + part.start, end=first + part.end, text=text[part.start : part.end])
        for part in split_sentences(text)
    ]
    at = next((at for at, other in enumerate(own) if other.start == one.start), None)
    if at is None:
        return [one]
    return own[at - 1 : at + 1] if at and leans(one.text) else [one, *filter(_reported, own[at + 1 : at + 2])]


def _reported(one: ScoredSentence) -> bool:
    return reports(one.text)


def _worth(one: ScoredSentence, *, numeric: bool) -> float:
    lead = LATEST_LEAD_WORTH if one.start < LEAD else 0.0
    leaning = LATEST_LEAD_WORTH if leans(one.text) else 0.0
    figure = LATEST_FIGURE_WORTH if numeric and counting_numbers(one.text) else 0.0
    return one.score + lead - leaning + figure


def _age(chosen: Sequence[ScoredSentence], plan: Plan) -> str:
    """Say of what day the newest report is, and how long that was before the question."""
    days = [one.article.published for one in chosen if one.article.published]
    if not days:
        return "None of these reports bears a date."
    newest = max(days)
    asked = plan.query.filters.asked or datetime.date.today()
    ago = (asked - newest).days
    when = f", {_span(ago)} before this question" if ago > 1 else ""
    return f"The newest report on this is of {in_words(Period(newest, newest)).removeprefix('on ')}{when}."


def _span(days: int) -> str:
    """Put days into words, as roughly as one speaks of them: days, months from ten weeks on, then years."""
    if days < 70:
        return f"{days} days"
    months = round(days / 30.44)
    return f"{months} months" if months < 24 else f"{months // 12} years"


def _taken_up(one: ScoredSentence, topic: set[str], evidence: Evidence) -> float:
    """Return the share of the topic that a sentence takes up, with its title and what stands before it."""
    told = around(one)
    held = len(topic & stems_of(told)) / len(topic) if topic else 0.0
    return max(held, coverage(evidence.matches, told))


def _published_day(one: ScoredSentence) -> datetime.date:
    return one.article.published or datetime.date.min
