"""Sums and spans that the articles do not state, computed from two cited figures or dates; the rest is declined.

Computed: the days between two dated events, and the sum or difference of two figures of one unit. A question that
needs other arithmetic, a guess or a "not" is declined, with the nearest that the articles say.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers import short
from assistant.answers.draft import Corpus, Draft, reading
from assistant.evidence.figures import Amount, amounts
from assistant.evidence.gather import Evidence
from assistant.question.understand import understand
from assistant.text.dates import find_dates
from assistant.text.tokens import names, tokens
from assistant.text.wording import day_in_words, number_of
from assistant.types import Citation, Item, Plan, Statement

_SPAN_BETWEEN = re.compile(
    r"\bhow\s+(?:many\s+(?P<unit>days|weeks)|long|much\s+time)\b.*?\b(?:between|from|after|before)\s+(?P<one>.+?)\s+(?:and|to|until|till)\s+(?P<two>.+)$",
    re.I,
)
_AFTER = re.compile(
    r"\bhow\s+(?:many\s+(?P<unit>days|weeks)|long)\s+(?:after|before)\s+(?P<one>.+?)\s+(?:did|was|were|came|does|is)\s+(?P<two>.+)$",
    re.I,
)
_TOTAL = re.compile(
    r"\b(?:total|sum|combined|altogether|all\s+together|in\s+all|add(?:ed)?\s+up|together|overall)\b", re.I
)
_DIFFERENCE = re.compile(r"\b(?:more|fewer|less|difference|gap)\b", re.I)
_MORE_THAN = re.compile(r"\bhow\s+(?:many|much)\s+(?:more|fewer|less)\b.*\bthan\b", re.I)
_PAIR = re.compile(
    r"\b(?:in|at|of|for|by|between|than\s+in)\s+(?P<one>[^,]+?)\s+(?:and|than|plus)\s+(?:(?:in|at|of|for|by)\s+)?(?P<two>.+?)"
    r"(?:\s+(?:combined|together|in\s+total|altogether|taken\s+together))?$",
    re.I,
)
_TOTAL_OF = re.compile(
    r"\b(?:how\s+many|number\s+of|total\s+of|sum\s+of)\s+(?:more\s+|fewer\s+|the\s+)*(?P<what>.+?)\s+(?=in\b|at\b|of\b|for\b|by\b|than\b|between\b)",
    re.I,
)
_ASKS_WHAT_IS_NOT = re.compile(r"\b(?:not|never|without|neither|nobody)\b|n[’']t\b", re.I)
_WHO_NOT = re.compile(
    r"^\W*(?:who|whom|which|what)\b(?:\s+[\w-]+){0,3}?\s+(?:was|were|is|are|did|does|do|has|have|had)(?:\s+not|n[’']t)\b",
    re.I,
)
_ASKS_NUMBER = re.compile(r"\b(?:how\s+many|how\s+much|total\s+of|sum\s+of|number\s+of|add\s+up)\b", re.I)
_WRITE = re.compile(r"^\W*(?:please\s+)?(?:translate|draft|write|compose)\b", re.I)
_FUTURE = re.compile(r"\b(?:predict|forecast|guess|will)\b", re.I)
DAYS = {"weeks": 7, "days": 1, None: 1}


@dataclass(frozen=True, slots=True)
class CitedDay:
    """A day that a sentence gives to an event."""

    day: datetime.date
    citation: Citation


@dataclass(frozen=True, slots=True)
class CitedAmount:
    """A figure with the sentence that states it."""

    amount: Amount
    citation: Citation


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Compute from two cited facts, or decline and say why."""
    text = plan.text.strip().rstrip("?!. ")
    if span := _AFTER.search(text) or _SPAN_BETWEEN.search(text):
        return _days_between(span["one"], span["two"], span["unit"], plan, evidence, corpus)
    total, less = _TOTAL.search(text), _DIFFERENCE.search(text)
    pair = _PAIR.search(_TOTAL.sub("", text) if total else text)
    if (total or less) and pair:
        what = _TOTAL_OF.search(text)
        counts = what["what"] if what else _counted_noun(text)
        return _reckoned(pair["one"], pair["two"], counts, bool(total), plan, evidence, corpus)
    return declined(plan, evidence, corpus, _reason_declined(text))


def recognise_computed(plan: Plan) -> Plan:
    """Return a plan of the kind ``computed`` where the words ask for a sum, a span of days or a negative."""
    text = plan.text.strip().rstrip("?!. ")
    compares = _TOTAL.search(text) or _MORE_THAN.search(text)
    reckons = _SPAN_BETWEEN.search(text) or (compares and _PAIR.search(text) and _ASKS_NUMBER.search(text))
    return (
        replace(plan, kind="computed")
        if plan.kind in {"short", "list"} and (reckons or _WHO_NOT.search(text) or _WRITE.search(text))
        else plan
    )


def declined(
    plan: Plan, evidence: Evidence, corpus: Corpus, why: str, facts: Sequence[Citation] = ()
) -> Draft:
    """Say why the question is not answered, and quote the nearest that the articles say."""
    nearest = list(facts)
    if not nearest:
        nearest = list(short.answer(plan, evidence, corpus).reading.citations[:3])
    nearest = [replace(one, number=number) for number, one in enumerate(nearest, start=1)]
    markers = "".join(f"[{one.number}]" for one in nearest)
    said = f"{why} The nearest that the articles say is quoted below. {markers}" if nearest else why
    made = reading(answered=False, confidence=0.0, extra=tuple(nearest))
    return Draft(plan.kind, made, evidence.retrieval, outcome="declined", text=said.strip())


def _reason_declined(text: str) -> str:
    if _WRITE.search(text):
        return "This asks for a text to be written or translated; only what the articles say is quoted."
    if _ASKS_WHAT_IS_NOT.search(text):
        return "This asks what is not so; the articles tell what is, and nothing is concluded from their silence."
    if _FUTURE.search(text):
        return "This asks for a forecast; nothing is guessed beyond what the articles say."
    return "This would have to be worked out of several figures, which is not done here."


def _days_between(
    one: str, two: str, unit: str | None, plan: Plan, evidence: Evidence, corpus: Corpus
) -> Draft:
    found = [_day_of_event(thing, plan, corpus) for thing in (one, two)]
    known = [each for each in found if each is not None]
    if len(known) < 2:
        lacking = [thing for thing, each in zip((one, two), found, strict=True) if each is None]
        why = f"The days cannot be counted: the articles give no exact date for {' or '.join(lacking)}."
        return declined(plan, evidence, corpus, why, [each.citation for each in known])
    first, last = sorted(known, key=lambda each: each.day)
    days = (last.day - first.day).days
    cited = tuple(replace(each.citation, number=number) for number, each in enumerate((first, last), start=1))
    weeks = DAYS[unit] > 1
    said = (
        number_of(days, "day")
        if not weeks
        else f"{number_of(days // 7, 'week')} and {number_of(days % 7, 'day')}"
    )
    sum_ = f"{day_in_words(last.day)} [2] − {day_in_words(first.day)} [1] = {number_of(days, 'day')}"
    return _computed_draft(plan, evidence, said, sum_, cited)


def _reckoned(
    one: str, two: str, what: str, adds: bool, plan: Plan, evidence: Evidence, corpus: Corpus
) -> Draft:
    found = [_amount_of(what, thing, plan, corpus) for thing in (one, two)]
    known = [each for each in found if isinstance(each, CitedAmount)]
    if len(known) < 2:
        reasons = [each for each in found if isinstance(each, str)]
        cited = [each.citation for each in known]
        return declined(plan, evidence, corpus, f"This cannot be worked out: {'; '.join(reasons)}.", cited)
    left, right = known
    same_unit = left.amount.unit & right.amount.unit or left.amount.bare or right.amount.bare
    if (
        not same_unit
        or left.amount.outcome != right.amount.outcome
        or left.amount.percent != right.amount.percent
    ):
        facts = [each.citation for each in known]
        return declined(
            plan, evidence, corpus, "This cannot be worked out: the figures count different things.", facts
        )
    a, b = left.amount.low, right.amount.low
    value = a + b if adds else abs(a - b)
    sign = "+" if adds else "−"
    pairs = [(a, 1), (b, 2)] if adds or a >= b else [(b, 2), (a, 1)]
    sum_ = f" {sign} ".join(f"{number:,g} [{mark}]" for number, mark in pairs) + f" = {value:,g}"
    numbered = tuple(replace(each.citation, number=number) for number, each in enumerate(known, start=1))
    return _computed_draft(plan, evidence, f"{value:,g}", sum_, numbered)


def _computed_draft(
    plan: Plan, evidence: Evidence, said: str, sum_: str, cited: tuple[Citation, ...]
) -> Draft:
    statements = tuple(Statement(" ".join(one.quote.split()), (one,)) for one in cited)
    stated = " ".join(f"{one.text} [{number}]" for number, one in enumerate(statements, start=1))
    made = reading(
        short=said,
        statements=statements,
        lead=f"{sum_}.",
        confidence=COMPUTED,
        notes=("Worked out by the program from the words that are quoted; no article states it.",),
    )
    items = tuple(Item(one.text, one.citations, one.citations[0].article.id) for one in statements)
    return Draft(plan.kind, made, evidence.retrieval, "answered", f"{sum_}. {stated}", items, len(items))


COMPUTED = 0.6
"""Confidence of a computed answer: both facts have to be the ones meant."""


def _day_of_event(thing: str, plan: Plan, corpus: Corpus) -> CitedDay | None:
    """Find the one day that the articles give to an event, or that the question itself names."""
    found = _asked_of(f"When did {thing} take place?", plan, corpus)
    if not found.reading.answered:
        return None
    for statement in found.reading.statements[:2]:
        for citation in statement.citations[:1]:
            if not _name_words(thing) <= _words_held(citation):
                continue
            dates = [
                one
                for one in find_dates(citation.quote, citation.article.published)
                if one.period
                and not one.rough
                and one.period.start == one.period.end
                and not one.period.yearless
            ]
            told = [one for one in dates if found.reading.short and one.text in found.reading.short] or dates
            days = {one.period.start for one in told if one.period}
            if len(days) == 1:
                return CitedDay(days.pop(), citation)
    return None


def _amount_of(what: str, thing: str, plan: Plan, corpus: Corpus) -> CitedAmount | str:
    """Find the one figure that the articles give, or say why there is none."""
    found = _asked_of(f"How many {what} in {thing}?", plan, corpus)
    if found.reading.differ:
        values = ", ".join(dict.fromkeys(side.value for side in found.reading.sides))
        return f"the sources differ on {thing} ({values})"
    if not found.reading.answered or not found.reading.short:
        return f"the articles give no figure for {thing}"
    for statement in found.reading.statements[:2]:
        for citation in statement.citations[:1]:
            if not _name_words(thing) <= _words_held(citation):
                continue
            exact = [
                one
                for one in amounts(citation.quote)
                if one.text in found.reading.short and one.low == one.high and not one.rough
            ]
            if len(exact) == 1:
                return CitedAmount(exact[0], citation)
    return f"the articles give no exact figure for {thing}"


def _asked_of(question: str, plan: Plan, corpus: Corpus) -> Draft:
    query = understand(question, corpus.settings, filters=plan.query.filters)
    return short.answer(Plan("short", query), corpus.evidence(query), corpus)


def _counted_noun(text: str) -> str:
    if re.search(r"\b(?:dead|death|deaths|killed|toll)\b", text, re.I):
        return "people were killed"
    return "people"


def _name_words(thing: str) -> set[str]:
    return {
        token.text.casefold()
        for span in names(thing)
        for token in tokens(span.text)
        if token.text[0].isupper()
    }


def _words_held(citation: Citation) -> set[str]:
    text = f"{citation.article.title or ''} {citation.quote}"
    return {token.text.casefold() for token in tokens(re.sub(r"[’'‘]s\b", "", text))}
