"""Cuts passages into the same terms as the embedded store does: by the tokenizer of SQLite's FTS5, in memory."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.index.listing import Rows
from assistant.index.sqlite.schema import TOKENIZER

TITLE_WEIGHT = 2
# Where the places in the title begin; those in the text begin at 0, so that no phrase runs from one to the other.
TITLE_START = -(2**30)
MOST_TERM_BYTES = 200
REMEMBERED_WORDS = 10_000
# Passages of an article whose postings of a term stand in one row: an index takes no long keys.
BLOCK = 64
# Per passage of a block: its place in the block, how often it holds the term (twice in the title), its tokens, and
# how many places it has.
HELD = np.dtype(">i4")
HELD_COLUMNS = 4
PLACE = np.dtype("<i4")
OCCURRENCES = f"""
    SELECT term, count(*), group_concat((doc << 32) + offset + CASE col WHEN 'title' THEN 0 ELSE {-TITLE_START} END)
    FROM terms GROUP BY term
"""  # noqa: S608 - our own

Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Block:
    """A term in some passages of an article; the first passage of the block is the ``at``-th of the article.

    ``held`` are four numbers per passage that holds the term (``HELD``), ``places`` those where it stands there.
    """

    term: str
    at: int
    held: bytes
    in_text: bool
    places: bytes


def weight_of(places: Places) -> int:
    """Count places, those in the title twice."""
    return len(places) + (TITLE_WEIGHT - 1) * int((places < 0).sum())


class Tokenizer:
    """Finds terms; safe among threads. ``terms`` returns those of a word in their order: several are a phrase."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._connection.execute(f'CREATE VIRTUAL TABLE one USING fts5(title, text, tokenize="{TOKENIZER}")')
        self._connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab('one', 'instance')")
        self._lock = threading.Lock()
        self.terms = lru_cache(REMEMBERED_WORDS)(self._terms)

    def close(self) -> None:
        """Release the memory."""
        self._connection.close()

    def _terms(self, word: str) -> list[str]:
        """Return the terms of a word in their order: none, one, or the several of a phrase."""
        with self._lock:
            self._enter([("", word)])
            rows = self._connection.execute("SELECT offset, term FROM terms").fetchall()
        return [_short(term) for _, term in sorted(rows)]

    def blocks(self, passages: Sequence[tuple[str, str]]) -> tuple[list[Block], int]:
        """Return the postings of an article's passages, each given as (title, text), and the number of tokens."""
        with self._lock:
            self._enter(passages)
            rows = self._connection.execute(OCCURRENCES).fetchall()
        if not rows:
            return [], 0
        # by term, passage and place, as FTS5 gives them
        codes = np.fromstring(",".join(row[2] for row in rows), dtype=np.int64, sep=",")
        terms = np.repeat(np.arange(len(rows)), [row[1] for row in rows])
        at, places = (codes >> 32) - 1, (codes & 0xFFFFFFFF) + TITLE_START
        firsts = _changes(terms * len(passages) + at)
        counts = np.diff(firsts, append=len(codes))
        weights = counts + (TITLE_WEIGHT - 1) * np.add.reduceat((places < 0).astype(np.int64), firsts)
        passage, term = at[firsts], terms[firsts]
        tokens = np.bincount(at, minlength=len(passages))
        held = np.stack([passage % BLOCK, weights, tokens[passage], counts], axis=1).astype(HELD)
        begins = _changes(term * (len(passages) // BLOCK + 1) + passage // BLOCK)
        in_text = np.logical_or.reduceat(places[firsts + counts - 1] >= 0, begins)
        ends = [*begins[1:].tolist(), len(firsts)]
        bounds = [*firsts.tolist(), len(codes)]
        all_held, all_places = held.tobytes(), places.astype(PLACE).tobytes()
        row_size = HELD_COLUMNS * HELD.itemsize
        return [
            Block(
                _short(rows[number][0]),
                block * BLOCK,
                all_held[begin * row_size : end * row_size],
                shown,
                all_places[bounds[begin] * PLACE.itemsize : bounds[end] * PLACE.itemsize],
            )
            for begin, end, number, block, shown in zip(
                begins.tolist(),
                ends,
                term[begins].tolist(),
                (passage[begins] // BLOCK).tolist(),
                in_text.tolist(),
                strict=True,
            )
        ], len(codes)

    def _enter(self, passages: Sequence[tuple[str, str]]) -> None:
        self._connection.execute("DELETE FROM one")
        self._connection.executemany(
            "INSERT INTO one (rowid, title, text) VALUES (?, ?, ?)",
            [(number, *passage) for number, passage in enumerate(passages, 1)],
        )


def _changes(keys: Rows) -> Rows:
    """Return where each run of equal keys begins."""
    return np.flatnonzero(np.diff(keys, prepend=keys[0] - 1))


def _short(term: str) -> str:
    """Replace a term that is too long for the index by its hash."""
    if len(term.encode()) <= MOST_TERM_BYTES:
        return term
    return hashlib.sha256(term.encode()).hexdigest()
