"""This assistant without its reader (`ASSISTANT_READER=none`): the ranking of its search stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.assistant import Assistant
from assistant.settings import Settings
from benchmarks.peers.ours import ingest, ingest_stand_in

__all__ = ["ingest", "ingest_stand_in", "open_search"]


def open_search(folder: Path) -> Callable[[str, int], list[str]]:
    """Open the index."""
    assistant = Assistant.open(Settings(index=folder, reader="none"))
    return lambda question, k: [hit.passage.text for hit in assistant.search(question, k)]
