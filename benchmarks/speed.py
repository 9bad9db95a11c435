"""Measures ingest, memory, cold start and question latency of the command line on a file of articles.

    python -m benchmarks.speed ARTICLES.jsonl[.xz] QUESTIONS.jsonl OUT.json

Each step is a process of its own, as a user would run it. Answer-string recall is RealTimeQA's: lower case,
punctuation to spaces; over the questions that have ``answers``.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assistant.evaluation import load_examples
from assistant.evaluation.matching import contains_answer
from assistant.ingest import ArticleReader, find_sources
from assistant.settings import Settings
from assistant.types import Article

DEPTHS = (1, 5, 10)


def run(*arguments: str) -> tuple[float, str]:
    """Run a subcommand; return its seconds and standard output."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - begun, done.stdout.decode()


def words_in(articles: Path) -> int:
    """Count the words of the articles as they are read."""
    settings = Settings()
    with ArticleReader(settings) as reader:
        return sum(
            len(one.text.split())
            for file in find_sources([str(articles)], settings)
            for one in reader.read(file)  # type: ignore[arg-type]
            if isinstance(one, Article)
        )


def main() -> int:
    """Measure, print and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--keep", type=Path, help="leave the index in this new folder")
    arguments = parser.parse_args()
    examples = [example for example in load_examples(arguments.questions) if example.answers]
    with tempfile.TemporaryDirectory() as folder:
        index = str(arguments.keep or Path(folder) / "index")
        ingest_s, _ = run("ingest", str(arguments.articles), "--index", index)
        peak_kib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        counts = json.loads(run("list", "--index", index, "--json")[1])
        again_s, _ = run("ingest", str(arguments.articles), "--index", index)
        cold = [run("ask", examples[0].question, "--index", index)[0] for _ in range(5)]
        answers = run("ask", "--questions", str(arguments.questions), "--index", index)[1].splitlines()
        found = run("search", "--questions", str(arguments.questions), "--index", index)[1].splitlines()
        size = sum(file.stat().st_size for file in Path(index).rglob("*") if file.is_file())
    words = words_in(arguments.articles)
    latencies = sorted(sum(json.loads(line)["timings_ms"].values()) for line in answers)
    hits = {row["id"]: row["hits"] for row in map(json.loads, found)}
    figures = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "articles": len(counts),
        "passages": sum(one["passages"] for one in counts),
        "words": words,
        "ingest_seconds": round(ingest_s, 1),
        "ingest_words_per_second": round(words / ingest_s),
        "unchanged_ingest_seconds": round(again_s, 2),
        "ingest_peak_mib": round(peak_kib / 1024),
        "index_mib": round(size / 2**20, 1),
        "cold_ask_seconds": round(statistics.median(cold), 2),
        "question_ms_p50": round(latencies[len(latencies) // 2], 1),
        "question_ms_p95": round(latencies[int(len(latencies) * 0.95)], 1),
        "questions": len(examples),
        **{
            f"answer_recall@{k}": round(
                statistics.mean(
                    any(contains_answer(hit["text"], a) for hit in hits[e.id][:k] for a in e.answers)
                    for e in examples
                ),
                4,
            )
            for k in DEPTHS
        },
    }
    arguments.out.write_text(json.dumps(figures, indent=1) + "\n")
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
