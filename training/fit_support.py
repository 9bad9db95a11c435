"""Fits the support score of a chat model's sentences (``assistant/support.json``).

    python -m training.fit_support DATA

``DATA`` holds ``ragtruth/``: responses of language models with the spans marked that their source does not support.
A sentence with a marked span is unsupported, and so is a response with one. Half of the sources (by a hash of their
text) are for fitting, the other half for the figures that are printed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.metrics import roc_auc_score
from tqdm import tqdm

from assistant.check import supports
from assistant.datamodels import Article, Citation
from assistant.models import Embedder, load_embedder
from assistant.passages import split_sentences
from assistant.settings import Settings
from assistant.support import (
    RESPONSE_FEATURES,
    SUPPORT_FEATURES,
    WEIGHTS,
    doubt,
    probability,
    response_features,
    stored_weights,
    support_features,
)
from assistant.words import content_words

# by cross-validation on the half that is fitted on
PENALTY = {"sentence": 5e-3, "response": 4e-2}
SAMPLES = 2000


@dataclass
class Response:
    """A response: the features of its sentences, which are unsupported, and what the exact gate says of each."""

    features: NDArray[np.float64]
    unsupported: NDArray[np.bool_]
    gate: NDArray[np.bool_]
    fitting: bool
    group: str

    @property
    def bad(self) -> bool:
        """Whether any sentence is unsupported."""
        return bool(self.unsupported.any())


def ground_of(row: dict[str, Any]) -> str:
    """Return the text that a response was to keep to."""
    source = row["source"]
    return source if isinstance(source, str) else f"{source['question']}\n{source['passages']}"


def load(path: Path, embedder: Embedder) -> list[Response]:
    """Describe the sentences of every response."""
    found = []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in tqdm(rows, desc=path.stem):
        ground = ground_of(row)
        parts = [ground[one.start : one.end] for one in split_sentences(ground)]
        vectors = embedder.embed_passages(parts)
        digest = hashlib.sha256(ground.encode()).hexdigest()
        fitting = int(digest, 16) % 2 == 0
        article = Article("source", ground, path="memory:source", sha256=digest)
        whole = Citation(1, article, 0, len(ground), ground)
        for response in row["responses"]:
            text = response["response"]
            spans = [
                one
                for one in split_sentences(text)
                if content_words(text[one.start : one.end]) and len(text[one.start : one.end].split()) > 2
            ]
            if not spans:
                continue
            own = embedder.embed_passages([text[one.start : one.end] for one in spans])
            found.append(
                Response(
                    np.array(
                        [
                            support_features(text[one.start : one.end], parts, vector, vectors, embedder)
                            for one, vector in zip(spans, own, strict=True)
                        ]
                    ),
                    np.array(
                        [
                            any(
                                label["start"] < one.end and one.start < label["end"]
                                for label in response["labels"]
                            )
                            for one in spans
                        ]
                    ),
                    np.array([supports([whole], text[one.start : one.end]) for one in spans]),
                    fitting,
                    path.stem,
                )
            )
    return found


def fit(features: NDArray[np.float64], supported: NDArray[np.bool_], penalty: float) -> NDArray[np.float64]:
    """Fit a logistic regression intercept first."""
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-9
    scaled = (features - mean) / scale
    sign = np.where(supported, 1.0, -1.0)
    weight = np.where(supported, 0.5 / supported.mean(), 0.5 / (1 - supported.mean()))

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (scaled @ weights[1:] + weights[0])
        slope = -weight * sign * expit(-margin) / len(sign)
        gradient = np.concatenate([[slope.sum()], scaled.T @ slope + 2 * penalty * weights[1:]])
        return float(
            (weight * np.logaddexp(0, -margin)).mean() + penalty * weights[1:] @ weights[1:]
        ), gradient

    found = minimize(loss, np.zeros(features.shape[1] + 1), jac=True, method="L-BFGS-B").x
    slopes = found[1:] / scale
    return np.concatenate([[found[0] - slopes @ mean], slopes])


def f1(bad: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    """Return the F1 of spotting unsupported responses."""
    return float(2 * (bad & said).sum() / max(1, bad.sum() + said.sum()))


def doubts(responses: Sequence[Response]) -> NDArray[np.float64]:
    """Return the doubt of each response, by the weights as they stand."""
    return np.array([doubt(one.features.tolist(), int((~one.gate).sum())) for one in responses])


def best_threshold(bad: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    """Choose the score from which something is called unsupported."""
    return float(max(np.quantile(scores, np.linspace(0.02, 0.98, 97)), key=lambda t: f1(bad, scores >= t)))


def fitted(train: Sequence[Response]) -> dict[str, Any]:
    """Fit the regressions of sentences and of responses, with their thresholds; they stand from then on."""
    rows = np.concatenate([one.features for one in train])
    marked = np.concatenate([one.unsupported for one in train])
    stored = stored_weights()
    stored["weights"] = {"sentence": [round(float(w), 5) for w in fit(rows, ~marked, PENALTY["sentence"])]}
    described = np.array([response_features(one.features, int((~one.gate).sum())) for one in train])
    bad = np.array([one.bad for one in train])
    stored["weights"]["response"] = [round(float(w), 5) for w in fit(described, bad, PENALTY["response"])]
    unsupported = np.array([1 - probability("sentence", row) for row in rows])
    stored["thresholds"] = {
        "sentence": round(1 - best_threshold(marked, unsupported), 4),
        "response": round(best_threshold(bad, doubts(train)), 4),
    }
    stored["features"] = {
        "sentence": ["intercept", *SUPPORT_FEATURES],
        "response": ["intercept", *RESPONSE_FEATURES],
    }
    return stored


def report(dev: Sequence[Response], threshold: float) -> None:
    """Print the figures on responses that were kept apart."""
    bad = np.array([one.bad for one in dev])
    gated = np.array([not one.gate.all() for one in dev])
    scores = doubts(dev)
    said = scores >= threshold
    rows, marked = (
        np.concatenate([getattr(one, name) for one in dev]) for name in ("features", "unsupported")
    )
    supported = [probability("sentence", row) for row in rows]
    print(f"{len(dev)} responses kept apart, {bad.mean():.3f} of them unsupported")
    print(
        f"AUC: sentences {roc_auc_score(~marked, supported):.3f}, responses {roc_auc_score(bad, scores):.3f}"
    )
    print(
        f"F1 of spotting unsupported responses: exact gate {f1(bad, gated):.3f}, score {f1(bad, said):.3f}, ",
        end="",
    )
    print(f"calling every one unsupported {f1(bad, np.ones_like(bad)):.3f}")
    for group in sorted({one.group for one in dev}):
        chosen = np.array([one.group == group for one in dev])
        figures = f1(bad[chosen], gated[chosen]), f1(bad[chosen], said[chosen])
        print(f"  {group}: gate {figures[0]:.3f}, score {figures[1]:.3f}")
    chance = np.random.default_rng(20240917)
    drawn = [chance.integers(0, len(dev), len(dev)) for _ in range(SAMPLES)]
    differences = np.sort([f1(bad[one], said[one]) - f1(bad[one], gated[one]) for one in drawn])
    low, high = differences[int(0.025 * SAMPLES)], differences[int(0.975 * SAMPLES)]
    print(f"  difference, 95 % interval: {low:+.3f} to {high:+.3f}")


def main() -> int:
    """Fit, print the figures, and write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    arguments = parser.parse_args()
    embedder = load_embedder(Settings())
    folder = arguments.data / "ragtruth"
    responses = [
        one for name in ("qa", "summary") for one in load(folder / f"ragtruth_{name}.jsonl", embedder)
    ]
    train, dev = ([one for one in responses if one.fitting is half] for half in (True, False))
    stored = fitted(train)
    report(dev, stored["thresholds"]["response"])
    WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
