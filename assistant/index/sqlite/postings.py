"""Which passages hold a word, and how often: from the file of postings and what is newer, or else from FTS5."""

from __future__ import annotations

import logging
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexDamaged
from assistant.index.listing import live_passages
from assistant.index.sqlite.newer_words import NewerWords
from assistant.index.sqlite.occurrences import Postings, read_postings
from assistant.index.sqlite.posting_file import (
    MOST_NEWER,
    POSTINGS_FOLDER,
    PostingFile,
    PostingFileError,
    posting_record,
)
from assistant.index.sqlite.writes import next_number

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PostingView:
    """The postings as the index is in one state, with passages up to number ``last``.

    ``alive``: by number, which of them are still there; None: all.
    """

    file: PostingFile
    newer: NewerWords
    last: int
    alive: NDArray[np.bool_] | None

    def postings(self, term: str) -> Postings | None:
        """Return the passages that hold a term; None of one that is not in the file.

        Raises:
            PostingFileError: they are not what was written.
        """
        held = self.file.postings(term)
        if held is None:
            return None
        if self.newer.count:
            later = self.newer.postings(term)
            inside = int(np.searchsorted(later.rowids, self.last, side="right"))
            held = Postings(
                np.concatenate([held.rowids, later.rowids[:inside]]),
                np.concatenate([held.weights, later.weights[:inside]]),
            )
        if self.alive is None:
            return held
        kept = np.flatnonzero(self.alive[held.rowids])
        return Postings(held.rowids[kept], held.weights[kept])


class PostingReader:
    """Reads the postings of one ledger; safe among threads. ``state`` is always the ledger's count of changes."""

    def __init__(self, index: Path) -> None:
        self._folder = index / POSTINGS_FOLDER
        self._lock = threading.Lock()
        self._state: str | None = None
        self._view: PostingView | None = None
        self._file: PostingFile | None = None
        self._newer: NewerWords | None = None
        self._refused = ""

    def close(self) -> None:
        """Release the memory."""
        with self._lock:
            self._forget()

    def view(self, connection: sqlite3.Connection, state: str) -> PostingView | None:
        """Return the postings of frequent words, where there is a file of them that is whole and not too old."""
        with self._lock:
            if state != self._state:
                self._view = self._opened(connection)
                self._state = state
            return self._view

    def read(self, connection: sqlite3.Connection, term: str, state: str) -> Postings:
        """Return the passages that hold a term."""
        return self._frequent(connection, term, state) or read_postings(connection, term)

    def count(self, connection: sqlite3.Connection, term: str, state: str) -> int:
        """Count the passages that hold a term."""
        held = self._frequent(connection, term, state)
        if held is not None:
            return len(held.rowids)
        row = connection.execute("SELECT doc FROM vocabulary WHERE term = ?", (term,)).fetchone()
        return int(row[0]) if row else 0

    def _frequent(self, connection: sqlite3.Connection, term: str, state: str) -> Postings | None:
        view = self.view(connection, state)
        try:
            return view.postings(term) if view else None
        except PostingFileError as error:
            with self._lock:
                self._refuse(view.file.record.name if view else "", error)
            return None

    def _opened(self, connection: sqlite3.Connection) -> PostingView | None:
        record = posting_record(connection)
        last = next_number(connection, "passages") - 1
        if record is None or record.name == self._refused or last - record.last > MOST_NEWER:
            return None
        if self._file is None or self._newer is None or self._file.record != record:
            self._forget()
            try:
                self._file = PostingFile(self._folder, record)
            except PostingFileError as error:
                self._refuse(record.name, error)
                return None
            self._newer = NewerWords(record.last)
        try:
            self._newer.add(connection, last)
        except IndexDamaged:  # An article's row, whose words the full text still has.
            return None
        live = live_passages(connection)
        if last == self._newer.last and len(live) == record.count + self._newer.count:
            return PostingView(self._file, self._newer, last, None)
        alive = np.zeros(last + 1, dtype=np.bool_)
        alive[live] = True
        return PostingView(self._file, self._newer, last, alive)

    def _refuse(self, name: str, error: PostingFileError) -> None:
        self._refused, self._view = name, None
        self._forget()
        LOG.warning(
            "%s; reading the full text itself, more slowly: run `python -m assistant doctor --rebuild`", error
        )

    def _forget(self) -> None:
        self._file = self._newer = self._view = self._state = None
