"""Periods that an event bounds, dated by the articles themselves: "since the coup", "before the election"."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from dataclasses import replace

from assistant.index import Store
from assistant.text.dates import find_dates
from assistant.text.periods import Relation, bounded, days
from assistant.text.sentences import split_sentences
from assistant.text.tokens import STOP_WORDS, content_words, stem, stems_of, tokens
from assistant.types import AskedPeriod, Period, Query

EVENT_PASSAGES = 60
DATE_CHARACTERS = 40  # most characters between the event's noun and its date
YEAR = 366  # most days of a date that may bound a period
_BOUND = re.compile(
    r"\b(?P<relation>since|before|until|after)\s+the\s+(?P<event>(?:[\w’'-]+\s+){0,3}?[a-z]{3,})"
    r"(?P<place>(?:\s+(?:in|of|at|on)\s+[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)?)\s*(?=[?.!]*$)"
)


def since_event(query: Query, index: Store) -> Query:
    """Date the event that bounds the period of a question, where the question itself does not.

    The event's date is the one that most articles put beside its noun; of equally frequent ones, the latest that
    is not after the day of the question. A question about an event that no article dates stays as it is.
    """
    found = _BOUND.search(query.text) if query.asked_period is None else None
    if found is None:
        return query
    words = content_words(found["event"] + found["place"])
    noun = tokens(found["event"])[-1].text
    dated = _voted_period(words, noun, index) if words and noun.lower() not in STOP_WORDS else None
    if dated is None:
        return query
    relation: Relation = next(
        one for one in ("since", "before", "until", "after") if one == found["relation"]
    )
    period = bounded(dated, relation, index.counts().last_published or datetime.date.max)
    topic = f"{query.text[: found.start()].rstrip()}?"
    asked = AskedPeriod(period, found.group().strip(), topic, event=dated)
    return replace(query, asked_period=asked)


def _voted_period(words: list[str], noun: str, index: Store) -> Period | None:
    wanted = {stem(word) for word in words}
    votes: dict[Period, set[str]] = defaultdict(set)
    rows = [row for row, _ in index.search_words(words, EVENT_PASSAGES, None)]
    for stored in index.passages(rows):
        text, published = stored.passage.text, stored.article.published
        title = stems_of(stored.article.title or "")
        for part in split_sentences(text):
            sentence = text[part.start : part.end]
            places = [(one.start, one.end) for one in tokens(sentence) if stem(one.text) == stem(noun)]
            there = stems_of(sentence) | title
            if not places or not wanted <= there:
                continue
            for date in find_dates(sentence, published):
                near = any(
                    date.start - end <= DATE_CHARACTERS and start - date.end <= DATE_CHARACTERS
                    for start, end in places
                )
                known = date.period and not date.period.yearless and days(date.period) <= YEAR
                if near and known and date.period and date.relation in {"in", "of"}:
                    votes[date.period].add(stored.article.id)
    exact = {one: ids for one, ids in votes.items() if not any(_is_part_of(other, one) for other in votes)}
    return max(exact, key=lambda one: (len(exact[one]), one.end), default=None)


def _is_part_of(one: Period, other: Period) -> bool:
    """Return True when a period lies in a longer one: a day in its month is the same date, said more exactly."""
    return one != other and other.start <= one.start and one.end <= other.end
