"""What the ledger's full-text index (SQLite FTS5) holds: which articles hold words, and how many passages."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence

import numpy as np

from assistant.index.listing import Rows
from assistant.index.sqlite.ledger import read_articles
from assistant.index.sqlite.occurrences import match_any
from assistant.index.sqlite.postings import PostingReader
from assistant.index.sqlite.term_cutter import TermCutter
from assistant.types import Article

REMEMBERED_WORDS = 10_000


def passage_ranges(connection: sqlite3.Connection) -> Rows:
    """Return (first passage, passages, number) of each article that can be found, by first passage."""
    rows = connection.execute("SELECT first_passage, passages, number FROM live ORDER BY 1, 2").fetchall()
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def articles_with(
    connection: sqlite3.Connection, phrases: Sequence[Sequence[str]], ranges: Rows
) -> Iterator[Article]:
    """Yield the articles whose texts hold all words of any of the phrases, in any form of the same stem.

    ``ranges`` as ``passage_ranges`` returns them. The words may stand anywhere in the text.

    Raises:
        IndexDamaged: an article's row is not what was written.
    """
    if not len(ranges):
        return
    held: dict[str, Rows] = {}
    chosen = np.empty(0, dtype=np.int64)
    for phrase in phrases:
        for word in phrase:
            if word not in held:
                held[word] = _articles_of(connection, word, ranges)
        together = held[phrase[0]]
        for word in phrase[1:]:
            together = np.intersect1d(together, held[word], assume_unique=True)
        chosen = np.union1d(chosen, together)
    numbers = json.dumps(chosen.tolist())
    for row in read_articles(connection, "number IN (SELECT value FROM json_each(?))", (numbers,)):
        yield row.article


def _articles_of(connection: sqlite3.Connection, word: str, ranges: Rows) -> Rows:
    """Return the numbers of the articles whose texts hold a word, ascending."""
    match = f"text : {match_any([word])}"
    found = connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (match,)).fetchall()
    rowids = np.array(found, dtype=np.int64).reshape(-1)
    places = np.searchsorted(ranges[:, 0], rowids, side="right") - 1
    inside = (places >= 0) & (rowids < ranges[places, 0] + ranges[places, 1])
    return np.unique(ranges[places[inside], 2])


def read_vocabulary(connection: sqlite3.Connection) -> dict[str, int]:
    """Map each stem of the full-text index to the passages that hold it."""
    return dict(connection.execute("SELECT term, doc FROM vocabulary").fetchall())


class WordCounts:
    """Counts the passages that hold a word, in whatever form the index's stemmer makes equal.

    Safe among threads.
    """

    def __init__(self, cutter: TermCutter, postings: PostingReader) -> None:
        self._cutter = cutter
        self._postings = postings
        self._lock = threading.Lock()
        self._state = ""
        self._known: dict[str, int] = {}

    def count(self, connection: sqlite3.Connection, words: Sequence[str], state: str) -> dict[str, int]:
        """Return for each word the passages that hold it; of several tokens, the rarest counts.

        Counts are kept as long as ``state`` (the ledger's count of changes) stays the same.
        """
        with self._lock:
            if state != self._state or len(self._known) > REMEMBERED_WORDS:
                self._state, self._known = state, {}
            return {word: self._count(connection, word) for word in words}

    def _count(self, connection: sqlite3.Connection, word: str) -> int:
        if word not in self._known:
            counts = (
                self._postings.count(connection, term, self._state) for term in self._cutter.terms(word)
            )
            self._known[word] = min(counts, default=0)
        return self._known[word]
