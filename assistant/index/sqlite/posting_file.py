"""The postings of frequent words in one file, so that FTS5 need not walk through all places where each stands.

The file is made from the full text of a ledger by whoever holds its write lock, and never changed: the ledger names
it, with the hash of its directory, which holds the checksum of each word's postings. Numbers of passages are never
used twice, so that it stays true of the passages that it holds, until they are gone. It can be thrown away.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import threading
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from assistant.errors import StoreError
from assistant.index.listing import Rows, live_passages
from assistant.index.sqlite.ledger import Ledger, get_record, set_meta
from assistant.index.sqlite.occurrences import Postings, read_lengths, read_postings
from assistant.index.sqlite.writes import next_number
from assistant.settings import Settings

POSTINGS_FOLDER = "postings"
RECORD = "postings"
# Fewer places are read from FTS5 as fast.
LEAST_PASSAGES = 128
# Newer passages that a reader indexes for itself, each in about .2 ms; with more, FTS5 is asked for every word.
MOST_NEWER = 2000
ROWID, WEIGHT, LENGTH = np.dtype("<i4"), np.dtype("<u2"), np.dtype("<u4")
MOST_NUMBER = int(np.iinfo(ROWID).max)


class PostingFileError(Exception):
    """The file is not what was written, or is gone; the full text still serves."""


@dataclass(frozen=True, slots=True)
class PostingRecord:
    """What the ledger knows of a file: it holds ``count`` passages, all that were live up to number ``last``."""

    name: str
    last: int
    count: int
    directory_at: int
    sha256: str


class PostingFile:
    """An open file; safe among threads.

    Raises:
        PostingFileError: it cannot be opened, or its directory is not what was written.
    """

    def __init__(self, folder: Path, record: PostingRecord) -> None:
        self.record = record
        self._lock = threading.Lock()
        self._checked: set[str] = set()
        try:
            self._bytes = np.memmap(folder / record.name, dtype=np.uint8, mode="r")
            directory = self._bytes[record.directory_at :].tobytes()
            if hashlib.sha256(directory).hexdigest() != record.sha256:
                raise PostingFileError(f"the postings {record.name} are damaged")
            heads, _, lengths = directory.partition(b"\n")
            terms: dict[str, tuple[int, int, int]] = json.loads(heads)
        except (OSError, ValueError) as error:
            raise PostingFileError(f"the postings {record.name} cannot be read: {error}") from error
        self.terms = terms
        self.lengths = np.frombuffer(lengths, dtype=LENGTH)

    def postings(self, term: str) -> Postings | None:
        """Return the passages that hold a term; None of one that is not in the file.

        Raises:
            PostingFileError: they are not what was written.
        """
        if term not in self.terms:
            return None
        start, count, checksum = self.terms[term]
        middle, end = start + count * ROWID.itemsize, start + count * (ROWID.itemsize + WEIGHT.itemsize)
        with self._lock:
            if term not in self._checked:
                if zlib.crc32(self._bytes[start:end].data) != checksum:
                    raise PostingFileError(
                        f"what the postings {self.record.name} hold of {term!r} is damaged"
                    )
                self._checked.add(term)
        return Postings(self._bytes[start:middle].view(ROWID), self._bytes[middle:end].view(WEIGHT))

    def check(self) -> None:
        """Check all of it.

        Raises:
            PostingFileError: something in it is not what was written.
        """
        for term in self.terms:
            self.postings(term)


def posting_record(connection: sqlite3.Connection) -> PostingRecord | None:
    """Return what the ledger knows of its file, if there is one."""
    return get_record(connection, RECORD, PostingRecord)


def forget_postings(connection: sqlite3.Connection) -> None:
    """Let no search use the file any more, within a transaction that the caller opened."""
    set_meta(connection, RECORD, "")


def renew_postings(ledger: Ledger, settings: Settings, *, afresh: bool = False) -> None:
    """Make a new file if many passages are newer or gone, and delete all others.

    A small index has none. The caller holds the write lock.

    Raises:
        StoreError: it cannot be written; the full text holds everything, and serves meanwhile.
    """
    folder, few = Path(settings.index) / POSTINGS_FOLDER, min(settings.exact_passages, MOST_NEWER)
    with ledger.reading() as connection:
        record = posting_record(connection)
        live = live_passages(connection)
        older = int(np.searchsorted(live, record.last, side="right")) if record else 0
        changed = len(live) - older + (record.count - older if record else 0)
        lost = record is not None and not (folder / record.name).exists()
        if afresh or lost or changed > few:
            try:
                record = _write(connection, folder, live) if len(live) > few else None
            except OSError as error:
                raise StoreError(
                    f"the articles are safe, but the postings of their words cannot be written ({error}); "
                    "searching goes on without them, more slowly; free disk space, and ingest again"
                ) from error
            named = json.dumps(asdict(record)) if record else ""
        else:
            named = None
    if named is not None and (named or folder.exists()):
        with ledger.writing() as connection:
            set_meta(connection, RECORD, named)
    if folder.exists():
        for path in folder.iterdir():
            if record is None or path.name != record.name:
                path.unlink()


def _write(connection: sqlite3.Connection, folder: Path, live: Rows) -> PostingRecord | None:
    """Write the postings that the full text now holds."""
    last = next_number(connection, "passages") - 1
    if last > MOST_NUMBER:
        return None
    lengths = np.zeros(last + 1, dtype=np.int64)
    numbers, tokens = read_lengths(connection, beyond=0)
    lengths[numbers] = tokens
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / uuid.uuid4().hex
    with _whole_or_none(path) as file:
        terms: dict[str, tuple[int, int, int]] = {}
        frequent = connection.execute("SELECT term FROM vocabulary WHERE doc >= ?", (LEAST_PASSAGES,))
        for (term,) in frequent.fetchall():
            held = read_postings(connection, term)
            if held.weights.max(initial=0) > np.iinfo(WEIGHT).max:
                continue
            data = held.rowids.astype(ROWID).tobytes() + held.weights.astype(WEIGHT).tobytes()
            terms[term] = (file.tell(), len(held.rowids), zlib.crc32(data))
            file.write(data + bytes(-len(data) % ROWID.itemsize))
        directory_at = file.tell()
        directory = json.dumps(terms).encode() + b"\n" + lengths.astype(LENGTH).tobytes()
        file.write(directory)
    return PostingRecord(path.name, last, len(live), directory_at, hashlib.sha256(directory).hexdigest())


@contextlib.contextmanager
def _whole_or_none(path: Path) -> Iterator[BinaryIO]:
    """Lend a new file, which is on the disk afterwards, or gone if something failed."""
    try:
        with path.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
