"""Comparisons: each thing searched and answered by itself, on equal terms, and set side by side in a table.

Nothing is averaged, and no thing is said to be more than another: the figures stand with their sources.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.draft import Corpus, Draft, reading
from assistant.answers.quoting import judged, key, mentions, plain, quoted, unlike, words_in
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence
from assistant.question.question_type import kind_of
from assistant.text.tokens import content_words, names, numbers, stems
from assistant.types import Cell, Citation, Filters, Plan, Row, Statement, Table

PER_THING = 2
WORDS = 70
"""Words quoted for one thing."""
SOURCES = 4
"""Articles that are compared where a question names no things."""
FLOOR = 4.0
_NUMERIC = re.compile(
    r"\b(?:tolls?|numbers?|figures?|losses|share|votes?|prices?|costs?|sizes?|counts?|crowds?|attendance|dead|deaths|killed|injured"
    r"|wounded|jobs?|sales|profits?|revenues?|points|scores?|speed|age|percentage|rates?|charges?|fares?|estimates?|wages?)\b",
    re.I,
)


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Set side by side what the articles say of each thing; None where none is named or none is found."""
    if len(plan.things) < 2:
        return _by_source(plan, evidence, corpus)
    rows: list[tuple[str, list[ScoredSentence], str]] = []
    for thing in plan.things:
        chosen, figure = _of_thing(thing, plan, corpus)
        rows.append((_label(thing), chosen, figure))
    missing = tuple(label for label, chosen, _ in rows if not chosen)
    if len(missing) == len(rows):
        return None
    return _table(plan, evidence, rows, missing)


def _of_thing(thing: str, plan: Plan, corpus: Corpus) -> tuple[list[ScoredSentence], str]:
    """Find what the articles say of one thing: sentences, and the figure among them that the question wants."""
    topic = plan.topic or ""
    others = [other for other in plan.things if other != thing]
    text = f"{topic} {thing}" if re.search(r"\b(?:of|in|at|for|by|from)$", topic) else f"{thing} {topic}"
    outlet = _outlet(thing, corpus)
    filters = plan.query.filters
    if outlet:
        filters = Filters(filters.after, filters.before, (outlet,), filters.asked)
        text = topic or plan.text
    numeric = bool(_NUMERIC.search(plan.text))
    part = replace(plan.query, text=plain(text), original=plain(text), names=tuple(s.text for s in names(text)), filters=filters)
    evidence = corpus.evidence(part)
    found = judged(replace(plan, query=part), evidence, corpus)
    told = [one for one in found.ranked if outlet or _about(thing, one, others)]
    if not told:
        return [], ""
    if numeric:
        told.sort(key=lambda one: not numbers(one.text))
    likely = [one for one in told if one.score >= told[0].score - FLOOR]
    chosen = unlike(likely, PER_THING, WORDS)
    figure = ""
    if numeric or kind_of(text) == "how_many":
        read = evidence.found.get(key(chosen[0]))
        spans = [chosen[0].article.text[s.start : s.end] for s in read.spans if s.probability >= 0.1] if read else []
        figure = next((one for one in spans if numbers(one)), "")
    return chosen, figure


def _about(thing: str, one: ScoredSentence, others: Sequence[str]) -> bool:
    """Return True when a sentence, or its title and surroundings, name a thing, and not just the others."""
    if mentions(one.text, thing):
        return True
    around = f"{one.article.title or ''} {one.article.text[max(0, one.start - 300) : one.start]}"
    named = stems(content_words(thing))
    if not named <= words_in(f"{around} {one.text}"):
        return False
    return not any(mentions(one.text, other) and not mentions(other, thing) for other in others)


def _outlet(thing: str, corpus: Corpus) -> str | None:
    """Return the publisher that a thing names, if it does."""
    wanted = stems(content_words(thing))
    fitting = [name for name in corpus.index.publishers() if wanted and wanted <= words_in(name)]
    return fitting[0] if len(fitting) == 1 else None


def _label(thing: str) -> str:
    text = re.sub(r"^(?:the|what|a|an)\s+", "", thing, flags=re.I)
    return text[:1].upper() + text[1:]


def _by_source(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Compare what several articles say, where the question names one thing that they report on."""
    base = judged(plan, evidence, corpus)
    if not base.answered:
        return None
    numeric = bool(_NUMERIC.search(plan.text))
    by_article: dict[str, ScoredSentence] = {}
    for one in base.ranked:
        if one.score >= base.ranked[0].score - FLOOR and (not numeric or numbers(one.text)):
            by_article.setdefault(one.article.id, one)
    rows = [(_source(one), [one], "") for one in list(by_article.values())[:SOURCES]]
    if len(rows) < 2:
        return None
    return _table(plan, evidence, rows, ())


def _source(one: ScoredSentence) -> str:
    said = one.article.publisher or one.article.title or one.article.id
    return f"{said}, {one.article.published}" if one.article.published else said


def _table(
    plan: Plan,
    evidence: Evidence,
    rows: Sequence[tuple[str, list[ScoredSentence], str]],
    missing: tuple[str, ...],
) -> Draft:
    statements: list[Statement] = []
    made: list[Row] = []
    lines: list[str] = []
    with_figures = any(figure for _, _, figure in rows)
    for label, chosen, figure in rows:
        own = quoted(chosen, first=len(statements) + 1)
        statements += own
        cited: tuple[Citation, ...] = tuple(one.citations[0] for one in own)
        report = Cell(" ".join(one.text for one in own), cited)
        made.append(Row(label, (Cell(figure, cited[:1] if figure else ()), report) if with_figures else (report,)))
        told = " ".join(f"{one.text} [{one.citations[0].number}]" for one in own) or "not stated in the articles."
        lines.append(f"{label}: {told}")
    columns = ("Figure", "What the articles say") if with_figures else ("What the articles say",)
    return Draft(
        "compare",
        reading(statements=tuple(statements), confidence=CONFIDENCE),
        evidence.retrieval,
        text="\n".join(lines),
        table=Table(columns, tuple(made)),
        missing=missing,
    )


CONFIDENCE = 0.5
