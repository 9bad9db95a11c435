"""What SQLite's FTS5 keeps of words: how often each stands in which passage, and how long these are."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexDamaged
from assistant.index.listing import Rows

TITLE_WEIGHT = 2


@dataclass(frozen=True, slots=True)
class Postings:
    """The passages that hold a word, ascending, and how often each does, twice where it is in the title."""

    rowids: NDArray[np.integer]
    weights: NDArray[np.integer]


def damaged_full_text() -> IndexDamaged:
    """Return the error of a full text that is not what was written."""
    return IndexDamaged(
        "the full text does not hold what was written; run `python -m assistant doctor --rebuild`"
    )


def read_totals(connection: sqlite3.Connection) -> tuple[int, float]:
    """Return the number of passages and their average length in tokens, as FTS5 keeps them."""
    row = connection.execute("SELECT block FROM words_data WHERE id = 1").fetchone()
    numbers = _varints(bytes(row[0])) if row else np.zeros(0, dtype=np.int64)
    passages, tokens = (int(numbers[0]), int(numbers[1:].sum())) if len(numbers) else (0, 0)
    return passages, tokens / passages if passages and tokens else 1.0


def read_lengths(connection: sqlite3.Connection, *, beyond: int) -> tuple[Rows, Rows]:
    """Return the numbers of the passages beyond one, ascending, and how many tokens each has.

    Raises:
        IndexDamaged: what FTS5 keeps of them is not what was written.
    """
    rows = connection.execute(
        "SELECT id, sz FROM words_docsize WHERE id > ? ORDER BY id", (beyond,)
    ).fetchall()
    sizes = _varints(b"".join(size for _, size in rows))
    if len(sizes) != 2 * len(rows):
        raise damaged_full_text()
    numbers = np.fromiter((number for number, _ in rows), np.int64, len(rows))
    return numbers, sizes.reshape(-1, 2).sum(axis=1)


def read_postings(connection: sqlite3.Connection, term: str) -> Postings:
    """Walk through the places where a term stands."""
    return _added_up(_numbers(connection, "2 * doc + (col = 'title')", term))


def match_any(words: Sequence[str]) -> str:
    """Write an FTS5 query for any of the words, each quoted, whatever characters it holds."""
    usable = (word for word in words if any(character.isalnum() for character in word))
    return " OR ".join('"' + word.replace('"', " ").replace("\0", " ") + '"' for word in usable)


def read_phrase(connection: sqlite3.Connection, phrase: str) -> tuple[Rows, NDArray[np.float64]]:
    """Return the passages that hold a phrase, ascending, and the BM25 score of each.

    FTS5 looks only into passages that hold all its words; to walk through the places of each took seconds where one
    is "and" and the passages are a million.
    """
    rows = connection.execute(
        "SELECT rowid, -bm25(words, ?, 1.0) FROM words WHERE words MATCH ? ORDER BY rowid",
        (TITLE_WEIGHT, match_any([phrase])),
    ).fetchall()
    rowids = np.fromiter((rowid for rowid, _ in rows), np.int64, len(rows))
    return rowids, np.fromiter((score for _, score in rows), np.float64, len(rows))


def _numbers(connection: sqlite3.Connection, numbered: str, term: str) -> Rows:
    """Return a number for each place of a term: as one text, which takes a sixth of the time of as many rows."""
    (text,) = connection.execute(
        f"SELECT group_concat({numbered}) FROM occurrences WHERE term = ?",  # noqa: S608 - our own
        (term,),
    ).fetchone()
    return np.fromstring(text or "", dtype=np.int64, sep=",")


def _added_up(codes: Rows) -> Postings:
    """Add up the weights of each passage, given twice its number, and one more, for each place in the title."""
    rowids, weights = codes >> 1, np.where(codes & 1, TITLE_WEIGHT, 1)
    if np.any(rowids[1:] < rowids[:-1]):
        order = np.argsort(rowids, kind="stable")
        rowids, weights = rowids[order], weights[order]
    first = np.flatnonzero(np.diff(rowids, prepend=-1))
    return Postings(rowids[first], np.add.reduceat(weights, first) if len(first) else weights[:0])


def _varints(data: bytes) -> Rows:
    """Read SQLite's numbers of seven bits a byte, of which all but the last byte have the eighth set."""
    held = np.frombuffer(data, dtype=np.uint8).astype(np.int64)
    ends = np.flatnonzero(held < 128)
    starts = np.concatenate([[0], ends[:-1] + 1]) if len(ends) else ends
    values = np.zeros(len(ends), dtype=np.int64)
    for step in range(int((ends - starts).max(initial=-1)) + 1):
        inside = starts + step <= ends
        values[inside] = (values[inside] << 7) | (held[(starts + step)[inside]] & 127)
    return values
