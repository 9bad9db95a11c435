"""Fit how a yes or no question is decided: whether a sentence settles it, and whether it says yes.

Called by ``training.fit_judged``. A sentence settles a question where its author marked it as the answer; what it
then says is the author's verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from assistant.answers.other_articles import SETTLES
from assistant.answers.yesno import JUDGED_SENTENCES
from assistant.evidence.features import (
    JUDGED_SETTLED_FEATURES,
    SETTLED_FEATURES,
    VERDICT_FEATURES,
)
from assistant.evidence.judged import UNREAD_ANSWER
from assistant.evidence.verdicts import verdict_rows
from assistant.models.judge import Judge

# a judged sentence: its features, whether it is right, and whether the question's answer is yes
Judged = tuple[dict[str, float], bool, bool]
Fit = Callable[[list[list[float]], list[bool], list[float]], list[float]]


def judged_sentences(
    rows: Sequence[Any], ranked: Sequence[Sequence[Any]], judge: Judge
) -> list[list[Judged]]:
    """Judge the first sentences of each yes or no question; none for other kinds."""
    found = []
    for row, order in zip(rows, ranked, strict=True):
        own: list[Judged] = []
        if row.question["kind"] == "yesno" and order:
            leading = order[:JUDGED_SENTENCES]
            features = verdict_rows(
                row.question["question"], leading, row.evidence.ranked, row.evidence.found, judge
            )
            own = [
                (one, (sentence.article.id, sentence.start) in row.right, row.question["verdict"] == "yes")
                for sentence, one in zip(leading, features, strict=True)
            ]
        found.append(own)
    return found


def fit_verdicts(judged: Sequence[Sequence[Judged]], fit: Fit) -> dict[str, list[float]]:
    """Fit the three regressions; what the judge alone tells of settling is fitted where both readers read."""
    every = [one for own in judged for one in own]
    right = [one for one in every if one[1]]
    read = [one for one in every if one[0]["answering"] > UNREAD_ANSWER]
    return {
        "verdict": fit(
            [[row[name] for name in VERDICT_FEATURES] for row, _, _ in right],
            [yes for _, _, yes in right],
            [1.0] * len(right),
        ),
        "settled": fit(
            [[row[name] for name in SETTLED_FEATURES] for row, _, _ in every],
            [settles for _, settles, _ in every],
            [1.0] * len(every),
        ),
        "judged_settled": fit(
            [[row[name] for name in JUDGED_SETTLED_FEATURES] for row, _, _ in read],
            [settles for _, settles, _ in read],
            [1.0] * len(read),
        ),
    }


def decided(own: Sequence[Judged], weights: dict[str, list[float]]) -> tuple[float, float]:
    """Return of the first sentence that settles a question its log odds of yes; and the best odds of settling."""
    settled, says = (
        [
            weights[name][0] + sum(w * row[f] for w, f in zip(weights[name][1:], features, strict=True))
            for row, _, _ in own
        ]
        for name, features in (("settled", SETTLED_FEATURES), ("verdict", VERDICT_FEATURES))
    )
    bound = float(np.log(SETTLES / (1 - SETTLES)))
    first = next((n for n, odds in enumerate(settled) if odds >= bound), int(np.argmax(settled)))
    return says[first], max(settled)


def verdict_figures(rows: Sequence[Any], judged: Sequence[Sequence[Judged]], told: Sequence[Any]) -> None:
    """Print how many verdicts are right, and how many near misses get one."""
    asked = [n for n, own in enumerate(judged) if own]
    able = np.array([rows[n].answerable for n in asked])
    yes = np.array([rows[n].question["verdict"] == "yes" for n in asked])
    says, settles = (np.array([told[n][part] for n in asked]) for part in (0, 1))
    right = (says > 0) == yes
    print(
        f"yes or no: {able.sum()} answerable, {(~able).sum()} near misses; right of all {right[able].mean():.3f}"
    )
    for bound in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        given = settles >= np.log(bound / (1 - bound))
        print(
            f"  settled from {bound}: verdict on {given[able].mean():.3f} of the answerable, right "
            f"{right[given & able].mean():.3f}; on {given[~able].mean():.3f} of the near misses"
        )
