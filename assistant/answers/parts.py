"""Two questions in one: their answers one after the other, citations numbered through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.types import Answer, Citation, Query


def join_answers(query: Query, answers: Sequence[Answer]) -> Answer:
    """Join the answers of the parts of a question; a part without an answer is named in ``missing``.

    The joined answer has the kind, short answer and confidence of the first part that is answered.
    """
    told = [one for one in answers if one.answered]
    first = told[0] if told else answers[0]
    shifted = [
        _shifted(one, sum(len(other.citations) for other in answers[:at])) for at, one in enumerate(answers)
    ]
    shorts = list(dict.fromkeys(one.short for one in told if one.short))
    return replace(
        first,
        question=query.original,
        standalone_question=query.shown,
        short="; ".join(shorts) or None,
        confidence=min((one.confidence for one in told), default=first.confidence),
        text="\n\n".join(one.text for one in shifted),
        statements=tuple(statement for one in shifted for statement in one.statements),
        citations=tuple(citation for one in shifted for citation in one.citations),
        sides=first.sides if len(told) < 2 else (),
        notes=tuple(dict.fromkeys(note for one in answers for note in one.notes)),
        hits=tuple(dict.fromkeys(hit for one in answers for hit in one.hits)),
        items=tuple(item for one in shifted for item in one.items),
        items_total=sum(one.items_total for one in answers),
        missing=tuple(one.standalone_question for one in answers if told and not one.answered),
    )


def _shifted(answer: Answer, by: int) -> Answer:
    """Return an answer whose citations are numbered from ``by`` + 1."""
    if not by:
        return answer
    text = answer.text
    for number in sorted((one.number for one in answer.citations), reverse=True):
        text = text.replace(f"[{number}]", f"[#{number + by}]")

    def moved(citations: Sequence[Citation]) -> tuple[Citation, ...]:
        return tuple(replace(one, number=one.number + by) for one in citations)

    return replace(
        answer,
        text=text.replace("[#", "["),
        statements=tuple(replace(one, citations=moved(one.citations)) for one in answer.statements),
        citations=moved(answer.citations),
        items=tuple(replace(one, citations=moved(one.citations)) for one in answer.items),
    )
