"""Plain BM25 (bm25s with its defaults and its English stop words) over windows of 100 words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.rows import read_passages, read_rows

WORDS = 100


def ingest(articles: Path, folder: Path) -> int:
    """Split into 100 words without overlap, and index."""
    return _index([window for row in read_rows(articles) for window in _windows(row["text"])], folder)


def ingest_stand_in(data: Path, _: NDArray[np.float32], folder: Path) -> int:
    """Index passages; there is no use for vectors."""
    return _index(read_passages(data), folder)


def open_search(folder: Path) -> Callable[[str, int], list[str]]:
    """Load the index with its passages."""
    index = bm25s.BM25.load(str(folder), load_corpus=True)

    def search(question: str, k: int) -> list[str]:
        words = bm25s.tokenize(question, stopwords="en", show_progress=False)
        found, _ = index.retrieve(words, k=k, show_progress=False)
        return [one["text"] for one in found[0]]

    return search


def _windows(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[start : start + WORDS]) for start in range(0, len(words), WORDS)]


def _index(passages: list[str], folder: Path) -> int:
    index = bm25s.BM25()
    index.index(bm25s.tokenize(passages, stopwords="en", show_progress=False), show_progress=False)
    index.save(str(folder), corpus=passages, show_progress=False)
    return len(passages)
