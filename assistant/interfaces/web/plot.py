"""Events on an axis of time, as a small drawing whose dots lead to the entries below it.

The sanitizer of the page drops ``viewBox``, ``role`` and ``aria-label`` of a drawing: so places are percentages,
and its names are ``<title>`` elements and the caption of the figure. A dot is a plain link, and needs no script.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from textwrap import shorten

from assistant.interfaces.web.escaped import escape
from assistant.text.periods import in_words
from assistant.types import Event

FEWEST_DOTS = 2
LANES = 8
LANE_PIXELS = 24
LABEL_PIXELS = 26
LANE_GAP = 7.5  # per cent of the width; two dots that are nearer than this stand one above the other
AXIS_START, AXIS_END = 10.0, 90.0  # per cent of the width, between which the axis lies
MOST_TICKS = 4
DOT_CHARACTERS = 140
_STEPS_OF_DAYS = (1, 2, 7, 14)
_STEPS_OF_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000, 48_000)


def plot(events: Sequence[Event], turn: int) -> str:
    """Return the events as dots on an axis, or nothing where fewer than two are of a known year."""
    dated = [(place, event) for place, event in enumerate(events, start=1) if not event.period.yearless]
    if len(dated) < FEWEST_DOTS:
        return ""
    first = min(event.period.start for _, event in dated).toordinal()
    last = max(event.period.end for _, event in dated).toordinal()
    lanes: list[float] = []
    placed = []
    for place, event in dated:
        start, end = (_across(day, first, last) for day in (event.period.start, event.period.end))
        lane = next((lane for lane, taken in enumerate(lanes) if start - taken >= LANE_GAP), len(lanes))
        lane = min(lane, LANES - 1)
        lanes[lane : lane + 1] = [end]
        placed.append((lane, start, end, place, event))
    axis = len(lanes) * LANE_PIXELS + 4
    dots = "".join(
        _dot(axis - 16 - lane * LANE_PIXELS, start, end, f"#event-{turn}-{place}", event)
        for lane, start, end, place, event in placed
    )
    ticks = "".join(
        f'<line class="tick" x1="{x:.1f}%" x2="{x:.1f}%" y1="{axis}" y2="{axis + 5}"></line>'
        f'<text x="{x:.1f}%" y="{axis + 19}" text-anchor="middle">{escape(label)}</text>'
        for x, label in _ticks(first, last)
    )
    return (
        '<figure class="plot"><figcaption>When it happened</figcaption>'
        f'<svg width="100%" height="{axis + LABEL_PIXELS}">'
        f'<line class="axis" x1="{AXIS_START / 2}%" x2="{(AXIS_END + 100) / 2}%" y1="{axis}" y2="{axis}"></line>'
        f"{ticks}{dots}</svg></figure>"
    )


def _dot(y: int, start: float, end: float, address: str, event: Event) -> str:
    words = shorten(event.citations[0].quote, DOT_CHARACTERS, placeholder=" …")
    lasting = (
        f'<line class="lasting" x1="{start:.1f}%" x2="{end:.1f}%" y1="{y}" y2="{y}"></line>'
        if end > start
        else ""
    )
    x = f"{start:.1f}%"
    return (
        f'<a class="dot" href="{address}"><title>{escape(f"{in_words(event.period)}: {words}")}</title>{lasting}'
        f'<circle class="touch" cx="{x}" cy="{y}" r="12"></circle><circle cx="{x}" cy="{y}" r="6.5"></circle></a>'
    )


def _across(day: datetime.date, first: int, last: int) -> float:
    """Return the place of a day between the first and the last, in per cent of the width."""
    if first == last:
        return 50.0
    return AXIS_START + (AXIS_END - AXIS_START) * (day.toordinal() - first) / (last - first)


def _ticks(first: int, last: int) -> Iterator[tuple[float, str]]:
    """Yield the places and labels of the ticks, at the smallest step of days, months or years that fits."""
    start, end = datetime.date.fromordinal(first), datetime.date.fromordinal(last)
    for step in _STEPS_OF_DAYS:
        days = range(first, last + 1, step)
        if len(days) <= MOST_TICKS:
            for at in days:
                day = datetime.date.fromordinal(at)
                yield _across(day, first, last), f"{day.day} {day:%b} {day.year}"
            return
    first_month = start.year * 12 + start.month - 1
    begins, ends = first_month + (start.day > 1), end.year * 12 + end.month
    for step in _STEPS_OF_MONTHS:
        begun = range(-(-begins // step) * step, ends, step)
        if len(begun) <= MOST_TICKS:
            break
    for month in begun or [first_month]:
        day = max(_begin(month), start)
        yield _across(day, first, last), str(day.year) if step >= 12 and begun else f"{day:%b} {day.year}"


def _begin(month: int) -> datetime.date:
    return datetime.date(month // 12, month % 12 + 1, 1)
