"""The table of a comparison: a row a thing compared, its figure, its words, and who said them when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.draft import Draft, reading
from assistant.answers.quoting import quoted
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence
from assistant.text.wording import day_in_words
from assistant.types import Article, Cell, Citation, Row, Statement, Table

ComparedRow = tuple[str, Sequence[ScoredSentence], str]
"""A label, the sentences on it, and the figure that they give it, "" for none."""


def compared_draft(
    evidence: Evidence,
    rows: Sequence[ComparedRow],
    missing: tuple[str, ...],
    confidence: float,
    unnamed: Sequence[str] = (),
) -> Draft:
    """Tabulate what was found of each thing; a thing of which nothing was found has empty cells.

    No article names those ``unnamed``.
    """
    lacking = set(map(label_of, unnamed))
    statements: list[Statement] = []
    made: list[Row] = []
    lines: list[str] = []
    with_figures = any(figure for _, _, figure in rows)
    for label, chosen, figure in rows:
        own = quoted(chosen, first=len(statements) + 1)
        statements += own
        cited: tuple[Citation, ...] = tuple(one.citations[0] for one in own)
        cells = [Cell(" ".join(one.text for one in own), cited), Cell(_sources(cited), cited)]
        if with_figures:
            cells.insert(0, Cell(figure, cited[:1] if figure else ()))
        made.append(Row(label, tuple(cells)))
        told = " ".join(f"{one.text} [{one.citations[0].number}]" for one in own)
        nothing = "no article names it." if label in lacking else "not stated in the articles."
        lines.append(f"{label}: {told or nothing}")
    columns = ("What the articles say", "Source")
    return Draft(
        "compare",
        reading(statements=tuple(statements), confidence=confidence),
        evidence.retrieval,
        text="\n".join(lines),
        table=Table(("Figure", *columns) if with_figures else columns, tuple(made)),
        missing=missing,
    )


def label_of(thing: str) -> str:
    """Write a thing as the label of its row: "the old house" -> "Old house"."""
    text = re.sub(r"^(?:the|what|a|an)\s+", "", thing, flags=re.I)
    return text[:1].upper() + text[1:]


def source_of(article: Article) -> str:
    """Name an article's publisher and date: "Harbour Post, 4 March 2025"."""
    said = article.publisher or article.title or article.id
    return f"{said}, {day_in_words(article.published)}" if article.published else said


def _sources(cited: Sequence[Citation]) -> str:
    return "; ".join(dict.fromkeys(source_of(one.article) for one in cited))
