"""Ingests with a quick embedder, and prints a line for each article once it is safe: to be killed.

Usage: ingest_driver.py INDEX SOURCE...     or, to search until INDEX/stop exists: ingest_driver.py --read INDEX

Either says "begun" once Python has started and all is imported; who reads then waits for an index.
"""

import os
import resource
import sys
import time
from collections import Counter
from pathlib import Path

from failing_calls import make_fail
from hashing_embedder import HashingEmbedder

from assistant.errors import StoreError
from assistant.index import Index, IngestEvent
from assistant.settings import Settings


def settings_of(index: Path) -> Settings:
    """Settings with which even a small ingest builds several generations."""
    return Settings(index=index, exact_passages=150, passage_pieces=60, overlap_pieces=10)


def say(*words: object) -> None:
    sys.stderr.write(" ".join(map(str, words)) + "\n")
    sys.stderr.flush()


def tell(event: IngestEvent) -> None:
    say(event.kind, event.subject)
    # From the first article on, when the process that parses, with limits of its own, has been started.
    if "MOST_BYTES" in os.environ:
        most = int(os.environ["MOST_BYTES"])
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    if call := os.environ.pop("FAILING_CALL", None):
        make_fail(call)


def at_the_limit(folder: Path) -> list[str]:
    """Name the files that are as large as any may be: a write that goes beyond is done up to there."""
    most = int(os.environ["MOST_BYTES"])
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.stat().st_size >= most)


def read_until_stopped(folder: Path) -> tuple[int, int]:
    """Ask on and on while another process writes; return how often, and how often not all had been written.

    Every article that is found has all its passages.
    """
    embedder, seen = HashingEmbedder(), []
    while not (folder / "ledger.sqlite3").exists():
        time.sleep(0.01)
    with Index.open(settings_of(folder)) as index:
        while not seen or not (folder / "stop").exists():
            numbers = [
                number for number, _ in index.search_vectors(embedder.embed_question(f"{len(seen)}"), 10**6)
            ]
            counts = {one.id: one.passages for one in index.articles()}
            found = Counter(stored.article.id for stored in index.passages(numbers))
            assert all(counts[name] == count for name, count in found.items())
            seen.append(len(found))
            time.sleep(0.02)  # Who writes shall not be starved by many who read.
    return len(seen), sum(0 < count < seen[-1] for count in seen)


def main() -> int:
    say("begun")
    if sys.argv[1] == "--read":
        sys.stdout.write(" ".join(map(str, read_until_stopped(Path(sys.argv[2])))) + "\n")
        return 0
    try:
        with Index.open(settings_of(Path(sys.argv[1])), create=True) as index:
            try:
                report = index.ingest(sys.argv[2:], HashingEmbedder(), prune=True, on_event=tell)
            except StoreError:
                if "MOST_BYTES" in os.environ:
                    say("met", *at_the_limit(index.folder))
                raise
    except StoreError as error:
        say("error", error)
        return 2
    say("done", report.added, report.updated, report.unchanged, report.removed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
