"""What answers that are worked out share: the sum, shown with its facts, and the words of one that is declined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import short
from assistant.answers.draft import Corpus, Draft, reading
from assistant.evidence.gather import Evidence
from assistant.types import Citation, Item, Plan, Statement

CONFIDENCE = 0.6
"""Confidence of what was worked out: both facts have to be the ones that were meant."""


def shown(plan: Plan, evidence: Evidence, said: str, sum_: str, cited: tuple[Citation, ...]) -> Draft:
    """Show a sum with the sentences that its parts are of, cited in their order."""
    statements = tuple(Statement(" ".join(one.quote.split()), (one,)) for one in cited)
    stated = " ".join(f"{one.text} [{number}]" for number, one in enumerate(statements, start=1))
    made = reading(
        short=said,
        statements=statements,
        lead=f"{sum_}.",
        confidence=CONFIDENCE,
        notes=("Worked out by the program from the words that are quoted; no article states it.",),
    )
    items = tuple(Item(one.text, one.citations, one.citations[0].article.id) for one in statements)
    return Draft("computed", made, evidence.retrieval, "answered", f"{sum_}. {stated}", items, len(items))


def declined(
    plan: Plan, evidence: Evidence, corpus: Corpus, why: str, facts: Sequence[Citation] = ()
) -> Draft:
    """Say that the question is not answered and why, and quote the nearest that the articles say."""
    nearest = list(facts)
    if not nearest:
        nearest = list(short.answer(plan, evidence, corpus).reading.citations[:3])
    nearest = [replace(one, number=number) for number, one in enumerate(nearest, start=1)]
    markers = "".join(f"[{one.number}]" for one in nearest)
    said = f"{why} The nearest that the articles say is quoted below. {markers}" if nearest else why
    made = reading(answered=False, confidence=0.0, extra=tuple(nearest))
    return Draft("computed", made, evidence.retrieval, outcome="declined", text=said.strip())
