"""Lets one process at a time write to an index."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import IndexLocked, StoreError

WRITE_LOCK = "write.lock"


@contextlib.contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of the one writer; the system frees it when the process ends, however it ends.

    Raises:
        IndexLocked: another process, or another thread, is writing.
        StoreError: the folder cannot be written.
    """
    lock = FileLock(folder / WRITE_LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise IndexLocked(
            f"another process is writing to the index {folder}; wait until it has finished"
        ) from None
    except OSError as error:
        raise StoreError(f"the index {folder} cannot be written: {error}") from error
    try:
        yield
    finally:
        lock.release()
