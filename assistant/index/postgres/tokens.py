"""Cuts passages into the same terms as the embedded store does: by the tokenizer of SQLite's FTS5, in memory."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.index.sqlite.schema import TOKENIZER

TITLE_WEIGHT = 2
# Where the places in the title begin; those in the text begin at 0, so that no phrase runs from one to the other.
TITLE_START = -(2**30)
MOST_TERM_BYTES = 200

Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Posting:
    """A term of a passage, and where it stands there."""

    term: str
    places: Places

    @property
    def in_text(self) -> bool:
        """Whether it stands in the text."""
        return bool(self.places[-1] >= 0)

    @property
    def weight(self) -> int:
        """How often it stands there, twice where it is in the title."""
        return weight_of(self.places)


def weight_of(places: Places) -> int:
    """Count places, those in the title twice."""
    return len(places) + (TITLE_WEIGHT - 1) * int((places < 0).sum())


class Tokenizer:
    """Finds terms; safe among threads."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._connection.execute(f'CREATE VIRTUAL TABLE one USING fts5(title, text, tokenize="{TOKENIZER}")')
        self._connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab('one', 'instance')")
        self._lock = threading.Lock()

    def close(self) -> None:
        """Release the memory."""
        self._connection.close()

    def terms(self, word: str) -> list[str]:
        """Return the terms of a word in their order: none, one, or the several of a phrase."""
        rows = [(place, term) for _, term, _, place in self._rows([("", word)])]
        return [_short(term) for _, term in sorted(rows)]

    def postings(self, passages: Sequence[tuple[str, str]]) -> list[list[Posting]]:
        """Return the terms of each passage, given as (title, text), each with its places in ascending order."""
        found: list[dict[str, list[int]]] = [{} for _ in passages]
        for passage, term, column, place in self._rows(passages):
            start = TITLE_START if column == "title" else 0
            found[passage - 1].setdefault(_short(term), []).append(start + place)
        return [
            [Posting(term, np.array(sorted(places), dtype=np.int32)) for term, places in one.items()]
            for one in found
        ]

    def _rows(self, passages: Sequence[tuple[str, str]]) -> list[tuple[int, str, str, int]]:
        """Return (passage from 1, term, column, place) of every occurrence."""
        with self._lock:
            self._connection.execute("DELETE FROM one")
            self._connection.executemany(
                "INSERT INTO one (rowid, title, text) VALUES (?, ?, ?)",
                [(number, *passage) for number, passage in enumerate(passages, 1)],
            )
            return self._connection.execute("SELECT doc, term, col, offset FROM terms").fetchall()


def _short(term: str) -> str:
    """Replace a term that is too long for the index by its hash."""
    if len(term.encode()) <= MOST_TERM_BYTES:
        return term
    return hashlib.sha256(term.encode()).hexdigest()
