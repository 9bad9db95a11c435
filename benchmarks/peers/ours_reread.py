"""This assistant with the leading passages of a search ranked anew by its reader (`search --reread`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.assistant import Assistant
from assistant.settings import Settings
from benchmarks.peers.ours import ingest, ingest_stand_in

__all__ = ["ingest", "ingest_stand_in", "open_search"]


def open_search(folder: Path) -> Callable[[str, int], list[str]]:
    """Open the index."""
    assistant = Assistant.open(Settings(index=folder))
    return lambda question, k: [hit.passage.text for hit in assistant.search(question, k, reread=True)]
