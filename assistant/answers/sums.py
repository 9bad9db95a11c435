"""Sums and differences of two figures that the articles state, each cited; declined where their units differ."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers import short
from assistant.answers.draft import Corpus, Draft
from assistant.answers.reckoning import declined, shown
from assistant.evidence.figures import Amount, amounts, unit_of
from assistant.evidence.gather import Evidence
from assistant.evidence.labelled_figures import LabelledFigure, of_article
from assistant.question.understand import understand
from assistant.text.tokens import content_words, names, stem, stems, stems_of, tokens
from assistant.types import Article, Citation, Plan

ARTICLES_SUMMED = 3
"""Articles whose labelled figures are looked at."""
SENTENCES = 5
"""Sentences in which two things that are counted together are looked for."""
_COUNTED = re.compile(
    r"\b(?:how\s+many|number\s+of|total\s+of|sum\s+of)\s+(?:more\s+|fewer\s+|the\s+)*(?P<what>.+?)\s+(?=in\b|at\b|of\b|for\b|by\b|than\b|between\b)",
    re.I,
)  # fmt: skip
_TWO_COUNTED = re.compile(r"\bhow\s+many\s+(?P<one>[a-z]+)\s+and\s+(?P<two>[a-z]+)\b", re.I)
_DEAD = re.compile(r"\b(?:dead|death|deaths|killed|toll)\b", re.I)
_PER_CENT = re.compile(r"\b(?:share|per\s*cent|percentage)\b|%", re.I)


@dataclass(frozen=True, slots=True)
class CitedAmount:
    """A figure with the sentence that states it."""

    amount: Amount
    citation: Citation


def of_labels(plan: Plan, evidence: Evidence, *, adds: bool) -> Draft | None:
    """Add or subtract the figures that one article gives to two names of the question; None where it does not."""
    asked = stems(content_words(plan.text))
    articles = list(dict.fromkeys(one.article.id for one in evidence.ranked))[:ARTICLES_SUMMED]
    for id_ in articles:
        first = next(one for one in evidence.ranked if one.article.id == id_)
        pair = _pair_in(first.article, of_article(first.article, first.start), asked, plan.text)
        if pair:
            cited = tuple(
                _cited_figures(number, first.article, one) for number, one in enumerate(pair, start=1)
            )
            return _result(plan, evidence, [one.value for one in pair], cited, adds=adds)
    return None


def of_units(plan: Plan, evidence: Evidence) -> Draft | None:
    """Add the two things that a question counts together, as one sentence counts them: "soldiers and civilians"."""
    asked = _TWO_COUNTED.search(plan.text)
    if asked is None:
        return None
    wanted = [unit_of(stem(word)) for word in asked.groups()]
    for one in evidence.ranked[:SENTENCES]:
        counted = [[each for each in amounts(one.text) if each.unit & unit] for unit in wanted]
        if all(len(each) == 1 for each in counted) and counted[0] != counted[1]:
            (left,), (right,) = counted
            if left.outcome == right.outcome:
                cited = Citation(1, one.article, one.start, one.end, one.text)
                return _result(plan, evidence, [left.low, right.low], (cited, cited), adds=True)
    return None


def of_pair(one: str, two: str, plan: Plan, evidence: Evidence, corpus: Corpus, *, adds: bool) -> Draft:
    """Ask for the figure of each of two things, and add or subtract them; decline where that cannot be done."""
    what = _COUNTED.search(plan.text)
    counted = what["what"] if what else "people were killed" if _DEAD.search(plan.text) else "people"
    found = [_amount_of(counted, thing, plan, corpus) for thing in (one, two)]
    known = [each for each in found if isinstance(each, CitedAmount)]
    facts = [each.citation for each in known]
    if len(known) < 2:
        reasons = [each for each in found if isinstance(each, str)]
        return declined(plan, evidence, corpus, f"This cannot be worked out: {'; '.join(reasons)}.", facts)
    left, right = known
    same_unit = left.amount.unit & right.amount.unit or left.amount.bare or right.amount.bare
    if (
        not same_unit
        or left.amount.outcome != right.amount.outcome
        or left.amount.percent != right.amount.percent
    ):
        why = "This cannot be worked out: the figures count different things."
        return declined(plan, evidence, corpus, why, facts)
    if left == right:
        why = f"This cannot be worked out: the articles do not tell the figure of {one} from that of {two}."
        return declined(plan, evidence, corpus, why, facts[:1])
    numbered = tuple(replace(each.citation, number=number) for number, each in enumerate(known, start=1))
    return _result(plan, evidence, [each.amount.low for each in known], numbered, adds=adds)


def _pair_in(
    article: Article, figures: Sequence[LabelledFigure], asked: set[str], question: str
) -> tuple[LabelledFigure, LabelledFigure] | None:
    """Find the two labels that a question names, with one figure each of the unit that it counts."""
    by_label: dict[str, list[LabelledFigure]] = defaultdict(list)
    for one in figures:
        words = stems_of(one.label)
        counted = one.unit & asked - words or (one.percent and _PER_CENT.search(question))
        if words and words <= asked and counted:
            by_label[one.label].append(one)
    if not by_label:
        by_label = _bare_pair(article, figures, asked)
    if len(by_label) != 2 or any(len({one.value for one in each}) > 1 for each in by_label.values()):
        return None
    left, right = (each[0] for each in by_label.values())
    return (left, right) if left.comparable(right) else None


def _bare_pair(
    article: Article, figures: Sequence[LabelledFigure], asked: set[str]
) -> dict[str, list[LabelledFigure]]:
    """Find two labels whose figures share a unit that the question does not name: in its likest sentence."""
    by_sentence: dict[tuple[int, int], dict[str, list[LabelledFigure]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one in figures:
        words = stems_of(one.label)
        if words and words <= asked:
            by_sentence[one.start, one.end][one.label].append(one)
    pairs = sorted(
        (
            (len(asked & stems_of(article.text[slice(*place)])), place)
            for place, found in by_sentence.items()
            if len(found) == 2
        ),
        reverse=True,
    )
    if not pairs or (len(pairs) > 1 and pairs[0][0] == pairs[1][0]):
        return {}
    return by_sentence[pairs[0][1]]


def _result(
    plan: Plan,
    evidence: Evidence,
    figures: Sequence[float],
    cited: tuple[Citation, ...],
    *,
    adds: bool,
) -> Draft:
    """Show the sum of two figures, or their difference; one sentence that states both is cited once."""
    first, second = cited
    alike = (first.article.id, first.start) == (second.article.id, second.start)
    facts = [(figures[0], 1), (figures[1], 1 if alike else 2)]
    value = sum(figures) if adds else abs(figures[0] - figures[1])
    ordered = facts if adds else sorted(facts, reverse=True)
    sign = " + " if adds else " − "
    sum_ = sign.join(f"{in_digits(number)} [{mark}]" for number, mark in ordered) + f" = {in_digits(value)}"
    return shown(plan, evidence, in_digits(value), sum_, (first,) if alike else cited)


def in_digits(value: float) -> str:
    """Write a figure: "1,509", "0.5", "125 million"."""
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{value / size:,.10g} {word}"
    return f"{round(value, 6):,.10g}"


def _cited_figures(number: int, article: Article, one: LabelledFigure) -> Citation:
    return Citation(number, article, one.start, one.end, article.text[one.start : one.end])


def _amount_of(what: str, thing: str, plan: Plan, corpus: Corpus) -> CitedAmount | str:
    """Find the one figure that the articles give, or say why there is none."""
    query = understand(f"How many {what} in {thing}?", corpus.settings, filters=plan.query.filters)
    found = short.answer(Plan("short", query), corpus.evidence(query), corpus)
    if found.reading.differ:
        values = ", ".join(dict.fromkeys(side.value for side in found.reading.sides))
        return f"the sources differ on {thing} ({values})"
    if not found.reading.answered or not found.reading.short:
        return f"the articles give no figure for {thing}"
    for statement in found.reading.statements[:2]:
        for citation in statement.citations[:1]:
            if not _names(thing) <= _held(citation):
                continue
            exact = [
                one
                for one in amounts(citation.quote)
                if one.text in found.reading.short and one.low == one.high and not one.rough
            ]
            if len(exact) == 1:
                return CitedAmount(exact[0], citation)
    return f"the articles give no exact figure for {thing}"


def _names(thing: str) -> set[str]:
    """Return the words that a sentence on a thing must hold: of its names, or else all that it says."""
    named = [token for span in names(thing) for token in tokens(span.text) if token.text[0].isupper()]
    return stems(token.text for token in named) or stems(content_words(thing))


def _held(citation: Citation) -> set[str]:
    return stems_of(f"{citation.article.title or ''} {citation.quote}")
