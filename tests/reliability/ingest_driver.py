"""Ingests with a quick embedder, and prints a line for each article once it is safe: to be killed.

Usage: ingest_driver.py INDEX SOURCE...     or, to search until INDEX/stop exists: ingest_driver.py --read INDEX
"""

import os
import resource
import sys
from collections import Counter
from pathlib import Path

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
    if "MOST_BYTES" in os.environ:  # From now on; the process that parses has its own limits.
        most = int(os.environ["MOST_BYTES"])
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def read_until_stopped(folder: Path) -> int:
    """Ask on and on while another process writes; return how often. Every article has all its passages."""
    embedder, asked = HashingEmbedder(), 0
    with Index.open(settings_of(folder)) as index:
        while not asked or not (folder / "stop").exists():
            numbers = [
                number for number, _ in index.search_vectors(embedder.embed_question(f"{asked}"), 10**6)
            ]
            counts = {one.id: one.passages for one in index.articles()}
            found = Counter(stored.article.id for stored in index.passages(numbers))
            assert all(counts[name] == count for name, count in found.items())
            asked += 1
    return asked


def main() -> int:
    if sys.argv[1] == "--read":
        sys.stdout.write(f"{read_until_stopped(Path(sys.argv[2]))}\n")
        return 0
    try:
        with Index.open(settings_of(Path(sys.argv[1])), create=True) as index:
            report = index.ingest(sys.argv[2:], HashingEmbedder(), prune=True, on_event=tell)
    except StoreError as error:
        say("error", error)
        return 2
    say("done", report.added, report.updated, report.unchanged, report.removed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
