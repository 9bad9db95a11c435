"""Fits the support score of a chat model's sentences (``assistant/models/weights/support.json``).

    python -m training.fit_support DATA

``DATA`` holds ``ragtruth/`` and ``wice/`` (``support_data`` says what they are). Half of RAGTruth's sources are
fitted on, together with WiCE; thresholds are chosen there by cross-validation over sources. The figures that are
printed are of the other half. ``training/README.md`` says what each of them measures.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.metrics import roc_auc_score

from assistant.models.load import load_embedder
from assistant.models.support_score import (
    RESPONSE_FEATURES,
    SUPPORT_FEATURES,
    WEIGHTS,
    logistic,
    response_features,
)
from assistant.settings import Settings
from training.support_data import Flags, Response, Rows, claims, responses

# by cross-validation on the half that is fitted on
PENALTY = {"sentence": 2e-2, "response": 4e-2}
FOLDS = 5
INNER_FOLDS = 3
LOST_SENTENCES = 0.01
FALSE_NOTES = 0.05
SAMPLES = 2000

Numbers = NDArray[np.float64]
Claims = tuple[Rows, Flags]


def fit(features: Rows, supported: Flags, penalty: float) -> Numbers:
    """Fit a logistic regression intercept first."""
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-9
    scaled = (features - mean) / scale
    sign = np.where(supported, 1.0, -1.0)
    weight = np.where(supported, 0.5 / supported.mean(), 0.5 / (1 - supported.mean()))

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        margin = sign * (scaled @ weights[1:] + weights[0])
        slope = -weight * sign * expit(-margin) / len(sign)
        gradient = np.concatenate([[slope.sum()], scaled.T @ slope + 2 * penalty * weights[1:]])
        return float(
            (weight * np.logaddexp(0, -margin)).mean() + penalty * weights[1:] @ weights[1:]
        ), gradient

    found = minimize(loss, np.zeros(features.shape[1] + 1), jac=True, method="L-BFGS-B").x
    slopes = found[1:] / scale
    return np.concatenate([[found[0] - slopes @ mean], slopes])


def fit_sentences(train: Sequence[Response], further: Claims) -> Numbers:
    """Fit the regression of sentences on responses and further claims."""
    rows = np.concatenate([*(one.features for one in train), further[0]])
    unsupported = np.concatenate([*(one.unsupported for one in train), further[1]])
    return fit(rows, ~unsupported, PENALTY["sentence"])


def fit_responses(train: Sequence[Response], further: Claims) -> Numbers:
    """Fit the regression of responses, on sentences scored by weights that have not seen them."""
    held = [
        (one, fit_sentences(others, further)) for others, fold in folds(train, INNER_FOLDS) for one in fold
    ]
    rows = np.array([response_features(one.features, one.failures, list(weights)) for one, weights in held])
    return fit(rows, np.array([one.bad for one, _ in held]), PENALTY["response"])


def folds(train: Sequence[Response], count: int) -> Iterator[tuple[list[Response], list[Response]]]:
    """Split responses by their source: each time the others, and a fold that is kept from them."""
    for number in range(count):
        kept = [int(one.source[:8], 16) % count == number for one in train]
        yield (
            [one for one, apart in zip(train, kept, strict=True) if not apart],
            [one for one, apart in zip(train, kept, strict=True) if apart],
        )


def f1(bad: Flags, said: Flags) -> float:
    """Return the F1 of spotting unsupported responses."""
    return float(2 * (bad & said).sum() / max(1, bad.sum() + said.sum()))


def best_threshold(bad: Flags, scores: Numbers) -> float:
    """Choose the score from which something is called unsupported."""
    return float(max(np.quantile(scores, np.linspace(0.02, 0.98, 97)), key=lambda t: f1(bad, scores >= t)))


class Score:
    """The two regressions, and what they make of responses."""

    def __init__(self, train: Sequence[Response], further: Claims) -> None:
        self.sentence = [round(float(one), 5) for one in fit_sentences(train, further)]
        self.response = [round(float(one), 5) for one in fit_responses(train, further)]

    def supports(self, rows: Sequence[Sequence[float]] | Rows) -> Numbers:
        """Return how likely each sentence is supported."""
        return np.array([logistic(self.sentence, row) for row in rows])

    def doubt(self, rows: Sequence[Sequence[float]] | Rows, gate_failures: int) -> float:
        """Return how likely a response holds something unsupported."""
        return logistic(self.response, response_features(np.array(rows), gate_failures, self.sentence))


def thresholds(train: Sequence[Response], further: Claims) -> dict[str, float]:
    """Choose the bounds by scores of responses whose sources the regressions have not seen."""
    bad: list[bool] = []
    unsupported: list[bool] = []
    doubts: list[float] = []
    chances: list[float] = []
    kept: list[float] = []
    notes: list[float] = []
    for others, fold in folds(train, FOLDS):
        score = Score(others, further)
        for one in fold:
            bad.append(one.bad)
            doubts.append(score.doubt(one.features, one.failures))
            unsupported.extend(one.unsupported)
            chances.extend(score.supports(one.features))
            right = ~one.unsupported[one.kept]
            kept.extend(score.supports(one.kept_alone)[right] if one.kept else [])
            if one.kept and right.all():
                notes.append(score.doubt(one.kept_together, 0))
    known, scores = np.array(bad), np.array(doubts)
    response = best_threshold(known, scores)
    print(
        f"by cross-validation: AUC sentences {roc_auc_score(~np.array(unsupported), chances):.3f}, "
        f"responses {roc_auc_score(known, scores):.3f}, F1 {f1(known, scores >= response):.3f}"
    )
    return {
        "sentence": round(float(np.quantile(kept, LOST_SENTENCES)), 4),
        "note": round(float(np.quantile(notes, 1 - FALSE_NOTES)), 4),
        "response": round(response, 4),
    }


def report(dev: Sequence[Response], score: Score, bounds: dict[str, float]) -> None:
    """Print the figures on responses that were kept apart."""
    bad = np.array([one.bad for one in dev])
    gated = np.array([not one.gate.all() for one in dev])
    doubts = np.array([score.doubt(one.features, one.failures) for one in dev])
    said = doubts >= bounds["response"]
    marked = np.concatenate([one.unsupported for one in dev])
    chances = np.concatenate([score.supports(one.features) for one in dev])
    print(f"{len(dev)} responses kept apart, {bad.mean():.3f} of them unsupported")
    print(f"AUC: sentences {roc_auc_score(~marked, chances):.3f}, responses {roc_auc_score(bad, doubts):.3f}")
    print(
        f"F1 of spotting unsupported responses: exact gate {f1(bad, gated):.3f}, score {f1(bad, said):.3f}, "
        f"calling every one unsupported {f1(bad, np.ones_like(bad)):.3f}"
    )
    for group in sorted({one.group for one in dev}):
        chosen = np.array([one.group == group for one in dev])
        figures = (f1(bad[chosen], one[chosen]) for one in (gated, said, np.ones_like(bad)))
        print(f"  {group}: gate, score, every one: {', '.join(f'{one:.3f}' for one in figures)}")
    ahead = interval(lambda at: f1(bad[at], said[at]) - f1(bad[at], gated[at]), len(dev))
    print(f"  difference, 95 % interval: {ahead}")
    report_run_time(dev, score, bounds)


def report_run_time(dev: Sequence[Response], score: Score, bounds: dict[str, float]) -> None:
    """Print what becomes of the same responses as drafts of answers, by the gate alone and with the score."""
    bad = np.array([one.bad for one in dev])
    gate, scored, noted = [], [], []
    for one in dev:
        left = np.isin(np.arange(len(one.gate)), one.kept)
        enough = score.supports(one.kept_alone) >= bounds["sentence"]
        still = left.copy()
        still[one.kept] = enough
        rows = [row for row, stays in zip(one.kept_together, enough, strict=True) if stays]
        gate.append(~left)
        scored.append(~still)
        noted.append(bool(rows) and score.doubt(rows, 0) >= bounds["note"])
    doubted = np.array(noted)
    marked = np.concatenate([one.unsupported for one in dev])
    print("at run time, every passage cited:")
    for name, removed in (("gate alone", gate), ("gate and score", scored)):
        gone = np.concatenate(removed)
        print(
            f"  {name}: of sentences removed, unsupported {gone[marked].mean():.3f}, supported "
            f"{gone[~marked].mean():.3f}; unsupported of what is left {marked[~gone].mean():.4f} "
            f"({int(marked[~gone].sum())} of {int((~gone).sum())})"
        )
    alone, together = (
        np.array([(one.unsupported & gone).any() for one, gone in zip(dev, removed, strict=True)])
        for removed in (gate, scored)
    )
    caught = together | doubted
    print(
        f"  unsupported responses with an unsupported sentence removed: {alone[bad].mean():.3f} by the gate, "
        f"{together[bad].mean():.3f} with the score, removed or doubted {caught[bad].mean():.3f}"
    )
    places = np.flatnonzero(bad)
    gained = interval(lambda at: float(caught[places[at]].mean() - alone[places[at]].mean()), len(places))
    print(f"  difference, 95 % interval: {gained}")
    shown = np.array([bool((~gone).any()) for gone in scored])
    wrong = np.array([bool((one.unsupported & ~gone).any()) for one, gone in zip(dev, scored, strict=True)])
    print(
        f"  answers still with an unsupported sentence {int(wrong.sum())} of {int(shown.sum())}, doubted "
        f"{doubted[wrong].mean():.3f}; doubted of the others {doubted[shown & ~wrong].mean():.3f}"
    )


def interval(measure: Callable[[NDArray[np.int64]], float], count: int) -> str:
    """Bootstrap a measure of chosen places."""
    chance = np.random.default_rng(20240917)
    found = np.sort([measure(chance.integers(0, count, count)) for _ in range(SAMPLES)])
    return f"{found[int(0.025 * SAMPLES)]:+.3f} to {found[int(0.975 * SAMPLES)]:+.3f}"


def stored(score: Score, bounds: dict[str, float]) -> dict[str, Any]:
    """Put weights and thresholds into the form of the file."""
    return {
        "features": {
            "sentence": ["intercept", *SUPPORT_FEATURES],
            "response": ["intercept", *RESPONSE_FEATURES],
        },
        "weights": {"sentence": score.sentence, "response": score.response},
        "thresholds": bounds,
    }


def main() -> int:
    """Fit, print the figures, and write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    arguments = parser.parse_args()
    embedder = load_embedder(Settings())
    found = [
        one
        for name in ("qa", "summary")
        for one in responses(arguments.data / "ragtruth" / f"ragtruth_{name}.jsonl", embedder)
    ]
    further = claims(arguments.data / "wice" / "dev.jsonl", embedder)
    train, dev = ([one for one in found if one.fitting is half] for half in (True, False))
    bounds = thresholds(train, further)
    score = Score(train, further)
    report(dev, score, bounds)
    WEIGHTS.write_text(json.dumps(stored(score, bounds), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
