"""Notes on the articles that an answer rests on: cut short by their source, corrected, withdrawn, superseded."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from assistant.question.present import asks_of_now
from assistant.text.corrections import corrections_in, corrects
from assistant.text.entries import entry_at
from assistant.text.wording import day_in_words
from assistant.types import Article, Citation, Hit, Query, Statement

_LONGEST_NOTE = 300
# days by which an article is older than the one that answers how things stand now, so that it is told
EARLIER = datetime.timedelta(days=30)


def source_notes(citations: Sequence[Citation], hits: Sequence[Hit]) -> list[str]:
    """Return what a reader must know about the cited articles beyond the answer itself.

    A correction stands in the cited article, unquoted by the answer, or is another hit whose title names the
    cited article.
    """
    cited = {citation.article.id: citation.article for citation in citations}
    notes = [
        f"{_quoted_title(one)} is cut short by its source; only the beginning was read."
        for one in _cut(cited)
    ]
    for article in cited.values():
        for start, end in corrections_in(article.text):
            quoted = any(
                one.article.id == article.id and one.start < end and start < one.end for one in citations
            )
            if not quoted:
                notes.append(
                    f"{_quoted_title(article)} carries a correction: “{_shortened(article.text[start:end])}”"
                )
    notes += [
        f"[{one.number}] is the entry of {_entry_time(entry)}."
        for one in citations
        if (entry := entry_at(one.article.text, one.start))
    ]
    notices = {hit.article.id: hit.article for hit in hits if hit.article.id not in cited}
    for notice in notices.values():
        for article in cited.values():
            if corrects(notice.title, notice.text, article.title):
                said = " ".join(notice.text.split())
                notes.append(
                    f"{_quoted_title(article)} was corrected in “{notice.title}”: “{_shortened(said)}”"
                )
    return notes


def earlier_notes(query: Query, statements: Sequence[Statement]) -> list[str]:
    """Say which statements are of older articles than the first, where a question is of how things stand now."""
    if len(statements) < 2 or not asks_of_now(query):
        return []
    since = min((day for one in statements[0].citations if (day := one.article.published)), default=None)
    older = {
        one.number: day
        for statement in statements[1:]
        for one in statement.citations
        if since and (day := one.article.published) and day + EARLIER < since
    }
    if not older or since is None:
        return []
    told = ", ".join(f"[{number}] {day_in_words(day)}" for number, day in sorted(older.items()))
    return [
        f"[1] is of {day_in_words(since)}; what is quoted from earlier articles may be superseded: {told}."
    ]


def _entry_time(entry: tuple[datetime.date, str]) -> str:
    day, clock = entry
    return day_in_words(day) + (f", {clock}" if clock else "")


def _cut(cited: dict[str, Article]) -> list[Article]:
    return [one for one in cited.values() if one.truncated]


def _quoted_title(article: Article) -> str:
    return f"“{article.title or article.id}”"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_NOTE else text[:_LONGEST_NOTE].rsplit(" ", 1)[0] + " …"
