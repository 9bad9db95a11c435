"""What a system answered: kept as JSON lines, so that a run that was stopped can go on."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.evaluation.examples import example_to_row
from assistant.output.to_json import answer_to_dict
from assistant.types import Answer, Example


@dataclass(frozen=True, slots=True)
class Prediction:
    """One question answered, or the error that it ended in.

    ``answer`` is the object that ``ask --json`` prints; ``exact_quotes`` says of each of its
    citations whether ``article.text[start:end] == quote``; ``run`` is a fingerprint of the
    settings and the example.
    """

    id: str
    question: str
    run: str
    milliseconds: float
    answer: dict[str, Any] | None = None
    exact_quotes: tuple[bool, ...] = ()
    error: str | None = None


def predict(answer: Callable[[Example], Answer], example: Example, run: str = "") -> Prediction:
    """Answer an example, timed; what it raises is kept as the prediction's error."""
    begun = time.perf_counter()
    try:
        given = answer(example)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        return Prediction(example.id, example.question, run, _milliseconds(begun), error=reason)
    milliseconds = _milliseconds(begun)
    exact = tuple(
        citation.article.text[citation.start : citation.end] == citation.quote for citation in given.citations
    )
    return Prediction(example.id, example.question, run, milliseconds, answer_to_dict(given), exact)


def fingerprint(example: Example, settings: Mapping[str, object]) -> str:
    """Return a hash that changes with the settings and with anything of the example."""
    content = json.dumps([example_to_row(example), settings], sort_keys=True, default=str)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def prediction_line(prediction: Prediction) -> str:
    """Return the prediction as one line of ``predictions.jsonl``, in ASCII: no character of it ends a line."""
    return json.dumps(asdict(prediction)) + "\n"


def load_predictions(path: Path) -> list[Prediction]:
    """Read predictions; a last line that was cut short is left out, a missing file holds none."""
    if not path.exists():
        return []
    predictions = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True):
        try:
            row = json.loads(line)
            predictions.append(Prediction(**{**row, "exact_quotes": tuple(row["exact_quotes"])}))
        except (ValueError, TypeError, KeyError):
            break
    return predictions


def _milliseconds(begun: float) -> float:
    return round((time.perf_counter() - begun) * 1000, 3)
