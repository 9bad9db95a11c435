"""Questions on the small corpus, and a system that answers them by rule: an implementation of the seam."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from small_corpus import answer_with

from assistant.types import Answer, Example


@pytest.fixture
def examples() -> tuple[Example, ...]:
    """Four questions: two that ``system`` gets right, one wrong, and one it rightly does not answer."""
    return (
        Example(
            "When did the bridge open?", "opened", answers=("Monday",), category="when", evidence=("bridge",)
        ),
        Example("What did the bridge cost?", "cost", answers=("12 million",), category="how many"),
        Example(
            "Who blamed the heat?", "heat", answers=("Traders",), category="who", evidence=("market", "gone")
        ),
        Example("Who built the harbour?", "harbour", answerable=False, category="who"),
    )


@pytest.fixture
def system() -> Callable[[Example], Answer]:
    """Answer the examples from what is written down here."""
    known = {
        "opened": ("The bridge opened on Monday.", "Monday"),
        "cost": ("It cost 12 million francs.", "12 million francs"),
        "heat": ("The market closed early.", None),
        "harbour": (None, "The bridge"),
    }

    def answer(example: Example) -> Answer:
        sentence, short = known[example.id]
        confidence = 0.9 if sentence else 0.2
        return answer_with(example, sentence, short=short, confidence=confidence)

    return answer


@pytest.fixture
def write_rows(tmp_path: Path) -> Callable[..., Path]:
    """Write rows (objects, or lines as they are) to a question set."""

    def write(*rows: object, name: str = "questions.jsonl") -> Path:
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        path = tmp_path / name
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return path

    return write
