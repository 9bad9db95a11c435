"""What got better and what got worse between two reports, question by question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.errors import QuestionSetError
from assistant.evaluation.evaluate import Report

RESAMPLES = 2_000
SEED = 20_250_701
_WORTH = {"right": 1, "not_attempted": 0, "unscored": 0, "wrong": -1, "error": -2}


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric before and after, over the ``pairs`` questions that both reports score.

    ``low`` and ``high`` bound the mean difference with 95 % confidence.
    """

    metric: str
    old: float
    new: float
    low: float
    high: float
    pairs: int

    @property
    def certain(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A question whose verdict changed, from what to what."""

    id: str
    question: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports side by side; ``only_old`` and ``only_new`` are ids of questions that one of them lacks."""

    differences: tuple[Difference, ...]
    better: tuple[VerdictChange, ...]
    worse: tuple[VerdictChange, ...]
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()


def compare_reports(old: Mapping[str, Any], new: Report) -> Comparison:
    """Compare an earlier ``report.json`` with a report, over the questions that they share.

    Raises:
        QuestionSetError: the earlier report has another form, or shares no question.
    """
    before = _questions(old)
    after = {result.example.id: result for result in new.results}
    shared = [
        name
        for name, result in after.items()
        if name in before and before[name]["question"] == result.example.question
    ]
    if not shared:
        raise QuestionSetError("the reports share no question; compare reports of the same question set")
    metrics = dict.fromkeys(name for result in after.values() for name in result.scores)
    differences = []
    for metric in metrics:
        pairs = [
            (float(before[name]["scores"][metric]), after[name].scores[metric])
            for name in shared
            if metric in before[name]["scores"] and metric in after[name].scores
        ]
        if pairs:
            differences.append(_difference(metric, pairs))
    changes = [
        VerdictChange(name, after[name].example.question, before[name]["verdict"], after[name].verdict)
        for name in shared
        if before[name]["verdict"] != after[name].verdict
    ]
    return Comparison(
        differences=tuple(differences),
        better=tuple(change for change in changes if _gain(change) > 0),
        worse=tuple(change for change in changes if _gain(change) < 0),
        only_old=tuple(name for name in before if name not in shared),
        only_new=tuple(name for name in after if name not in shared),
    )


def paired_bootstrap(differences: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % interval of the mean of paired differences; the same input gives the same interval.

    Source: percentile bootstrap (Efron 1979), paired by question (Koehn 2004, EMNLP); 2,000
    resamples, seeded.
    """
    values = np.asarray(differences, dtype=np.float64)
    generator = np.random.default_rng(SEED)
    weights = generator.multinomial(len(values), np.full(len(values), 1 / len(values)), size=RESAMPLES)
    low, high = np.percentile(weights @ values / len(values), [2.5, 97.5])
    return float(low), float(high)


def _difference(metric: str, pairs: Sequence[tuple[float, float]]) -> Difference:
    low, high = paired_bootstrap([new - old for old, new in pairs])
    count = len(pairs)
    return Difference(
        metric, sum(old for old, _ in pairs) / count, sum(new for _, new in pairs) / count, low, high, count
    )


def _gain(change: VerdictChange) -> int:
    return _WORTH.get(change.new, 0) - _WORTH.get(change.old, 0)


def _questions(report: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    try:
        rows = {row["id"]: row for row in report["questions"]}
        complete = all({"question", "verdict", "scores"} <= row.keys() for row in rows.values())
    except (KeyError, TypeError, AttributeError):
        complete = False
    if not complete:
        raise QuestionSetError("the earlier report has another form; make it again with evaluate --out")
    return rows
