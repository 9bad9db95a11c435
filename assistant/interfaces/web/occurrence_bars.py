"""A table of counts whose rows are bars; the numbers beside them say the same to those who see no bars."""

from __future__ import annotations

from assistant.interfaces.web.escaped import bdi, escape
from assistant.types import Row, Table


def occurrence_bars(table: Table, caption: str) -> str:
    """Return a table of whole numbers with a bar a row, the longest for the most of its first column."""
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in ("In", *table.columns))
    most = max(int(row.cells[0].text) for row in table.rows)
    rows = "".join(_bar_row(row, most) for row in table.rows)
    return (
        f'<table class="occurrences"><caption>{bdi(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _bar_row(row: Row, most: int) -> str:
    first, *others = (int(cell.text) for cell in row.cells)
    bar = (
        '<svg height="8" aria-hidden="true">'
        f'<rect class="bar" width="{100 * first / max(most, 1):.1f}%" height="8"></rect></svg>'
    )
    cells = "".join(f"<td>{escape(f'{count:,}')}</td>" for count in others)
    counted = f'<div class="counted"><span>{escape(f"{first:,}")}</span>{bar}</div>'
    return f'<tr><th scope="row">{bdi(row.label)}</th><td>{counted}</td>{cells}</tr>'
