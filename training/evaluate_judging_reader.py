"""Measures the judging reader by itself, on what it was not taught on, as it ships.

    python -m training.evaluate_judging_reader DATA

DATA: the folder with ``written/``, ``realtimeqa/`` and ``squad2/``. Written questions and statements of the
development part, each on a run of sentences around its own: whether the text answers, yes or no, the words of short
answers, and whether statements are supported. SQuAD 2.0, titles kept apart, each question on its whole paragraph.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from assistant.evaluation.matching import exact_match
from assistant.models.judge import Judgement
from assistant.models.judging_reader import JudgingReader
from assistant.models.load import judging_reader
from assistant.models.reader import PassageReading
from training.evaluate_reader import measure
from training.judging_data import verdicts_as_statements, written_questions, written_statements
from training.judging_row import SUPPORTED, Row, Text, load
from training.reader_data import SEED, squad

# share of the answerable questions that the threshold keeps, at which near misses are counted
KEPT = 0.9


def development_rows(data: Path) -> list[Row]:
    """Cut the written questions and statements of the development part into rows, one run each."""
    chance = random.Random(SEED)
    questions, statements = (
        load(data / "written" / f"dev-{kind}.jsonl") for kind in ("questions", "statements")
    )
    wanted = {one["article"] for one in (*questions, *statements)}
    texts = {
        one["id"]: Text(one["text"], one["title"] or "")
        for one in load(data / "realtimeqa" / "dev-articles.jsonl.xz")
        if one["id"] in wanted
    }
    asked = list(written_questions(questions, texts, chance))
    told = list(written_statements(statements, texts, chance))
    return [
        one for one in (*asked, *verdicts_as_statements(asked, chance), *told) if not one.source.endswith("+")
    ]


def measure_questions(rows: Sequence[Row], read: Sequence[PassageReading]) -> None:
    """Print how well answered and near miss, yes and no, and the words of short answers are told."""
    written = np.array([one.source not in {"written-elsewhere"} for one in rows])
    able = np.array([bool(one.label) for one in rows])
    odds = np.array([one.answers for one in read])
    bound = np.quantile(odds[written & able], 1 - KEPT)
    verdicts = [
        (one.verdict == 0) == ((reading.yes or 0.0) > 0)
        for one, reading in zip(rows, read, strict=True)
        if one.verdict >= 0
    ]
    words = [
        exact_match(
            one.text[reading.spans[0].start : reading.spans[0].end] if reading.spans else "",
            [one.text[start:end] for start, end in one.spans],
        )
        for one, reading in zip(rows, read, strict=True)
        if one.spans
    ]
    print(
        f"{written.sum()} written questions: answered or near miss AUC "
        f"{roc_auc_score(able[written], odds[written]):.3f}; near misses refused where {KEPT} of the answerable "
        f"are kept {np.mean(odds[written & ~able] < bound):.3f}; yes or no right {np.mean(verdicts):.3f} of "
        f"{len(verdicts)}; short answer exact {np.mean(words):.3f} of {len(words)}"
    )


def measure_statements(rows: Sequence[Row], judged: Sequence[Judgement]) -> None:
    """Print how well statements that the text supports are told from others, by what they were made of."""
    right = np.array([one.label == SUPPORTED for one in rows])
    odds = np.array([np.log(one.supported + 1e-9) - np.log(1 - one.supported + 1e-9) for one in judged])
    for name, beginning in (
        ("written statements", "statement-"),
        ("answers after their question", "answer"),
        ("yes or no questions as statements", "asked-written-yesno"),
    ):
        chosen = np.array([_is_of(one, beginning) for one in rows])
        if len(set(right[chosen])) == 2:
            print(
                f"{chosen.sum()} {name}: supported or not AUC {roc_auc_score(right[chosen], odds[chosen]):.3f}"
            )


def _is_of(row: Row, beginning: str) -> bool:
    return row.source.startswith(beginning) and row.source != "answer-stated"


def evaluate(data: Path, reader: JudgingReader) -> None:
    """Print every figure of a judging reader."""
    rows = development_rows(data)
    asked = [one for one in rows if one.task == "q"]
    stated = [one for one in rows if one.task == "s"]
    measure_questions(asked, [reader.read(one.asked, [(one.title, one.text)])[0] for one in asked])
    measure_statements(stated, reader.judge([(one.asked, one.title, one.text) for one in stated]))
    measure("SQuAD 2.0, titles kept apart", squad(data, random.Random(SEED))[1], reader)


def main() -> int:
    """Measure the judging reader that ships."""
    evaluate(Path(sys.argv[1]), judging_reader())
    return 0


if __name__ == "__main__":
    sys.exit(main())
