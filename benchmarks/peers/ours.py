"""This assistant, through its public API and with its default settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.assistant import Assistant
from assistant.index import Index
from assistant.models.load import load_embedder
from assistant.settings import Settings
from benchmarks.peers.vectors import stand_in_vectors


class StandInEmbedder:
    """The default embedder with given vectors for passages; questions are embedded as ever."""

    def __init__(self, settings: Settings, base: NDArray[np.float32]) -> None:
        self.base = base
        embedder = load_embedder(settings)
        self.name, self.digest = embedder.name, embedder.digest
        self.dimension, self.most_pieces = embedder.dimension, embedder.most_pieces
        self.count_pieces = embedder.count_pieces

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Look up what stands in for the vectors of these texts."""
        return stand_in_vectors(texts, self.base)


def ingest(articles: Path, folder: Path) -> int:
    """Build an index of the articles; return the number of passages."""
    with Assistant.build(articles, Settings(index=folder)) as assistant:
        return assistant.index.counts().passages


def ingest_stand_in(data: Path, base: NDArray[np.float32], folder: Path) -> int:
    """Build an index of whole articles, cut by its own rules, with stand-in vectors."""
    settings = Settings(index=folder)
    with Index.open(settings, create=True) as index:
        index.ingest([str(data / "articles.jsonl")], StandInEmbedder(settings, base))
        return index.counts().passages


def open_search(folder: Path) -> Callable[[str, int], list[str]]:
    """Open the index."""
    assistant = Assistant.open(Settings(index=folder))
    return lambda question, k: [hit.passage.text for hit in assistant.search(question, k)]
