"""txtai's quick start: an embeddings database with content, over paragraphs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from txtai import Embeddings
from txtai.pipeline import Segmentation

from benchmarks.peers import model_path
from benchmarks.peers.rows import read_passages, read_rows
from benchmarks.peers.vectors import stand_in_vectors


def ingest(articles: Path, folder: Path) -> int:
    """Split into paragraphs, embed and store."""
    split = Segmentation(paragraphs=True)
    paragraphs = [paragraph for row in read_rows(articles) for paragraph in split(row["text"])]
    embeddings = Embeddings(path=model_path(), content=True)
    embeddings.index(paragraphs)
    embeddings.save(str(folder))
    return len(paragraphs)


def ingest_stand_in(data: Path, base: NDArray[np.float32], folder: Path) -> int:
    """Store passages with their vectors; at its first search the store is told the model."""
    passages = read_passages(data)

    def look_up(texts: list[str]) -> NDArray[np.float32]:
        return stand_in_vectors(texts, base)

    embeddings = Embeddings(method="external", transform=look_up, content=True)
    embeddings.index(passages)
    kept = {name: value for name, value in embeddings.config.items() if name not in ("method", "transform")}
    embeddings.config = {"path": model_path(), **kept}
    embeddings.save(str(folder))
    return len(passages)


def open_search(folder: Path) -> Callable[[str, int], list[str]]:
    """Load the database."""
    embeddings = Embeddings()
    embeddings.load(str(folder))
    return lambda question, k: [found["text"] for found in embeddings.search(question, k)]
