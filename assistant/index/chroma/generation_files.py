"""The files of generations: what the ledger knows of them, locks, digests, copies."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import sqlite3
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from assistant.index.chroma.vector_block import NO_VECTORS, VectorBlock, held_of
from assistant.index.listing import Rows

LOCK = "lock"
STORE = "chroma"
ROWIDS = "passages.npy"
# The vectors of these passages, one after another; generations of before have no such file.
HELD_VECTORS = "vectors.f4"
CHROMA_FILE = "chroma.sqlite3"
CHROMA_TABLES = ("collections", "segments", "max_seq_id", "embeddings", "embeddings_queue")


class GenerationError(Exception):
    """A generation cannot be used: damaged, gone, or its server does not answer; the ledger still serves."""


class GenerationUnfit(GenerationError):
    """A generation does not find its own passages: too many are alike for a graph of near neighbours."""


class GenerationGone(GenerationError):
    """A generation has been deleted, or is being deleted."""


@dataclass(frozen=True, slots=True)
class GenerationRecord:
    """What the ledger knows of a generation.

    It holds ``count`` passages, all those that were live up to number ``last``; ``files`` maps each of
    its files to a SHA-256 (empty on a Chroma server).
    """

    name: str
    last: int
    count: int
    files: dict[str, str] = field(default_factory=dict)


def damaged_files(root: Path, record: GenerationRecord) -> list[str]:
    """Name the files of a generation that are not what was built."""
    folder = root / record.name
    if not record.files:
        return []
    try:
        found = digests_of(folder)
    except OSError as error:
        return [f"generation {record.name} cannot be read: {error}"]
    names = sorted(found.keys() | record.files.keys())
    return [
        f"{name} of generation {record.name} is {'damaged' if name in found else 'missing'}"
        if name in record.files
        else f"{name} does not belong to generation {record.name}"
        for name in names
        if found.get(name) != record.files.get(name)
    ]


def shared_lock(folder: Path) -> int:
    """Take the lock that keeps a generation from being deleted: an open file, released when it is closed.

    Raises:
        GenerationGone: the generation is gone, or going.
    """
    try:
        lock = os.open(folder / LOCK, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise GenerationGone(f"generation {folder.name} is gone") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        raise GenerationGone(f"generation {folder.name} is being removed") from error
    return lock


def held_passages(root: Path, record: GenerationRecord) -> Rows:
    """Return the numbers of the passages that a generation holds, none where that cannot be read."""
    try:
        return np.asarray(np.load(root / record.name / ROWIDS, allow_pickle=False), dtype=np.int64)
    except (OSError, ValueError, EOFError):
        return np.empty(0, dtype=np.int64)


def copy_store(root: Path, copied: GenerationRecord, folder: Path, wanted: Rows) -> Rows:
    """Copy a generation's store, and of its vectors those of passages that are wanted; return the passages in it.

    They are none where it turns out to be damaged, or lacks a wanted one that is no newer than all it holds.
    """
    source = root / copied.name
    try:
        shutil.copytree(source / STORE, folder / STORE)
        for name in (ROWIDS, HELD_VECTORS):
            shutil.copy2(source / name, folder / name)
        whole = not damaged_files(root, replace(copied, name=folder.name))
        held = held_vectors(folder) if whole else NO_VECTORS
    except (OSError, shutil.Error, GenerationError):
        held = NO_VECTORS
    if not len(held.rowids) or np.any(np.setdiff1d(wanted, held.rowids) < held.rowids[-1]):
        shutil.rmtree(folder / STORE, ignore_errors=True)
        (folder / HELD_VECTORS).unlink(missing_ok=True)
        return held.rowids[:0]
    if len(np.setdiff1d(held.rowids, wanted)):
        (folder / HELD_VECTORS).write_bytes(held_of(held, wanted).vectors.tobytes())
    return held.rowids


def held_vectors(folder: Path) -> VectorBlock:
    """Return the vectors of a generation, which stay on the disk until they are asked for.

    Raises:
        GenerationError: they cannot be read.
    """
    try:
        rowids = np.load(folder / ROWIDS, allow_pickle=False)
        vectors = np.asarray(np.memmap(folder / HELD_VECTORS, dtype="<f4", mode="r"))
        return VectorBlock(rowids, vectors.reshape(len(rowids), -1))
    except (OSError, ValueError, EOFError) as error:
        raise GenerationError(f"the vectors of generation {folder.name} cannot be read: {error}") from error


def digests_of(folder: Path) -> dict[str, str]:
    """Hash each file of a generation; of Chroma's SQLite file, what its tables say."""
    digests = {}
    for path in sorted(folder.rglob("*")):
        if path.name == CHROMA_FILE:
            digests[path.relative_to(folder).as_posix()] = _table_digest(path)
        elif path.is_file() and path.name != LOCK and not path.name.startswith(f"{CHROMA_FILE}-"):
            with path.open("rb") as file:
                digests[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return digests


def _table_digest(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            for table in CHROMA_TABLES:
                for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid"):  # noqa: S608
                    digest.update(repr(row).encode())
    except sqlite3.Error as error:
        return f"unreadable: {error}"
    return digest.hexdigest()


def to_disk(folder: Path) -> None:
    """Force a finished generation to the disk before the ledger names it."""
    for path in (*folder.rglob("*"), folder, folder.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
