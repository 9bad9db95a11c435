"""How well what was fitted tells answers, refusals and short answers apart; printed by ``training.fit_judged``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

SHORT = {"who", "when", "where", "how_many", "name"}
SHOWN = 0.7


def figures(rows: Sequence[Any], told: Sequence[tuple[float, float, bool, bool, bool]]) -> None:
    """Print how well answers and refusals, and short answers shown, can be told apart."""
    answers, shorts, right, stated, able = (np.array(column) for column in zip(*told, strict=True))
    kinds = np.array([row.question["kind"] in SHORT for row in rows])
    asked = kinds & np.array([bool(row.question["short"]) for row in rows])
    near = ~able
    telling = roc_auc_score(able, answers)
    print(f"answerable or near miss, AUC {telling:.3f}; the first three hold it {stated[able].mean():.3f}")
    first, telling = right[asked & able].mean(), roc_auc_score(right[asked | near], shorts[asked | near])
    print(f"short answer right first {first:.3f}; right or wrong, AUC {telling:.3f}")
    for t in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        shown = answers >= t
        print(
            f"  answers at {t}: of the answerable {shown[able].mean():.3f}, near misses refused "
            f"{np.mean(~shown[near]):.3f}, right of what is answered {np.mean(stated[shown] & able[shown]):.3f}"
        )
    for t in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        bold = kinds & (answers >= SHOWN) & (shorts >= t)
        print(
            f"  bold at {t}, where answered from {SHOWN}: on {bold[asked & able].mean():.3f} of the answerable "
            f"short ones, right of all bold {right[bold].mean() if bold.any() else 0:.3f} of {bold.sum()}"
        )


def precisions(chances: NDArray[np.float64], right: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """List confidences with the share of right answers among those at least as confident, rising."""
    listed: list[tuple[float, float]] = []
    for threshold in np.arange(0.02, 0.99, 0.02):
        kept = chances >= threshold
        if kept.sum() >= 40 and (not listed or right[kept].mean() > listed[-1][0]):
            listed.append((round(float(right[kept].mean()), 3), round(float(threshold), 2)))
    return listed
