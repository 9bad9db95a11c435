"""The words of passages that no file of postings holds yet, indexed in memory in the same way as in the ledger."""

from __future__ import annotations

import sqlite3
import threading

from assistant.index.sqlite.ledger import read_articles
from assistant.index.sqlite.occurrences import Postings, read_postings
from assistant.index.sqlite.schema import FULL_TEXT
from assistant.index.sqlite.writes import index_words


class NewerWords:
    """The words of passages beyond number ``after``. Safe among threads."""

    def __init__(self, after: int) -> None:
        self.last = self.after = after
        self.count = 0
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._connection.execute(FULL_TEXT.format(schema=""))
        self._connection.execute(
            "CREATE VIRTUAL TABLE temp.occurrences USING fts5vocab('main', 'words', 'instance')"
        )

    def __del__(self) -> None:
        """Release the memory once no search uses it any more."""
        self._connection.close()

    def add(self, ledger: sqlite3.Connection, last: int) -> None:
        """Index what the ledger has got since, up to passage number ``last``.

        Raises:
            IndexDamaged: an article's row is not what was written.
        """
        with self._lock:
            if last > self.last:
                self._add(ledger)
                self.last = last

    def _add(self, ledger: sqlite3.Connection) -> None:
        added = 0
        live = "first_passage > ? AND id NOT IN (SELECT id FROM removals)"
        with self._connection:  # all of it or nothing
            self._connection.execute("BEGIN")
            for row in read_articles(ledger, live, (self.last,)):
                spans = ledger.execute(
                    'SELECT start, "end" FROM passages WHERE article = ? ORDER BY number', (row.number,)
                ).fetchall()
                index_words(self._connection, row, spans)
                added += len(spans)
        self.count += added

    def postings(self, term: str) -> Postings:
        """Return the passages that hold a term, those that have gone since among them."""
        with self._lock:
            return read_postings(self._connection, term)
