"""A worker, or an ingest, with a quick embedder in a process of its own: to be killed.

Usage: worker_driver.py ADDRESS work, or worker_driver.py ADDRESS ingest SOURCE... Says "begun", then what is safe.
"""

import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence

import numpy as np
from hashing_embedder import HashingEmbedder
from numpy.typing import NDArray

from assistant.index import IngestEvent, open_store
from assistant.index.postgres.store import PostgresStore
from assistant.settings import Settings

LEASE_SECONDS = 3.0


class Deadly(HashingEmbedder):
    """Ends the process over a text that names poison."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if any("arsenic" in text for text in texts):
            os.kill(os.getpid(), signal.SIGKILL)
        if any("nettles" in text for text in texts):
            raise ValueError("nettles sting")
        return super().embed_passages(texts)


def driver_settings(address: str) -> Settings:
    return Settings(
        index=address,
        exact_passages=0,
        passage_pieces=60,
        overlap_pieces=10,
        worker_lease_seconds=LEASE_SECONDS,
    )


def say(*words: object) -> None:
    sys.stderr.write(" ".join(map(str, words)) + "\n")
    sys.stderr.flush()


def tell(event: IngestEvent) -> None:
    say(event.kind, event.subject, event.reason or "")


def main() -> int:
    address, task, *sources = sys.argv[1:]
    logging.basicConfig(format="log %(message)s")
    with open_store(driver_settings(address), create=True) as store:
        assert isinstance(store, PostgresStore)
        say("begun")
        if task == "work":
            stop = threading.Event()
            signal.signal(signal.SIGTERM, lambda number, frame: stop.set())
            store.work(Deadly(), on_event=tell, stop=stop)
            say("stopped")
        else:
            report = store.ingest(sources, HashingEmbedder(), on_event=tell)
            say("done", report.added, report.updated, report.unchanged, report.failed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
