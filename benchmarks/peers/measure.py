"""One measurement in a process of its own: ``python -m benchmarks.peers.measure PHASE SYSTEM ... RESULT``."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "true",
    "TQDM_DISABLE": "1",
}
"""No system calls out, and none spends time on progress bars."""

HITS = 10
CUTOFFS = (1, 5, 10)
BUDGET = 1000


def measure_ingest(system: ModuleType, articles: Path, folder: Path) -> dict[str, float]:
    """Ingest articles; imports are done before, the model is loaded within."""
    return {**_timed_ingest(lambda: system.ingest(articles, folder)), "index_mb": _megabytes(folder)}


def measure_stand_in(system: ModuleType, data: Path, folder: Path) -> dict[str, float]:
    """Ingest passages with stand-in vectors, whose making (the same for all) is part of the time."""
    import numpy as np

    base = np.load(data / "base.npy")
    measured = _timed_ingest(lambda: system.ingest_stand_in(data, base, folder))
    measured["index_mb"] = getattr(system, "index_megabytes", _megabytes)(folder)
    return measured


def measure_search(system: ModuleType, questions: Path, folder: Path) -> dict[str, Any]:
    """Search for every question, the first apart: ``ready`` is the time of day when its hits were there."""
    from assistant.evaluation.metrics import percentile
    from assistant.evaluation.ranking import answer_rank
    from benchmarks.peers.rows import read_rows

    rows = read_rows(questions)
    search = system.open_search(folder)
    search(rows[0]["question"], HITS)
    ready = time.time()
    milliseconds, ranks, words, within = [], [], [], []
    for row in rows:
        begun = time.perf_counter()
        texts = search(row["question"], HITS)
        milliseconds.append((time.perf_counter() - begun) * 1000)
        ranks.append(answer_rank(texts, row["answers"]))
        words.append(sum(len(text.split()) for text in texts))
        within.append(answer_rank(_first_words(texts), row["answers"]) is not None)
    return {
        "ready": ready,
        "questions": len(rows),
        "p50_ms": percentile(milliseconds, 0.5),
        "p95_ms": percentile(milliseconds, 0.95),
        "peak_mb": _peak_megabytes(),
        "words_read": median(words),
        "recall_in_budget": sum(within) / len(within),
        "mrr": sum(1 / rank for rank in ranks if rank) / len(ranks),
        **{
            f"recall@{k}": sum(rank is not None and rank <= k for rank in ranks) / len(ranks) for k in CUTOFFS
        },
        "ranks": ranks,
    }


PHASES: dict[str, Callable[[ModuleType, Path, Path], dict[str, Any]]] = {
    "ingest": measure_ingest,
    "stand_in": measure_stand_in,
    "search": measure_search,
}


def _first_words(texts: list[str]) -> list[str]:
    """Return the texts up to the budget of words, the last one cut, so that passage length does not count."""
    left = BUDGET
    kept = []
    for text in texts:
        words = text.split()[:left]
        left -= len(words)
        kept.append(" ".join(words))
    return kept


def _timed_ingest(ingest: Callable[[], int]) -> dict[str, float]:
    begun = time.perf_counter()
    passages = ingest()
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "passages": passages, "peak_mb": _peak_megabytes()}


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _peak_megabytes() -> float:
    unit = 1 if platform.system() == "Darwin" else 1024
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(kind).ru_maxrss for kind in kinds) * unit / 1e6


def main() -> int:
    """Measure one phase of one system and write what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("phase", choices=PHASES)
    parser.add_argument("system")
    parser.add_argument("source", type=Path, help="articles, folder of stand-in data, or questions")
    parser.add_argument("folder", type=Path, help="where the system keeps its store")
    parser.add_argument("result", type=Path)
    arguments = parser.parse_args()
    os.environ.update(QUIET)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    system = importlib.import_module(f"benchmarks.peers.{arguments.system}")
    result = PHASES[arguments.phase](system, arguments.source, arguments.folder)
    arguments.result.write_text(json.dumps(result), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
