"""Answers as they are kept: the JSON of ``output/to_json.py``, and back, with the articles as they are now."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from assistant.errors import WorkspaceError
from assistant.output.to_json import answer_to_dict
from assistant.types import (
    Answer,
    Article,
    Candidate,
    Cell,
    Citation,
    Event,
    Hit,
    Item,
    MarkedWords,
    Passage,
    Period,
    Row,
    Side,
    Statement,
    Table,
)

ArticleOf = Callable[[str], Article | None]
"""Return the article of an id as the index has it now, or None."""
Lost = Literal["changed", "removed"]
_Cited = dict[int, Citation]


def to_stored(answer: Answer) -> str:
    """Return an answer as JSON: what ``ask --json`` prints, and what it leaves out of sources and periods."""
    periods = [
        [one.period.start.isoformat(), one.period.end.isoformat(), one.period.yearless]
        for one in answer.events
    ]
    more = {"independent_sources": answer.independent_sources, "periods": periods}
    return json.dumps(answer_to_dict(answer) | more, ensure_ascii=False)


def from_stored(text: str, article_of: ArticleOf) -> Answer:
    """Return an answer from its JSON; an article that changed or went holds the quoted words alone.

    Raises:
        WorkspaceError: the text is no such answer.
    """
    try:
        return _restored_answer(json.loads(text), article_of)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorkspaceError(
            f"a kept answer cannot be read ({type(error).__name__}); delete its conversation"
        ) from None


def lost_sources(answers: Sequence[Answer], hashes: Mapping[str, str]) -> dict[tuple[str, str], Lost]:
    """Say of cited articles, as (id, SHA-256), which of them the index has changed or removed since."""
    cited = {(one.article.id, one.article.sha256) for answer in answers for one in answer.citations}
    return {
        (article, sha256): "changed" if article in hashes else "removed"
        for article, sha256 in cited
        if hashes.get(article) != sha256
    }


def _restored_answer(data: dict[str, Any], article_of: ArticleOf) -> Answer:
    cited = _restored_citations(data["citations"], article_of)
    table = data["table"]
    withheld = not data["citations"] and not data["answered"]
    return Answer(
        question=data["question"],
        standalone_question=data["standalone_question"],
        outcome=data["outcome"],
        answered=data["answered"],
        short=data["short"],
        confidence=data["confidence"],
        text=data["text"],
        statements=tuple(_restored_statement(one, cited) for one in data["statements"]),
        citations=tuple(cited.values()),
        candidates=tuple(
            Candidate(one["text"], one["confidence"], _cited_in(one, cited)) for one in data["candidates"]
        ),
        sides=tuple(_restored_side(one, cited) for one in data["sides"]),
        events=tuple(
            Event(_period(period), one["words"], _cited_in(one, cited), one["independent_sources"])
            for one, period in zip(data["events"], data["periods"], strict=True)
        ),
        notes=tuple(data["notes"]),
        removed=tuple(_restored_statement(one, {}) for one in data["removed"]),
        hits=tuple(
            _restored_hit(one, article_of if withheld else lambda article: None) for one in data["hits"]
        ),
        timings=data["timings_ms"],
        independent_sources=data["independent_sources"],
        kind=data["kind"],
        items=tuple(
            Item(one["text"], _cited_in(one, cited), one["article"], one["count"]) for one in data["items"]
        ),
        items_total=data["items_total"],
        table=_restored_table(table, cited) if table else None,
        missing=tuple(data["missing"]),
        steps=tuple(data["steps"]),
        written_by=data.get("written_by"),
    )


def _restored_citations(rows: Sequence[dict[str, Any]], article_of: ArticleOf) -> _Cited:
    articles = {}
    for row in rows:
        key = (row["article"], row["article_sha256"])
        if key not in articles:
            now = article_of(row["article"])
            same = now is not None and now.sha256 == row["article_sha256"]
            quoted = [one for one in rows if (one["article"], one["article_sha256"]) == key]
            articles[key] = now if now is not None and same else _quoted_article(quoted)
    return {
        row["number"]: Citation(
            row["number"],
            articles[row["article"], row["article_sha256"]],
            row["start"],
            row["end"],
            row["quote"],
            row["speaker"],
            row["stance"],
        )
        for row in rows
    }


def _quoted_article(rows: Sequence[dict[str, Any]]) -> Article:
    """Return an article that is no more as it was: its quoted words in their places, and spaces between."""
    text = [" "] * max(row["end"] for row in rows)
    for row in rows:
        text[row["start"] : row["end"]] = row["quote"]
    first = rows[0]
    return Article(
        first["article"],
        "".join(text),
        first["title"],
        first["publisher"],
        tuple(first.get("authors", ())),
        published=_restored_date(first["published"]),
        url=first["url"],
        sha256=first["article_sha256"],
        pages=_restored_pages(rows),
    )


def _restored_pages(rows: Sequence[dict[str, Any]]) -> tuple[int, ...]:
    """Return beginnings of pages by which each quote stands on the page that it was cited with."""
    starts: list[int] = []
    for row in sorted(rows, key=lambda one: int(one["start"])):
        starts += [row["start"]] * ((row.get("page") or 0) - len(starts))
    return tuple(starts)


def _restored_hit(row: dict[str, Any], article_of: ArticleOf) -> Hit:
    start, end, text = row["start"], row["end"], row["text"]
    article = article_of(row["article"])
    if article is None or article.text[start:end] != text:
        published = _restored_date(row["published"])
        article = Article(row["article"], " " * start + text, row["title"], published=published)
    return Hit(Passage("", row["article"], start, end, text), article, row["score"])


def _restored_statement(row: dict[str, Any], cited: _Cited) -> Statement:
    return Statement(
        row["text"],
        _cited_in(row, cited),
        row["supported"],
        row["support"],
        row["mark"],
        tuple(MarkedWords(one["start"], one["end"], one["reason"]) for one in row["marked"]),
        row["speaker"],
        row["stance"],
        row["drawn"],
    )


def _restored_side(row: dict[str, Any], cited: _Cited) -> Side:
    published, sources = _restored_date(row["published"]), row["independent_sources"]
    citations, claims = _cited_in(row, cited), row.get("claims", 0)
    return Side(row["value"], row["speaker"], row["stance"], published, citations, sources, claims)


def _restored_table(data: dict[str, Any], cited: _Cited) -> Table:
    return Table(
        tuple(data["columns"]),
        tuple(
            Row(row["label"], tuple(Cell(cell["text"], _cited_in(cell, cited)) for cell in row["cells"]))
            for row in data["rows"]
        ),
    )


def _cited_in(row: dict[str, Any], cited: _Cited) -> tuple[Citation, ...]:
    return tuple(cited[number] for number in row["citations"] if number in cited)


def _period(row: Sequence[Any]) -> Period:
    start, end, yearless = row
    return Period(datetime.date.fromisoformat(start), datetime.date.fromisoformat(end), yearless)


def _restored_date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
