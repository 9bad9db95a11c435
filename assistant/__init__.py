"""Answers questions from a corpus of news articles, and quotes the words every statement rests on."""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Any

# ONNX Runtime, from 1.29, otherwise reports what it runs to its makers; it looks here when it is first imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.errors import (
        AssistantError,
        IndexDamaged,
        IndexLocked,
        IndexMissing,
        ModelError,
        ModelMismatch,
        QuestionError,
        QuestionSetError,
        SettingsError,
        SourceError,
        StoreError,
        UnknownArticle,
    )
    from assistant.evaluation import Report, evaluate, load_examples
    from assistant.settings import Settings
    from assistant.types import (
        Answer,
        Article,
        Candidate,
        Citation,
        Event,
        Example,
        Failure,
        Hit,
        IngestReport,
        Passage,
        Period,
        Query,
        Side,
        Statement,
        Turn,
    )

_HOMES = {
    "assistant.assistant": ("Assistant",),
    "assistant.types": (
        "Answer", "Article", "Candidate", "Citation", "Event", "Example", "Failure", "Hit", "IngestReport",
        "Passage", "Period", "Query", "Side", "Statement", "Turn",
    ),
    "assistant.errors": (
        "AssistantError", "IndexDamaged", "IndexLocked", "IndexMissing", "ModelError", "ModelMismatch",
        "QuestionError", "QuestionSetError", "SettingsError", "SourceError", "StoreError", "UnknownArticle",
    ),
    "assistant.evaluation": ("Report", "evaluate", "load_examples"),
    "assistant.settings": ("Settings",),
}  # fmt: skip
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Answer", "Article", "Assistant", "AssistantError", "Candidate", "Citation", "Event", "Example",
    "Failure", "Hit", "IndexDamaged", "IndexLocked", "IndexMissing", "IngestReport", "ModelError",
    "ModelMismatch", "Passage", "Period", "Query", "QuestionError", "QuestionSetError", "Report",
    "Settings", "SettingsError", "Side", "SourceError", "Statement", "StoreError", "Turn",
    "UnknownArticle", "evaluate", "load_examples",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)
