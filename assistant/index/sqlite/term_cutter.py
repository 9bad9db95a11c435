"""Cuts a word into the terms of the full-text index, by letting its own tokenizer index the word in memory."""

from __future__ import annotations

import sqlite3
import threading
from functools import lru_cache

from assistant.index.sqlite.schema import TOKENIZER

REMEMBERED_WORDS = 10_000


class TermCutter:
    """Finds terms; safe among threads. ``terms`` returns those of a word in their order: several are a phrase."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._connection.execute(f'CREATE VIRTUAL TABLE one USING fts5(word, tokenize="{TOKENIZER}")')
        self._connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab('one', 'instance')")
        self._lock = threading.Lock()
        self.terms = lru_cache(REMEMBERED_WORDS)(self._terms)

    def close(self) -> None:
        """Release the memory."""
        self._connection.close()

    def _terms(self, word: str) -> tuple[str, ...]:
        """Return the terms of a word in their order: none, one, or the several of a phrase."""
        with self._lock:
            self._connection.execute("DELETE FROM one")
            self._connection.execute("INSERT INTO one VALUES (?)", (word,))
            rows = self._connection.execute("SELECT offset, term FROM terms").fetchall()
        return tuple(term for _, term in sorted(rows))
