"""Asks and ingests at full load for a while, and says whether anything failed or memory grew.

    python -m benchmarks.soak [--minutes 60] [--readers N] [--corpus corpus] [--out FIGURES.json]

Readers, processes of their own, ask questions of the demonstration set without a pause, and open the index
anew every two hundred. Meanwhile articles are changed, taken out and brought back, and the folder is ingested.
The exit code is 1 when a question or an ingest failed, the index is not sound at the end, or a process held
over a fifth more memory in the last quarter of the time than in the second.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

from assistant import Assistant, AssistantError, Settings, load_examples

QUESTIONS = Path("assistant/evaluation/questions/corpus.jsonl")
OPEN_AGAIN = 200
SAMPLE_SECONDS = 2.0
MOST_GROWTH = 1.2


def resident_bytes() -> int:
    """Return how much memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Watch:
    """Samples of this process's memory over the time of the run."""

    def __init__(self, seconds: float) -> None:
        self.began = time.monotonic()
        self.seconds = seconds
        self.samples: list[tuple[float, int]] = []

    def running(self) -> bool:
        """Take a sample when one is due; tell whether there is time left."""
        passed = time.monotonic() - self.began
        if not self.samples or passed - self.samples[-1][0] >= SAMPLE_SECONDS:
            self.samples.append((passed, resident_bytes()))
        return passed < self.seconds

    def growth(self) -> float:
        """Return the memory of the last quarter of the time over that of the second, at the medians."""
        quarters: list[list[int]] = [[], [], [], []]
        for passed, held in self.samples:
            quarters[min(3, int(4 * passed / self.seconds))].append(held)
        if not (quarters[1] and quarters[3]):
            return 1.0
        return round(statistics.median(quarters[3]) / statistics.median(quarters[1]), 3)


def read(index: Path, seconds: float, seed: int, results: Queue[dict[str, Any]]) -> None:
    """Ask until the time is over; report how often, what failed, and how memory grew."""
    draw = random.Random(seed)
    questions = [one.question for one in load_examples(QUESTIONS)]
    watch, asked, errors = Watch(seconds), 0, []
    times: list[float] = []
    while watch.running():
        with Assistant.open(Settings(index=index)) as assistant:
            for _ in range(OPEN_AGAIN):
                begun = time.perf_counter()
                try:
                    answer = assistant.ask(draw.choice(questions))
                    wrong = [c for c in answer.citations if c.article.text[c.start : c.end] != c.quote]
                    errors += [f"quotation {one.article.id}" for one in wrong]
                except AssistantError as error:
                    errors.append(str(error))
                times.append(time.perf_counter() - begun)
                asked += 1
                if not watch.running():
                    break
    results.put(
        {
            "asked": asked,
            "errors": errors,
            "growth": watch.growth(),
            "megabytes": watch.samples[-1][1] // 10**6,
            "median_ms": round(1000 * statistics.median(times)),
        }
    )


def write(assistant: Assistant, folder: Path, seconds: float) -> dict[str, Any]:
    """Change, take out and bring back articles until the time is over, ingesting each time."""
    draw = random.Random(0)
    watch, ingests, errors = Watch(seconds), 0, []
    names = sorted(path.name for path in folder.glob("*.md"))
    while watch.running():
        path = folder / draw.choice(names)
        path.write_text(f"{path.read_text()}\n\nThis line was added in round {ingests} of the soak.\n")
        try:
            report = assistant.ingest([folder])
            if report.failed or report.updated != 1:
                errors.append(f"{report.updated} updated, {report.failed} failed")
            known = [one.id for one in assistant.index.articles() if not one.removed]
            removed = draw.choice(known)
            assistant.index.remove([removed])
            assistant.index.restore([removed])
        except AssistantError as error:
            errors.append(str(error))
        ingests += 1
    return {
        "ingests": ingests,
        "errors": errors,
        "growth": watch.growth(),
        "megabytes": watch.samples[-1][1] // 10**6,
    }


def main() -> int:
    """Run the soak and print its figures."""
    parser = argparse.ArgumentParser(description="Ask and ingest at full load for a while.")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--readers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    seconds = 60 * arguments.minutes
    context = multiprocessing.get_context("spawn")
    results: Queue[dict[str, Any]] = context.Queue()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "corpus"
        shutil.copytree(arguments.corpus, folder)
        (folder / "README.md").unlink(missing_ok=True)
        settings = Settings(index=Path(place) / "index")
        with Assistant.build(folder, settings) as assistant:
            readers = [
                context.Process(target=read, args=(settings.index, seconds, seed, results))
                for seed in range(arguments.readers)
            ]
            for reader in readers:
                reader.start()
            writer = write(assistant, folder, seconds)
            reports = [results.get(timeout=120) for _ in readers]
            for reader in readers:
                reader.join()
            problems = [str(one) for one in assistant.index.verify()]
    figures = {"minutes": arguments.minutes, "writer": writer, "readers": reports, "problems": problems}
    text = json.dumps(figures, indent=2)
    print(text)
    if arguments.out:
        arguments.out.write_text(text + "\n")
    everyone = [writer, *reports]
    failed = problems or any(one["errors"] or one["growth"] > MOST_GROWTH for one in everyone)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
