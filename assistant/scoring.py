"""How likely a sentence holds the answer: features of question, sentence and passage, and their weights.

The weights are fitted by ``training/fit_sentence_scorer.py`` and stand in ``sentence_scorer.json``. Two
logistic regressions: the first ranks the sentences of the retrieved passages, the second tells from the best
of them whether the articles answer at all.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assistant.words import Span, content_words, dates, names, numbers, same_word, stem, tokens

Kind = Literal["who", "when", "where", "how_many", "name", "why", "other"]

WEIGHTS = Path(__file__).parent / "sentence_scorer.json"
TYPED: frozenset[Kind] = frozenset({"who", "when", "where", "how_many", "name"})

KINDS: tuple[tuple[Kind, str], ...] = (
    (
        "how_many",
        r"\bhow (?:many|much|few|big|large|long|old|far|tall|high|fast|often)\b|\bwhat (?:is |was )?(?:the )?"
        r"(?:number|percentage|share|toll|size|population|age|price|cost|amount)\b|\bdeath toll\b|\bat what age\b",
    ),
    ("when", r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|time|week|decade|century)\b|\bsince when\b"),
    (
        "where",
        r"\bwhere\b|\b(?:what|which) (?:town|towns|city|cities|country|countries|region|regions|place|places"
        r"|state|states|district|village|villages|province|area|location|county|continent)\b",
    ),
    (
        "who",
        r"\bwho\b|\bwhom\b|\bwhose\b|\b(?:what|which) (?:[\w-]+ ){0,2}?(?:group|groups|person|people|company"
        r"|organi[sz]ations?|minister|president|leader|official|actor|singer|author|team|party|agency|man|woman)\b",
    ),
    (
        "why",
        r"\bwhy\b|\bhow (?:did|does|do|was|were|is|are|has|have|can|could|will|would|come)\b|\bwhat (?:happened"
        r"|caused|led|reason|explains|does .{1,40} say|did .{1,40} say)\b",
    ),
    ("name", r"\bwhat (?:is|was|are|were) the (?:name|names)\b|\bwhich\b|\bcalled\b|\bnamed\b"),
)

SENTENCE_FEATURES = (
    "coverage", "context_coverage", "name_coverage", "context_name_coverage", "worst_missing", "pairs",
    "type_present", "type_absent", "passage_cosine", "sentence_cosine", "rank", "length", "short",
    "question_mark", "nearness", "coverage_typed",
)  # fmt: skip
ANSWER_FEATURES = (
    "best", "margin", "coverage", "context_coverage", "name_coverage", "context_name_coverage",
    "worst_missing", "passage_cosine", "sentence_cosine", "unknown_name", "unknown_words", "type_present",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """What is asked: the kind of answer, and each content word's stem with its weight (they sum to 1)."""

    kind: Kind
    weights: Mapping[str, float]
    names: frozenset[str]
    several: bool
    unknown: frozenset[str]


def profile(question: str, counts: Mapping[str, int], passages: int) -> Profile:
    """Describe a question; ``counts`` gives for each content word the passages that hold it."""
    words = content_words(question)
    idf = {
        stem(word): math.log((passages + 1) / (counts.get(word, 0) + 0.5)) + 0.1 if passages else 1.0
        for word in words
    }
    total = sum(idf.values()) or 1.0
    capital = {stem(token.text) for span in names(question) for token in tokens(span.text)}
    first = tokens(question)[:1]
    if first and stem(first[0].text) not in idf:
        capital.discard(stem(first[0].text))
    figures = {stem(token.text) for token in tokens(question) if token.text[0].isdigit()}
    important = frozenset((capital | figures) & idf.keys())
    unknown = frozenset(stem(word) for word in words if not counts.get(word, 0)) if counts else frozenset()
    lowered = question.lower()
    kind: Kind = next((kind for kind, pattern in KINDS if re.search(pattern, lowered)), "other")
    several = bool(
        re.search(
            r"^(?:list|name)\b|\b(?:which|what|who are the) (?:[\w-]+ ){0,2}?"
            r"(?:\w{3,}[^s\W]s|countries|cities|people)\b(?! (?:is|was|did|does|has)\b)",
            lowered,
        )
    )
    return Profile(kind, {word: value / total for word, value in idf.items()}, important, several, unknown)


def wanted_spans(asked: Profile, sentence: str) -> list[Span]:
    """Find the pieces of a sentence that could be the short answer: of the kind asked, not in the question."""
    if asked.kind == "when":
        found = dates(sentence)
        if not found:
            found = [span for span in numbers(sentence) if re.fullmatch(r"(?:1[5-9]|20)\d\d", span.text)]
    elif asked.kind == "how_many":
        taken = dates(sentence)
        found = [
            span
            for span in numbers(sentence)
            if not any(date.start < span.end and span.start < date.end for date in taken)
        ]
    elif asked.kind in TYPED:
        taken = dates(sentence)
        found = [
            span
            for span in names(sentence)
            if not any(date.start < span.end and span.start < date.end for date in taken)
        ]
    else:
        return []
    return [
        span
        for span in found
        if not all(_known(stem(token.text), asked.weights) for token in tokens(span.text))
    ]


def nearness(asked: Profile, sentence: str, span: Span) -> float:
    """Sum the weights of the question's words in the sentence, each divided by its distance to the span."""
    found = tokens(sentence)
    inside = [i for i, token in enumerate(found) if token.start < span.end and span.start < token.end]
    if not inside:
        return 0.0
    best: dict[str, float] = {}
    for i, token in enumerate(found):
        if inside[0] <= i <= inside[-1]:
            continue
        word = stem(token.text)
        if _known(word, asked.weights):
            distance = inside[0] - i if i < inside[0] else i - inside[-1]
            best[word] = max(best.get(word, 0.0), asked.weights.get(word, 0.05) / (1 + 0.25 * distance))
    return sum(best.values())


def sentence_features(
    asked: Profile,
    sentence: str,
    context: str,
    *,
    passage_cosine: float,
    sentence_cosine: float,
    rank: int,
) -> list[float]:
    """Describe a sentence in its context (neighbouring sentences and title) as ``SENTENCE_FEATURES``."""
    found = [stem(token.text) for token in tokens(sentence)]
    here = _matched(asked, set(found))
    around = here | _matched(asked, {stem(token.text) for token in tokens(context)})
    coverage = sum(asked.weights[word] for word in here)
    spans = wanted_spans(asked, sentence)
    typed = asked.kind in TYPED
    missing = [asked.weights[word] for word in asked.weights if word not in around]
    order = [word for word in asked.weights if word in here]
    pairs = sum(1 for one, other in itertools.pairwise(order) if _within(found, one, other, 5)) / max(
        1, len(asked.weights) - 1
    )
    return [
        coverage,
        sum(asked.weights[word] for word in around),
        _share(asked.names, here),
        _share(asked.names, around),
        max(missing, default=0.0),
        pairs,
        float(typed and bool(spans)),
        float(typed and not spans),
        passage_cosine,
        sentence_cosine,
        1 / (1 + rank),
        math.log(1 + len(found)),
        float(len(found) < 5),
        float(sentence.rstrip().endswith("?")),
        max((nearness(asked, sentence, span) for span in spans), default=0.0),
        coverage * float(typed and bool(spans)),
    ]


def answer_features(asked: Profile, rows: Sequence[Sequence[float]], scores: Sequence[float]) -> list[float]:
    """Describe the best sentence among all as ``ANSWER_FEATURES``; scores are log odds, best first."""
    best = dict(zip(SENTENCE_FEATURES, rows[0], strict=True))
    return [
        scores[0],
        scores[0] - (scores[1] if len(scores) > 1 else scores[0] - 1),
        *(best[name] for name in ANSWER_FEATURES[2:9]),
        float(bool(asked.names & asked.unknown)),
        sum(asked.weights[word] for word in asked.unknown if word in asked.weights),
        best["type_present"],
    ]


@lru_cache(maxsize=1)
def fitted() -> dict[str, NDArray[np.float64]]:
    """Load the fitted weights: for ``sentence`` and ``answer``, the intercept first."""
    return {name: np.array(values) for name, values in json.loads(WEIGHTS.read_text())["weights"].items()}


def log_odds(model: str, rows: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    """Apply a fitted regression to rows of features: an array (len(rows),) of log odds."""
    weights = fitted()[model]
    odds: NDArray[np.float64] = np.asarray(rows, dtype=np.float64) @ weights[1:] + weights[0]
    return odds


def _known(word: str, weights: Mapping[str, float]) -> bool:
    return word in weights or any(same_word(word, other) for other in weights)


def _matched(asked: Profile, found: set[str]) -> set[str]:
    return {word for word in asked.weights if word in found or any(same_word(word, other) for other in found)}


def _share(wanted: frozenset[str], found: set[str]) -> float:
    return len(wanted & found) / len(wanted) if wanted else 1.0


def _within(found: Sequence[str], one: str, other: str, distance: int) -> bool:
    places = [i for i, word in enumerate(found) if same_word(word, one)]
    others = [i for i, word in enumerate(found) if same_word(word, other)]
    return any(abs(i - j) <= distance for i in places for j in others)
