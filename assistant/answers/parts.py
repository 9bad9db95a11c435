"""Two questions in one: their answers one after the other, citations numbered through."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant.evidence.independence import carried, independent_sources
from assistant.types import Answer, Candidate, Citation, Event, Item, Query, Side, Statement

Cited = TypeVar("Cited", Statement, Item, Candidate, Side, Event)
_MARKER = re.compile(r"\[(\d{1,4})\]")


def join_answers(query: Query, answers: Sequence[Answer], stories: Mapping[str, str]) -> Answer:
    """Join the answers of the parts of a question; a part without an answer is only named in ``missing``.

    The joined answer has the kind and outcome of the first part that is answered, and the least confidence. Where
    several parts are answered it has no sides, events or table, which would be those of one part; nor items, unless
    all parts are lists. ``stories`` maps an article to the first one of its story: one source.
    """
    told = [one for one in answers if one.answered]
    shown = told or list(answers)
    shifted = [
        _shifted(one, sum(len(other.citations) for other in shown[:at])) for at, one in enumerate(shown)
    ]
    first, several = shifted[0], len(told) > 1
    notes = dict.fromkeys(note for one in shifted for note in one.notes)
    shorts = dict.fromkeys(one.short for one in told if one.short)
    listed = all(one.items for one in shown)
    return replace(
        first,
        question=query.original,
        standalone_question=query.shown,
        short="; ".join(shorts) or None,
        confidence=min(one.confidence for one in told) if told else first.confidence,
        text="\n\n".join(one.text for one in shifted),
        statements=tuple(statement for one in shifted for statement in one.statements),
        citations=tuple(citation for one in shifted for citation in one.citations),
        sides=() if several else first.sides,
        events=() if several else first.events,
        table=None if several else first.table,
        notes=tuple(note for note in notes if not several or note != carried(1)),
        hits=tuple(dict.fromkeys(hit for one in answers for hit in one.hits)),
        items=tuple(item for one in shifted for item in one.items) if listed else (),
        items_total=sum(one.items_total for one in shown) if listed else 0,
        independent_sources=_sources(told, stories) if several else first.independent_sources,
        missing=tuple(one.standalone_question for one in answers if told and not one.answered),
    )


def _sources(told: Sequence[Answer], stories: Mapping[str, str]) -> int:
    """Count the independent sources that carry all parts: what carries two of them counts once."""
    cited = [
        citation
        for one in told
        for citation in ([each for side in one.sides for each in side.citations] or one.citations)
    ]
    joint = independent_sources((stories.get(one.article.id, one.article.id), one.quote) for one in cited)
    return max(joint, *(one.independent_sources for one in told)) if cited else 0


def _shifted(answer: Answer, by: int) -> Answer:
    """Return an answer whose citations are numbered from ``by`` + 1, in its words too."""

    def cited(parts: Sequence[Cited]) -> tuple[Cited, ...]:
        return tuple(replace(one, citations=moved(one.citations)) for one in parts)

    def moved(citations: Sequence[Citation]) -> tuple[Citation, ...]:
        return tuple(replace(one, number=one.number + by) for one in citations)

    known = {one.number for one in answer.citations}

    def renumbered(words: str) -> str:
        return _MARKER.sub(lambda one: f"[{int(one[1]) + by}]" if int(one[1]) in known else one[0], words)

    return replace(
        answer,
        text=renumbered(answer.text),
        statements=cited(answer.statements),
        citations=moved(answer.citations),
        candidates=cited(answer.candidates),
        sides=cited(answer.sides),
        events=cited(answer.events),
        items=cited(answer.items),
        notes=tuple(map(renumbered, answer.notes)),
    )
