"""Small plots as inline SVG, coloured by the page's style sheet, with a tooltip on every mark."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from assistant.evaluation.metrics import percentile

_WIDTH, _HEIGHT = 460, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 14, 12, 40
_LABEL_WIDTH = 150
_BINS = 24


def line_chart(
    series: Mapping[str, Sequence[tuple[float, float]]],
    *,
    x_label: str,
    y_label: str,
    x_ticks: Sequence[float],
) -> Markup:
    """Draw lines of (x, y) points with y from 0 to 1, several named in a legend; x spans the ticks."""
    left, right = min(x_ticks), max(x_ticks)
    parts = [_axes(x_ticks, [0, 0.25, 0.5, 0.75, 1], x_label, y_label)]
    for number, (name, points) in enumerate(series.items(), start=1):
        placed = [(_x(x, left, right), _y(y, 1)) for x, y in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        parts.append(_tag("polyline", points=path, css=f"line s{number}"))
        radius = 3.5 if len(points) <= 60 else 1.5
        for (x, y), (px, py) in zip(points, placed, strict=True):
            title = _tag("title", f"{name}: {y:.3f} at {x:.3g}")
            parts.append(_tag("circle", title, cx=px, cy=py, r=radius, css=f"s{number}"))
    if len(series) > 1:
        parts += _legend(list(series))
    return _svg(parts, _HEIGHT, f"{y_label} by {x_label}")


def histogram(values: Sequence[float], *, x_label: str, lines: Mapping[str, float]) -> Markup:
    """Draw how values (0 or more) spread, with named vertical lines; the last bar holds the longest tail."""
    top = _round_up(max(percentile(values, 0.99), *lines.values()))
    counts = [0] * _BINS
    for value in values:
        counts[min(int(value / top * _BINS), _BINS - 1)] += 1
    highest = max(counts)
    parts = [_axes([top * share / 4 for share in range(5)], [0, highest], x_label, "questions")]
    width = (_WIDTH - _LEFT - _RIGHT) / _BINS
    for number, count in enumerate(counts):
        end = "more" if number == _BINS - 1 else f"{top * (number + 1) / _BINS:.4g}"
        title = _tag("title", f"{top * number / _BINS:.4g} to {end}: {count}")
        y = _y(count, highest)
        x = _LEFT + width * number
        parts.append(_tag("rect", title, x=x, y=y, width=width - 1, height=_HEIGHT - _BOTTOM - y, css="s1"))
    for number, (name, value) in enumerate(lines.items()):
        x = _x(value, 0, top)
        parts.append(_tag("line", x1=x, x2=x, y1=_TOP, y2=_HEIGHT - _BOTTOM, css="mark"))
        anchor, shift = ("start", 4) if x < _WIDTH * 0.7 else ("end", -4)
        note = f"{name} {value:.0f}"
        parts.append(
            _tag("text", note, x=x + shift, y=_TOP + 10 + 13 * number, text_anchor=anchor, css="note")
        )
    return _svg(parts, _HEIGHT, f"How {x_label} spreads")


def stacked_bars(rows: Mapping[str, Mapping[str, int]]) -> Markup:
    """Draw a bar for each row, split into the shares of its kinds; a kind is also the class of its part."""
    height = 24
    parts = []
    for number, (name, counts) in enumerate(rows.items()):
        total, x, y = sum(counts.values()), float(_LABEL_WIDTH), 4 + height * number
        label = name if len(name) <= 22 else name[:21] + "…"
        parts.append(
            _tag("text", label, _tag("title", name), x=_LABEL_WIDTH - 8, y=y + 13, text_anchor="end")
        )
        for kind, count in counts.items():
            width = (_WIDTH - _LABEL_WIDTH - 36) * count / total
            title = _tag("title", f"{name}: {count} of {total} {kind.replace('_', ' ')}")
            parts.append(
                _tag("rect", title, x=x, y=y, width=max(width - 1, 0.5), height=17, css=f"part {kind}")
            )
            x += width
        parts.append(_tag("text", str(total), x=x + 5, y=y + 13))
    return _svg(parts, 8 + height * len(rows), "Verdicts by category")


def _legend(names: Sequence[str]) -> list[Markup]:
    parts = []
    for number, name in enumerate(names, start=1):
        y = _HEIGHT - _BOTTOM - 16 * (len(names) - number)
        parts.append(_tag("rect", x=_WIDTH - 190, y=y - 18, width=10, height=10, css=f"s{number}"))
        parts.append(_tag("text", name, x=_WIDTH - 175, y=y - 9))
    return parts


def _axes(x_ticks: Sequence[float], y_ticks: Sequence[float], x_label: str, y_label: str) -> Markup:
    parts = []
    for tick in y_ticks:
        y = _y(tick, max(y_ticks))
        parts.append(_tag("line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y, css="grid"))
        parts.append(_tag("text", f"{tick:g}", x=_LEFT - 6, y=y + 4, text_anchor="end"))
    for tick in x_ticks:
        x = _x(tick, min(x_ticks), max(x_ticks))
        parts.append(_tag("text", f"{tick:.4g}", x=x, y=_HEIGHT - _BOTTOM + 16, text_anchor="middle"))
    middle_x = (_LEFT + _WIDTH - _RIGHT) / 2
    middle_y = (_TOP + _HEIGHT - _BOTTOM) / 2
    parts.append(_tag("text", x_label, x=middle_x, y=_HEIGHT - 6, text_anchor="middle", css="label"))
    turned = f"translate(12 {middle_y:g}) rotate(-90)"
    parts.append(_tag("text", y_label, transform=turned, text_anchor="middle", css="label"))
    return Markup("").join(parts)


def _svg(parts: Sequence[Markup], height: int, title: str) -> Markup:
    return _tag("svg", *parts, role="img", viewBox=f"0 0 {_WIDTH} {height}", aria_label=title)


def _tag(name: str, *children: str, css: str | None = None, **attributes: str | float) -> Markup:
    """Return an element with everything in it escaped that is not markup already."""
    given = {"class": css} if css else {}
    given |= {
        key.replace("_", "-"): value if isinstance(value, str) else f"{value:.1f}"
        for key, value in attributes.items()
    }
    written = Markup("").join(Markup(' {}="{}"').format(key, value) for key, value in given.items())
    return Markup("<{0}{1}>{2}</{0}>").format(name, written, Markup("").join(children))


def _x(value: float, left: float, right: float) -> float:
    return _LEFT + (value - left) / ((right - left) or 1) * (_WIDTH - _LEFT - _RIGHT)


def _y(value: float, highest: float) -> float:
    return _HEIGHT - _BOTTOM - value / (highest or 1) * (_HEIGHT - _TOP - _BOTTOM)


def _round_up(value: float) -> float:
    magnitude = 10.0 ** math.floor(math.log10(max(value, 1e-3)))
    return next(step * magnitude for step in (1, 2, 4, 6, 8, 10) if step * magnitude >= value)
