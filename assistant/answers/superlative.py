"""Superlatives: the winner as the articles name it, with the figures that it was compared with."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from assistant.answers import short
from assistant.answers.draft import Corpus, Draft
from assistant.evidence.figures import Amount, amounts
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.types import Cell, Citation, Plan, Row, Statement, Table

COMPARED = 5
SUPERLATIVE_FLOOR = 4.0
_LEAST = re.compile(
    r"\b(?:least|fewest|lowest|smallest|cheapest|shortest|youngest|lightest|slowest|mildest|coldest)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A thing with the figure that it is compared by."""

    label: str
    figure: str
    value: float
    sentence: ScoredSentence


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft:
    """Answer as a short question; add the table of comparable figures where several articles give some."""
    made = short.answer(plan, evidence, corpus)
    if not made.reading.answered:
        return replace(made, kind="superlative")
    found = comparable_figures(evidence, made.reading.ranked)
    if len(found) < 2:
        return replace(made, kind="superlative")
    found.sort(key=lambda one: one.value, reverse=not _LEAST.search(plan.text))
    citations, statements = list(made.reading.citations), list(made.reading.statements)
    rows = []
    for one in found[:COMPARED]:
        place = place_of(one.sentence)
        cited = next((c for c in citations if (c.article.id, c.start) == place), None)
        if cited is None:
            sentence = one.sentence
            cited = Citation(
                len(citations) + 1, sentence.article, sentence.start, sentence.end, sentence.text
            )
            citations.append(cited)
            statements.append(Statement(re.sub(r"\s+", " ", sentence.text), (cited,)))
        rows.append(Row(one.label, (Cell(one.figure, (cited,)),)))
    reading = replace(made.reading, statements=tuple(statements), citations=tuple(citations))
    return replace(made, kind="superlative", reading=reading, table=Table(("Figure",), tuple(rows)))


def comparable_figures(evidence: Evidence, ranked: tuple[ScoredSentence, ...]) -> list[Compared]:
    """Find comparable figures: of one unit and one outcome, each of another article."""
    found: dict[str, Compared] = {}
    unit: frozenset[str] = frozenset()
    outcome: str | None = None
    for one in ranked:
        if one.score < ranked[0].score - SUPERLATIVE_FLOOR or one.article.id in found:
            continue
        for amount in amounts(one.text):
            if not amount.unit:
                continue
            if unit and (not unit & amount.unit or amount.outcome != outcome):
                continue
            unit, outcome = unit or amount.unit, amount.outcome
            label = one.article.title or one.article.id
            found[one.article.id] = Compared(label, amount.text, _ranking_value(amount), one)
            break
    return list(found.values())


def _ranking_value(amount: Amount) -> float:
    """Return the figure to rank by: the bound of "at least", the upper end of a range."""
    return amount.low if math.isinf(amount.high) else amount.high
