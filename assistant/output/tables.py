"""A comparison as text for a terminal, and as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence

from assistant.types import Citation, Table

WIDTH = 80
"""Columns of a terminal that a table fits."""
NARROWEST_COLUMN = 12
NOT_STATED = "not stated"


def table_lines(table: Table, width: int = WIDTH) -> Iterator[str]:
    """Yield the lines of a table of at most ``width`` columns; long cells are wrapped."""
    rows = [
        ("", *table.columns),
        *((row.label, *(_cell(cell.text, cell.citations) for cell in row.cells)) for row in table.rows),
    ]
    widths = _widths(rows, width)
    for at, row in enumerate(rows):
        wrapped = [textwrap.wrap(text, size) or [""] for text, size in zip(row, widths, strict=True)]
        for line in range(max(map(len, wrapped))):
            cells = (cell[line] if line < len(cell) else "" for cell in wrapped)
            yield "  ".join(text.ljust(size) for text, size in zip(cells, widths, strict=True)).rstrip()
        if at == 0:
            yield "  ".join("-" * size for size in widths)


def table_to_markdown(table: Table, escape: Callable[[str], str]) -> str:
    """Return a table in the form of GitHub's Markdown; ``escape`` makes a text harmless."""
    rows = [("", *table.columns), ("---",) * (len(table.columns) + 1)]
    rows += [(row.label, *(_cell(cell.text, cell.citations) for cell in row.cells)) for row in table.rows]
    return "\n".join(
        "| " + " | ".join(text if at == 1 else escape(" ".join(text.split())) for text in row) + " |"
        for at, row in enumerate(rows)
    )


def _cell(text: str, citations: Sequence[Citation]) -> str:
    markers = "".join(f"[{one.number}]" for one in citations)
    return f"{text} {markers}" if text else NOT_STATED


def _widths(rows: list[tuple[str, ...]], width: int) -> list[int]:
    """Share out the columns: as wide as its longest text, the widest cut until all fit."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    room = width - 2 * (len(widths) - 1)
    while sum(widths) > room and max(widths) > NARROWEST_COLUMN:
        widest = widths.index(max(widths))
        others = sum(widths) - widths[widest]
        second = max([size for at, size in enumerate(widths) if at != widest], default=NARROWEST_COLUMN)
        widths[widest] = max(NARROWEST_COLUMN, room - others, min(second, widths[widest] - 1))
    return widths
