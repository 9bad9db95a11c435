"""Measure every system, one process at a time: ``python -m benchmarks.peers.run --data DIR``.

DIR holds RealTimeQA as ``benchmarks.convert`` writes it. What is measured goes to
``benchmarks/results/``, one file for each part, as soon as it is there.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.peers import SCALE_ONLY, SYSTEMS
from benchmarks.peers.data import write_scale, write_subset
from benchmarks.peers.measure import QUIET
from benchmarks.peers.rows import read_rows, write_rows

COLD_STARTS = 3
SCALE_QUESTIONS = 30
# Seconds for each phase, and the passages from which it has more in proportion.
TIME_LIMIT = 1200
SIZE_OF_TIME_LIMIT = 100_000


class MeasurementError(Exception):
    """A system failed or took too long; the message says which phase and why."""


def compare_quality(names: list[str], source: Path, work: Path, articles: int) -> dict[str, Any]:
    """Ingest the same articles with each system and ask it the same questions.

    Raises:
        MeasurementError: a system failed; without it there is nothing to compare.
    """
    data = work / f"articles-{articles}"
    if not (data / "questions.jsonl").exists():
        write_subset(source, data, articles)
    rows, questions = read_rows(data / "articles.jsonl"), read_rows(data / "questions.jsonl")
    write_rows(data / "first.jsonl", questions[:1])
    words = sum(len(row["text"].split()) for row in rows)
    systems = {}
    for name in names:
        folder = _emptied(work / "stores" / name)
        ingest = _measure("ingest", name, data / "articles.jsonl", folder)
        search = _measure("search", name, data / "questions.jsonl", folder)
        starts = [_measure("search", name, data / "first.jsonl", folder) for _ in range(COLD_STARTS)]
        systems[name] = {
            "ingest": {
                **ingest,
                "passages_per_second": ingest["passages"] / ingest["seconds"],
                "words_per_second": words / ingest["seconds"],
            },
            "search": {**search, "cold_start_s": median(start["cold_start_s"] for start in starts)},
        }
    about = {"articles": len(rows), "words": words, "questions": len(questions)}
    return {"data": about, "systems": systems}


def compare_scale(names: list[str], source: Path, work: Path, sizes: list[int]) -> dict[str, Any]:
    """Store and search growing numbers of passages, with the same stand-in vectors for all."""
    if not all((work / "scale" / str(size) / "base.npy").exists() for size in sizes):
        write_scale(source, work / "scale", sizes)
    points = []
    for size in sizes:
        data = work / "scale" / str(size)
        questions = work / "scale" / "questions.jsonl"
        write_rows(questions, read_rows(data / "questions.jsonl")[:SCALE_QUESTIONS])
        for name in names:
            try:
                seconds = TIME_LIMIT * max(1, size // SIZE_OF_TIME_LIMIT)
                point = _scale_point(name, data, questions, _emptied(work / "stores" / name), seconds)
            except MeasurementError as error:
                print(error, file=sys.stderr)
                point = {"system": name, "passages": size, "failed": str(error).splitlines()[0]}
            points.append(point)
    return {"sizes": sizes, "questions": SCALE_QUESTIONS, "points": points}


def _scale_point(name: str, data: Path, questions: Path, folder: Path, seconds: int) -> dict[str, Any]:
    ingest = _measure("stand_in", name, data, folder, seconds)
    search = _measure("search", name, questions, folder, seconds)
    return {
        "system": name,
        "passages": ingest["passages"],
        "ingest_s": ingest["seconds"],
        "ingest_peak_mb": ingest["peak_mb"],
        "index_mb": ingest["index_mb"],
        "search_p50_ms": search["p50_ms"],
        "search_p95_ms": search["p95_ms"],
        "search_peak_mb": search["peak_mb"],
        "cold_start_s": search["cold_start_s"],
    }


def describe_machine(names: list[str]) -> dict[str, Any]:
    """Return the processor, its cores in use, the memory and the versions of the systems that are measured."""
    processor = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        lines = information.read_text().splitlines()
        processor = next(
            (line.partition(":")[2].strip() for line in lines if "model name" in line), processor
        )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    packages = {SYSTEMS[name][1] for name in names} | {"chromadb", "sentence-transformers", "torch"}
    return {
        "processor": processor,
        "cores": os.cpu_count(),
        "memory_gb": round(memory, 1),
        "system": platform.system(),
        "python": platform.python_version(),
        "versions": {package: metadata.version(package) for package in sorted(packages)},
    }


def _measure(phase: str, name: str, source: Path, folder: Path, seconds: int = TIME_LIMIT) -> dict[str, Any]:
    result = folder.parent / f"{name}-{phase}.json"
    result.unlink(missing_ok=True)
    command = [
        sys.executable,
        "-m",
        "benchmarks.peers.measure",
        phase,
        name,
        *map(str, (source, folder, result)),
    ]
    print(f"{phase} {name} …", end=" ", file=sys.stderr, flush=True)
    begun = time.time()
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **QUIET},
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise MeasurementError(f"{phase} took more than {seconds} s") from None
    print(f"{time.time() - begun:.1f} s", file=sys.stderr)
    if done.returncode:
        raise MeasurementError(f"{phase} ended with status {done.returncode}\n{done.stderr[-2000:]}")
    measured: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    if "ready" in measured:
        measured["cold_start_s"] = measured.pop("ready") - begun
    return measured


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def main() -> int:
    """Run the parts that the command line names."""
    parser = argparse.ArgumentParser(description="Measure this assistant and its peers side by side.")
    parser.add_argument(
        "--data", type=Path, required=True, help="RealTimeQA, as benchmarks.convert writes it"
    )
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results"))
    parser.add_argument("--work", type=Path, default=Path("build/benchmarks"), help="for stores and samples")
    parser.add_argument(
        "--articles", type=int, default=400, help="articles of the quality part (default 400)"
    )
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=[1000, 10_000, 100_000], help="passages to scale to"
    )
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    parser.add_argument("--parts", nargs="+", choices=["quality", "scale"], default=["quality", "scale"])
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for part in arguments.parts:
        if part == "quality":
            names = [name for name in arguments.systems if name not in SCALE_ONLY]
            measured = compare_quality(names, arguments.data, arguments.work, arguments.articles)
        else:
            measured = compare_scale(arguments.systems, arguments.data, arguments.work, arguments.sizes)
        created = datetime.datetime.now(datetime.UTC).date().isoformat()
        document = {"created": created, "machine": describe_machine(arguments.systems), **measured}
        path = arguments.out / f"peers-{part}.json"
        path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
