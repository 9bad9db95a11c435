"""Answers by event, in order of time: "What happened in May?", "Which attacks has the group claimed?"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answers import short
from assistant.answers.draft import Corpus, Draft
from assistant.evidence.events import DatedSentence, dated_sentences, group_events, number_events
from assistant.evidence.features import Matches
from assistant.evidence.gather import Evidence
from assistant.evidence.reading import Reading
from assistant.evidence.sentences import passage_context
from assistant.models.embedder import Embedder
from assistant.question.overview import HAPPENED, OVERVIEW
from assistant.question.question_type import profile
from assistant.retrieval.search import Retrieval, best_hits
from assistant.text.dates import find_dates
from assistant.text.periods import days, in_words, overlap
from assistant.text.tokens import content_words, names, stem, stems_of, tokens
from assistant.types import Citation, Event, Period, Plan, Query, Statement

TIMELINE_PASSAGES = 40
"""Most passages that are read for an answer by event or a timeline on a topic."""

FEWEST_EVENTS = 2
TIMELINE_CONFIDENCE = 0.8  # 8 of the 9 questions of this kind on the demonstration corpus were answered right
SOURCES_SHOWN = 3
COMMON = 0.5  # a name in more than this share of the passages may go unsaid in a report
_SAYS_NOTHING = re.compile(
    rf"^\W*(?:give|show|tell|list|write|draw)\b|\b(?:{HAPPENED}|events|incidents|timeline|chronology|developments|main"
    r"|major|important|latest)\b",
    re.I,
)
_DENIED = re.compile(
    r"\b(?:no|not|nobody|none|neither|never|den(?:y|ies|ied)|reject(?:s|ed)?)\b|n[’']t\b", re.I
)


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft:
    """Answer by event where there are several, or one with all names of the question and no short answer."""
    found = corpus.retrieve(plan.query, TIMELINE_PASSAGES)
    most = corpus.settings.answer_events
    events = events_about(plan.query, found, corpus.embedder, corpus.stories(), most)
    if len(events) < FEWEST_EVENTS:
        instead = short.answer(plan, corpus.evidence(plan.query), corpus)
        if instead.reading.answered or not events or not names_all(events[0], plan.query):
            return instead
    told, kept = tell_events(events)
    return Draft("timeline", told, best_hits(found, corpus.settings.hits), events=kept)


def events_about(
    query: Query,
    retrieval: Retrieval,
    embedder: Embedder,
    stories: Mapping[str, str],
    most: int | None = None,
) -> list[Event]:
    """Find the events that the hits tell of, on the question's topic and in its period, in order of time.

    ``stories`` as in ``events.group_events``; of more than ``most`` events those with the most sources, then
    words of the question, then exact days, are taken, with a few citations each.
    """
    topic = _topic(query)
    asked = profile(topic, retrieval.counts, retrieval.passages)
    matches = Matches(
        asked, [passage_context(hit) for hit in retrieval.hits], embedder.embed_words, retrieval.names.same
    )
    found: list[DatedSentence] = []
    stretches: dict[str, list[tuple[int, int]]] = {}
    passages: dict[str, list[str]] = {}
    articles = {hit.article.id: hit.article for hit in retrieval.hits}
    for hit in retrieval.hits:
        passages.setdefault(hit.article.id, []).append(hit.passage.text)
        stretches.setdefault(hit.article.id, []).append((hit.passage.start, hit.passage.end))
    rare = {
        word
        for word in asked.names
        if retrieval.counts.get(_as_written(topic, word), 0) <= COMMON * retrieval.passages
    }
    event = _event_noun(query)
    for id_, article in articles.items():
        if not rare <= _found(matches, " ".join((article.title or "", *passages[id_]))):
            continue
        found += [
            one
            for one in dated_sentences(article, stretches[id_])
            if (query.asked_period is None or _falls_in(one, query.asked_period.period))
            and _tells_event(one, matches, rare, event)
        ]
    events = group_events(found, stories)
    if most is None:
        return number_events(events)
    best = sorted(events, key=lambda one: (-one.independent_sources, -_met(one, matches), days(one.period)))[
        :most
    ]
    return number_events(
        [replace(one, citations=one.citations[:SOURCES_SHOWN]) for one in events if one in best]
    )


def names_all(event: Event, query: Query) -> bool:
    """Return True when an event's first sentence, or its title, holds each name that the question holds."""
    first = event.citations[0]
    held = stems_of(f"{first.article.title or ''} {first.quote}")
    named = (token.text for span in names(_topic(query)) for token in tokens(span.text))
    return all(stem(word) in held for word in named if word[0].isupper())


def tell_events(events: Sequence[Event]) -> tuple[Reading, tuple[Event, ...]]:
    """Answer by event: the words of each event's first source, in order of time, with all its sources."""
    cited: dict[tuple[str, int, int], Citation] = {}
    statements: dict[str, tuple[Citation, ...]] = {}
    kept = []
    for event in events:
        citations = tuple(_once(one, cited) for one in event.citations)
        text = re.sub(r"\s+", " ", citations[0].quote)
        statements[text] = tuple(dict.fromkeys((*statements.get(text, ()), *citations)))
        kept.append(replace(event, citations=citations))
    reading = Reading(
        answered=True,
        confidence=TIMELINE_CONFIDENCE,
        short=None,
        statements=tuple(Statement(text, citations) for text, citations in statements.items()),
        citations=tuple(cited.values()),
        candidates=(),
        mentioned=True,
        dated=True,
    )
    return reading, tuple(kept)


def event_notes(events: Sequence[Event]) -> list[str]:
    """Say when each event took place, by the number of its first source."""
    if not events:
        return []
    numbers: dict[str, str] = {}
    for event in events:
        date = f"{in_words(event.period)}{' of an unknown year' * event.period.yearless}"
        numbers[date] = f"{numbers.get(date, '')}[{event.citations[0].number}]"
    return [f"Dates of the events: {'; '.join(f'{marker} {date}' for date, marker in numbers.items())}."]


def _once(citation: Citation, cited: dict[tuple[str, int, int], Citation]) -> Citation:
    """Give words that are cited twice (two dates in one sentence) one number."""
    place = (citation.article.id, citation.start, citation.end)
    return cited.setdefault(place, replace(citation, number=len(cited) + 1))


def _topic(query: Query) -> str:
    """Return the words of a question that say what the events are about."""
    text = query.asked_period.topic if query.asked_period else query.text
    return _SAYS_NOTHING.sub(" ", text)


def _event_noun(query: Query) -> str | None:
    """Return the stem of the kind of event that is asked for, where it is said: "attacks"."""
    found = OVERVIEW.match(query.text)
    noun = (found["events"] or found["listed"]) if found else None
    return stem(noun) if noun and not _SAYS_NOTHING.fullmatch(noun) else None


def _as_written(topic: str, word: str) -> str:
    return next((token for token in content_words(topic) if stem(token) == word), word)


def _tells_event(one: DatedSentence, matches: Matches, rare: set[str], event: str | None) -> bool:
    """Return True when a sentence is about the topic of a question.

    Half of its rare names stand in the sentence, before it or in the title, and half of its other words there or
    after it. Where a kind of event is asked for, it stands there too, and what is said of it ("claimed")
    stands with these names in one sentence or the title, not denied.
    """
    sentences = [one.article.title or "", one.before, one.quote, one.after]
    near = _found(matches, " ".join(sentences[:3]))
    around = _found(matches, " ".join(sentences))
    if 2 * len(rare & near) < len(rare):
        return False
    if event in matches.words and event not in around:
        return False
    said = set(matches.words) - matches.asked.names - {event}
    if event is None:
        return 2 * len(said & around) >= len(said)
    return not said or any(
        (said | rare) <= _found(matches, text) and not _DENIED.search(text) for text in sentences
    )


def _found(matches: Matches, text: str) -> set[str]:
    best = matches.table[:, matches.columns(text)].max(axis=1) if matches.words else ()
    return {word for word, value in zip(matches.words, best, strict=True) if value == 1.0}


def _met(event: Event, matches: Matches) -> float:
    text = " ".join(one.quote for one in event.citations)
    return sum(matches.asked.weights[word] for word in _found(matches, text))


def _falls_in(one: DatedSentence, asked: Period) -> bool:
    """Return True when an event took place in a period; its year, if unknown, is the last in its article."""
    if not overlap(one.period, asked) or days(one.period) > 2 * days(asked):
        return False
    return not one.period.yearless or asked.yearless or last_year(one.article.text) == asked.end.year


def last_year(text: str) -> int | None:
    """Return the latest year that a text states, which it is likely to be of."""
    stated = (one.period for line in text.splitlines() for one in find_dates(line))
    return max((period.end.year for period in stated if period and not period.yearless), default=None)
