"""Puts an answer together: its text with markers, the program's own notes, and the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.answers.abstain import lack, outcome_of, takes_up
from assistant.answers.draft import Draft
from assistant.answers.false_premise import with_doubt
from assistant.answers.source_notes import earlier_notes, source_notes
from assistant.answers.timeline import event_notes
from assistant.answers.verdict import CheckedReading
from assistant.evidence.bounded import with_bound
from assistant.evidence.event_dates import date_notes
from assistant.evidence.independence import independent_sources
from assistant.evidence.reading import Reading
from assistant.evidence.sides import settled
from assistant.evidence.speakers import with_speakers
from assistant.index import IndexCounts
from assistant.question.question_type import kind_of
from assistant.retrieval.search import Retrieval
from assistant.text.periods import in_words
from assistant.types import Answer, Event, Outcome, Plan, Query


def composed(
    plan: Plan, draft: Draft, verdict: CheckedReading, counts: IndexCounts, timings: Mapping[str, float]
) -> Answer:
    """Compose the answer from a draft and what its check let pass; ``counts`` tells what the index lacks.

    Where a chat model wrote other statements, the list, table and events of the draft are left out.
    """
    query, kept = plan.query, verdict.reading is draft.reading
    reading = with_speakers(settled(verdict.reading))
    reading = _with_bound(reading) if draft.kind == "short" else reading
    events = draft.events if kept else ()
    told = draft.text if kept and draft.text else statements_text(reading)
    text = told if reading.answered or draft.outcome in SAID else lack(query, reading, counts, draft.kind)
    sources = source_notes(reading.citations, draft.retrieval.hits) if reading.answered else []
    if reading.answered and not reading.differ:
        sources += earlier_notes(query, reading.statements)
    dated = [] if draft.outcome == "about_corpus" else _date_notes(query, reading, events)
    spelt = [f"Read as: {query.respelled}"] if query.respelled else []
    answer = Answer(
        question=query.original,
        standalone_question=query.shown,
        outcome=draft.outcome or outcome_of(query, reading, counts),
        answered=reading.answered,
        short=reading.short,
        confidence=round(reading.confidence, 4),
        text=text,
        statements=reading.statements,
        citations=reading.citations,
        candidates=reading.candidates,
        sides=reading.sides,
        events=events,
        notes=(*spelt, *verdict.notes, *reading.notes, *_undated_note(draft.retrieval), *dated, *sources),
        removed=verdict.removed,
        hits=draft.retrieval.hits,
        timings=dict(timings),
        independent_sources=_independent_sources(reading, draft.retrieval, events),
        kind=draft.kind,
        items=draft.items if kept else (),
        items_total=draft.items_total if kept else 0,
        table=draft.table if kept else None,
        missing=draft.missing,
    )
    return with_doubt(answer, draft.remark) if draft.remark and not reading.answered else answer


SAID: frozenset[Outcome | None] = frozenset({"courtesy", "declined"})
"""Outcomes without an answer that have a text of their own."""


def statements_text(reading: Reading) -> str:
    """Write the statements of an answer one after the other, each with its ``[1]`` markers."""
    stated = [
        statement.text + " " + "".join(f"[{citation.number}]" for citation in statement.citations)
        for statement in reading.statements
    ]
    return " ".join([reading.lead, *stated] if reading.lead else stated)


def unsupported_language(query: Query) -> Answer:
    """Answer that the question is in a language that is not read."""
    return Answer(
        question=query.original,
        standalone_question=query.shown,
        outcome="unsupported_language",
        answered=False,
        text="This question does not seem to be in English, the only language that is read so far. "
        "Please ask it in English.",
    )


def _with_bound(reading: Reading) -> Reading:
    """Give a short answer that is a figure the bound that its sources give it."""
    if not reading.short or not reading.candidates or reading.candidates[0].text != reading.short:
        return reading
    first, *others = reading.candidates
    bounded = with_bound(reading.short, (one.quote for one in first.citations or reading.citations))
    return replace(reading, short=bounded, candidates=(replace(first, text=bounded), *others))


def _independent_sources(reading: Reading, found: Retrieval, events: tuple[Event, ...]) -> int:
    """Count the independent sources of an answer: of its sides or events if it has any, else of all citations."""
    if not reading.answered or not reading.citations:
        return 0
    parts = reading.sides or events
    if len(parts) == 1:
        return parts[0].independent_sources
    cited = [one for part in parts for one in part.citations] or reading.citations
    told = independent_sources(
        (found.stories.get(one.article.id, one.article.id), one.quote) for one in cited
    )
    return max([told, *(part.independent_sources for part in parts)])


def _undated_note(found: Retrieval) -> list[str]:
    if not found.undated:
        return []
    articles = "article bears" if found.undated == 1 else "articles bear"
    return [f"{found.undated} {articles} no date and were left out by the date filter."]


def _date_notes(query: Query, reading: Reading, events: tuple[Event, ...]) -> list[str]:
    if not reading.answered:
        return []
    notes = []
    asked = query.asked_period
    if asked and takes_up(asked, reading):
        notes.append(f"“{asked.words}” is the article's: the day of the question was not given.")
        asked = None
    if asked and asked.event:
        notes.append(f"“{asked.words}” is read by the date that the articles give: {in_words(asked.event)}.")
    counting = kind_of(query.text) == "how_many"
    return [*notes, *(event_notes(events) or date_notes(reading.citations, asked, counts=counting))]
