"""Searches the ledger's full-text index: BM25 over title and text (SQLite FTS5)."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence

import numpy as np

from assistant.index.listing import Rows, Selection, live_passages
from assistant.index.sqlite.ledger import read_articles
from assistant.index.sqlite.schema import TOKENIZER
from assistant.types import Article

TITLE_WEIGHT = 2.0
# With a filter that leaves more than this share, the best are found among all and then filtered.
BROAD_SHARE = 0.3
REMEMBERED_WORDS = 10_000


def search_words(
    connection: sqlite3.Connection, words: Sequence[str], k: int, selection: Selection | None
) -> list[tuple[int, float]]:
    """Rank the passages that hold any of the words by BM25 (Robertson and Zaragoza 2009), best first.

    Returns (passage number, score) pairs; a word of several tokens counts as a phrase.
    """
    match = match_any(words)
    if not match or k < 1 or (selection is not None and not len(selection.rowids)):
        return []
    if selection is None:
        return _ranked(connection, match, k)
    broad = len(selection.rowids) / max(1, len(live_passages(connection)))
    if broad > BROAD_SHARE:
        allowed = set(selection.rowids.tolist())
        many = int(2 * k / broad)
        ranked = _ranked(connection, match, many)
        found = [pair for pair in ranked if pair[0] in allowed][:k]
        if len(found) == k or len(ranked) < many:
            return found
    return _ranked(connection, match, k, json.dumps(selection.rowids.tolist()))


def match_any(words: Sequence[str]) -> str:
    """Write an FTS5 query for any of the words, each quoted, whatever characters it holds."""
    usable = (word for word in words if any(character.isalnum() for character in word))
    return " OR ".join('"' + word.replace('"', " ").replace("\0", " ") + '"' for word in usable)


def _ranked(
    connection: sqlite3.Connection, match: str, k: int, allowed: str | None = None
) -> list[tuple[int, float]]:
    # The unary plus keeps SQLite from looking each allowed row up: it tests those that match.
    condition = "AND +rowid IN (SELECT value FROM json_each(?))" if allowed else ""
    values = (TITLE_WEIGHT, match, allowed, k) if allowed else (TITLE_WEIGHT, match, k)
    rows = connection.execute(
        f"SELECT rowid, -bm25(words, ?, 1.0) AS score FROM words WHERE words MATCH ? {condition} "  # noqa: S608
        "ORDER BY score DESC, rowid LIMIT ?",
        values,
    )
    return [(int(number), float(score)) for number, score in rows]


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

    The stems are found by letting the same tokenizer index the word in memory. Safe among threads.
    """

    def __init__(self) -> None:
        self._tokenizer = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._tokenizer.execute(f'CREATE VIRTUAL TABLE one USING fts5(word, tokenize="{TOKENIZER}")')
        self._tokenizer.execute("CREATE VIRTUAL TABLE terms USING fts5vocab('one', 'row')")
        self._lock = threading.Lock()
        self._state = ""
        self._known: dict[str, int] = {}

    def close(self) -> None:
        """Release the memory."""
        self._tokenizer.close()

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
            self._tokenizer.execute("DELETE FROM one")
            self._tokenizer.execute("INSERT INTO one VALUES (?)", (word,))
            counts = []
            for (term,) in self._tokenizer.execute("SELECT term FROM terms").fetchall():
                row = connection.execute("SELECT doc FROM vocabulary WHERE term = ?", (term,)).fetchone()
                counts.append(int(row[0]) if row else 0)
            self._known[word] = min(counts, default=0)
        return self._known[word]
