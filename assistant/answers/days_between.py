"""The days between two events, each dated by the articles; declined where they do not date both."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from assistant.answers.draft import Corpus, Draft
from assistant.answers.reckoning import declined, shown
from assistant.evidence.event_day import event_day
from assistant.evidence.gather import Evidence
from assistant.question.understand import understand
from assistant.text.periods import in_words
from assistant.text.wording import day_in_words, number_of
from assistant.types import Citation, Period, Plan

DAYS = {"weeks": 7, "days": 1, None: 1}
_THE_ONE = re.compile(r"\b(?P<which>the\s+[a-z]+)\s+one\b", re.I)
_OF_WHICH = re.compile(r"\b(?:of|in|at)\s+the\s+[a-z]+\s+(?P<thing>[a-z][\w\s’'-]*)$", re.I)
_EVENT_HAPPENED = re.compile(r"\s+(?:take\s+place|happen(?:ed)?|occur(?:red)?|held|begin|start)$", re.I)

Dated = tuple[datetime.date, Citation]
"""A day, and the sentence that gives it to an event."""


def days_between(
    one: str, two: str, unit: str | None, plan: Plan, evidence: Evidence, corpus: Corpus
) -> Draft:
    """Count the days between two events that the articles date; ``unit`` is "days", "weeks" or None."""
    one, two = (_EVENT_HAPPENED.sub("", thing) for thing in (one, _event_in_full(two, one)))
    found = [_day_of(thing, plan, corpus) for thing in (one, two)]
    yearless: list[Dated | None] = []
    if None in found:
        yearless = _of_one_year([_day_of(thing, plan, corpus, any_year=True) for thing in (one, two)])
        found = yearless or found
    known = [each for each in found if each is not None]
    if len(known) < 2:
        lacking = [thing for thing, each in zip((one, two), found, strict=True) if each is None]
        why = f"The days cannot be counted: the articles give no exact date for {' or '.join(lacking)}."
        return declined(plan, evidence, corpus, why, [citation for _, citation in known])
    (first, cited_first), (last, cited_last) = sorted(known, key=lambda each: each[0])
    if first == last and cited_first == cited_last:
        why = f"The days cannot be counted: the articles do not tell the day of {one} from that of {two}."
        return declined(plan, evidence, corpus, why, [cited_first])
    days = (last - first).days
    cited = (replace(cited_first, number=1), replace(cited_last, number=2))
    weeks = DAYS[unit] > 1
    said = (
        number_of(days, "day")
        if not weeks
        else f"{number_of(days // 7, 'week')} and {number_of(days % 7, 'day')}"
    )
    told = [
        in_words(Period(day, day, yearless=True)) if yearless else day_in_words(day) for day in (last, first)
    ]
    sum_ = f"{told[0]} [2] − {told[1]} [1] = {number_of(days, 'day')}"
    sum_ += f" ({said})" if weeks else ""
    return shown(plan, evidence, said, sum_, cited)


def _of_one_year(found: list[Dated | None]) -> list[Dated | None]:
    """Return two days without a year that one article gives; nothing for others, or with a February between."""
    days = sorted((each for each in found if each is not None), key=lambda each: each[0])
    if len(days) < 2 or len({cited.article.id for _, cited in days}) > 1:
        return []
    first, last = (day for day, _ in days)
    return [] if first.month <= 2 < last.month else found


def _day_of(event: str, plan: Plan, corpus: Corpus, *, any_year: bool = False) -> Dated | None:
    """Find the one day that the articles give to an event; with ``any_year`` one without a year."""
    query = understand(f"When did {event} take place?", corpus.settings, filters=plan.query.filters)
    ranked = corpus.evidence(query).ranked
    found = event_day(event, ranked, corpus.embedder.embed_words, any_year=any_year)
    if found is None:
        return None
    one = found.sentence
    return found.day, Citation(1, one.article, one.start, one.end, one.text)


def _event_in_full(event: str, other: str) -> str:
    """Say what "one" stands for: "the new one" after "the closing of the old opera house"."""
    thing = _OF_WHICH.search(other)
    return _THE_ONE.sub(rf"\g<which> {thing['thing']}", event) if thing else event
