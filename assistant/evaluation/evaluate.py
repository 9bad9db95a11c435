"""Ask every question of a set and score the answers."""

from __future__ import annotations

import datetime
import platform
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from tqdm import tqdm

from assistant.errors import QuestionSetError
from assistant.evaluation.citing import SupportJudge, containment
from assistant.evaluation.diagnosis import diagnose
from assistant.evaluation.metrics import summarise
from assistant.evaluation.predictions import (
    Prediction,
    fingerprint,
    load_predictions,
    predict,
    prediction_line,
)
from assistant.evaluation.scores import Verdict, judge_answer, score
from assistant.types import Answer, Example

_PACKAGES = ("news-assistant", "chromadb", "langchain-core", "numpy", "sentence-transformers", "torch")


@dataclass(frozen=True, slots=True)
class Result:
    """One question: what was asked and answered, how it was judged, and what went wrong (empty: nothing)."""

    example: Example
    prediction: Prediction
    verdict: Verdict
    scores: dict[str, float]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The results of a question set, and what they come to.

    ``metrics`` and each of ``categories`` map a name to a share (0 to 1), a count or milliseconds;
    ``missing_evidence`` maps a question's id to the articles of its evidence that are not indexed.
    """

    results: tuple[Result, ...]
    metrics: dict[str, float]
    categories: dict[str, dict[str, float]]
    judge: str
    created: str
    settings: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    missing_evidence: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def value(self, name: str) -> float | None:
        """Return a metric by name, or of one category as ``category/name``; None where there is none."""
        if name in self.metrics:
            return self.metrics[name]
        category, _, name = name.rpartition("/")
        return self.categories.get(category, {}).get(name)


def evaluate(
    answer: Callable[[Example], Answer],
    examples: Iterable[Example],
    *,
    out: str | Path | None = None,
    settings: Mapping[str, Any] | None = None,
    articles: Collection[str] | None = None,
    judge: SupportJudge = containment,
    progress: bool = False,
) -> Report:
    """Answer every example with ``answer`` and score what it says; what it raises is an error, not an answer.

    With ``out``, each prediction is kept there as soon as it is made: a run with the same settings
    and examples goes on where a stopped one was, and asks again only what failed. ``articles`` are
    the ids that the index holds; evidence beyond them is reported and does not count.

    Raises:
        QuestionSetError: there is no example, or two have the same id.
    """
    examples = tuple(examples)
    settings = dict(settings or {})
    if not examples:
        raise QuestionSetError("the question set is empty: there is nothing to evaluate")
    if len({example.id for example in examples}) < len(examples):
        raise QuestionSetError("two questions have the same id; give each its own")
    predictions = _predict_all(answer, examples, Path(out) if out else None, settings, progress)
    missing = {example.id: _missing_evidence(example, articles) for example in examples}
    results = tuple(
        _judged_result(example, prediction, judge, missing[example.id])
        for example, prediction in zip(examples, predictions, strict=True)
    )
    return Report(
        results=results,
        metrics=_summary(results),
        categories={
            category: _summary(tuple(result for result in results if result.example.category == category))
            for category in sorted({example.category for example in examples if example.category})
        },
        judge=getattr(judge, "__name__", type(judge).__name__),
        created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        settings=settings,
        versions=_versions(),
        missing_evidence={name: ids for name, ids in missing.items() if ids},
    )


def _predict_all(
    answer: Callable[[Example], Answer],
    examples: tuple[Example, ...],
    out: Path | None,
    settings: Mapping[str, Any],
    progress: bool,
) -> list[Prediction]:
    runs = {example.id: fingerprint(example, settings) for example in examples}
    bar = tqdm(examples, desc="questions", unit="question", disable=None if progress else True)
    if out is None:
        return [predict(answer, example, runs[example.id]) for example in bar]
    out.mkdir(parents=True, exist_ok=True)
    partial = out / "predictions.partial.jsonl"
    kept = {
        prediction.id: prediction
        for prediction in load_predictions(partial)
        if prediction.error is None and prediction.run == runs.get(prediction.id)
    }
    predictions = []
    _write_predictions(partial, kept.values())
    with partial.open("a", encoding="utf-8") as file:
        for example in bar:
            prediction = kept.get(example.id)
            if prediction is None:
                prediction = predict(answer, example, runs[example.id])
                file.write(prediction_line(prediction))
                file.flush()
            predictions.append(prediction)
    _write_predictions(out / "predictions.jsonl", predictions)
    partial.unlink()
    return predictions


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a kill leaves the old one or the new one, whole."""
    new = path.with_suffix(f"{path.suffix}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def _write_predictions(path: Path, predictions: Iterable[Prediction]) -> None:
    write_whole(path, "".join(map(prediction_line, predictions)))


def _judged_result(
    example: Example, prediction: Prediction, judge: SupportJudge, missing: tuple[str, ...]
) -> Result:
    verdict = judge_answer(example, prediction.answer)
    scores = score(example, prediction, judge, missing)
    return Result(example, prediction, verdict, scores, diagnose(example, prediction, verdict, scores))


def _summary(results: tuple[Result, ...]) -> dict[str, float]:
    return summarise(
        [result.example for result in results],
        [result.prediction for result in results],
        [result.scores for result in results],
    )


def _missing_evidence(example: Example, articles: Collection[str] | None) -> tuple[str, ...]:
    known = articles if example.context is None else {article.id for article in example.context}
    return () if known is None else tuple(name for name in example.evidence if name not in known)


def _versions() -> dict[str, str]:
    return {"python": platform.python_version()} | {name: _version(name) for name in _PACKAGES}


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"
