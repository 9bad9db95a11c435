"""What ``find`` counted, as a table whose rows are bars."""

from __future__ import annotations

from assistant.interfaces.web.escaped import bdi, escape
from assistant.retrieval.find import FindResult, OccurrenceCount

MOST_BARS = 40


def occurrence_bars(found: FindResult) -> str:
    """Return the groups as a table with a bar a row, the longest for the most; at most ``MOST_BARS`` rows."""
    total = f"{found.total:,} in {found.articles:,} {'article' if found.articles == 1 else 'articles'}"
    caption = f"{', '.join(map(bdi, found.spellings))}{escape(': ')}{escape(total)}"
    if not found.groups:
        return f'<p class="occurrences">{caption}</p>'
    most = max(group.total for group in found.groups)
    rows = "".join(_bar_row(group, most) for group in found.groups[:MOST_BARS])
    left = len(found.groups) - MOST_BARS
    more = f"<p>{escape(f'{left:,} more rows are not shown.')}</p>" if left > 0 else ""
    return (
        f'<table class="occurrences"><caption>{caption}</caption>'
        '<thead><tr><th scope="col">In</th><th scope="col">Occurrences</th><th scope="col">Articles</th></tr>'
        f"</thead><tbody>{rows}</tbody></table>{more}"
    )


def _bar_row(group: OccurrenceCount, most: int) -> str:
    value = bdi(group.value) if group.value else "unknown"
    bar = (
        '<svg width="100%" height="8" aria-hidden="true">'
        f'<rect class="bar" width="{100 * group.total / most:.1f}%" height="8"></rect></svg>'
    )
    return (
        f'<tr><th scope="row">{value}</th><td>{escape(f"{group.total:,}")}{bar}</td>'
        f"<td>{escape(f'{group.articles:,}')}</td></tr>"
    )
