"""Answers as Markdown and as plain text, with the exact words of their sources."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.checking.check import share_line
from assistant.evidence.speakers import spoken
from assistant.output.tables import table_lines, table_to_markdown
from assistant.text.wording import authors_in_words, one_line, page_in_words
from assistant.types import Answer, Citation, Side

SOURCES_HEADING = "\n\nSources:\n\n"
_MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!$])")
_MARKDOWN_LINE_START = re.compile(r"^(\d*)([-+=.)])")
_MARKDOWN_ACTIVE = re.compile(r"[\\`<]|\[(?!\d+\](?![(:]))")
_URL_UNSAFE = re.compile(r"[\s<>\\\"`]")


def conversation_to_markdown(answers: Sequence[Answer]) -> str:
    """Return a conversation, oldest answer first, as Markdown with the sources of each answer.

    Words of questions and articles are escaped (CommonMark 0.31, section 2.4), so that they are
    shown and never rendered.
    """
    return "\n".join(_answer_to_markdown(answer) for answer in answers)


def answer_to_text(answer: Answer) -> str:
    """Return an answer, and below it the exact words of each source, as text for a chat client of any kind.

    It reads as plain text; to a client that renders Markdown, no words of articles are a link, an image
    or HTML. ``without_sources`` takes the sources off again.
    """
    parts = [answer.text]
    if answer.table and answer.outcome == "about_corpus":
        parts.append("\n".join(table_lines(answer.table)))
    if answer.standalone_question != answer.question:
        parts.append(f"Understood as: {one_line(answer.standalone_question)}")
    if len(answer.sides) > 1:
        parts.extend(_side_to_text(side) for side in answer.sides)
    parts[:0] = [share] if (share := share_line(answer.statements)) else []
    parts.extend(f"Not stated in the articles: {one_line(one)}" for one in answer.missing)
    parts.extend(f"{one_line(one)}." for one in marks_in_words(answer))
    parts.extend(f"Note: {one_line(note)}" for note in answer.notes)
    text = "\n\n".join(_MARKDOWN_ACTIVE.sub(r"\\\g<0>", part) for part in parts)
    if not answer.citations:
        return text
    return text + SOURCES_HEADING + "\n\n".join(_citation_to_text(citation) for citation in answer.citations)


def without_sources(text: str) -> str:
    """Return what ``answer_to_text`` wrote, up to its sources."""
    return text.partition(SOURCES_HEADING)[0]


def marks_in_words(answer: Answer) -> list[str]:
    """Say of each statement that is to be compared, or doubtful, which of its words the quotes do not hold."""
    said = []
    for place, one in enumerate(answer.statements, 1):
        if one.mark not in {"compare", "doubtful"}:
            continue
        words = ", ".join(f"“{one.text[part.start : part.end]}”" for part in one.marked)
        verdict = "Doubtful" if one.mark == "doubtful" else "To compare with its quotes"
        said.append(f"{verdict}: statement {place}" + (f", {words}" if words else ""))
    return said


def web_address(url: str | None) -> str | None:
    """Return the URL where it is a plain http or https address, and otherwise None."""
    if url is None or not re.match(r"https?://[^\s/]", url, re.IGNORECASE) or _URL_UNSAFE.search(url):
        return None
    return url


def _answer_to_markdown(answer: Answer) -> str:
    blocks = [f"## {_escape(one_line(answer.question))}"]
    if answer.standalone_question != answer.question:
        blocks.append(f"*Understood as:* {_escape(one_line(answer.standalone_question))}")
    if not answer.answered:
        blocks.append("**Not answered by the corpus.**")
    if answer.short and len(answer.sides) < 2:
        leading = [f"**{_escape(one_line(answer.short))}**", *map(_giver, answer.sides)]
        blocks.append(" ".join(leading).rstrip())
    if share := share_line(answer.statements):
        blocks.append(f"*{_escape(share)}*")
    if answer.outcome == "about_corpus" or not answer.table:
        blocks.append(_answer_body(answer))
    if answer.table:
        blocks.append(table_to_markdown(answer.table, _escape))
    left = [f"- Not stated in the articles: {_escape(one_line(part))}" for part in answer.missing]
    left += [f"- {_escape(one_line(one))}" for one in marks_in_words(answer)]
    if left:
        blocks.append("\n".join(left))
    if len(answer.sides) > 1:
        sides = (f"- {_escape(one_line(side.value))} {_giver(side)}".rstrip() for side in answer.sides)
        blocks.append("\n".join(sides))
    if answer.notes:
        blocks.append("\n".join(f"- Note: {_escape(one_line(note))}" for note in answer.notes))
    if answer.citations:
        blocks.append("### Sources" if answer.answered else "### Nearest passages")
        blocks.extend(_citation_to_markdown(citation) for citation in answer.citations)
    return "\n\n".join(blocks) + "\n"


def _answer_body(answer: Answer) -> str:
    """Return an answer's text; items of a list one to a line, as a list."""
    if not answer.items or (answer.statements and not answer.text.startswith("- ")):
        return _escape(answer.text)
    markers = ("".join(f"\\[{one.number}\\]" for one in item.citations) for item in answer.items)
    return "\n".join(
        f"- {_escape(one_line(item.text))} {told}".rstrip()
        for item, told in zip(answer.items, markers, strict=True)
    )


def _citation_to_markdown(citation: Citation) -> str:
    article = citation.article
    parts = [f"**{_escape(one_line(article.title or article.id))}**"]
    if article.publisher:
        parts.append(_escape(one_line(article.publisher)))
    if article.authors:
        parts.append(_escape(one_line(authors_in_words(article.authors))))
    if article.published:
        parts.append(article.published.isoformat())
    address = web_address(article.url)
    if address:
        parts.append(f"<{address}>")
    if citation.page:
        parts.append(page_in_words(citation.page))
    who = spoken(citation.speaker, citation.stance, article.publisher)
    if who:
        parts.append(_escape(one_line(who)))
    place = f"{_escape(article.id)}, characters {citation.start} to {citation.end}"
    quote = "\n".join(f"> {line}" for line in _escape(citation.quote).splitlines())
    return f"\\[{citation.number}\\] {', '.join(parts)} ({place})\n\n{quote}"


def _citation_to_text(citation: Citation) -> str:
    article = citation.article
    who = spoken(citation.speaker, citation.stance, article.publisher)
    page = page_in_words(citation.page)
    address = web_address(article.url)
    authors = authors_in_words(article.authors)
    known = (article.title or article.id, article.publisher, authors, article.published, address, page, who)
    source = one_line(", ".join(str(value) for value in known if value))
    quote = f"“{one_line(citation.quote)}” ({article.id}, characters {citation.start} to {citation.end})"
    return f"[{citation.number}] " + _MARKDOWN_ACTIVE.sub(r"\\\g<0>", f"{source}: {quote}")


def _side_to_text(side: Side) -> str:
    who = ", ".join(str(part) for part in (side.stance, side.speaker, side.published) if part)
    markers = "".join(f"[{citation.number}]" for citation in side.citations)
    return one_line(f"{side.value} ({who}) {markers}" if who else f"{side.value} {markers}")


def _giver(side: Side) -> str:
    """Say who gives the value of a side, with the markers of its citations."""
    said = [side.stance, side.speaker, side.published.isoformat() if side.published else None]
    who = ", ".join(_escape(one_line(part)) for part in said if part)
    markers = "".join(f"\\[{citation.number}\\]" for citation in side.citations)
    return " ".join(part for part in (f"({who})" if who else "", markers) if part)


def _escape(text: str) -> str:
    lines = (_MARKDOWN_SPECIAL.sub(r"\\\1", line.strip()) for line in text.splitlines())
    return "\n".join(_MARKDOWN_LINE_START.sub(r"\1\\\2", line) for line in lines)
