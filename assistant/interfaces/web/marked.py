"""A chat model's answer on the page: what was looked up, how far each statement was checked."""

from __future__ import annotations

from itertools import pairwise

from assistant.checking.check import share_line
from assistant.interfaces.web.escaped import UNBROKEN, bdi, escape, marker
from assistant.types import Answer, Statement

MARK_TITLES = {
    "quoted": "quoted: these words stand in the article; whether they say this was not looked at",
    "checked": "checked: a second look found that the quotes say this",
    "compare": "compare this with its quotes: a marked word does not stand in them, or support is unsure",
    "doubtful": "doubtful: the quotes do not seem to say this",
}


def steps(answer: Answer) -> str:
    """Return what was looked up, a line each; folded away once the answer is there."""
    if not answer.steps:
        return ""
    items = "".join(f"<li>{bdi(one)}</li>" for one in answer.steps)
    if not answer.final:
        return f'<ul class="steps">{items}</ul>'
    count = len(answer.steps)
    return (
        f'<details class="steps"><summary>{count} look-up{"" if count == 1 else "s"}</summary>'
        f"<ul>{items}</ul></details>"
    )


def share(answer: Answer) -> str:
    """Return the line above the answer: how many of its statements were checked."""
    line = share_line(answer.statements) if answer.answered else ""
    return f'<p class="share">{escape(line)}</p>' if line else ""


def marked_statements(answer: Answer, number: int) -> str | None:
    """Return the statements, each in its band with its words marked; None for an answer without marks."""
    if not answer.answered or not any(one.mark for one in answer.statements):
        return None
    return (
        f'<div class="answer-text">{"".join(_statement_html(one, number) for one in answer.statements)}</div>'
    )


def missing(answer: Answer) -> str:
    """Return what the articles leave open of the question."""
    if not answer.missing:
        return ""
    items = "".join(f"<li>{bdi(one)}</li>" for one in answer.missing)
    return f'<div class="missing"><h3>Not in the articles</h3><ul>{items}</ul></div>'


def _statement_html(one: Statement, number: int) -> str:
    mark = one.mark or "quoted"
    bounds = sorted({0, len(one.text), *(at for part in one.marked for at in (part.start, part.end))})
    words = ""
    for start, end in pairwise(bounds):
        reasons = [part.reason for part in one.marked if part.start <= start and end <= part.end]
        piece = escape(one.text[start:end])
        title = f"{reasons[0]}: not in the quoted words" if reasons else ""
        words += f'<mark class="differs" title="{escape(title)}">{piece}</mark>' if reasons else piece
    markers = "".join(marker(cited.number, number) for cited in one.citations)
    label = f'<span class="mark" title="{escape(MARK_TITLES[mark])}">{mark}</span>'
    drawn = '<span class="mark">drawn from several</span>' if one.drawn else ""
    return f'<p class="statement {mark}" dir="auto">{words}{UNBROKEN}{markers} {label}{drawn}</p>'
