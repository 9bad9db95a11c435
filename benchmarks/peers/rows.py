"""Rows of JSON lines: articles, questions and passages of the comparison."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assistant.evaluation.examples import open_text


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read a ``.jsonl`` file, also compressed."""
    with open_text(path) as file:
        return [json.loads(line) for line in file]


def read_passages(data: Path) -> list[str]:
    """Read the passages that every peer is given where stand-in vectors are used."""
    return [row["text"] for row in read_rows(data / "passages.jsonl")]


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write a ``.jsonl`` file."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
