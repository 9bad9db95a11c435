"""The number of the ledger's last change, kept beside it, so that changes that a damaged log lost are noticed.

SQLite checks its write-ahead log when it is first opened after a kill, and leaves out, without a word,
everything from the first frame that is not what was written. The number is written after each change
has been committed: a ledger that is behind it has lost changes that were acknowledged.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zlib
from pathlib import Path

from assistant.errors import IndexDamaged

SUFFIX = ".last-change"
DIGITS = 20


def last_change(connection: sqlite3.Connection) -> int:
    """Return how often the ledger has been changed, as it says itself."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'changes'").fetchone()
    return int(row[0]) if row else 0


def note_last_change(path: Path, number: int) -> None:
    """Write the number beside the ledger; the caller holds the write lock.

    It is not forced to the disk, and a disk that does not take it is no failure of the change, which is
    safe: the number may be older than the ledger, never newer.
    """
    with contextlib.suppress(OSError):
        handle = os.open(_counter_path(path), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            os.pwrite(handle, _counter_line(number), 0)
        finally:
            os.close(handle)


def check_last_change(connection: sqlite3.Connection, path: Path) -> None:
    """Check that a ledger holds all changes that were noted; without a note that can be read, it passes.

    Raises:
        IndexDamaged: it lost some.
    """
    noted = _noted(path)  # First the note: a change that is committed meanwhile only adds to the ledger.
    lost = noted - last_change(connection)
    if lost > 0:
        raise IndexDamaged(
            f"the ledger {path} has lost its last {lost} changes, articles or removals; run `python -m assistant "
            "doctor --rebuild`, then ingest and remove again what was last ingested and removed"
        )


def _noted(path: Path) -> int:
    with contextlib.suppress(OSError, ValueError):
        line = _counter_path(path).read_bytes()
        number = int(line[:DIGITS])
        if line == _counter_line(number):
            return number
    return 0


def _counter_line(number: int) -> bytes:
    digits = b"%0*d" % (DIGITS, number)
    return b"%s %08x\n" % (digits, zlib.crc32(digits))


def _counter_path(path: Path) -> Path:
    return path.with_name(path.name + SUFFIX)
