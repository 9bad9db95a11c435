"""How likely a sentence holds the answer: features of question, sentence and passage, and their weights.

The weights are fitted by ``training/fit_sentence_scorer.py`` and ``training/fit_reading.py`` and stand in
``sentence_scorer.json``. They are logistic regressions: one ranks the sentences of the retrieved passages, another
tells from the best of them whether the articles answer at all; others do the same with what the readers found.
"""

from __future__ import annotations

import bisect
import itertools
import json
import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError
from assistant.question.question_type import TYPED, Profile
from assistant.text.dates import dates
from assistant.text.numbers import COUNTING, number_spans
from assistant.text.tokens import Span, names, same_word, stem, tokens

WordVectors = Callable[[Sequence[str]], NDArray[np.float32]]
SCORER_WEIGHTS = Path(__file__).parents[1] / "models" / "weights" / "sentence_scorer.json"
FOCUS_DISTANCE = 3
LIKE_WORD = 0.3
SENTENCE_FEATURES = (
    "coverage", "soft_coverage", "context_coverage", "resolved_coverage", "name_coverage",
    "context_name_coverage", "predicate", "context_predicate", "weakest", "pairs", "type_present", "type_absent",
    "focus", "focus_near", "nearness", "passage_cosine", "sentence_cosine", "length", "short", "question_mark",
)  # fmt: skip
ANSWER_FEATURES = (
    "best", "margin", "coverage", "soft_coverage", "context_coverage", "resolved_coverage", "name_coverage",
    "context_name_coverage", "predicate", "context_predicate", "weakest", "type_absent", "focus", "focus_near",
    "nearness", "passage_cosine", "sentence_cosine", "unknown_name",
)  # fmt: skip
# of sentences that a reader has read: the score of the sentence by its words, what the reader found, and the score
# of the hit that holds it
READ_FEATURES = ("score", "answers", "span", "search")
# the same for a reader that also tells which sentence of its window answers
JUDGED_SENTENCE_FEATURES = (*READ_FEATURES, "answering")
HIT_FEATURES = ("search", "sentence", "answers")
READ_ANSWER_FEATURES = (*ANSWER_FEATURES, "answers", "span", "articles")
# of the best sentence that a judging reader read: what its window says, and its own score
JUDGED_ANSWER_FEATURES = ("answers", "score", "search", "context_name_coverage")
# of a short answer: whether it is right
JUDGED_SHORT_FEATURES = (
    "odds", "share", "supported", "answers", "answering", "articles", "repeats", "length", "context_name_coverage",
    "sentence",
)  # fmt: skip
# of a sentence, for a yes or no question: whether it says yes, by the reader and by the judge, who reads it with
# those around it, and alone; and whether it settles the question
VERDICT_FEATURES = ("read", "stated", "alone")
SETTLED_FEATURES = ("said", "said_alone", "answers", "answering")
# the same of a sentence that the judging reader did not read
JUDGED_SETTLED_FEATURES = ("said", "said_alone")
# of a short answer: its weight, its share in that of all, how many articles hold its words, the share of its words
# that the question holds, and its length
CANDIDATE_FEATURES = ("weight", "share", "articles", "repeats", "length")
# the features of each regression of ``sentence_scorer.json``, in the order of its weights
FEATURES: Mapping[str, tuple[str, ...]] = {
    "sentence": SENTENCE_FEATURES,
    "answer": ANSWER_FEATURES,
    "read_sentence": READ_FEATURES,
    "hit": HIT_FEATURES,
    "read_answer": READ_ANSWER_FEATURES,
    "candidate": CANDIDATE_FEATURES,
    "judged_sentence": JUDGED_SENTENCE_FEATURES,
    "judged_short": JUDGED_SHORT_FEATURES,
    "judged_answer": JUDGED_ANSWER_FEATURES,
    "verdict": VERDICT_FEATURES,
    "settled": SETTLED_FEATURES,
    "judged_settled": JUDGED_SETTLED_FEATURES,
}


class Matches:
    """How well each word of a question is met by each word of the passages: 1 the same word, 0 none like it.

    Words that are no names are also met by words of like meaning, by the cosine of the embedder's own word
    vectors; names and figures only by themselves and their spellings, to which ``same`` adds those that were
    learnt: other stems for the same name.
    """

    def __init__(
        self,
        asked: Profile,
        texts: Sequence[str],
        word_vectors: WordVectors,
        same: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.asked = asked
        self.words = list(asked.weights)
        self.weights = np.array([asked.weights[word] for word in self.words], dtype=np.float32)
        self.named = np.array([word in asked.names for word in self.words], dtype=bool)
        found = sorted({stem(token.text) for text in texts for token in tokens(text)})
        self.column = {word: i for i, word in enumerate(found)}
        self._columns: dict[str, list[int]] = {}
        self.table = np.zeros((len(self.words), len(found) + 1), dtype=np.float32)
        if self.words and found:
            likeness = word_vectors(self.words) @ word_vectors(found).T
            likeness[likeness < LIKE_WORD] = 0.0
            likeness[self.named] = 0.0
            self.table[:, :-1] = np.minimum(likeness, 0.9)
            for row, word in enumerate(self.words):
                for other in (same or {}).get(word, frozenset()) & self.column.keys():
                    self.table[row, self.column[other]] = 1.0
                # spellings of a word share its first two letters, and ``found`` is in order
                for column in range(bisect.bisect_left(found, word[:2]), len(found)):
                    if found[column][:2] != word[:2]:
                        break
                    if same_word(word, found[column]):
                        self.table[row, column] = 1.0

    def columns(self, text: str) -> list[int]:
        """Return the columns of a text's words, in order; the last column stands for no word."""
        if text not in self._columns:
            self._columns[text] = [self.column.get(stem(token.text), -1) for token in tokens(text)] or [-1]
        return self._columns[text]

    def row(self, word: str | None) -> int | None:
        """Return the row of a word of the question."""
        return self.words.index(word) if word is not None and word in self.asked.weights else None


def wanted_spans(asked: Profile, sentence: str) -> list[Span]:
    """Find the pieces of a sentence that could be the short answer: of the type asked, not in the question."""
    if asked.kind == "when":
        found = dates(sentence)
        if not found:
            found = number_spans(sentence, "year")
    elif asked.kind == "how_many":
        found = _spans_outside(number_spans(sentence, *COUNTING), dates(sentence))
    elif asked.kind in TYPED:
        found = _spans_outside(names(sentence), dates(sentence))
    else:
        return []
    return [
        span
        for span in found
        if not all(_is_known(stem(token.text), asked.weights) for token in tokens(span.text))
    ]


def nearness(matches: Matches, sentence: str, span: Span) -> tuple[float, float]:
    """Sum the weights of the question's words in a sentence, each divided by its distance to a span.

    The second figure is how well the asked-for word is met within ``FOCUS_DISTANCE`` words of the span.
    """
    found = tokens(sentence)
    inside = [i for i, token in enumerate(found) if token.start < span.end and span.start < token.end]
    if not inside:
        return 0.0, 0.0
    columns = np.array(matches.columns(sentence))
    places = np.arange(len(columns))
    distance = np.maximum(inside[0] - places, places - inside[-1])
    outside = distance > 0
    if not outside.any():
        return 0.0, 0.0
    met = matches.table[:, columns[outside]]
    near = float(matches.weights @ (met / (1 + 0.25 * distance[outside])).max(axis=1))
    focus = matches.row(matches.asked.focus)
    close = outside & (distance <= FOCUS_DISTANCE)
    return near, float(matches.table[focus, columns[close]].max(initial=0.0)) if focus is not None else 0.0


def sentence_features(
    matches: Matches,
    sentence: str,
    context: Sequence[int],
    *,
    passage_cosine: float,
    sentence_cosine: float,
) -> list[float]:
    """Describe a sentence as ``SENTENCE_FEATURES``; context: the columns of its neighbours and the title."""
    asked = matches.asked
    columns = matches.columns(sentence)
    here = matches.table[:, columns].max(axis=1) if matches.words else np.zeros(0, dtype=np.float32)
    around = np.maximum(here, matches.table[:, context].max(axis=1)) if matches.words else here
    spans = wanted_spans(asked, sentence)
    typed = asked.kind in TYPED
    near = [nearness(matches, sentence, span) for span in spans]
    focus = matches.row(asked.focus)
    weights, named = matches.weights, matches.named
    return [
        float(weights @ (here == 1)),
        float(weights @ here),
        float(weights @ around),
        float(weights @ np.where(named, around, here)),
        _mean(here == 1, named),
        _mean(around == 1, named),
        _mean(here, ~named),
        _mean(around, ~named),
        float(around[~named].min(initial=1.0)),
        _pairs(matches, columns, here),
        float(typed and bool(spans)),
        float(typed and not spans),
        float(here[focus]) if focus is not None else _mean(here, ~named),
        max((close for _, close in near), default=0.0),
        max((value for value, _ in near), default=0.0),
        passage_cosine,
        sentence_cosine,
        math.log(1 + len(columns)),
        float(len(columns) < 5),
        float(sentence.rstrip().endswith("?")),
    ]


def answer_features(asked: Profile, rows: Sequence[Sequence[float]], scores: Sequence[float]) -> list[float]:
    """Describe the best sentence among all as ``ANSWER_FEATURES``; scores are log odds, best first."""
    best = dict(zip(SENTENCE_FEATURES, rows[0], strict=True))
    return [
        scores[0],
        scores[0] - (scores[1] if len(scores) > 1 else scores[0] - 1),
        *(best[name] for name in ANSWER_FEATURES[2:-1]),
        float(bool(asked.names & asked.unknown)),
    ]


@lru_cache(maxsize=1)
def fitted_weights() -> dict[str, NDArray[np.float64]]:
    """Load the fitted weights of each regression in ``FEATURES``, the intercept first.

    A regression that was fitted to other features, or to the same in another order, is left out.
    """
    stored = stored_weights()
    return {
        model: np.array(stored["weights"][model])
        for model, features in FEATURES.items()
        if stored["features"].get(model) == ["intercept", *features]
    }


@lru_cache(maxsize=1)
def stored_weights() -> dict[str, Any]:
    """Read ``sentence_scorer.json``: the weights, their features, and the thresholds that were fitted."""
    loaded: dict[str, Any] = json.loads(SCORER_WEIGHTS.read_text())
    return loaded


def log_odds(model: str, rows: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    """Apply a fitted regression to rows of features: an array (len(rows),) of log odds.

    Raises:
        ModelError: the regression was fitted to other features than this program computes.
    """
    weights = fitted_weights().get(model)
    if weights is None:
        raise ModelError(
            f"The weights “{model}” in {SCORER_WEIGHTS.name} were fitted to other features than this version "
            "computes; install the package again, or fit them anew (training/README.md)."
        )
    odds: NDArray[np.float64] = np.asarray(rows, dtype=np.float64) @ weights[1:] + weights[0]
    return odds


def _is_known(word: str, weights: Mapping[str, float]) -> bool:
    return word in weights or any(same_word(word, other) for other in weights)


def _spans_outside(spans: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    return [span for span in spans if not any(one.start < span.end and span.start < one.end for one in taken)]


def _mean(values: NDArray[np.generic], chosen: NDArray[np.bool_]) -> float:
    return float(values[chosen].mean()) if chosen.any() else 1.0


def _pairs(matches: Matches, columns: Sequence[int], here: NDArray[np.float32]) -> float:
    """Return the share of neighbouring question words that stand within five words of each other."""
    rows = [row for row in range(len(matches.words)) if here[row] == 1]
    places = {row: np.flatnonzero(matches.table[row, columns] == 1) for row in rows}
    close = sum(
        bool((np.abs(places[one][:, None] - places[other][None, :]) <= 5).any())
        for one, other in itertools.pairwise(rows)
    )
    return close / max(1, len(matches.words) - 1)
