"""A SQLite file of what users keep: for its owner's eyes, and what is deleted is overwritten."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import WorkspaceError

WAIT_SECONDS = 10.0
# Free pages of a file from which it is worth being written anew.
FREE_PAGES = 1000


def create(path: Path, schema: str) -> None:
    """Make the file and its tables where they are not there yet.

    Raises:
        WorkspaceError: it cannot be written, or is no such file.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be written ({error.strerror}); {_remedy()}") from None
    with writing(path) as connection:
        for statement in schema.split(";"):
            connection.execute(statement)


@contextlib.contextmanager
def open_to_read(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file for a few queries.

    Raises:
        WorkspaceError: it cannot be read.
    """
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as opened:
            opened.execute("PRAGMA foreign_keys = ON")
            opened.execute("PRAGMA secure_delete = ON")
            yield opened
    except sqlite3.Error as error:
        raise WorkspaceError(f"{path} cannot be read or written ({error}); {_remedy()}") from None


@contextlib.contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file for one transaction, which is undone when the block fails.

    Raises:
        WorkspaceError: it cannot be written.
    """
    with open_to_read(path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def shrink(path: Path) -> None:
    """Give freed space back to the disk, once there is much of it.

    Raises:
        WorkspaceError: it cannot be written.
    """
    with open_to_read(path) as connection:
        if connection.execute("PRAGMA freelist_count").fetchone()[0] > FREE_PAGES:
            connection.execute("VACUUM")


def _remedy() -> str:
    return "free the disk, mend its rights, or name another folder with ASSISTANT_WORKSPACE"
