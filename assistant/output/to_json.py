"""Answers, hits, events and articles as JSON-ready dictionaries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from assistant.index import Version
from assistant.text.corrections import corrections_in
from assistant.text.periods import in_words
from assistant.types import Answer, Article, Citation, Event, Hit, Item, Side, Statement, Table


def answer_to_dict(answer: Answer) -> dict[str, Any]:
    """Return an answer as the object that ``ask --json`` prints.

    Citations are given once and elsewhere named by number; offsets count code points; timings
    are milliseconds.
    """
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "outcome": answer.outcome,
        "answered": answer.answered,
        "kind": answer.kind,
        "short": answer.short,
        "confidence": round(answer.confidence, 4),
        "text": answer.text,
        "statements": [_statement_to_dict(statement) for statement in answer.statements],
        "citations": [_citation_to_dict(citation) for citation in answer.citations],
        "candidates": [
            {
                "text": candidate.text,
                "confidence": round(candidate.confidence, 4),
                "citations": _citation_numbers(candidate.citations),
            }
            for candidate in answer.candidates
        ],
        "sides": [_side_to_dict(side) for side in answer.sides],
        "events": [
            {**_event_to_dict(event), "citations": _citation_numbers(event.citations)}
            for event in answer.events
        ],
        "items": [_item_to_dict(item) for item in answer.items],
        "items_total": answer.items_total,
        "table": _table_to_dict(answer.table) if answer.table else None,
        "missing": list(answer.missing),
        "notes": list(answer.notes),
        "removed": [_statement_to_dict(statement) for statement in answer.removed],
        "steps": list(answer.steps),
        "written_by": answer.written_by,
        "hits": hits_to_list(answer.hits),
        "timings_ms": {stage: round(spent, 1) for stage, spent in answer.timings.items()},
    }


def timeline_to_list(events: Sequence[Event]) -> list[dict[str, Any]]:
    """Return events, in order of time, as the list that ``timeline --json`` prints.

    ``start`` and ``end`` are null where no year is known.
    """
    return [
        {
            **_event_to_dict(event),
            "text": event.citations[0].quote,
            "citations": [_citation_to_dict(citation) for citation in event.citations],
        }
        for event in events
    ]


def hits_to_list(hits: Sequence[Hit]) -> list[dict[str, Any]]:
    """Return hits, best first, as the list that ``search --json`` prints."""
    return [
        {
            "rank": rank,
            "article": hit.article.id,
            "title": hit.article.title,
            "published": _published_iso(hit.article),
            "start": hit.passage.start,
            "end": hit.passage.end,
            "text": hit.passage.text,
            "score": round(hit.score, 6),
        }
        for rank, hit in enumerate(hits, start=1)
    ]


def article_to_dict(article: Article, versions: Sequence[Version] = ()) -> dict[str, Any]:
    """Return an article as the object that ``show --json`` prints, its whole text and its earlier ones included."""
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "published": _published_iso(article),
        "url": article.url,
        "language": article.language,
        "path": article.path,
        "sha256": article.sha256,
        "text": article.text,
        "truncated": article.truncated,
        "pages": list(article.pages),
        "corrections": [{"start": start, "end": end} for start, end in corrections_in(article.text)],
        "versions": [
            {
                "replaced": one.replaced.isoformat(),
                "title": one.title,
                "published": one.published.isoformat() if one.published else None,
                "sha256": one.sha256,
                "text": one.text,
            }
            for one in versions
        ],
    }


def conversation_to_json(answers: Sequence[Answer]) -> str:
    """Return a conversation, oldest answer first, as one JSON object: ``{"answers": [...]}``."""
    document = {"answers": [answer_to_dict(answer) for answer in answers]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _statement_to_dict(statement: Statement) -> dict[str, Any]:
    return {
        "text": statement.text,
        "supported": statement.supported,
        "citations": _citation_numbers(statement.citations),
        "support": None if statement.support is None else round(statement.support, 4),
        "mark": statement.mark,
        "marked": [{"start": one.start, "end": one.end, "reason": one.reason} for one in statement.marked],
        "speaker": statement.speaker,
        "stance": statement.stance,
        "drawn": statement.drawn,
    }


def _item_to_dict(item: Item) -> dict[str, Any]:
    return {
        "text": item.text,
        "citations": _citation_numbers(item.citations),
        "article": item.article,
        "count": item.count,
    }


def _table_to_dict(table: Table) -> dict[str, Any]:
    return {
        "columns": list(table.columns),
        "rows": [
            {
                "label": row.label,
                "cells": [
                    {"text": cell.text, "citations": _citation_numbers(cell.citations)} for cell in row.cells
                ],
            }
            for row in table.rows
        ],
    }


def _citation_to_dict(citation: Citation) -> dict[str, Any]:
    article = citation.article
    return {
        "number": citation.number,
        "article": article.id,
        "article_sha256": article.sha256,
        "title": article.title,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "published": _published_iso(article),
        "url": article.url,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "speaker": citation.speaker,
        "stance": citation.stance,
        "page": citation.page,
    }


def _event_to_dict(event: Event) -> dict[str, Any]:
    period = event.period
    return {
        "start": None if period.yearless else period.start.isoformat(),
        "end": None if period.yearless else period.end.isoformat(),
        "date": in_words(period),
        "words": event.words,
        "independent_sources": event.independent_sources,
    }


def _side_to_dict(side: Side) -> dict[str, Any]:
    return {
        "value": side.value,
        "speaker": side.speaker,
        "stance": side.stance,
        "published": side.published.isoformat() if side.published else None,
        "citations": _citation_numbers(side.citations),
        "independent_sources": side.independent_sources,
        "claims": side.claims,
    }


def _citation_numbers(citations: Sequence[Citation]) -> list[int]:
    return [citation.number for citation in citations]


def _published_iso(article: Article) -> str | None:
    return article.published.isoformat() if article.published else None
