"""Answers and their sources as HTML in which no word of an article or a question is markup (``escaped.py``)."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import groupby
from textwrap import shorten

from assistant.answers.timeline import event_notes
from assistant.evidence.independence import carried
from assistant.evidence.sides import each_rests_on
from assistant.interfaces.web import marked, quotes, sourcing
from assistant.interfaces.web.answer_forms import formed
from assistant.interfaces.web.cards import shown_citations
from assistant.interfaces.web.escaped import UNBROKEN, bdi, escape, marker, time
from assistant.interfaces.web.plot import plot
from assistant.question.in_context import split_context
from assistant.text.periods import in_words
from assistant.text.wording import page_in_words
from assistant.types import Answer, Citation, Event, Statement

QUOTE_CHARACTERS = 240

_NUMBERED_MARKER = re.compile(r"\[(\d{1,4})\]")
_SETTING = re.compile(r"(?:,? or|[;,]) [^;,(]*ASSISTANT_[A-Z_]+[^;,]*| \([^()]*ASSISTANT_[A-Z_]+[^()]*\)")

_WITHHELD = {
    "not_in_corpus": "Not in the corpus",
    "outside_period": "Outside the period of the corpus",
    "not_stated": "Mentioned, but not answered",
    "false_premise": "Not reported by the articles",
    "unsupported_language": "Language not supported",
}


def conversation(
    answers: Sequence[Answer],
    pending: str = "",
    *,
    name: str = "",
    remarks: Sequence[str] = (),
    last_remark: str = "",
    before: int = 0,
    shared: Set[int] = frozenset(),
) -> str:
    """Return the conversation, oldest first; ``pending`` is the HTML of a turn not yet complete.

    ``name`` is the id under which it is kept, ``before`` the number of earlier turns that are not shown, ``shared``
    the places of answers that other users may open; ``remarks`` are lines that stand above it, ``last_remark`` one
    in its last turn.
    """
    turns = "".join(
        turn(
            answer,
            number,
            _sharing(before + number, shared) if name else "",
            last_remark if number == len(answers) else "",
        )
        for number, answer in enumerate(answers, start=1)
    )
    told = "".join(map(_remark, remarks))
    kept = f' id="conversation-{name}"' if name else ""
    return f'{told}<div class="conversation" role="log"{kept}>{turns}{pending}</div>'


def turn(answer: Answer, number: int, sharing: str = "", remark: str = "") -> str:
    """Return one question with its answer; markers link to the sources panel of that number."""
    parts = [_question_html(answer.question)]
    parts.append(_understood(answer))
    parts.append(_remark(remark) if remark else "")
    parts.append('<div class="reply">')
    parts.append(marked.steps(answer))
    courtesy = answer.outcome == "courtesy"
    if not answer.answered and not courtesy:
        parts.append(f'<p class="badge withheld">{_WITHHELD.get(answer.outcome, "Not answered")}</p>')
    elif answer.outcome == "sources_differ":
        parts.append('<p class="badge differ">Sources differ</p>')
    if answer.short and len(answer.sides) < 2:
        parts.append(f'<p class="short" dir="auto">{escape(answer.short)}</p>')
    parts.append(_rests_on(answer))
    parts.append(marked.share(answer))
    parts.append(_timeline(answer.events, number) if answer.events else _answer_html(answer, number))
    parts.append(marked.missing(answer))
    parts.append(_nearest_html(answer, number))
    if notes := _shown_notes(answer):
        items = "".join(f"<li>{bdi(note)}</li>" for note in notes)
        parts.append(f'<ul class="notes" title="Remarks of the program">{items}</ul>')
    parts.append(_removed(answer.removed))
    parts.append(
        _end(answer, number, sharing) if answer.final else '<p class="working">Working on the answer</p>'
    )
    parts.append("</div>")
    kind = "answered" if answer.answered else "courtesy" if courtesy else "unanswered"
    kind += " done" if answer.final else ""
    return f'<section class="turn {kind}" id="turn-{number}">{"".join(parts)}</section>'


def working(question: str) -> str:
    """Return a turn whose answer has not begun to arrive."""
    return (
        f'<section class="turn">{_question_html(question)}'
        '<div class="reply"><p class="working" role="status">Reading the articles</p></div></section>'
    )


def failed(question: str, reason: str) -> str:
    """Return a turn that ended in an error, with its one line."""
    reply = f'<div class="reply">{failure_line(reason)}</div>'
    return f'<section class="turn failed">{_question_html(question)}{reply}</section>'


def refused(reason: str) -> str:
    """Return a turn in which nothing was asked, and why, in one line; the question is still in its box."""
    return f'<section class="turn failed"><div class="reply">{failure_line(reason)}</div></section>'


def failure_line(reason: str) -> str:
    """Return an error as its one line, without the settings by which an administrator might mend it."""
    told = without_settings(reason)
    return f'<p class="failure" role="alert">{bdi(told[:1].upper() + told[1:])}</p>'


def without_settings(reason: str) -> str:
    """Return an error for a reader: without the settings by which an administrator might mend it."""
    return _SETTING.sub("", reason)


def editing(number: str) -> str:
    """Say that the question of this number is being edited; empty: that none is."""
    if not number:
        return ""
    return (
        f'<p class="editing" role="status">Editing question {number}: the answers from there on go when you ask. '
        '<a class="edit" href="#edit-0">Keep them</a></p>'
    )


def _remark(words: str) -> str:
    return f'<p class="remark" role="status">{bdi(words)}</p>'


def _question_html(question: str) -> str:
    return f'<h2 class="question" dir="auto">{escape(question)}</h2>'


def _understood(answer: Answer) -> str:
    """Return how a question was understood, where not as it was typed, and the questions that it was read after."""
    standalone, typed = answer.standalone_question.strip(), answer.question.strip()
    if standalone == typed:
        return ""
    alone, context = split_context(standalone)
    after = "; ".join(f"<q>{bdi(one)}</q>" for one in context.split("; ") if one)
    if after and alone.casefold() == typed.casefold():
        return f'<p class="understood">Read after: {after}</p>'
    told = f"<q>{bdi(alone)}</q>{f', after: {after}' if after else ''}"
    return f'<p class="understood">Understood as: {told}</p>'


def _rests_on(answer: Answer) -> str:
    """Return who gives the short answer, and how many sources carry it, of which outlets and days."""
    if not answer.answered or not answer.citations or answer.outcome == "about_corpus":
        return ""
    who = quotes.said(answer.sides[0]) if len(answer.sides) == 1 else ""
    parts = [f"<span>{bdi(who)}</span>"] if who else []
    parts.append(f"<span>{escape(sourcing.sourcing(answer))}</span>")
    return f'<p class="rests">{" · ".join(parts)}</p>'


def _answer_html(answer: Answer, number: int) -> str:
    """Return a list or table; or the sides next to each other, and what else the answer says."""
    if answer.outcome == "courtesy":
        return _courtesy(answer.text)
    if (form := formed(answer, number)) is not None:
        return form
    beside = quotes.side_cards(answer, number) if answer.answered else ""
    if banded := marked.marked_statements(answer, number):
        return banded + beside
    told = quotes.quoted_statements(answer, number) if answer.answered else None
    if told is None:
        prose = _prose(answer.text, shown_citations(answer), number)
        return prose + beside
    return beside + (f'<div class="answer-text">{told}</div>' if told else "")


def _shown_notes(answer: Answer) -> list[str]:
    """Return the program's remarks but those that stand elsewhere; that an answer rests on one source is one."""
    count = (
        sourcing.count_sources(answer) if answer.answered and answer.citations else answer.independent_sources
    )
    told = {carried(count), *(carried(count, side.claims) for side in answer.sides)}
    beside = {each_rests_on(answer.sides)} if len(answer.sides) > 1 else set()
    shown = {*told, *beside, f"Read as: {answer.standalone_question}", *event_notes(answer.events)}
    notes = [note for note in answer.notes if note not in shown]
    return [carried(1), *notes] if count == 1 and answer.answered else notes


def _prose(text: str, citations: Sequence[Citation], number: int) -> str:
    known = {citation.number for citation in citations}
    blocks = []
    lines = [line for line in text.splitlines() if line.strip()]
    for listed, group in groupby(lines, key=lambda line: bool(quotes.LIST_ITEM.match(line))):
        if listed:
            items = (_linked(quotes.LIST_ITEM.sub("", line), known, number) for line in group)
            blocks.append("<ul>" + "".join(f'<li dir="auto">{item}</li>' for item in items) + "</ul>")
        else:
            blocks.extend(f'<p dir="auto">{_linked(line, known, number)}</p>' for line in group)
    return f'<div class="answer-text">{"".join(blocks)}</div>'


def _courtesy(text: str) -> str:
    """Return a greeting; the questions that it suggests are asked by a click."""
    lines = [line for line in text.splitlines() if line.strip()]
    items = [quotes.LIST_ITEM.sub("", line) for line in lines if quotes.LIST_ITEM.match(line)]
    said = "".join(f'<p dir="auto">{escape(line)}</p>' for line in lines if not quotes.LIST_ITEM.match(line))
    asked = "".join(
        f'<li dir="auto"><a class="suggested" href="#question">{escape(one)}</a></li>' for one in items
    )
    return f'<div class="answer-text">{said}{f"<ul>{asked}</ul>" if asked else ""}</div>'


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
    for match in _NUMBERED_MARKER.finditer(line):
        if int(match[1]) in known:
            words = line[at : match.start()]
            pieces += [escape(words.rstrip()), UNBROKEN if words.endswith(" ") else ""]
            pieces.append(marker(int(match[1]), number))
            at = match.end()
    return "".join(pieces) + escape(line[at:])


def _nearest_html(answer: Answer, number: int) -> str:
    citations = shown_citations(answer)
    if answer.answered or not citations:
        return ""
    items = []
    for citation in citations:
        article = citation.article
        day = f", {time(article.published)}" if article.published else ""
        page = f", {page_in_words(citation.page)}" if citation.page else ""
        quote = shorten(citation.quote, QUOTE_CHARACTERS, placeholder=" …")
        items.append(
            f"<li>{marker(citation.number, number)} <q>{bdi(quote)}</q> "
            f"<span>{bdi(article.title or article.id)}{day}{page}</span></li>"
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


def _sharing(number: int, shared: Set[int]) -> str:
    """Return what copies the link to an answer and, where it is shared, what takes the link back."""
    link = f'<a class="copy-link" href="#share-{number}" title="Let others who use this chat open it">Copy link</a>'
    back = f'<a class="take-back" href="#unshare-{number}" title="Nobody else can open it then">Take back link</a>'
    return link + (back if number - 1 in shared else "")


def _end(answer: Answer, number: int, sharing: str) -> str:
    seconds = sum(answer.timings.values()) / 1000
    measure = f"<span>{seconds:.2f} s</span>" if answer.timings else ""
    measure += f"<span>written by {bdi(answer.written_by)}</span>" if answer.written_by else ""
    edit = (
        f'<a class="edit" href="#edit-{number}" title="Change this question and ask again from here">Edit</a>'
    )
    if answer.outcome == "courtesy":
        return f'<p class="measure">{edit}{measure}</p>'
    watch = f'<a class="watch" href="#watch-{number}" title="Ask this again when articles arrive">Watch</a>'
    return f'<p class="measure">{edit}{watch}{sharing}{measure}</p>'
