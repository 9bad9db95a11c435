"""Superlatives: the winner as the articles name it, with the figures that it was compared with."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from assistant.answers import short
from assistant.answers.draft import Corpus, Draft
from assistant.evidence.figures import Amount, amounts
from assistant.evidence.gather import Evidence
from assistant.evidence.labelled_figures import of_article
from assistant.evidence.reading import Reading
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.question.comparative import asks_least
from assistant.text.tokens import content_words, stems, stems_of
from assistant.text.wording import one_line
from assistant.types import Candidate, Cell, Citation, Plan, Row, Statement, Table

COMPARED = 5
SUPERLATIVE_FLOOR = 4.0
LEADS = 0.5
"""Least probability of the judge that the name with the highest figure is what is asked for."""
ARTICLES_RANKED = 3
"""Articles in which names with figures are looked for."""
_ASKS_MOST = re.compile(r"\b(?:most|highest|largest|biggest|greatest|top|leads?|leading)\b", re.I)


@dataclass(frozen=True, slots=True)
class Compared:
    """A thing with the figure that it is compared by."""

    label: str
    figure: str
    value: float
    sentence: ScoredSentence
    named: bool = False
    """Whether the label is a name that the article gives the figure to, and the question names its unit."""


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft:
    """Answer as a short question; add the table of comparable figures where several articles give some."""
    made = short.answer(plan, evidence, corpus)
    if not made.reading.answered:
        return replace(made, kind="superlative")
    found = counted(plan, evidence) or comparable_figures(evidence, made.reading.ranked)
    found.sort(key=lambda one: one.value, reverse=not asks_least(plan.text))
    if len({one.value for one in found}) < 2 or not _may_lead(found[0], made.reading, plan, corpus):
        return replace(made, kind="superlative")
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
    if found[0].named:
        reading = _led(reading, found)
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


def counted(plan: Plan, evidence: Evidence) -> list[Compared]:
    """Find the names that one article gives a figure to, of the unit that the question names: "fewest seats"."""
    if not (asks_least(plan.text) or _ASKS_MOST.search(plan.text)):
        return []
    asked = stems(content_words(plan.text))
    for article in list({one.article.id: one.article for one in evidence.ranked}.values())[:ARTICLES_RANKED]:
        labels: dict[str, Compared] = {}
        for one in of_article(article):
            if one.unit & asked and not one.measure:
                text = article.text[one.start : one.end]
                sentence = ScoredSentence(article, one.start, one.end, text, ())
                labels.setdefault(one.label, Compared(one.label, one.figure, one.value, sentence, True))
        if len(labels) > 2:
            return list(labels.values())
    return []


def _may_lead(first: Compared, reading: Reading, plan: Plan, corpus: Corpus) -> bool:
    """Return False for a name that is not what is asked for: the reader says another, or the judge denies it.

    "The report on Lakes and Rivers counts 90 floods" names no river with the most floods.
    """
    if not first.named:
        return True
    if reading.short:
        words, others = stems_of(first.label), stems_of(reading.short)
        if words <= others or others <= words:
            return True
    if corpus.judge is None:
        return not reading.short
    told = first.sentence
    statement = f"{plan.text} {first.label}."
    verdict = corpus.judge.judge([(statement, told.article.title or "", one_line(told.text))])[0]
    return verdict.supported >= LEADS


def _led(reading: Reading, found: list[Compared]) -> Reading:
    """Let the winner lead, with the sentences of the figures alone; where two share the figure, none is named."""
    first, second = found[:2]
    places = {(one.sentence.article.id, one.sentence.start) for one in found}
    kept = [
        one for one in reading.statements if (one.citations[0].article.id, one.citations[0].start) in places
    ]
    lead = place_of(first.sentence)
    kept.sort(key=lambda one: (one.citations[0].article.id, one.citations[0].start) != lead)
    short = first.label if first.value != second.value else None
    cited = {citation for one in kept for citation in one.citations}
    return replace(
        reading,
        short=short,
        statements=tuple(kept),
        citations=tuple(one for one in reading.citations if one in cited),
        candidates=(Candidate(short, reading.confidence, kept[0].citations),) if short else (),
    )


def _ranking_value(amount: Amount) -> float:
    """Return the figure to rank by: the bound of "at least", the upper end of a range."""
    return amount.low if math.isinf(amount.high) else amount.high
