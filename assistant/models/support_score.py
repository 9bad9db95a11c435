"""How likely words support sentences that were not copied from them: features and two logistic regressions.

Fitted by ``training/fit_support.py`` on sentences of language models in which people marked what their source
does not support (RAGTruth, Niu et al. 2024). It catches what an exact gate cannot: words that are all there,
put together to say something else, and words that are not.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.models.embedder import Embedder
from assistant.text.facts import moments, quantities
from assistant.text.sentences import split_sentences
from assistant.text.tokens import STOP_WORDS, content_words, names, same_word, stem, tokens

WEIGHTS = Path(__file__).parent / "weights" / "support.json"
SUPPORT_FEATURES = (
    "cosine", "cosines", "coverage", "best_coverage", "pairs", "triples", "soft", "weakest", "names_missing",
    "figures_missing", "length", "hedged",
)  # fmt: skip
RESPONSE_FEATURES = (
    "worst", "second", "mean", "mean_log", "sentences", "gate_failures", "names_missing", "figures_missing",
)  # fmt: skip
MOST_SENTENCES = 12
HEDGES = frozenset(
    "may might could likely unlikely possibly perhaps probably generally typically often overall".split()
)

Array = NDArray[np.float32]


def described(sentences: Sequence[str], ground: Sequence[str], embedder: Embedder) -> list[list[float]]:
    """Describe sentences beside the texts that should support them: a row of ``SUPPORT_FEATURES`` each."""
    parts = [text[one.start : one.end] for text in ground for one in split_sentences(text)]
    told = [one for one in sentences if content_words(one)]
    if not parts or not told:
        return []
    vectors = embedder.embed_passages([*told, *parts])
    return [
        support_features(one, parts, vector, vectors[len(told) :], embedder)
        for one, vector in zip(told, vectors, strict=False)
    ]


def support(sentence: str, ground: Sequence[str], embedder: Embedder) -> float:
    """Estimate the probability that a sentence is supported by texts; 0 without any."""
    rows = described([sentence], ground, embedder)
    return probability("sentence", rows[0]) if rows else 0.0


def doubt(rows: Sequence[Sequence[float]], gate_failures: int) -> float:
    """Estimate the probability that an answer of several sentences holds something that is not supported.

    Args:
        rows: the features of each sentence.
        gate_failures: how many of them the exact gate of ``check`` would not let pass.
    """
    return probability("response", response_features(np.array(rows), gate_failures))


def response_features(
    rows: NDArray[np.float64], gate_failures: int, weights: Sequence[float] | None = None
) -> list[float]:
    """Describe an answer by its sentences' features as ``RESPONSE_FEATURES``.

    ``weights`` are of the regression of sentences, the stored ones unless given.
    """
    known = stored_weights()["weights"]["sentence"] if weights is None else weights
    chances = np.sort([1 - logistic(known, row) for row in rows])
    missing = [SUPPORT_FEATURES.index(name) for name in ("names_missing", "figures_missing")]
    return [
        float(chances[-1]),
        float(chances[-2]) if len(chances) > 1 else 0.0,
        float(chances.mean()),
        float(np.log(chances + 1e-6).mean()),
        float(min(len(chances), MOST_SENTENCES)),
        float(gate_failures),
        *(float(rows[:, column].max()) for column in missing),
    ]


def thresholds() -> dict[str, float]:
    """Return the bounds that were fitted.

    ``sentence`` is the support below which a sentence that passed the exact gate goes, ``note`` the doubt from
    which an answer of such sentences is called doubtful, and ``response`` the doubt that best tells which whole
    responses, before any gate, hold something unsupported.
    """
    return dict(stored_weights()["thresholds"])


def support_features(
    sentence: str, parts: Sequence[str], vector: Array, vectors: Array, embedder: Embedder
) -> list[float]:
    """Describe a sentence beside the sentences of its ground as ``SUPPORT_FEATURES``."""
    words = [stem(word) for word in content_words(sentence)]
    grounds = [[stem(token.text) for token in tokens(part)] for part in parts]
    there = set(itertools.chain.from_iterable(grounds))
    found = [any(same_word(word, other) for other in ({word} & there or there)) for word in words]
    near = [set(itertools.chain.from_iterable(grounds[max(0, i - 1) : i + 2])) for i in range(len(grounds))]
    cosines = np.sort(vectors @ vector)[::-1]
    likeness = _soft(words, sorted(there - STOP_WORDS), embedder)
    run = [stem(token.text) for token in tokens(sentence)]
    named = {stem(token.text) for span in names(sentence) if span.start for token in tokens(span.text)}
    joined = "\n".join(parts)
    figures, held = quantities(moments(sentence)[1]), quantities(moments(joined)[1])
    lowered = {token.text.lower() for token in tokens(sentence)}
    return [
        float(cosines[0]),
        float(cosines[:3].mean()),
        float(np.mean(found)),
        max(sum(word in one for word in words) / len(words) for one in near),
        _shared_runs(run, grounds, 2),
        _shared_runs(run, grounds, 3),
        float(likeness.mean()),
        float(likeness.min()),
        len(named - there) / (1 + len(named)),
        len(figures - held) / (1 + len(figures)),
        math.log(1 + len(run)),
        float(bool(lowered & HEDGES)),
    ]


def _soft(words: Sequence[str], others: Sequence[str], embedder: Embedder) -> Array:
    """For each word the likeness of the nearest word of the ground, 1 for the word itself."""
    if not others:
        return np.zeros(len(words), dtype=np.float32)
    known = set(others)
    nearest = (embedder.embed_words(words) @ embedder.embed_words(others).T).max(axis=1)
    exact = np.array([word in known for word in words])
    return np.asarray(np.where(exact, 1.0, nearest), dtype=np.float32)


def _shared_runs(run: Sequence[str], grounds: Sequence[Sequence[str]], length: int) -> float:
    held = {tuple(one[i : i + length]) for one in grounds for i in range(len(one) - length + 1)}
    own = [tuple(run[i : i + length]) for i in range(len(run) - length + 1)]
    return sum(one in held for one in own) / len(own) if own else 0.0


def probability(model: str, row: Sequence[float] | NDArray[np.float64]) -> float:
    """Apply one of the regressions, "sentence" or "response", to features."""
    return logistic(stored_weights()["weights"][model], row)


def logistic(weights: Sequence[float], row: Sequence[float] | NDArray[np.float64]) -> float:
    """Apply a logistic regression, intercept first, to features."""
    intercept, *slopes = weights
    return 1 / (1 + math.exp(-float(np.clip(np.dot(slopes, row) + intercept, -30, 30))))


@lru_cache(maxsize=1)
def stored_weights() -> dict[str, Any]:
    """Load the fitted weights and thresholds."""
    loaded: dict[str, Any] = json.loads(WEIGHTS.read_text())
    return loaded
