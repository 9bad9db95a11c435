"""What the commands take from their arguments: settings, the assistant or index, questions, filters."""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import QuestionError
from assistant.settings import Settings
from assistant.types import Example, Turn

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.index import Store


def settings_of(arguments: argparse.Namespace) -> Settings:
    """Read the settings, with what the flags override."""
    given = {"index": arguments.index, "chat_model": getattr(arguments, "chat_model", None)}
    return Settings(**{name: value for name, value in given.items() if value is not None})


def open_assistant(arguments: argparse.Namespace) -> Assistant:
    """Open the assistant that the flags name."""
    from assistant.assistant import Assistant

    return Assistant.open(settings_of(arguments))


def open_index(arguments: argparse.Namespace) -> Store:
    """Open the index that the flags name."""
    from assistant.index import open_store

    return open_store(settings_of(arguments))


def filter_options(arguments: argparse.Namespace) -> dict[str, Any]:
    """Collect the filters as keyword arguments of ``ask`` and ``search``."""
    return {"after": arguments.after, "before": arguments.before, "publishers": arguments.publisher}


def question_of(arguments: argparse.Namespace) -> str:
    """Take the question, which only ``--questions`` may replace."""
    if arguments.question is None:
        raise QuestionError(
            "no question was given; ask one in quotation marks, or name a file with --questions"
        )
    return str(arguments.question)


def examples_of(arguments: argparse.Namespace) -> Iterable[Example]:
    """Load the question set; what the flags say holds where a row says nothing."""
    from assistant.evaluation import load_examples

    for example in load_examples(arguments.questions):
        yield dataclasses.replace(
            example,
            after=example.after or arguments.after,
            before=example.before or arguments.before,
            publishers=example.publishers or tuple(arguments.publisher),
            asked=example.asked or getattr(arguments, "asked", None),
        )


def history_of(path: Path | None) -> list[Turn]:
    """Read a conversation: a JSON list of [question, answer] pairs, oldest first."""
    if path is None:
        return []
    remedy = 'it must hold a JSON list of ["question", "answer"] pairs'
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise QuestionError(f"history {path} cannot be read ({error}); {remedy}") from error
    pairs = isinstance(rows, list) and all(
        isinstance(row, list) and len(row) == 2 and all(isinstance(text, str) for text in row) for row in rows
    )
    if not pairs:
        raise QuestionError(f"history {path} has another shape; {remedy}")
    return [Turn(question, answer) for question, answer in rows]
