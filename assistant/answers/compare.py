"""Comparisons: each thing is searched and answered by itself, in the same way, and has a row of a table.

Nothing is averaged, and no thing is said to be more than another: the figures stand with their sources.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.compared_figures import (
    CONSIDERED,
    PER_THING,
    counts_alike,
    figure_of,
    has_figure,
    on_equal_terms,
    other_figures,
    parallels,
)
from assistant.answers.compared_table import compared_draft, source_of
from assistant.answers.draft import Corpus, Draft
from assistant.answers.figures_beside import figures_beside
from assistant.answers.position import spoken_by
from assistant.answers.quoting import around, coverage, judged, mentions, unlike, words_in
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.question.asked_period import REPORTED_WITHIN, asked_period
from assistant.question.follow_up_kind import OTHER_FIGURES
from assistant.question.question_type import asks_for_figures
from assistant.question.two_times import changed, is_time, is_weekday, without_dates
from assistant.text.numbers import counting_numbers
from assistant.text.tokens import content_words, names, stems
from assistant.text.wording import one_line
from assistant.types import Filters, Period, Plan, Query

PER_SPEAKER = 3
NAMED_WORTH = 2.0
"""Log odds that a sentence gains by naming the thing itself, and by a figure where one is wanted."""
SPOKEN_WORTH = 3.0
"""Log odds that a sentence gains by giving the words of a speaker who is compared."""
COMPARE_WORDS = 70
"""Words quoted for one thing."""
SOURCES_COMPARED = 4
"""Articles that are compared where a question names no things."""
COMPARE_FLOOR = 4.0
BESIDE = 2.5
"""Log odds below the first sentence on a thing down to which a second one is quoted."""
ON_TOPIC = 0.4
"""Least share of what is asked of a thing, by weight of its words, that a sentence and those around it take up."""
FIGURES_FLOOR = 6.5
"""How far below the best sentence (log odds) one may lie that counts the same."""
ON_IT = 0.5
"""Share of what the best article takes up of the question from which another is on the same matter."""
_SAYS = re.compile(
    r"(?:say|think|make|propose|want|claim|report|demand|promise|argue|believe|recommend|suggest|describe|see|judge)\b",
    re.I,
)
_DIFFER = re.compile(r"\b(?:differ|disagree)\b", re.I)
_DIFFER_ON = re.compile(r"(?:on|over|about|as\s+to)\s+(?P<topic>\S.*)", re.I)
_VIEW = re.compile(r"(?:views?|opinions?|positions?|stances?|accounts?|versions?|reactions?)\b", re.I)
_DATED = re.compile(
    r"\d+|\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b",
    re.I,
)


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Tabulate what the articles say of each thing; None where none is named or found, or all have one quote."""
    if len(plan.things) < 2:
        return _by_source(plan, evidence, corpus)
    if counted := figures_beside(plan, evidence):
        rows = [
            (_label(thing), [one], figure) for thing, (one, figure) in zip(plan.things, counted, strict=True)
        ]
        return compared_draft(evidence, rows, ()) if _apart(rows) else None
    told = [_of_thing_as_written(thing, plan, evidence.ranked, corpus) for thing in plan.things]
    parallel = parallels([sentences for sentences, _ in told])
    numeric = _asks_for_figures(plan)
    rows = []
    for thing, (sentences, found), first in zip(plan.things, told, parallel, strict=True):
        spoken = not numeric and bool(sentences) and any(spoken_by(thing, sentences, referring=True))
        most = PER_SPEAKER if spoken else PER_THING
        chosen = unlike([*first, *_likely(sentences)], most, COMPARE_WORDS)
        figure = figure_of(chosen, found) if numeric else ""
        rows.append((_label(thing), chosen[:1] if figure and first else chosen, figure))
    if not on_equal_terms(rows):
        rows = [(label, chosen, "") for label, chosen, _ in rows]
    missing = tuple(label for label, chosen, _ in rows if not chosen)
    if len(missing) == len(rows) or not _apart(rows):
        return None
    return compared_draft(evidence, rows, missing)


def _apart(rows: Sequence[tuple[str, Sequence[ScoredSentence], str]]) -> bool:
    """Return True when not all things are told the same, in the same words."""
    return len({(figure, *map(place_of, chosen)) for _, chosen, figure in rows}) > 1


def _of_thing_as_written(
    thing: str, plan: Plan, ranked: Sequence[ScoredSentence], corpus: Corpus
) -> tuple[list[ScoredSentence], Evidence]:
    """Find the sentences on a thing; where there is none, on as much of it as the question itself says in a row."""
    found = _of_thing(thing, plan, ranked, corpus)
    short = thing
    while short.lower() not in plan.text.lower() and " " in short:
        short = short.rpartition(" ")[0]
    if found[0] or short == thing:
        return found
    return _of_thing(short, plan, ranked, corpus)


def _of_thing(
    thing: str, plan: Plan, ranked: Sequence[ScoredSentence], corpus: Corpus
) -> tuple[list[ScoredSentence], Evidence]:
    """Find the sentences on one thing, those that name it first, and the evidence that holds them.

    What it says itself is also looked for among those ``ranked`` for the whole question.
    """
    topic = plan.topic or ""
    others = [other for other in plan.things if other != thing]
    text = _searched_for(thing, topic)
    says = bool(_SAYS.match(topic))
    differs = _DIFFER_ON.match(topic) if _DIFFER.search(plan.text) else None
    if says:
        text = f"What does {thing} {topic}?"
    elif differs:
        text = f"What does {thing} say about {differs['topic']}?"
    elif _VIEW.match(topic):
        text = f"What is {thing}'s {topic}?"
    filters = plan.query.filters
    outlet = _outlet(thing, corpus)
    if outlet:
        filters = Filters(filters.after, filters.before, (outlet,), filters.asked)
        text = topic or plan.text
    text = one_line(text)
    period = None if is_weekday(thing) else asked_period(text, filters.asked)
    named = tuple(span.text for span in names(text))
    evidence = corpus.evidence(Query(text, text, filters, named, period))
    found = judged(replace(plan, query=Query(text, text, filters, named, period)), evidence, corpus)
    dated = period is not None and not content_words(_DATED.sub(" ", thing))
    undated = _DATED.sub(" ", thing) if period else without_dates(thing) or thing
    about = [one for one in found.ranked if outlet or dated or _about(undated, one, others)]
    if dated and period:
        about = [one for one in about if _of_period(one, period.period)] or about
    numeric = _asks_for_figures(plan)
    spoken = (
        []
        if numeric or outlet
        else [one for pool in (found.ranked, ranked) for one in spoken_by(thing, pool, referring=True)]
    )
    own = {place_of(one): one for one in reversed(spoken)}
    about = [*about, *(one for place, one in own.items() if place not in set(map(place_of, about)))]
    about = [one for one in about if coverage(evidence.matches, around(one)) >= ON_TOPIC]
    worth = {
        place_of(one): _worth_of_sentence(one, evidence, asks=says or dated or differs is not None)
        + (NAMED_WORTH if mentions(one.text, undated) else 0.0)
        + (SPOKEN_WORTH if place_of(one) in own else 0.0)
        + (NAMED_WORTH if numeric and has_figure(one.text, topic) else 0.0)
        for one in about
    }
    about = [replace(one, score=worth[place_of(one)]) for one in about]
    return sorted(about, key=lambda one: -one.score)[:CONSIDERED], evidence


def _of_period(one: ScoredSentence, period: Period) -> bool:
    """Return True for a sentence that states a time, or whose article was published in it or soon after."""
    published = one.article.published
    return one.fit == "stated" or (
        published is not None
        and not period.yearless
        and period.start
        <= published
        <= min(period.end, datetime.date.max - REPORTED_WITHIN) + REPORTED_WITHIN
    )


def _searched_for(thing: str, topic: str) -> str:
    """Put a thing and what is asked of it into words that articles may use."""
    if is_time(thing):
        of_day = re.match(r"\d{1,2}(?!\d)|\w+day\b", thing, re.I) is not None
        return f"{topic} {'on' if of_day else 'in'} {thing}"
    return f"{topic} {thing}" if re.search(r"\b(?:of|in|at|for|by|from|on)$", topic) else f"{thing} {topic}"


def _asks_for_figures(plan: Plan) -> bool:
    """Return True when figures are compared, not what is said of them."""
    return asks_for_figures(plan.text) and not _VIEW.match(plan.topic or "")


def _worth_of_sentence(one: ScoredSentence, evidence: Evidence, *, asks: bool) -> float:
    """Return the log odds that a sentence answers: as the reader judged it, where a question was put to it."""
    read = evidence.found.get(place_of(one)) if asks else None
    return read.answering if read is not None and read.answering is not None else one.score


def _likely(sentences: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Keep the first sentence, and those nearly as likely beside it."""
    return [one for at, one in enumerate(sentences) if not at or one.score >= sentences[0].score - BESIDE]


def _about(thing: str, one: ScoredSentence, others: Sequence[str]) -> bool:
    """Return True when a sentence, or its title and surroundings, name a thing and not only the others."""
    if mentions(one.text, thing):
        return True
    named = stems(content_words(thing))
    if not named <= words_in(around(one)):
        return False
    return not any(mentions(one.text, other) and not mentions(other, thing) for other in others)


def _outlet(thing: str, corpus: Corpus) -> str | None:
    """Return the publisher that a thing names, if it does."""
    wanted = stems(content_words(thing))
    fitting = [name for name in corpus.index.publishers() if wanted and wanted <= words_in(name)]
    return fitting[0] if len(fitting) == 1 else None


def _label(thing: str) -> str:
    text = re.sub(r"^(?:the|what|a|an)\s+", "", thing, flags=re.I)
    return text[:1].upper() + text[1:]


def _by_source(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Compare what several articles say, where the question names one thing that they report on."""
    numeric = asks_for_figures(plan.text)
    others = plan.text.startswith(OTHER_FIGURES)
    if others:
        query = replace(plan.query, text=plan.text.removeprefix(OTHER_FIGURES))
        plan = replace(plan, query=replace(query, original=query.text))
        evidence = corpus.evidence(plan.query)
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
        chosen = [*chosen[:1], *other_figures(chosen[0], base.ranked), *chosen[1:]]
    chosen = list(dict.fromkeys(chosen))[:SOURCES_COMPARED]
    if changed(plan.text):
        chosen.sort(key=lambda one: one.article.published or datetime.date.min)
    rows = [(source_of(one.article), [one], "") for one in chosen]
    if len(rows) < 2:
        return None
    return compared_draft(evidence, rows, ())
