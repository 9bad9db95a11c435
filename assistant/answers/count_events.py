"""Counts of reported events: those that a sentence dates, and beside them what is told without a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.article_items import MOST_ITEMS
from assistant.answers.draft import Corpus
from assistant.answers.quoting import judged, unlike
from assistant.answers.timeline import TIMELINE_PASSAGES, events_about, last_year
from assistant.evidence.events import number_events
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.question.overview import asks_for_events
from assistant.text.periods import in_words, overlap
from assistant.text.tokens import stem, stems_of
from assistant.text.wording import number_of, one_line
from assistant.types import Citation, Event, Item, Plan, Query

UNDATED_SHOWN, UNDATED_WORDS = 4, 150
"""Sentences without a date that are shown, and their words."""
NUMBER_OF = (
    r"\b(?:how\s+many|(?:the\s+)?(?:total\s+)?number\s+of|count(?:\s+up)?)"
    r"\s+(?:(?:all|the|different|distinct|of|me)\s+)*"
)
_COUNTED = re.compile(rf"^.*?{NUMBER_OF}(?P<what>(?:[\w-]+\s+)?[\w-]+)", re.I)
_REPORTED = re.compile(
    r"\b(?:report(?:s|ed)?|describ(?:e|es|ed)|mention(?:s|ed)?|record(?:s|ed)?|in\s+the\s+articles"
    r"|(?:was|were|are)\s+there|happened|occurred|took\s+place)\b",
    re.I,
)
_OF_THE_CORPUS = re.compile(
    rf"\b(?:(?:do|does|did|have|has|are|is|were|was)\s+)?(?:(?:in|by)\s+)?the\s+(?:articles|corpus|news|reports)\b"
    rf"|\b(?:(?:are|is|were|was|have\s+been)\s+)?(?:{_REPORTED.pattern})",
    re.I,
)


def counts_events(plan: Plan) -> bool:
    """Return True when events are to be counted over the articles, and not a stated number found."""
    found = _COUNTED.search(plan.text)
    return (
        found is not None and asks_for_events(f"which {found['what']}") and bool(_REPORTED.search(plan.text))
    )


def count_events(plan: Plan, corpus: Corpus) -> tuple[str | None, str, tuple[Item, ...], str]:
    """Count the dated events that the articles report: the number, a line that says it, the items, and a note.

    Reports of one event count as one. There is no number where others may belong to it, of no known day or year,
    nor where none is found: that none is dated does not say that there was none.
    """
    query = _which(plan.query)
    noun = stem(query.text.split()[1])
    told = [one for one in _events(query, corpus) if _is_of(one, noun)]
    yearless = [one for one in _yearless(query, corpus) if _is_of(one, noun)]
    undated = _undated(query, noun, told, corpus)
    when = f" of {in_words(query.asked_period.period)}" if query.asked_period else ""
    found = number_of(len(told), "dated event") if told else "No dated event"
    lead = f"{found}{when} found in the articles, reports of one event counted once."
    if yearless:
        lead += f" {number_of(len(yearless), 'more bears', 'more bear')} a day, but no year."
    if undated:
        sentences = number_of(len(undated), "further sentence tells", "further sentences tell")
        lead += f" {sentences} of such events, of no known date."
    events = number_events([*told, *yearless])
    items = [_event_item(event) for event in events[:MOST_ITEMS]]
    first = sum(len(event.citations) for event in events) + 1
    items += [_sentence_item(one, number) for number, one in enumerate(undated, first)]
    note = "Only events that a sentence dates are counted, so that there may be more."
    number = None if yearless or undated or not told else str(len(told))
    return number, lead, tuple(items), note


def _events(query: Query, corpus: Corpus) -> list[Event]:
    found = corpus.retrieve(query, TIMELINE_PASSAGES)
    return events_about(query, found, corpus.embedder, corpus.stories())


def _is_of(event: Event, noun: str) -> bool:
    """Return True where one of the sentences on an event names the kind that is counted."""
    return any(noun in stems_of(one.quote) for one in event.citations)


def _yearless(query: Query, corpus: Corpus) -> list[Event]:
    """Find the events of a day without a year, in undated articles, that may be of the year asked about.

    Such an article may be of the last year that it states, or of the one after: "in 2024", and "on May 23" of 2025.
    """
    if query.asked_period is None or query.asked_period.period.yearless:
        return []
    period = query.asked_period.period
    timeless = replace(query, text=query.asked_period.topic, asked_period=None)
    return [
        event
        for event in _events(timeless, corpus)
        if event.period.yearless
        and overlap(event.period, period)
        and all(
            one.article.published is None and last_year(one.article.text) == period.end.year - 1
            for one in event.citations
        )
    ]


def _which(query: Query) -> Query:
    """Ask which events there were, where it is asked how many the articles report."""

    def worded(text: str) -> str:
        asked = _COUNTED.sub(lambda found: f"Which {found['what']}", text, count=1)
        return f"{one_line(_OF_THE_CORPUS.sub(' ', asked)).rstrip(' ?!.')}?"

    asked = query.asked_period
    period = replace(asked, topic=worded(asked.topic)) if asked else None
    return replace(query, text=worded(query.text), asked_period=period)


def _undated(query: Query, noun: str, events: Sequence[Event], corpus: Corpus) -> list[ScoredSentence]:
    """Find the sentences that answer which events there were and name their kind, besides those of dated events."""
    if corpus.reader is None or query.asked_period is not None:
        return []
    base = judged(Plan("list", query), corpus.evidence(query), corpus)
    cited = [one for event in events for one in event.citations]
    stated = {(c.article.id, c.start) for one in base.statements for c in one.citations}
    likely = [
        one
        for one in base.ranked
        if place_of(one) in stated
        and noun in stems_of(one.text)
        and not any(c.article.id == one.article.id and c.start < one.end and one.start < c.end for c in cited)
        and not any(_alike(stems_of(one.text), stems_of(c.quote)) for c in cited)
    ]
    return unlike(likely, UNDATED_SHOWN, UNDATED_WORDS)


def _alike(one: set[str], other: set[str]) -> bool:
    return 2 * len(one & other) >= len(one | other)


def _event_item(event: Event) -> Item:
    quote = one_line(event.citations[0].quote)
    return Item(f"{in_words(event.period)}: {quote}", event.citations, event.citations[0].article.id)


def _sentence_item(one: ScoredSentence, number: int) -> Item:
    cited = Citation(number, one.article, one.start, one.end, one.text)
    return Item(f"no known date: {one_line(one.text)}", (cited,), one.article.id)
