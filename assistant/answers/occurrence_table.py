"""How the articles that a question means spread over months or publishers, as a table."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from assistant.index import ArticleSummary
from assistant.types import Cell, Row, Table

Grouping = Literal["month", "publisher"]
MOST_ROWS = 40
"""Rows of a table; more months are told by year, and the rarest publishers in one row."""
_GROUPING = re.compile(
    r"\W*\b(?:(?:grouped|sorted|split|counted|broken\s+down)\s+)?(?:by|per|(?:for|in|from)?\s*(?:each|every))\s+"
    r"(?:(?P<month>months?)|(?:publishers?|outlets?|(?:news)?papers?))\b(?=\W*$)",
    re.I,
)
_UNKNOWN: Mapping[Grouping, str] = {"month": "no date", "publisher": "no publisher"}


def grouping_in(text: str) -> tuple[Grouping | None, str]:
    """Return by what a question wants its count grouped, and the question without those words."""
    found = _GROUPING.search(text)
    if found is None:
        return None, text
    return "month" if found["month"] else "publisher", text[: found.start()].rstrip()


def occurrence_table(
    articles: Sequence[ArticleSummary], mentions: Mapping[str, int], by: Grouping | None
) -> Table | None:
    """Count articles, and by id the mentions in them, by month or publisher; None where one row would tell no more.

    Where no grouping is wanted it is by month, or by publisher if all are of one month.
    """
    tables = (_table(articles, mentions, one) for one in ([by] if by else ("month", "publisher")))
    return next((one for one in tables if len(one.rows) > (0 if by else 1)), None)


def _table(articles: Sequence[ArticleSummary], mentions: Mapping[str, int], by: Grouping) -> Table:
    values = [_value(one, by) for one in articles]
    if by == "month" and len(set(values)) > MOST_ROWS:
        values = [value and value[:4] for value in values]
    held, said = Counter(values), Counter[str | None]()
    for one, value in zip(articles, values, strict=True):
        said[value] += mentions.get(one.id, 0)
    known = sorted(
        (value for value in held if value is not None),
        key=lambda value: value if by == "month" else (-said[value], -held[value], value),
    )
    rows = [_row(_in_words(value, by), [said[value], held[value]], mentions) for value in known[:MOST_ROWS]]
    if rest := known[MOST_ROWS:]:
        totals = [sum(said[value] for value in rest), sum(held[value] for value in rest)]
        rows.append(_row(f"{len(rest):,} others", totals, mentions))
    if None in held:
        rows.append(_row(_UNKNOWN[by], [said[None], held[None]], mentions))
    return Table(("Mentions", "Articles") if mentions else ("Articles",), tuple(rows))


def _value(article: ArticleSummary, by: Grouping) -> str | None:
    if by == "publisher":
        return article.publisher
    return f"{article.published:%Y-%m}" if article.published else None


def _in_words(value: str, by: Grouping) -> str:
    return f"{datetime.date.fromisoformat(f'{value}-01'):%B %Y}" if by == "month" and "-" in value else value


def _row(label: str, counts: Sequence[int], mentions: Mapping[str, int]) -> Row:
    return Row(label, tuple(Cell(str(count)) for count in (counts if mentions else counts[1:])))
