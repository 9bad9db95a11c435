"""The scores of one question, and what they come to over many."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any, Literal

from assistant.datamodels import Example
from assistant.evaluation import abstention, sides
from assistant.evaluation.citing import Judge, citation_precision, citation_recall, source_diversity
from assistant.evaluation.dating import date_accuracy
from assistant.evaluation.matching import (
    answers_question,
    contains_answer,
    exact_match,
    normalise_realtimeqa,
    token_f1,
)
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.ranking import (
    answer_rank,
    average_precision,
    distinct,
    ndcg_at,
    recall_at,
    reciprocal_rank,
)

Verdict = Literal["right", "wrong", "not_attempted", "error", "unscored"]

CUTOFFS = (1, 2, 3, 5, 10)
"""The k of recall@k."""

_MARKER = re.compile(r"\[\d+\]")

DESCRIPTIONS = {
    "accuracy": "right: the expected words stand in the text, or the answer was rightly withheld",
    "wrong_rate": "an answer was given, and it is not the expected one",
    "not_attempted_rate": "an answer was withheld although there is one",
    "answer_accuracy": "answerable questions whose answer's words stand in the text",
    "attempted_accuracy": "right among the questions that were answered",
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
    "realtimeqa_exact_match": "RealTimeQA exact match of the short answer",
    "realtimeqa_f1": "RealTimeQA token F1 of the short answer",
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


def judge_answer(example: Example, answer: Mapping[str, Any] | None) -> Verdict:
    """Return whether the answer is right, wrong, withheld, or an error (None); apart from each other.

    Source: the grades of SimpleQA (Wei et al. 2024, arXiv 2411.04368), decided by the expected words.
    """
    if answer is None:
        return "error"
    if not answer["answered"]:
        return "right" if not example.answerable else "not_attempted"
    if not example.answerable or _forbidden(example, answer):
        return "wrong"
    if not example.answers and not example.all_of:
        return "unscored"
    return "right" if answers_question(plain_text(answer), example.answers, example.all_of) else "wrong"


def score(
    example: Example, prediction: Prediction, judge: Judge, missing: Collection[str] = ()
) -> dict[str, float]:
    """Return the scores of one question, by name; those that do not apply to it are left out.

    ``missing`` are ids of evidence that the index does not hold; they count neither way. An
    error has no score.
    """
    answer = prediction.answer
    if answer is None:
        return {}
    evidence = [article for article in example.evidence if article not in missing]
    return {
        **_verdict_scores(example, answer),
        **_short_scores(example, answer),
        **_side_scores(example, answer),
        **_date_scores(example, answer),
        **_passage_scores(example, answer["hits"]),
        **_article_scores(evidence, answer["hits"]),
        **_citation_scores(answer, prediction.exact_quotes, judge),
    }


def plain_text(answer: Mapping[str, Any]) -> str:
    """Return the text of an answer without its citation markers, whose numbers answer nothing."""
    return _MARKER.sub(" ", answer["text"])


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
    return metrics | dict(sorted({**means, **whole}.items(), key=lambda item: _order(item[0])))


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


def _order(name: str) -> tuple[int, int]:
    base, _, cutoff = name.partition("@")
    return list(DESCRIPTIONS).index(base), int(cutoff or 0)


def _forbidden(example: Example, answer: Mapping[str, Any]) -> bool:
    text = sides.asserted_text(answer, plain_text(answer))
    return any(contains_answer(text, words) for words in example.none_of)


def _verdict_scores(example: Example, answer: Mapping[str, Any]) -> dict[str, float]:
    verdict = judge_answer(example, answer)
    scores: dict[str, float] = {}
    if answer["answered"]:
        scores["answer_words"] = float(len(plain_text(answer).split()))
    if example.none_of:
        forbidden = answer["answered"] and _forbidden(example, answer)
        scores["forbidden_rate"] = float(forbidden)
        text = sides.asserted_text(answer, plain_text(answer)) if answer["answered"] else ""
        right = answers_question(text, example.answers, example.all_of)
        scores["asserted_accuracy"] = float(right and not forbidden)
    if verdict == "unscored":
        return scores
    scores["accuracy"] = float(verdict == "right")
    scores["wrong_rate"] = float(verdict == "wrong")
    scores["not_attempted_rate"] = float(verdict == "not_attempted")
    if example.answerable:
        scores["answer_accuracy"] = float(verdict == "right")
    if answer["answered"]:
        scores["attempted_accuracy"] = float(verdict == "right")
    return scores


def _short_scores(example: Example, answer: Mapping[str, Any]) -> dict[str, float]:
    if example.answerable and not example.answers:
        return {}
    expected = example.answers if example.answerable else ()
    given = (answer["short"] or plain_text(answer)) if answer["answered"] else ""
    return {
        "exact_match": exact_match(given, expected),
        "token_f1": token_f1(given, expected),
        "realtimeqa_exact_match": exact_match(given, expected, normalise_realtimeqa),
        "realtimeqa_f1": token_f1(given, expected, normalise_realtimeqa),
    }


def _side_scores(example: Example, answer: Mapping[str, Any]) -> dict[str, float]:
    if not example.sides:
        return {}
    scores = {
        "side_recall": sides.side_recall(example.sides, answer["sides"]),
        "side_precision": sides.side_precision(example.sides, answer["sides"]),
        "attribution_accuracy": sides.attribution_accuracy(example.sides, answer["sides"]),
        "stance_accuracy": sides.stance_accuracy(example.sides, answer["sides"]),
    }
    return {name: value for name, value in scores.items() if value is not None}


def _date_scores(example: Example, answer: Mapping[str, Any]) -> dict[str, float]:
    short = answer["short"] if answer["answered"] else None
    numbers = answer["candidates"][0]["citations"] if short and answer["candidates"] else []
    published: list[datetime.date | None] = [
        datetime.date.fromisoformat(citation["published"])
        for citation in answer["citations"]
        if citation["number"] in numbers and citation["published"]
    ]
    given = [(short, day) for day in published or [None]] if short else []
    value = date_accuracy(given, example.answers) if example.answerable else None
    return {} if value is None else {"date_accuracy": value}


def _passage_scores(example: Example, hits: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    if not example.answerable or not (example.answers or example.all_of):
        return {}
    rank = answer_rank([hit["text"] for hit in hits], example.answers, example.all_of)
    recall = {f"answer_recall@{k}": float(rank is not None and rank <= k) for k in CUTOFFS}
    return {**recall, "answer_mrr": 1 / rank if rank else 0.0}


def _article_scores(evidence: Sequence[str], hits: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    if not evidence:
        return {}
    ranking = distinct(hit["article"] for hit in hits)
    return {
        **{f"recall@{k}": recall_at(ranking, evidence, k) for k in CUTOFFS},
        "mrr": reciprocal_rank(ranking, evidence),
        "ndcg@10": ndcg_at(ranking, evidence, 10),
        "map": average_precision(ranking, evidence),
    }


def _citation_scores(answer: Mapping[str, Any], exact: Sequence[bool], judge: Judge) -> dict[str, float]:
    scores: dict[str, float] = {}
    quotes = {citation["number"]: citation["quote"] for citation in answer["citations"]}
    if exact:
        scores["quote_exactness"] = fmean(exact)
    if not answer["answered"] or not answer["statements"]:
        return scores
    statements = [
        (statement["text"], [quotes[number] for number in statement["citations"]])
        for statement in answer["statements"]
    ]
    scores["citation_recall"] = citation_recall(statements, judge)
    scores["citation_precision"] = citation_precision(statements, judge)
    sources = {citation["publisher"] or citation["article"] for citation in answer["citations"]}
    if sources:
        scores["source_diversity"] = float(source_diversity(sources))
    return scores


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
