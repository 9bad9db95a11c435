"""Answers by event, in order of time: "What happened in the capital in May?", "Which attacks has the group claimed?"."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.datamodels import Citation, Event, Period, Query, Statement
from assistant.models import Embedder
from assistant.periods import days, in_words, overlap
from assistant.read import CONTEXT_NAMES, Reading, describe_sentences, passage_context
from assistant.retrieve import Retrieval
from assistant.scoring import SENTENCE_FEATURES, Matches, log_odds, profile
from assistant.settings import Settings
from assistant.timeline import DatedSentence, dated_sentences, gather, numbered

PASSAGES = 40
"""Passages that are read for an answer by event, or a timeline about something: at most."""

FEWEST_EVENTS = 2
SOURCES_SHOWN = 3
RELEVANT = 0.5
PREDICATE = 0.6
COVERED = SENTENCE_FEATURES.index("context_coverage")
PREDICATES = SENTENCE_FEATURES.index("context_predicate")
_EVENTS = (
    r"(?:attacks|raids|events|incidents|assaults|strikes|protests|elections|coups|killings|massacres|bombings|clashes"
    r"|kidnappings|abductions|agreements|operations|explosions|battles|meetings|visits|trips|disasters|accidents)"
)
_OVERVIEW = re.compile(
    r"^\W*(?:and\s+)?(?:what\s+(?:has\s+|have\s+|had\s+|all\s+)?(?:happened|occurred|took\s+place|been\s+happening)"
    r"(?!\s+to\b)|what\s+(?:were|are)\s+the\s+(?:[\w-]+\s+){0,2}(?:developments|events)\b|(?:which|what)\s+(?:[\w-]+\s+){0,2}"
    rf"{_EVENTS}\b|(?:give|show|tell|list|write|draw)\s+(?:me\s+|us\s+)?(?:a|the|all)?\s*(?:\w+\s+)?"
    rf"(?:timeline|chronology|{_EVENTS})\b|(?:a\s+|the\s+)?(?:timeline|chronology)\s+of\b)",
    re.I,
)


def asks_for_events(question: str) -> bool:
    """Tell whether a question wants events in order of time and not one fact."""
    return _OVERVIEW.match(question) is not None


def events_about(
    query: Query,
    retrieval: Retrieval,
    embedder: Embedder,
    stories: Mapping[str, str],
    most: int | None = None,
) -> list[Event]:
    """Find the events that the hits tell of, on the question's topic and in its period, in order of time.

    ``stories`` as in ``timeline.gather``; of more than ``most`` events the likeliest to answer are taken.
    """
    topic = query.asked_period.topic if query.asked_period else query.text
    asked = profile(topic, retrieval.counts, retrieval.passages)
    matches = Matches(asked, [passage_context(hit) for hit in retrieval.hits], embedder.embed_words)
    described = describe_sentences(matches, retrieval)
    scores: dict[tuple[str, int], float] = {}
    if described:
        odds = log_odds("sentence", [one.features for one in described])
        for one, value in zip(described, odds, strict=True):
            if not asked.weights or _relevant(one.features):
                scores[one.article.id, one.end] = float(value)
    found: list[DatedSentence] = []
    for article in {hit.article.id: hit.article for hit in retrieval.hits}.values():
        stretches = [
            (hit.passage.start, hit.passage.end) for hit in retrieval.hits if hit.article.id == article.id
        ]
        found += [
            one
            for one in dated_sentences(article, stretches)
            if (article.id, one.end) in scores
            and (query.asked_period is None or _falls_in(one.period, query.asked_period.period))
        ]
    events = gather(found, stories)
    if most is not None and len(events) > most:
        best = sorted(events, key=lambda event: -_worth(event, scores))[:most]
        events = [event for event in events if event in best]
    return numbered([replace(event, citations=event.citations[:SOURCES_SHOWN]) for event in events])


def overview(
    query: Query, retrieval: Retrieval, embedder: Embedder, settings: Settings, stories: Mapping[str, str]
) -> tuple[Reading, tuple[Event, ...]] | None:
    """Answer by event; None where the hits tell of fewer than two, which is for the reader of facts."""
    events = events_about(query, retrieval, embedder, stories, settings.answer_events)
    if len(events) < FEWEST_EVENTS:
        return None
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
        confidence=max(settings.answer_threshold, 0.5),
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
    dated = (f"[{event.citations[0].number}] {in_words(event.period)}" for event in events)
    return [f"Dates of the events: {'; '.join(dated)}."]


def _once(citation: Citation, cited: dict[tuple[str, int, int], Citation]) -> Citation:
    """Give words that are cited twice, as for two dates in one sentence, one number."""
    place = (citation.article.id, citation.start, citation.end)
    return cited.setdefault(place, replace(citation, number=len(cited) + 1))


def _relevant(features: Sequence[float]) -> bool:
    return (
        features[CONTEXT_NAMES] == 1.0 and features[COVERED] >= RELEVANT and features[PREDICATES] >= PREDICATE
    )


def _falls_in(period: Period, asked: Period) -> bool:
    return overlap(period, asked) and days(period) <= max(31, 2 * days(asked))


def _worth(event: Event, scores: Mapping[tuple[str, int], float]) -> float:
    best = max(scores.get((one.article.id, one.end), -math.inf) for one in event.citations)
    return best + math.log(event.independent_sources)
