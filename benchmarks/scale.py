"""Ingests many articles with stand-in vectors, in a folder or in PostgreSQL, and times searches and their parts.

    python -m benchmarks.scale ingest ARTICLES.jsonl[.xz] PLACE
    python -m benchmarks.scale search QUESTIONS.jsonl PLACE [--questions 100] [--parts]

PLACE is a folder or a postgresql:// address. ``--parts`` runs the parts of a search one after another and prints
the milliseconds of each at the median. Processor time, of this process and what it started, is told beside the
clock's, which other programs lengthen; a server's is not in it. The vectors are those of ``make bench``
(``benchmarks/peers/vectors.py``).
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from assistant.assistant import Assistant
from assistant.evaluation.metrics import percentile
from assistant.index import Store, open_store
from assistant.ingest import ArticleReader, find_sources
from assistant.ingest.passages import split_passages
from assistant.models.embedder import Embedder
from assistant.models.load import load_embedder
from assistant.retrieval.search import COMMON_SHARE
from assistant.settings import Settings
from assistant.text.tokens import content_words
from assistant.types import Article, SourceFile
from benchmarks.peers.ours import StandInEmbedder
from benchmarks.peers.rows import read_rows
from benchmarks.peers.vectors import BASE, base_vectors

T = TypeVar("T")
HITS = 10


def ingest(articles: Path, settings: Settings, base: Path) -> dict[str, float]:
    """Ingest articles; return seconds on the clock and of a processor, passages and the peak of memory in MB."""
    if not base.exists():
        np.save(base, base_vectors(_first_texts(articles, settings)))
    embedder = StandInEmbedder(settings, np.load(base))
    begun, spent_before = time.perf_counter(), _processor_seconds()
    with open_store(settings, create=True) as store:
        store.ingest([str(articles)], embedder)
        seconds, spent = time.perf_counter() - begun, _processor_seconds() - spent_before
        passages = store.counts().passages
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": round(seconds, 1),
        "processor_seconds": round(spent, 1),
        "passages": passages,
        "peak_mb": round(peak),
    }


def search(questions: list[str], settings: Settings) -> dict[str, float]:
    """Search for each question, after one that warms up; return milliseconds, and of a processor on average."""
    with Assistant.open(settings) as assistant:
        assistant.search(questions[0], HITS)
        before = _processor_seconds()
        milliseconds = [_timed(partial(assistant.search, one, HITS))[0] for one in questions]
        spent = (_processor_seconds() - before) * 1000 / len(questions)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    p50, p95 = (round(percentile(milliseconds, share), 1) for share in (0.5, 0.95))
    return {
        "questions": len(questions),
        "p50_ms": p50,
        "p95_ms": p95,
        "processor_ms": round(spent, 1),
        "peak_mb": round(peak),
    }


def parts(questions: list[str], settings: Settings) -> dict[str, float]:
    """Run the parts of each search one after another; return the milliseconds of each at the median."""
    spent: dict[str, list[float]] = defaultdict(list)
    embedder = load_embedder(settings)
    with open_store(settings) as store:
        store.search_vectors(embedder.embed_question("any"), HITS)
        for question in questions:
            _parts_of(question, store, embedder, settings, spent)
    return {name: round(percentile(values, 0.5), 2) for name, values in spent.items()}


def _parts_of(
    question: str, store: Store, embedder: Embedder, settings: Settings, spent: dict[str, list[float]]
) -> None:
    def part(name: str, run: Callable[[], T]) -> T:
        milliseconds, value = _timed(run)
        spent[name].append(milliseconds)
        return value

    words, depth = content_words(question), settings.candidates
    counts = part("word_counts", lambda: store.word_counts(words))
    telling = [word for word in words if 0 < counts[word] <= COMMON_SHARE * store.counts().passages]
    sparse = part("search_words", lambda: store.search_words(telling, depth))
    vector = part("embed", lambda: embedder.embed_question(question))
    dense = part("search_vectors", lambda: store.search_vectors(vector, depth))
    missing = sorted(dict(sparse).keys() - dict(dense).keys())
    part("similarities", lambda: store.similarities(vector, missing))
    part("passages", lambda: store.passages([row for row, _ in (*dense[:12], *sparse[:12])]))


def _processor_seconds() -> float:
    """Return the processor time of this process and of its children that have ended."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _timed(run: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    value = run()
    return (time.perf_counter() - begun) * 1000, value


def _first_texts(articles: Path, settings: Settings) -> list[str]:
    embedder = load_embedder(settings)
    texts: list[str] = []
    with ArticleReader(settings) as reader:
        for file in find_sources([str(articles)], settings):
            assert isinstance(file, SourceFile)
            for one in reader.read(file):
                if isinstance(one, Article):
                    texts += [
                        passage.text for passage in split_passages(one, embedder.count_pieces, settings)
                    ]
                if len(texts) >= BASE:
                    return texts
    return texts


def main() -> int:
    """Measure one phase and print it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("phase", choices=("ingest", "search"))
    parser.add_argument("source", type=Path, help="articles, or questions")
    parser.add_argument("place", help="folder or postgresql:// address of the index")
    parser.add_argument(
        "--base", type=Path, default=Path("build/scale-base.npy"), help="vectors to draw from"
    )
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--parts", action="store_true")
    arguments = parser.parse_args()
    settings = Settings(index=arguments.place)
    if arguments.phase == "ingest":
        arguments.base.parent.mkdir(parents=True, exist_ok=True)
        measured = ingest(arguments.source, settings, arguments.base)
    else:
        questions = [row["question"] for row in read_rows(arguments.source)][: arguments.questions]
        measured = (parts if arguments.parts else search)(questions, settings)
    print(json.dumps(measured))
    return 0


if __name__ == "__main__":
    sys.exit(main())
