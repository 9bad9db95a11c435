"""What the articles say of one of the things compared: searched by itself, in the same way as the others."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers.compared_figures import CONSIDERED, asks_share, has_figure
from assistant.answers.draft import Corpus
from assistant.answers.on_topic import around, coverage, mentions, naming_rarest
from assistant.answers.position import spoken_by
from assistant.answers.quoting import judged
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.question.asked_period import REPORTED_WITHIN, asked_period
from assistant.question.asking import asks
from assistant.question.question_type import asks_for_figures
from assistant.question.things_compared import LEADING_TO_THING, VERBS_OF_VIEWS
from assistant.question.two_times import is_time, is_weekday, without_times
from assistant.text.month_names import ENGLISH_MONTHS
from assistant.text.phrases import phrases
from assistant.text.tokens import content_words, names, stems, stems_of
from assistant.text.wording import one_line
from assistant.types import AskedPeriod, Filters, Period, Plan, Query

NAMED_WORTH = 2.0
"""Log odds that a sentence gains by naming the thing itself, and by a figure where one is wanted."""
SPOKEN_WORTH = 3.0
"""Log odds that a sentence gains by giving the words of a speaker who is compared."""
BOTH_TOLD = 3
"""Sentences found for the whole question that may tell the figure of each thing."""
TOPIC_COVERED = 0.4
"""Least share of what is asked of a thing, by weight of its words, that a sentence and those around it take up."""
_SAYS = re.compile(rf"(?:{VERBS_OF_VIEWS}|report|describe|judge)\b", re.I)
_DIFFER = re.compile(r"\b(?:differ|disagree)\b", re.I)
_DIFFER_ON = re.compile(r"(?:on|over|about|as\s+to)\s+(?P<topic>\S.*)", re.I)
_VIEW = re.compile(r"(?:views?|opinions?|positions?|stances?|accounts?|versions?|reactions?)\b", re.I)
_SHARED_LAST = re.compile(rf"\s*\b(?:{LEADING_TO_THING})$")
_NOUN_PHRASE = re.compile("d?[nws#]")
_ARTICLE = re.compile(r"^the\s+", re.I)
_DATED = re.compile(rf"\d+|\b(?:{'|'.join(itertools.chain(*ENGLISH_MONTHS))})\b", re.I)


@dataclass(frozen=True, slots=True)
class OnThing:
    """The sentences on one thing, those that name it first, and the evidence that holds them.

    ``confidence`` is the probability that the likeliest sentence found for the thing answers what is asked of it.
    """

    sentences: Sequence[ScoredSentence]
    evidence: Evidence
    confidence: float = 0.0


def found_on(thing: str, plan: Plan, ranked: Sequence[ScoredSentence], corpus: Corpus) -> OnThing:
    """Find the sentences on one thing.

    What it says itself is also looked for among those ``ranked`` for the whole question. Where no sentence names
    the thing, those on as much of it as the question itself says in a row are taken.
    """
    topic = plan.topic or ""
    text = _searched_for(thing, topic)
    says = bool(_SAYS.match(topic))
    differs = _DIFFER_ON.match(topic) if _DIFFER.search(plan.text) else None
    if says:
        text = f"What does {thing} {topic}?"
    elif differs:
        text = f"What does {thing} say about {differs['topic']}?"
    elif _VIEW.match(topic):
        text = f"What is {thing}'s {topic}?"
    elif attribute := _attribute_of(thing, topic):
        text = f"What {attribute}?"
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
    on_thing = found.ranked if outlet else naming_rarest(found.ranked, evidence.asked)
    of_attribute = says or differs is not None or _attribute_of(thing, topic) is not None
    told = _telling(
        thing, plan, ranked, on_thing, evidence, period, outlet=outlet is not None, asks=of_attribute
    )
    short = thing
    while short.lower() not in plan.text.lower() and " " in short:
        short = short.rpartition(" ")[0]
    if told or short == thing:
        return OnThing(told, evidence, found.confidence)
    again = _telling(short, plan, ranked, on_thing, evidence, None, outlet=False, asks=of_attribute)
    return OnThing(again, evidence, found.confidence)


def _telling(
    thing: str,
    plan: Plan,
    ranked: Sequence[ScoredSentence],
    found: Sequence[ScoredSentence],
    evidence: Evidence,
    asked: AskedPeriod | None,
    *,
    outlet: bool,
    asks: bool,
) -> list[ScoredSentence]:
    """Choose the sentences on a thing among those ``found`` for it; its own words also among those ``ranked``."""
    topic = plan.topic or ""
    others = [other for other in plan.things if not other.startswith(thing)]
    dated = asked is not None and not content_words(_DATED.sub(" ", thing))
    undated = _DATED.sub(" ", thing) if asked else without_times(thing) or thing
    about = [one for one in found if outlet or dated or _about(undated, one, others)]
    if dated and asked:
        about = [one for one in about if _of_period(one, asked.period)] or about
    numeric = compares_figures(plan)
    spoken = (
        []
        if numeric or outlet
        else [one for pool in (found, ranked) for one in spoken_by(thing, pool, referring=True)]
    )
    own = {place_of(one): one for one in reversed(spoken)}
    beside = [one for one in ranked[:BOTH_TOLD] if one.score > 0.0 and mentions(one.text, undated)]
    joining = own | {place_of(one): one for one in beside if numeric}
    about = [*about, *(one for place, one in joining.items() if place not in set(map(place_of, about)))]
    about = [one for one in about if coverage(evidence.matches, around(one)) >= TOPIC_COVERED]
    if numeric and asks_share(topic):
        about = [one for one in about if has_figure(one.text, topic)] or about
    worth = {
        place_of(one): _worth_of_sentence(one, evidence, asks=asks or dated)
        + (NAMED_WORTH if mentions(one.text, undated) else 0.0)
        + (SPOKEN_WORTH if place_of(one) in own else 0.0)
        + (NAMED_WORTH if numeric and has_figure(one.text, topic) else 0.0)
        for one in about
    }
    about = [replace(one, score=worth[place_of(one)]) for one in about]
    return sorted(about, key=lambda one: -one.score)[:CONSIDERED]


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


def _attribute_of(thing: str, topic: str) -> str | None:
    """Ask for an attribute of a thing, "are the tolls of Arle"; None where the topic is none."""
    if not _SHARED_LAST.search(topic) or is_time(thing):
        return None
    head = phrases(_SHARED_LAST.sub("", topic)).kinds
    return f"{'are' if re.search('s', head) else 'is'} {topic} {thing}"


def attribute_compared(plan: Plan) -> str | None:
    """Return what a noun phrase asks of each thing, "the water level"; None where views or deeds are compared."""
    topic = plan.topic or ""
    views = _SAYS.match(topic) or _VIEW.match(topic) or _DIFFER.search(plan.text)
    if views or asks(topic) or any(map(is_time, plan.things)) or not _NOUN_PHRASE.match(phrases(topic).kinds):
        return None
    return f"the {_ARTICLE.sub('', _SHARED_LAST.sub('', topic))}"


def _searched_for(thing: str, topic: str) -> str:
    """Put a thing and what is asked of it into words that articles may use."""
    if is_time(thing):
        of_day = re.match(r"\d{1,2}(?!\d)|\w+day\b", thing, re.I) is not None
        return f"{topic} {'on' if of_day else 'in'} {thing}"
    return f"{topic} {thing}" if _SHARED_LAST.search(topic) else f"{thing} {topic}"


def compares_figures(plan: Plan) -> bool:
    """Return True when figures are compared, not what is said of them."""
    return asks_for_figures(plan.text) and not _VIEW.match(plan.topic or "")


def _worth_of_sentence(one: ScoredSentence, evidence: Evidence, *, asks: bool) -> float:
    """Return the log odds that a sentence answers: as the reader judged it, where a question was put to it."""
    read = evidence.found.get(place_of(one)) if asks else None
    return read.answering if read is not None and read.answering is not None else one.score


def _about(thing: str, one: ScoredSentence, others: Sequence[str]) -> bool:
    """Return True when a sentence, or its title and surroundings, name a thing and not only the others."""
    if mentions(one.text, thing):
        return True
    named = stems(content_words(thing))
    if not named <= stems_of(around(one)):
        return False
    return not any(mentions(one.text, other) and not mentions(other, thing) for other in others)


def _outlet(thing: str, corpus: Corpus) -> str | None:
    """Return the publisher that a thing names, if it does."""
    wanted = stems(content_words(thing))
    fitting = [name for name in corpus.index.publishers() if wanted and wanted <= stems_of(name)]
    return fitting[0] if len(fitting) == 1 else None
