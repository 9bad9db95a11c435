"""Fusion: two rankings of passages made one."""

from __future__ import annotations

from collections.abc import Mapping


def fuse(cosines: Mapping[int, float], bm25: Mapping[int, float]) -> dict[int, float]:
    """Merge two rankings by the mean of their scores, each stretched to 0–1: a dict, best first.

    A convex combination (Bruch, Gai and Ingber 2023, "An analysis of fusion functions for hybrid retrieval").
    ``cosines`` knows every passage; one without a BM25 score gets the lowest.
    """
    near, word = _stretched(cosines), _stretched(bm25)
    scores = {row: (near[row] + word.get(row, 0.0)) / 2 for row in cosines}
    return best_first(scores)


def best_first(scores: Mapping[int, float]) -> dict[int, float]:
    """Order passages by their score, equal ones by their row."""
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def _stretched(scores: Mapping[int, float]) -> dict[int, float]:
    low, high = min(scores.values(), default=0.0), max(scores.values(), default=0.0)
    return {row: (score - low) / (high - low) if high > low else 1.0 for row, score in scores.items()}
