"""Ranks passages by BM25 as FTS5 does, score for score, from the places of words in its index.

FTS5's own ``bm25`` looks up the length of each row that matches and passes over each word twice: at 64,000 passages
19 ms a question of nine words, where reading the places takes a fourth of that. What a word adds to scores and
the lengths of passages are remembered, as long as nothing changes.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence

import numpy as np

from assistant.index.listing import Selection
from assistant.index.sqlite.occurrences import damaged_full_text, read_lengths, read_phrase, read_totals
from assistant.index.sqlite.postings import PostingReader, PostingView
from assistant.index.sqlite.term_cutter import TermCutter
from assistant.index.word_scores import (
    REMEMBERED,
    AskedWord,
    Floats,
    Places,
    RememberedScores,
    WordScores,
    most_of,
    ranked,
    rarity,
    scores_of,
)


class WordRanking:
    """Ranks the passages of one ledger; safe among threads."""

    def __init__(self, cutter: TermCutter, postings: PostingReader) -> None:
        self._cutter = cutter
        self._postings = postings
        self._lock = threading.Lock()
        self._state: str | None = None
        self._known = RememberedScores(REMEMBERED)
        self._lengths: Floats = np.zeros(0)
        self._totals = (0, 1.0)

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
                self._load_lengths(connection, self._postings.view(connection, state))
                self._totals = read_totals(connection)
                self._state = state
            lengths, totals = self._lengths, self._totals
        cut = ((self._cutter.terms(word.replace("\0", " ")), word) for word in words)
        asked = [
            self._asked(connection, terms[0], lengths, totals, state)
            if len(terms) == 1
            else self._asked_phrase(connection, word, totals[0], state)
            for terms, word in cut
            if terms
        ]
        return ranked(asked, k, len(lengths), None if selection is None else selection.rowids)

    def _asked(
        self,
        connection: sqlite3.Connection,
        term: str,
        lengths: Floats,
        totals: tuple[int, float],
        state: str,
    ) -> AskedWord:
        """Return a word of one term with what it adds to scores."""
        known = self._known.get(term, state)
        if known is not None:
            return AskedWord.of(known)
        passages, average = totals
        held = self._postings.read(connection, term, state)
        if len(held.rowids) and (held.rowids[-1] >= len(lengths) or len(held.rowids) > passages):
            raise damaged_full_text()
        rare = rarity(len(held.rowids), passages)
        most = most_of(rare)

        def score(places: Places) -> Floats:
            rowids = held.rowids[places]
            scores = scores_of(held.weights[places], lengths[rowids], rare=rare, average=average)
            if isinstance(places, slice):
                self._known.keep(term, state, WordScores(rowids, scores, most))
            return scores

        return AskedWord(held.rowids, most, score)

    def _asked_phrase(
        self, connection: sqlite3.Connection, phrase: str, passages: int, state: str
    ) -> AskedWord:
        """Return a phrase with what it adds to scores; it is remembered, since to find it takes longest."""
        known = self._known.get(phrase, state)
        if known is None:
            rowids, scores = read_phrase(connection, phrase)
            known = WordScores(rowids, scores, most_of(rarity(len(rowids), passages)))
            self._known.keep(phrase, state, known)
        return AskedWord.of(known)

    def _load_lengths(self, connection: sqlite3.Connection, view: PostingView | None) -> None:
        """Read how long the passages are that have come since; no number is ever used for two of them."""
        held = self._lengths
        if view and len(held) < len(view.file.lengths):
            held = view.file.lengths.astype(np.float64)
        numbers, tokens = read_lengths(connection, beyond=max(len(held) - 1, 0))
        if len(numbers):
            self._lengths = np.zeros(int(numbers[-1]) + 1)
            self._lengths[: len(held)] = held
            self._lengths[numbers] = tokens
        else:
            self._lengths = held
