"""Answers and their sources as HTML in which no word of an article or a question is markup (``escaped.py``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from textwrap import shorten
from urllib.parse import urlencode

from assistant.answers.timeline import event_notes
from assistant.evidence.sides import carried
from assistant.interfaces.web import marked, quotes, sourcing
from assistant.interfaces.web.escaped import UNBROKEN, bdi, escape, marker
from assistant.interfaces.web.forms import formed
from assistant.interfaces.web.plot import plot
from assistant.output.to_markdown import web_address
from assistant.text.periods import in_words
from assistant.types import Answer, Article, Citation, Event, Statement

CONTEXT_CHARACTERS = 420
NEAREST_PASSAGES = 3
QUOTE_CHARACTERS = 240
NEW_TAB = 'target="_blank" rel="noopener noreferrer"'

_MARKER = re.compile(r"\[(\d{1,4})\]")
_LIST_ITEM = re.compile(r"^\s*[-*•]\s+")

_WITHHELD = {
    "not_in_corpus": "Not in the corpus",
    "outside_period": "Outside the period of the corpus",
    "not_stated": "Mentioned, but not answered",
    "false_premise": "Not reported by the articles",
    "unsupported_language": "Language not supported",
}


def conversation(answers: Sequence[Answer], pending: str = "") -> str:
    """Return the conversation, oldest first; ``pending`` is the HTML of a turn not yet complete."""
    turns = (turn(answer, number) for number, answer in enumerate(answers, start=1))
    return f'<div class="conversation" role="log">{"".join(turns)}{pending}</div>'


def turn(answer: Answer, number: int) -> str:
    """Return one question with its answer; markers link to the sources panel of that number."""
    parts = [_question(answer.question)]
    if answer.standalone_question.strip() != answer.question.strip():
        parts.append(f'<p class="understood">Understood as: <q>{bdi(answer.standalone_question)}</q></p>')
    parts.append('<div class="reply">')
    parts.append(marked.steps(answer))
    if not answer.answered:
        parts.append(f'<p class="badge withheld">{_WITHHELD.get(answer.outcome, "Not answered")}</p>')
    elif answer.outcome == "sources_differ":
        parts.append('<p class="badge differ">Sources differ</p>')
    if answer.short and len(answer.sides) < 2:
        parts.append(f'<p class="short" dir="auto">{escape(answer.short)}</p>')
    parts.append(_rests_on(answer))
    parts.append(marked.share(answer))
    parts.append(_timeline(answer.events, number) if answer.events else _told(answer, number))
    parts.append(marked.missing(answer))
    parts.append(_nearest(answer, number))
    if notes := _notes(answer):
        items = "".join(f"<li>{bdi(note)}</li>" for note in notes)
        parts.append(f'<ul class="notes" title="Remarks of the program">{items}</ul>')
    parts.append(_removed(answer.removed))
    parts.append(_measure(answer) if answer.final else '<p class="working">Working on the answer</p>')
    parts.append("</div>")
    kind = ("answered" if answer.answered else "unanswered") + (" done" if answer.final else "")
    return f'<section class="turn {kind}" id="turn-{number}">{"".join(parts)}</section>'


def working(question: str) -> str:
    """Return a turn whose answer has not begun to arrive."""
    return (
        f'<section class="turn">{_question(question)}'
        '<div class="reply"><p class="working" role="status">Reading the articles</p></div></section>'
    )


def failed(question: str, reason: str) -> str:
    """Return a turn that ended in an error, with its one line."""
    return f'<section class="turn failed">{_question(question)}<div class="reply">{failure(reason)}</div></section>'


def failure(reason: str) -> str:
    """Return an error as its one line."""
    return f'<p class="failure" role="alert">{bdi(reason)}</p>'


def sources(answers: Sequence[Answer]) -> str:
    """Return the sources of every turn; those of the last one are marked as shown."""
    groups = []
    for number, answer in enumerate(answers, start=1):
        current = " current" if number == len(answers) else ""
        heading = "Sources" if answer.answered else "Nearest passages"
        cards = "".join(_cards(shown_citations(answer), number))
        nothing = '<p class="nothing">There is no passage to show.</p>' if answer.final else ""
        groups.append(
            f'<section class="sources{current}" id="sources-{number}"><h2>{heading}</h2>'
            f'<p class="asked">{bdi(answer.question)}</p>{cards or nothing}</section>'
        )
    return "".join(groups)


def shown_citations(answer: Answer) -> tuple[Citation, ...]:
    """Return the citations of an answer or, where a withheld one has none, its best hits as citations."""
    if answer.citations or answer.answered:
        return answer.citations
    return tuple(
        Citation(number, hit.article, hit.passage.start, hit.passage.end, hit.passage.text)
        for number, hit in enumerate(answer.hits[:NEAREST_PASSAGES], start=1)
    )


def article_address(article_id: str, citation: Citation | None = None) -> str:
    """Return the path of an article's own page, scrolled to a citation where one is given."""
    query = {"id": article_id}
    if citation is not None:
        query |= {"start": str(citation.start), "end": str(citation.end)}
    return f"/article?{urlencode(query)}{'#quote' if citation is not None else ''}"


def byline(article: Article, page: str | None = None) -> str:
    """Return publisher, date and links to the article's page and its original, as far as they are known."""
    parts = [f'<span class="publisher">{bdi(article.publisher)}</span>'] if article.publisher else []
    if article.published:
        parts.append(f"<time>{article.published.isoformat()}</time>")
    else:
        parts.append("<span>no date</span>")
    if page:
        parts.append(f'<a href="{escape(page)}" {NEW_TAB}>Full text</a>')
    address = web_address(article.url)
    if address:
        parts.append(f'<a class="original" href="{escape(address)}" {NEW_TAB}>Original</a>')
    return f'<p class="byline">{"".join(parts)}</p>'


def highlighted(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """Return text with each span (start, end, class name) marked; spans may touch or overlap."""
    bounds = sorted({0, len(text), *(bound for start, end, _ in spans for bound in (start, end))})
    pieces = []
    for begin, finish in pairwise(bounds):
        words = escape(text[begin:finish])
        names = [name for start, end, name in spans if start <= begin and finish <= end]
        pieces.append(f'<mark class="{" ".join(names)}" tabindex="-1">{words}</mark>' if names else words)
    return "".join(pieces)


def _question(question: str) -> str:
    return f'<h2 class="question" dir="auto">{escape(question)}</h2>'


def _rests_on(answer: Answer) -> str:
    """Return who gives the short answer, and how many sources carry it, of which outlets and days."""
    if not answer.answered or not answer.citations:
        return ""
    who = quotes.said(answer.sides[0]) if len(answer.sides) == 1 else ""
    parts = [f"<span>{bdi(who)}</span>"] if who else []
    parts.append(f"<span>{escape(sourcing.sourcing(answer))}</span>")
    return f'<p class="rests">{" · ".join(parts)}</p>'


def _told(answer: Answer, number: int) -> str:
    """Return a list or table; or the sides next to each other, and what else the answer says."""
    if (form := formed(answer, number)) is not None:
        return form
    beside = quotes.sides(answer, number) if answer.answered else ""
    if banded := marked.statements(answer, number):
        return banded + beside
    told = quotes.statements(answer, number) if answer.answered else None
    if told is None:
        prose = _prose(answer.text, shown_citations(answer), number)
        return prose + beside
    return beside + (f'<div class="answer-text">{told}</div>' if told else "")


def _notes(answer: Answer) -> list[str]:
    """Return the program's remarks but those that stand elsewhere; that an answer rests on one source is one."""
    count = sourcing.sources(answer) if answer.answered and answer.citations else answer.independent_sources
    shown = {carried(count), *event_notes(answer.events)}
    notes = [note for note in answer.notes if note not in shown]
    return [carried(1), *notes] if count == 1 and answer.answered else notes


def _prose(text: str, citations: Sequence[Citation], number: int) -> str:
    known = {citation.number for citation in citations}
    blocks = []
    lines = [line for line in text.splitlines() if line.strip()]
    for listed, group in groupby(lines, key=lambda line: bool(_LIST_ITEM.match(line))):
        if listed:
            items = (_linked(_LIST_ITEM.sub("", line), known, number) for line in group)
            blocks.append("<ul>" + "".join(f'<li dir="auto">{item}</li>' for item in items) + "</ul>")
        else:
            blocks.extend(f'<p dir="auto">{_linked(line, known, number)}</p>' for line in group)
    return f'<div class="answer-text">{"".join(blocks)}</div>'


def _timeline(events: Sequence[Event], number: int) -> str:
    """Return events in order of time, drawn and in words, each with its date, outlet and markers of its sources."""
    items = []
    for place, event in enumerate(events, start=1):
        first = event.citations[0]
        markers = "".join(marker(citation.number, number) for citation in event.citations)
        count = event.independent_sources
        said = quotes.caption(first) + (f" · {count} independent sources" if count > 1 else "")
        items.append(
            f'<li id="event-{number}-{place}" tabindex="-1"><time>{escape(in_words(event.period))}</time>'
            f'<p dir="auto">{escape(first.quote)}{UNBROKEN}{markers}</p><p class="from">{said}</p></li>'
        )
    return plot(events, number) + f'<ol class="answer-text timeline">{"".join(items)}</ol>'


def _linked(line: str, known: set[int], number: int) -> str:
    """Escape a line and turn the markers of known citations into links."""
    pieces = []
    at = 0
    for match in _MARKER.finditer(line):
        if int(match[1]) in known:
            words = line[at : match.start()]
            pieces += [escape(words.rstrip()), UNBROKEN if words.endswith(" ") else ""]
            pieces.append(marker(int(match[1]), number))
            at = match.end()
    return "".join(pieces) + escape(line[at:])


def _nearest(answer: Answer, number: int) -> str:
    citations = shown_citations(answer)
    if answer.answered or not citations:
        return ""
    items = []
    for citation in citations:
        article = citation.article
        day = f", <time>{article.published.isoformat()}</time>" if article.published else ""
        quote = shorten(citation.quote, QUOTE_CHARACTERS, placeholder=" …")
        items.append(
            f"<li>{marker(citation.number, number)} <q>{bdi(quote)}</q> "
            f"<span>{bdi(article.title or article.id)}{day}</span></li>"
        )
    return f'<div class="nearest"><h3>Nearest passages</h3><ul>{"".join(items)}</ul></div>'


def _removed(statements: Sequence[Statement]) -> str:
    if not statements:
        return ""
    items = "".join(f"<li>{bdi(statement.text)}</li>" for statement in statements)
    count = f"{len(statements)} statement{'s' if len(statements) > 1 else ''}"
    return (
        f'<details class="removed"><summary>{count} left out of the answer: see the remarks</summary>'
        f"<ul>{items}</ul></details>"
    )


def _measure(answer: Answer) -> str:
    seconds = sum(answer.timings.values()) / 1000
    return f'<p class="measure">{seconds:.2f} s</p>' if answer.timings else ""


def _cards(citations: Sequence[Citation], number: int) -> Iterator[str]:
    """Yield one card for each cited article, in the order of first citation."""
    by_article: dict[str, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.article.id, []).append(citation)
    for cited in by_article.values():
        article = cited[0].article
        numbers = "".join(f'<span class="number">{citation.number}</span>' for citation in cited)
        excerpts = "".join(_excerpts(article, cited, number))
        yield (
            f'<article class="card"><header><p class="numbers">{numbers}</p>'
            f'<h3 dir="auto">{escape(article.title or article.id)}</h3>'
            f"{byline(article, article_address(article.id, cited[0]))}</header>{excerpts}</article>"
        )


def _excerpts(article: Article, citations: Sequence[Citation], number: int) -> Iterator[str]:
    """Yield the cited words in the text around them; excerpts that would overlap are joined."""
    windows: list[tuple[int, int, list[Citation]]] = []
    for citation in sorted(citations, key=lambda cited: (cited.start, cited.end)):
        start, end = _window(article.text, citation)
        if windows and start <= windows[-1][1]:
            first, last, cited = windows[-1]
            windows[-1] = (first, max(last, end), [*cited, citation])
        else:
            windows.append((start, end, [citation]))
    for start, end, cited in windows:
        spans = [(c.start - start, c.end - start, f"cite-{number}-{c.number}") for c in cited]
        before = "… " if start > 0 else ""
        after = " …" if end < len(article.text) else ""
        words = highlighted(article.text[start:end], spans)
        yield f'<blockquote class="excerpt" dir="auto">{before}{words}{after}</blockquote>'


def _window(text: str, citation: Citation) -> tuple[int, int]:
    """Return the bounds of the text around a citation, moved inward to the nearest space."""
    start = max(0, citation.start - CONTEXT_CHARACTERS)
    end = min(len(text), citation.end + CONTEXT_CHARACTERS)
    if start > 0:
        space = text.find(" ", start, citation.start)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", citation.end, end)
        end = space if space >= 0 else end
    return start, end
