"""How far a confidence can be believed: its precision at each threshold, and a drawing of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def precisions(chances: NDArray[np.float64], right: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """List confidences with the share of right answers among those at least as confident, rising."""
    listed: list[tuple[float, float]] = []
    for threshold in np.arange(0.02, 0.99, 0.02):
        kept = chances >= threshold
        if kept.sum() >= 40 and (not listed or right[kept].mean() > listed[-1][0]):
            listed.append((round(float(right[kept].mean()), 3), round(float(threshold), 2)))
    return listed


def draw_reliability(chances: NDArray[np.float64], answerable: NDArray[np.bool_], path: Path) -> None:
    """Draw the share of answerable questions by confidence, in ten bins, as SVG."""
    from matplotlib import pyplot

    bins = np.minimum((chances * 10).astype(int), 9)
    known = [number for number in range(10) if (bins == number).sum() >= 5]
    figure, axes = pyplot.subplots(figsize=(4.5, 3.5))
    axes.plot([0, 1], [0, 1], color="#999999", linewidth=1)
    shares = [answerable[bins == number].mean() for number in known]
    axes.plot([chances[bins == number].mean() for number in known], shares, marker="o", color="#1f5f8b")
    axes.set_xlabel("confidence")
    axes.set_ylabel("share that the passages answer")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
