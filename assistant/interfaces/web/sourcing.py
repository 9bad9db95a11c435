"""What an answer rests on, in a line: "3 independent sources, 2 outlets, 1–7 July 2025"."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from assistant.evidence.independence import independent_claims, sources_in_words
from assistant.text.wording import day_in_words
from assistant.types import Answer, Article, Citation


def resting(answer: Answer) -> tuple[Citation, ...]:
    """Return the citations that carry the answer: those of its sides, or all where it has none."""
    numbers = {citation.number for side in answer.sides for citation in side.citations}
    return tuple(one for one in answer.citations if one.number in numbers) or answer.citations


def count_sources(answer: Answer) -> int:
    """Count the independent sources that carry an answer; where that is not known, the articles cited."""
    return answer.independent_sources or len({citation.article.id for citation in resting(answer)})


def count_in_words(answer: Answer) -> str:
    """Say how many independent sources there are, and that they report one claim, or quote one speaker."""
    count = count_sources(answer)
    if len(answer.sides) == 1:
        return sources_in_words(count, answer.sides[0].claims)
    quoted = [
        (None if one.speaker == one.article.publisher else one.speaker, one.article.id, one.quote)
        for one in resting(answer)
    ]
    if not answer.sides and all(who for who, *_ in quoted) and independent_claims(quoted) == 1:
        return f"{count} independent reports, one speaker"
    if any(0 < side.claims < side.independent_sources for side in answer.sides):
        return f"{count} independent reports"
    return sources_in_words(count, 0)


def sourcing(answer: Answer) -> str:
    """Say how many independent sources carry an answer, of how many outlets, and when they were published."""
    articles = list({citation.article.id: citation.article for citation in resting(answer)}.values())
    count = count_sources(answer)
    outlets = sorted({one.publisher for one in articles if one.publisher})
    known = "1 source" if len(articles) == 1 else "1 independent source"
    parts = [count_in_words(answer) if count > 1 else known]
    if count > len(articles):
        parts.append(f"{len(articles)} cited")
    if len(outlets) > 1:
        parts.append(f"{len(outlets)} outlets")
    elif outlets:
        parts.append("1 outlet" if len(articles) > 1 else outlets[0])
    return ", ".join([*parts, *_date_span(articles)]) if articles else ""


def span(first: datetime.date, last: datetime.date) -> str:
    """Write the days from first to last: "1–7 July 2025", "28 June – 7 July 2025"."""
    if first == last:
        return day_in_words(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_in_words(last)}"
    begun = f"{first.day} {first:%B}" if first.year == last.year else day_in_words(first)
    return f"{begun}\N{NO-BREAK SPACE}– {day_in_words(last)}"


def _date_span(articles: Sequence[Article]) -> list[str]:
    dates = [one.published for one in articles if one.published]
    undated = len(articles) - len(dates)
    if not dates:
        return ["no date"]
    return [span(min(dates), max(dates)), *([f"{undated} without a date"] if undated else [])]
