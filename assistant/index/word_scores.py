"""BM25 as SQLite's FTS5 has it, over arrays: what the rankings by words of both stores share."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.index.listing import Rows

# k1 and b of BM25 (Robertson and Zaragoza 2009), and the least weight of a word, as FTS5 has them.
SATURATION = 1.2
LENGTH_SHARE = 0.75
LEAST_WEIGHT = 1e-6
# Scores that are remembered, 16 bytes each with the number of the passage.
REMEMBERED = 4_000_000

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WordScores:
    """The passages that hold a word, ascending, and what it adds to the score of each."""

    rowids: Rows
    scores: Floats


class RememberedScores:
    """The scores by the words last asked for, ``most`` of them, while nothing in the index changes.

    Safe among threads.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._state: str | None = None
        self._known: OrderedDict[str, WordScores] = OrderedDict()
        self._held = 0

    def get(self, term: str, state: str) -> WordScores | None:
        """Return the scores by a term as the index is in a state, if they are remembered."""
        with self._lock:
            if state == self._state and term in self._known:
                self._known.move_to_end(term)
                return self._known[term]
        return None

    def keep(self, term: str, state: str, found: WordScores) -> None:
        """Remember scores in place of those of other states, and of those longest not asked for."""
        with self._lock:
            if state != self._state:
                self._state, self._held = state, 0
                self._known.clear()
            if term not in self._known:
                self._known[term] = found
                self._held += len(found.rowids)
                while self._held > self._most:
                    self._held -= len(self._known.popitem(last=False)[1].rowids)


def scores_of(
    weights: NDArray[np.number], lengths: NDArray[np.number], *, passages: int, average: float
) -> Floats:
    """Return what a word adds to the score of each passage that holds it.

    ``weights``: how often it does, twice where in the title; ``lengths``: how many tokens each passage has;
    ``average``: and how many the ``passages`` of the index have on average.
    """
    rarity = math.log((passages - len(weights) + 0.5) / (len(weights) + 0.5))
    rarity = rarity if rarity > 0 else LEAST_WEIGHT
    times, tokens = np.asarray(weights, dtype=np.float64), np.asarray(lengths, dtype=np.float64)
    damped = times + SATURATION * (1.0 - LENGTH_SHARE + LENGTH_SHARE * tokens / average)
    scores: Floats = rarity * ((times * (SATURATION + 1.0)) / damped)
    return scores


def added_up(words: Sequence[WordScores], size: int) -> Floats:
    """Return the scores of passages by all of some words, by passage number, of which there are ``size``."""
    scores = np.zeros(size)
    for one in words:
        scores[one.rowids] += one.scores
    return scores


def best(scores: Floats, k: int, allowed: Rows | None) -> list[tuple[int, float]]:
    """Return (passage number, score) of the ``k`` best that are allowed; ``scores`` is by passage number."""
    rowids = np.flatnonzero(scores)
    if allowed is not None:
        rowids = np.intersect1d(rowids, allowed, assume_unique=True)
    found = scores[rowids]
    if len(found) > k:
        least = np.partition(found, len(found) - k)[len(found) - k]
        rowids, found = rowids[found >= least], found[found >= least]
    order = np.lexsort((rowids, -found))[:k]
    return list(zip(rowids[order].tolist(), found[order].tolist(), strict=True))
