"""The scores of one question."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from statistics import fmean
from typing import Any, Literal

from assistant.evaluation import sides
from assistant.evaluation.citing import SupportJudge, citation_precision, citation_recall, source_diversity
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
from assistant.types import Example

Verdict = Literal["right", "wrong", "not_attempted", "error", "unscored"]
CUTOFFS = (1, 2, 3, 5, 10)
"""The k of recall@k."""
_ANY_MARKER = re.compile(r"\[\d+\]")


def judge_answer(example: Example, answer: Mapping[str, Any] | None) -> Verdict:
    """Return whether the answer is right, wrong, withheld, or an error (None); apart from each other.

    Source: the grades of SimpleQA (Wei et al. 2024, arXiv 2411.04368), decided by the expected words.
    """
    if answer is None:
        return "error"
    if example.category == "courtesy":
        brief = example.most_words is None or len(without_markers(answer).split()) <= example.most_words
        return "right" if answer["outcome"] == "courtesy" and brief else "wrong"
    if not answer["answered"]:
        return "right" if not example.answerable else "not_attempted"
    if not example.answerable or _forbidden(example, answer):
        return "wrong"
    return _judge_words(example, answer)


def _judge_words(example: Example, answer: Mapping[str, Any]) -> Verdict:
    """Judge what was answered to an answerable question by what its row expects."""
    text = without_markers(answer)
    short = (answer["short"] or "").lower()
    either = [example.answers] if example.answers else []
    expected = [*either, *((one,) for one in example.all_of), *example.need]
    fits = [answers_question(text, group) for group in expected]
    if example.verdict is not None:
        fits.append(short == example.verdict)
    if example.sentences and not fits:
        fits.append(_quotes(example, answer))
    if not fits:
        return "unscored"
    brief = example.most_words is None or len(text.split()) <= example.most_words
    return "right" if brief and all(fits) else "wrong"


def _quotes(example: Example, answer: Mapping[str, Any]) -> bool:
    """Return True when one of the expected sentences is quoted, whole or in part."""
    return any(
        cited["article"] == article and cited["start"] < end and start < cited["end"]
        for article, start, end in example.sentences
        for cited in answer["citations"]
    )


def score(
    example: Example, prediction: Prediction, judge: SupportJudge, missing: Collection[str] = ()
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


def without_markers(answer: Mapping[str, Any]) -> str:
    """Return the text of an answer without its citation markers, whose numbers answer nothing."""
    return _ANY_MARKER.sub(" ", answer["text"])


def _forbidden(example: Example, answer: Mapping[str, Any]) -> bool:
    text = sides.asserted_text(answer, without_markers(answer))
    return any(contains_answer(text, words) for words in example.none_of)


def _verdict_scores(example: Example, answer: Mapping[str, Any]) -> dict[str, float]:
    verdict = judge_answer(example, answer)
    scores: dict[str, float] = {}
    if answer["answered"]:
        scores["answer_words"] = float(len(without_markers(answer).split()))
    if example.none_of:
        forbidden = answer["answered"] and _forbidden(example, answer)
        scores["forbidden_rate"] = float(forbidden)
        text = sides.asserted_text(answer, without_markers(answer)) if answer["answered"] else ""
        right = answers_question(text, example.answers, example.all_of)
        scores["asserted_accuracy"] = float(right and not forbidden)
    if verdict == "unscored":
        return scores
    if example.verdict is not None:
        scores["verdict_accuracy"] = float((answer["short"] or "").lower() == example.verdict)
    if example.need and example.answerable:
        text = without_markers(answer) if answer["answered"] else ""
        scores["need_recall"] = fmean(answers_question(text, group) for group in example.need)
    if example.sentences and example.answerable:
        scores["sentence_quoted"] = float(bool(answer["answered"]) and _quotes(example, answer))
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
    given = (answer["short"] or without_markers(answer)) if answer["answered"] else ""
    likeliest = answer["candidates"][0]["text"] if expected and answer["candidates"] else given
    return {
        "exact_match": exact_match(given, expected),
        "token_f1": token_f1(given, expected),
        "realtimeqa_exact_match": exact_match(likeliest, expected, normalise_realtimeqa),
        "realtimeqa_f1": token_f1(likeliest, expected, normalise_realtimeqa),
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


def _citation_scores(
    answer: Mapping[str, Any], exact: Sequence[bool], judge: SupportJudge
) -> dict[str, float]:
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
