"""The command that works for the ingests of an index in PostgreSQL."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading

from assistant.errors import SettingsError
from assistant.interfaces.cli.inputs import settings_of
from assistant.interfaces.cli.terminal import event_line


def run_worker(arguments: argparse.Namespace) -> int:
    """Do the jobs of ingests until stopped; a first signal lets the file that is being read be finished."""
    settings = settings_of(arguments)
    if not settings.index_is_address:
        raise SettingsError(
            f"workers share a database, and {settings.index} is a folder; name one with --index postgresql://…"
        )
    from assistant.index.postgres.store import PostgresStore
    from assistant.models.load import load_embedder

    stop = threading.Event()

    def end(number: int, frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    logging.basicConfig(format="%(message)s")
    with PostgresStore(settings, create=True) as store:
        embedder = load_embedder(settings)
        print("the worker waits for jobs", file=sys.stderr, flush=True)
        store.work(
            embedder,
            on_event=lambda event: print(event_line(event), file=sys.stderr, flush=True),
            stop=stop,
        )
    return 0
