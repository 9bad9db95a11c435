"""Ingests with a quick embedder, and prints a line for each article once it is safe: to be killed.

Usage: ingest_driver.py INDEX SOURCE...
"""

import sys
from pathlib import Path

from hashing_embedder import HashingEmbedder

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


if __name__ == "__main__":
    with Index.open(settings_of(Path(sys.argv[1])), create=True) as index:
        report = index.ingest(sys.argv[2:], HashingEmbedder(), prune=True, on_event=tell)
        say("done", report.added, report.updated, report.unchanged, report.removed)
