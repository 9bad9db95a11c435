"""The forms of an answer on the page: a list is a list, a comparison a table, a count bars and its items."""

from __future__ import annotations

from assistant.interfaces.web.escaped import escape, marker
from assistant.interfaces.web.occurrence_bars import occurrence_bars
from assistant.output.tables import NOT_STATED
from assistant.types import Answer, Citation, Item, Table

FOLDED = 12
"""Items that are shown at once; the others open on a click."""


def formed(answer: Answer, number: int) -> str | None:
    """Return a table or a list as HTML, with markers to the sources of turn ``number``; None for plain answers."""
    if not answer.answered:
        return None
    if answer.table is not None and answer.outcome == "about_corpus":
        bars = occurrence_bars(answer.table, answer.text.partition("\n")[0].removesuffix(", newest first:"))
        return f'<div class="answer-text">{bars}</div>' + (_list_html(answer, number) if answer.items else "")
    if answer.table is not None:
        return _table_html(answer.table, number)
    if answer.items:
        return _list_html(answer, number)
    return None


def _table_html(table: Table, number: int) -> str:
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    rows = "".join(
        f'<tr><th scope="row" dir="auto">{escape(row.label)}</th>'
        + "".join(
            f'<td dir="auto">{escape(cell.text) or NOT_STATED} {_markers(cell.citations, number)}</td>'
            for cell in row.cells
        )
        + "</tr>"
        for row in table.rows
    )
    return (
        '<div class="answer-text compared" tabindex="0" role="region" aria-label="Comparison"><table>'
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _list_html(answer: Answer, number: int) -> str:
    items = [
        f'<li dir="auto">{escape(one.text)}{_counted(one)} {_markers(one.citations, number)}</li>'
        for one in answer.items
    ]
    if answer.items_total > len(items):
        items.append(f"<li>and {answer.items_total - len(items):,} more that are not listed here</li>")
    shown, rest = "".join(items[:FOLDED]), "".join(items[FOLDED:])
    total = max(answer.items_total, len(answer.items))
    more = f"<details><summary>{total - FOLDED:,} more</summary><ul>{rest}</ul></details>" if rest else ""
    return f'<div class="answer-text listed"><ul>{shown}</ul>{more}</div>'


def _counted(item: Item) -> str:
    return "" if item.count is None else f" &#40;{item.count:,}&#41;"


def _markers(citations: tuple[Citation, ...], number: int) -> str:
    return "".join(marker(one.number, number) for one in citations)
