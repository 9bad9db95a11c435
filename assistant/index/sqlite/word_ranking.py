"""Ranks passages by BM25 as FTS5 does, score for score, from the occurrences in its index.

FTS5's own ``bm25`` looks up the length of each row that matches and passes over each word twice: at 64,000 passages
19 ms a question of nine words, where reading the occurrences takes a fourth of that. What a word adds to scores and
the lengths of passages are remembered, as long as nothing changes.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.errors import IndexDamaged
from assistant.index.listing import Rows, Selection
from assistant.index.sqlite.term_cutter import TermCutter
from assistant.index.word_scores import (
    REMEMBERED,
    Floats,
    RememberedScores,
    WordScores,
    added_up,
    best,
    scores_of,
)

TITLE_WEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class Postings:
    """The passages that hold a word, ascending, and how often each does, twice where it is in the title."""

    rowids: Rows
    weights: Floats


class WordRanking:
    """Ranks the passages of one ledger; safe among threads."""

    def __init__(self, cutter: TermCutter) -> None:
        self._cutter = cutter
        self._lock = threading.Lock()
        self._state: str | None = None
        self._known = RememberedScores(REMEMBERED)
        self._lengths: Floats = np.zeros(0)
        self._last = 0

    def rank(
        self,
        connection: sqlite3.Connection,
        words: Sequence[str],
        k: int,
        selection: Selection | None,
        state: str,
    ) -> list[tuple[int, float]]:
        """Return (passage number, BM25 score) of the ``k`` best passages that hold any of the words, best first.

        ``state`` is the ledger's count of changes; a word of several tokens counts as a phrase.
        """
        if k < 1 or (selection is not None and not len(selection.rowids)):
            return []
        with self._lock:
            if state != self._state:
                self._state = state
                self._load_lengths(connection)
            lengths = self._lengths
        cut = filter(None, (self._cutter.terms(word.replace("\0", " ")) for word in words))
        found = [self._scores(connection, terms, lengths, state) for terms in cut]
        return best(added_up(found, len(lengths)), k, None if selection is None else selection.rowids)

    def _scores(
        self, connection: sqlite3.Connection, terms: Sequence[str], lengths: Floats, state: str
    ) -> WordScores:
        """Return what a word, or the phrase of its several terms, adds to the score of each passage."""
        known = self._known.get(terms[0], state) if len(terms) == 1 else None
        if known is not None:
            return known
        passages, average = _totals(connection)
        held = _read_postings(connection, terms[0]) if len(terms) == 1 else _phrase(connection, terms)
        if len(held.rowids) and (held.rowids[-1] >= len(lengths) or len(held.rowids) > passages):
            raise _damaged()
        scores = scores_of(held.weights, lengths[held.rowids], passages=passages, average=average)
        found = WordScores(held.rowids, scores)
        if len(terms) == 1:
            self._known.keep(terms[0], state, found)
        return found

    def _load_lengths(self, connection: sqlite3.Connection) -> None:
        """Read how long the passages are that have come since; no number is ever used for two of them."""
        rows = connection.execute(
            "SELECT id, sz FROM words_docsize WHERE id > ? ORDER BY id", (self._last,)
        ).fetchall()
        if not rows:
            return
        sizes = _varints(b"".join(size for _, size in rows))
        if len(sizes) != 2 * len(rows):
            raise _damaged()
        self._last = int(rows[-1][0])
        lengths = np.zeros(self._last + 1)
        lengths[: len(self._lengths)] = self._lengths
        lengths[[number for number, _ in rows]] = sizes.reshape(-1, 2).sum(axis=1)
        self._lengths = lengths


def _damaged() -> IndexDamaged:
    return IndexDamaged(
        "the full text does not hold what was written; run `python -m assistant doctor --rebuild`"
    )


def _totals(connection: sqlite3.Connection) -> tuple[int, float]:
    """Return the number of passages and their average length in tokens, as FTS5 keeps them."""
    row = connection.execute("SELECT block FROM words_data WHERE id = 1").fetchone()
    numbers = _varints(bytes(row[0])) if row else np.zeros(0, dtype=np.int64)
    passages, tokens = (int(numbers[0]), int(numbers[1:].sum())) if len(numbers) else (0, 0)
    return passages, tokens / passages if passages and tokens else 1.0


def _read_postings(connection: sqlite3.Connection, term: str) -> Postings:
    row = connection.execute(
        "SELECT group_concat(2 * doc + (col = 'title')) FROM occurrences WHERE term = ?", (term,)
    ).fetchone()
    codes = np.fromstring(row[0] or "", dtype=np.int64, sep=",")
    return _added_up(codes)


def _phrase(connection: sqlite3.Connection, terms: Sequence[str]) -> Postings:
    """Find where terms follow one another."""
    starts: Rows | None = None
    for step, term in enumerate(terms):
        rows = connection.execute(
            "SELECT doc, col = 'title', offset FROM occurrences WHERE term = ?", (term,)
        ).fetchall()
        held = np.array(rows, dtype=np.int64).reshape(-1, 3)
        places = (2 * held[:, 0] + held[:, 1] << 32) + held[:, 2] - step
        starts = places if starts is None else starts[np.isin(starts, places)]
    codes = np.zeros(0, dtype=np.int64) if starts is None else starts >> 32
    return _added_up(codes)


def _added_up(codes: Rows) -> Postings:
    """Add up the weights of each passage, given twice its number, and one more, for each place in the title."""
    rowids, weights = codes >> 1, np.where(codes & 1, TITLE_WEIGHT, 1.0)
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
