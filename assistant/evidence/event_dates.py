"""When the events of a sentence took place: the dates in and around it, completed from the article's own date."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.question.asked_period import REPORTED_WITHIN
from assistant.text.dates import DatedWords, find_dates
from assistant.text.entries import day_at, entries_of, parts_of
from assistant.text.periods import bounded, days, in_words, one_day, overlap, whole
from assistant.types import AskedPeriod, Citation, Hit, Period

Fit = Literal["stated", "nearby", "published", "open", "doubtful", "contradicts"]

NEARBY = 400  # how many characters before a sentence a date may still hold for it
LOOKING_BACK = datetime.timedelta(days=90)
SEASON = 92  # days
COARSE = 4  # a stated period this many times longer than the asked one says little
# what a fit adds to the log odds that a sentence answers; "contradicts" leaves it out
WORTH: Mapping[Fit, float] = {"stated": 1.5, "nearby": 1.0, "published": 0.3, "open": -1.0, "doubtful": -2.5}
# what a fit adds to the log odds that the articles answer at all
CERTAINTY: Mapping[Fit, float] = {
    "stated": 0.0,
    "nearby": -0.6,
    "published": -0.2,
    "open": -1.0,
    "doubtful": -4.0,
}
VAGUE_DAYS = frozenset({"today", "tonight"})
NOTES = 3


@dataclass(frozen=True, slots=True)
class ArticleDates:
    """The dated words of an article's retrieved passages, by place in its text, and the article's own date."""

    published: datetime.date | None
    words: tuple[DatedWords, ...]


def dates_of(hits: Sequence[Hit]) -> dict[str, ArticleDates]:
    """Find the dated words of the passages of each article, by article id."""
    found: dict[str, dict[int, DatedWords]] = {}
    published: dict[str, datetime.date | None] = {}
    for hit in hits:
        words = found.setdefault(hit.article.id, {})
        text, day = hit.article.text, hit.article.published
        published[hit.article.id] = max((one for _, one, _ in entries_of(text)), default=day)
        for first, beyond, written in parts_of(text, hit.passage.start, hit.passage.end, day):
            for one in find_dates(text[first:beyond], written):
                words[first + one.start] = replace(one, start=first + one.start, end=first + one.end)
    return {
        id_: ArticleDates(published[id_], tuple(words[start] for start in sorted(words)))
        for id_, words in found.items()
    }


def fit(dates: ArticleDates, start: int, end: int, asked: Period) -> Fit:
    """Return how the sentence at ``start`` to ``end`` of an article fits the period asked about.

    Dates in the sentence decide, then the nearest before it, then the article's own: nothing is reported before
    it happens, and most soon after.
    """
    inside = [
        one
        for one in dates.words
        if start <= one.start < end and one.period and not _any_year(one.period, asked)
        if not _lies_ahead(one.period, dates.published, asked)
    ]
    told = [(one.relation, _days_meant(one, dates.published)) for one in inside]
    shared = [period for _, period in told if overlap(period, asked)]
    if any(not _coarse(period, asked) for period in shared):
        return "stated"
    if told and not shared:
        if _by_publication(dates.published, asked) == "contradicts":
            return "contradicts"
        year = all(relation == "of" and days(period) > 31 for relation, period in told)
        return "contradicts" if any(how == "in" for how, _ in told) else "open" if year else "doubtful"
    if any(one.relation == "since" and _coincide(one.period, asked) for one in inside if one.period):
        return "nearby"  # "since 2012, when they rebelled"
    return _by_surroundings(dates, start, asked, bare=not told)


def _by_surroundings(dates: ArticleDates, start: int, asked: Period, *, bare: bool) -> Fit:
    """Fit a sentence by the date before it, if it has none itself (``bare``), and by the article's date."""
    before = [
        one for one in dates.words if start - NEARBY <= one.end <= start and one.relation in {"in", "of"}
    ]
    near = _days_meant(before[-1], dates.published) if before and before[-1].period else None
    if bare and near and not _coarse(near, asked) and overlap(near, asked):
        return "nearby"
    latest = _latest(dates) if dates.published is None and days(asked) <= SEASON else None
    if latest and not _coarse(latest, asked) and overlap(latest, asked):
        return "nearby"
    how = _by_publication(dates.published, asked)
    return "doubtful" if how == "open" and near and not overlap(near, _widened(asked)) else how


def _by_publication(published: datetime.date | None, asked: Period) -> Fit:
    if published is None or asked.yearless:
        return "open"
    if published < asked.start:
        return "contradicts"
    if asked.end > datetime.date.max - LOOKING_BACK or published <= asked.end + REPORTED_WITHIN:
        return "published"
    return "open" if published <= asked.end + LOOKING_BACK else "doubtful"


def date_notes(citations: Sequence[Citation], asked: AskedPeriod | None, *, counts: bool) -> list[str]:
    """Say which days the relative dates in the quotes mean and, for an answer that counts, as of which day."""
    notes = []
    for citation in citations:
        article = citation.article
        written = day_at(article.text, citation.start, article.published)
        for one in find_dates(citation.quote, written):
            if one.completed and one.period and one.text.lower() not in VAGUE_DAYS and days(one.period) <= 31:
                meant = f"in {in_words(whole(one.period))}" if one.rough else in_words(one.period)
                whose = "article" if written == article.published else "entry"
                notes.append(f"“{one.text}” in [{citation.number}] is {meant}, from the {whose}'s date.")
    notes = list(dict.fromkeys(notes))[:NOTES]
    if counts and citations:
        first = citations[0]
        if first.article.published:
            notes.append(f"As of {in_words(one_day(first.article.published))}, the date of [{first.number}].")
        else:
            notes.append(f"[{first.number}] bears no date: how recent its figures are is not known.")
    if asked and asked.completed:
        notes.append(f"“{asked.words}” was taken as {in_words(asked.period)}, from the day of the question.")
    return notes


def _days_meant(words: DatedWords, published: datetime.date | None) -> Period:
    """Return the days that dated words may mean."""
    assert words.period is not None  # noqa: S101 - the callers ask only for these
    return bounded(words.period, words.relation, published or datetime.date.max)


def _coincide(period: Period, asked: Period) -> bool:
    return overlap(period, asked) and not _coarse(period, asked) and not _coarse(asked, period)


def _latest(dates: ArticleDates) -> Period | None:
    """Return the last period that an undated article states: it was likely written then."""
    stated = [one.period for one in dates.words if one.period and one.relation in {"in", "of"}]
    return max((one for one in stated if not one.yearless), key=lambda one: one.end, default=None)


def _lies_ahead(period: Period, published: datetime.date | None, asked: Period) -> bool:
    """Return True for days after the article, where earlier ones are asked about: bids for 2030 are made before."""
    return published is not None and asked.start <= published < period.start and not overlap(period, asked)


def _any_year(period: Period, asked: Period) -> bool:
    """Return True when a period without a year says nothing: the asked one is nearly a year or longer."""
    return period.yearless and not asked.yearless and days(asked) > SEASON


def _widened(asked: Period) -> Period:
    """Add a margin: the date before a sentence need not be its own."""
    margin = datetime.timedelta(days=max(7, min(days(asked), 366) // 2))
    return replace(
        asked,
        start=asked.start - margin if asked.start > datetime.date.min + margin else asked.start,
        end=asked.end + margin if asked.end < datetime.date.max - margin else asked.end,
    )


def _coarse(period: Period, asked: Period) -> bool:
    return days(period) > max(COARSE * days(asked), 31)
