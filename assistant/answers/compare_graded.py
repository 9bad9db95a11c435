"""Comparatives: the same is asked of each thing as a short question, and the figures tell which is more."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from statistics import mean

from assistant.answers import short
from assistant.answers.compared_figures import figure_of
from assistant.answers.compared_table import compared_draft, label_of
from assistant.answers.compared_thing import found_on
from assistant.answers.draft import Corpus, Draft
from assistant.answers.figures_beside import figures_beside
from assistant.answers.on_topic import around, mentions
from assistant.answers.quoting import judged
from assistant.evidence.figures import amounts, other_measure
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence
from assistant.question.asked_period import asked_period
from assistant.question.comparative import Graded
from assistant.question.present import asks_of_now
from assistant.question.two_times import without_times
from assistant.text.dates import dates
from assistant.text.numbers import counting_numbers
from assistant.text.tokens import names
from assistant.types import Candidate, Plan, Query

QUOTED = 2
"""Sentences quoted for a thing."""
FIGURES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """A thing with the sentences on it, and the figures that they give: several where sources differ."""

    thing: str
    told: tuple[ScoredSentence, ...]
    figures: tuple[str, ...]
    confidence: float = 0.0


def compare_graded(
    asked: Graded, plan: Plan, evidence: Evidence, corpus: Corpus, lacking: Sequence[str] = ()
) -> Draft | None:
    """Tabulate the figures of each thing, and name the one that has more of what is asked for.

    None where nothing is told of any. No article names those ``lacking``.
    """
    made = _compare_by_questions(asked.things, asked.questions, plan, evidence, corpus, lacking)
    if made is None:
        return None
    draft, found = made
    winner = leading(found, least=asked.least)
    if winner is None:
        return draft
    chosen = Candidate(winner, draft.reading.confidence, draft.reading.citations)
    return replace(draft, reading=replace(draft.reading, short=winner, candidates=(chosen,)))


def compare_attribute(
    attribute: str, plan: Plan, evidence: Evidence, corpus: Corpus, lacking: Sequence[str] = ()
) -> Draft | None:
    """Tabulate an attribute of each of the things compared, "the water level"; None unless each has an answer."""
    questions = tuple(f"What is {attribute} of {thing}?" for thing in plan.things)
    made = _compare_by_questions(plan.things, questions, plan, evidence, corpus, lacking, only_answers=True)
    return made[0] if made and not made[0].missing else None


def _compare_by_questions(
    things: Sequence[str],
    questions: Sequence[str],
    plan: Plan,
    evidence: Evidence,
    corpus: Corpus,
    lacking: Sequence[str],
    *,
    only_answers: bool = False,
) -> tuple[Draft, list[Measured]] | None:
    together = replace(plan, things=tuple(things))
    beside = [] if asks_of_now(plan.query) else figures_beside(together, evidence, named=True)
    sure = judged(plan, evidence, corpus).confidence if beside else 0.0
    found = [
        Measured(thing, (one,), (figure,), sure) for thing, (one, figure) in zip(things, beside, strict=False)
    ] or [
        Measured(thing, (), ())
        if thing in lacking
        else _measured(thing, question, plan, evidence, corpus, only_answers=only_answers)
        for thing, question in zip(things, questions, strict=True)
    ]
    missing = tuple(label_of(one.thing) for one in found if not one.told)
    if len(missing) == len(found):
        return None
    rows = [(label_of(one.thing), one.told, "; ".join(one.figures)) for one in found]
    confidence = mean(one.confidence if one.told else 0.0 for one in found)
    return compared_draft(evidence, rows, missing, confidence, lacking), found


def _measured(
    thing: str, question: str, plan: Plan, evidence: Evidence, corpus: Corpus, *, only_answers: bool
) -> Measured:
    """Answer the question put to one thing by sentences that name it; where none does, quote what is on it.

    With ``only_answers`` nothing is quoted then.
    """
    filters = plan.query.filters
    named = tuple(span.text for span in names(question))
    query = Query(question, question, filters, named, asked_period(question, filters.asked))
    own = corpus.evidence(query)
    found = short.answer(Plan("short", query), own, corpus).reading
    undated = without_times(thing) or thing
    told = [
        ScoredSentence(one.article, one.start, one.end, one.quote, ())
        for statement in found.statements
        for one in statement.citations[:1]
    ]
    told = [one for one in told if not names(undated) or mentions(around(one), undated)]
    if found.answered and told:
        words = [side.value for side in found.sides] if found.differ else [found.short or ""]
        figures = tuple(one for one in words if _is_figure(one, told))[:FIGURES_SHOWN]
        if only_answers and not figures and (figure := figure_of(told, own)):
            figures = (figure,)
        return Measured(thing, tuple(told[: max(QUOTED, len(figures))]), figures, found.confidence)
    if only_answers:
        return Measured(thing, (), ())
    on_thing = found_on(thing, plan, evidence.ranked, corpus)
    figure = figure_of(on_thing.sentences, on_thing.evidence)
    return Measured(thing, tuple(on_thing.sentences[:1]), (figure,) if figure else (), on_thing.confidence)


def _is_figure(words: str, told: Sequence[ScoredSentence]) -> bool:
    """Return True for words with a number that is no part of a date in the first sentence that holds them."""
    text = next((one.text for one in told if words in one.text), words)
    at = text.find(words)
    dated = any(one.start < at + len(words) and at < one.end for one in dates(text))
    return bool(counting_numbers(words)) and not dated


def leading(found: Sequence[Measured], *, least: bool) -> str | None:
    """Return the label of the thing with the highest figure, or the lowest; None where the figures do not tell it.

    They tell it only where each thing has one, all are of one measure, and those of the first two do not meet.
    """
    ends = [_ends(one) for one in found]
    told = [one for one in ends if one is not None]
    if len(told) < len(found) or any(other_measure(told[0][2], one[2]) for one in told):
        return None
    told.sort(key=lambda one: one[:2], reverse=not least)
    first, second = told[:2]
    apart = first[1] < second[0] if least else first[0] > second[1]
    return first[3] if apart else None


def _ends(one: Measured) -> tuple[float, float, str, str] | None:
    """Return the lowest and the highest figure of a thing, their measure, and its label.

    "At least 50" counts as 50.
    """
    found = [own for figure in one.figures for own in amounts(figure)]
    numbers = [own for figure in one.figures for own in counting_numbers(figure)]
    if not found or len(found) != len(one.figures):
        if not numbers or len(numbers) != len(one.figures):
            return None
        lows, highs, measure = [float(n.low) for n in numbers], [_bound(n.low, n.high) for n in numbers], ""
    else:
        lows, highs, measure = (
            [n.low for n in found],
            [_bound(n.low, n.high) for n in found],
            found[0].measure,
        )
    return min(lows), max(highs), measure, label_of(one.thing)


def _bound(low: float | Fraction, high: float | Fraction) -> float:
    return float(low) if math.isinf(high) else float(high)
