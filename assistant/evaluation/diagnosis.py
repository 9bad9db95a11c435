"""What went wrong with one question, in one line."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.evaluation.matching import contains_answer
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.ranking import answer_rank
from assistant.evaluation.scores import Verdict, without_markers
from assistant.types import Example


def diagnose(example: Example, prediction: Prediction, verdict: Verdict, scores: Mapping[str, float]) -> str:
    """Return what went wrong, retrieval told from reading, or an empty text where nothing did."""
    faults = [*_wrong_answer(example, prediction, verdict), *_wrong_citations(scores)]
    return "; ".join(faults)


def _wrong_answer(example: Example, prediction: Prediction, verdict: Verdict) -> list[str]:
    answer = prediction.answer
    if answer is None:
        return [f"the system failed: {prediction.error}"]
    if verdict not in ("wrong", "not_attempted"):
        return []
    if not example.answerable:
        return ["answered, although the articles hold no answer"]
    forbidden = [words for words in example.none_of if contains_answer(without_markers(answer), words)]
    if forbidden:
        return [f"says what it must not: {', '.join(forbidden)}"]
    done = "withheld an answer" if verdict == "not_attempted" else "another answer was given"
    rank = answer_rank([hit["text"] for hit in answer["hits"]], example.answers, example.all_of)
    if rank is None:
        return [f"{done}: none of the {len(answer['hits'])} passages found holds the expected words"]
    return [f"{done}, although the passages up to rank {rank} hold the expected words"]


def _wrong_citations(scores: Mapping[str, float]) -> list[str]:
    faults = []
    if scores.get("quote_exactness", 1) < 1:
        faults.append("a quote differs from the words of its article")
    if scores.get("citation_recall", 1) < 1:
        faults.append("a statement is not supported by its quotes, as the judge sees it")
    if scores.get("citation_precision", 1) < 1:
        faults.append("a quote does not bear on its statement, as the judge sees it")
    return faults
