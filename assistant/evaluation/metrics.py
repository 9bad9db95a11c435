"""The metrics: what the scores of many questions come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any

from assistant.evaluation import abstention
from assistant.evaluation.matching import answers_question
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.ranking import distinct
from assistant.evaluation.scores import judge_answer
from assistant.types import Example

DESCRIPTIONS = {
    "accuracy": "right: the expected words stand in the text, or the answer was rightly withheld",
    "wrong_rate": "an answer was given, and it is not the expected one",
    "not_attempted_rate": "an answer was withheld although there is one",
    "answer_accuracy": "answerable questions whose answer's words stand in the text",
    "attempted_accuracy": "right among the questions that were answered",
    "verdict_accuracy": "yes or no questions whose verdict is the expected one",
    "need_recall": "groups of needed words of which one stands in the answer",
    "sentence_quoted": "answers that quote one of the expected sentences",
    "forbidden_rate": "answers that assert words which must not appear",
    "asserted_accuracy": "RAMDocs: all right answers and no wrong one asserted; rival sides do not count",
    "side_recall": "expected sides whose value the answer gives",
    "side_precision": "given sides whose value is expected",
    "attribution_accuracy": "matched sides that are given to the right speaker",
    "stance_accuracy": "matched sides with the right stance",
    "name_variant_recall": "questions answered right by the usual names that are so by other names too",
    "answer_words": "words of an answer's text",
    "exact_match": "SQuAD exact match of the short answer",
    "token_f1": "SQuAD token F1 of the short answer",
    "date_accuracy": "questions for a date whose short answer means it, completed from the date of its article",
    "realtimeqa_exact_match": "RealTimeQA exact match of the likeliest short answer, shown or not",
    "realtimeqa_f1": "RealTimeQA token F1 of the likeliest short answer, shown or not",
    "abstention_precision": "withheld answers whose question had none",
    "abstention_recall": "unanswerable questions left unanswered",
    "abstention_f1": "F1 of recognising unanswerable questions",
    "aurc": "area under the risk-coverage curve; lower is better",
    "answer_recall": "questions whose answer stands in the first k passages",
    "answer_mrr": "reciprocal rank at which the passages hold the answer",
    "recall": "articles of evidence among the first k articles",
    "mrr": "reciprocal rank of the first article of evidence",
    "ndcg": "normalised discounted cumulative gain of the first k articles",
    "map": "mean average precision over the articles of evidence",
    "citation_recall": "ALCE: statements that their quotes support, as the judge sees it",
    "citation_precision": "ALCE: quotes that are needed or sufficient, as the judge sees it",
    "quote_exactness": "quotes that stand in their article, character for character",
    "source_diversity": "distinct sources cited by an answer that cites",
    "latency_p50_ms": "median time to an answer, in milliseconds; articles of a question's own are indexed in it",
    "latency_p95_ms": "time to an answer that 95 % stay under, in milliseconds",
    "latency_max_ms": "longest time to an answer, in milliseconds",
}
"""What each metric says; where it is taken at several k, the name goes before the @."""


def summarise(
    examples: Sequence[Example], predictions: Sequence[Prediction], scores: Sequence[Mapping[str, float]]
) -> dict[str, float]:
    """Return the metrics over questions, by name: means of the scores that apply, and what is not a mean.

    Errors are counted and otherwise left out. A metric that nothing in the set gives is left out.
    """
    answered = [
        (example, prediction)
        for example, prediction in zip(examples, predictions, strict=True)
        if prediction.answer is not None
    ]
    metrics = {"questions": float(len(examples)), "errors": float(len(examples) - len(answered))}
    names = distinct(name for row in scores for name in row)
    means = {name: fmean(row[name] for row in scores if name in row) for name in names}
    whole = {
        **_abstention(answered),
        **_name_variants(answered),
        **_latency([prediction.milliseconds for _, prediction in answered]),
    }
    return metrics | dict(sorted({**means, **whole}.items(), key=lambda item: _metric_order(item[0])))


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value that ``share`` (0 to 1) of the values stay under, interpolated between neighbours.

    Source: Hyndman and Fan 1996, definition 7 (the default of R and NumPy).
    """
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def trial(example: Example, answer: Mapping[str, Any]) -> tuple[float, bool]:
    """Return (confidence, right) of the best answer the system had, also when it withheld it."""
    if answer["answered"]:
        return answer["confidence"], judge_answer(example, answer) == "right"
    best = max(answer["candidates"], key=lambda candidate: candidate["confidence"], default=None)
    if best is None:
        return 0.0, False
    right = example.answerable and answers_question(best["text"], example.answers, example.all_of)
    return best["confidence"], right


def trials_of(pairs: Iterable[tuple[Example, Mapping[str, Any]]]) -> list[tuple[float, bool]]:
    """Return ``trial`` of each question that has an expected answer or none to be had."""
    return [
        trial(example, answer)
        for example, answer in pairs
        if example.answers or example.all_of or not example.answerable
    ]


def _metric_order(name: str) -> tuple[int, int]:
    base, _, cutoff = name.partition("@")
    return list(DESCRIPTIONS).index(base), int(cutoff or 0)


def _abstention(answered: Sequence[tuple[Example, Prediction]]) -> dict[str, float]:
    pairs = [(example, prediction.answer) for example, prediction in answered if prediction.answer]
    possible = [example.answerable for example, _ in pairs]
    given = [bool(answer["answered"]) for _, answer in pairs]
    scores = {
        "abstention_precision": abstention.abstention_precision(possible, given),
        "abstention_recall": abstention.abstention_recall(possible, given),
        "abstention_f1": abstention.abstention_f1(possible, given),
    }
    trials = trials_of(pairs)
    if trials:
        scores["aurc"] = abstention.aurc(*zip(*trials, strict=True))
    return {name: value for name, value in scores.items() if value is not None}


def _name_variants(answered: Sequence[tuple[Example, Prediction]]) -> dict[str, float]:
    right = {example.id: judge_answer(example, one.answer) == "right" for example, one in answered}
    kept = [right[example.id] for example, _ in answered if right.get(example.variant_of)]
    return {"name_variant_recall": fmean(kept)} if kept else {}


def _latency(milliseconds: Sequence[float]) -> dict[str, float]:
    if not milliseconds:
        return {}
    return {
        "latency_p50_ms": percentile(milliseconds, 0.5),
        "latency_p95_ms": percentile(milliseconds, 0.95),
        "latency_max_ms": max(milliseconds),
    }
