"""BM25 as SQLite's FTS5 has it, over arrays: what the rankings by words of both stores share.

Passages are ranked as by MaxScore (Turtle and Flood 1995): words that add most come first, and by those that cannot
bring up a passage without any of the words before, only passages that may still be among the best are scored.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from assistant.index.listing import Rows

# k1 and b of BM25 (Robertson and Zaragoza 2009), and the least weight of a word, as FTS5 has them.
SATURATION = 1.2
LENGTH_SHARE = 0.75
LEAST_WEIGHT = 1e-6
# Scores that are remembered, 16 bytes each with the number of the passage.
REMEMBERED = 4_000_000
# By so much the sums of scores can differ, as a share, when they are added up in another order.
ROUNDING = 1e-9
# A word that no more passages hold is scored at once: to look for the best so far costs more.
SCORED_AT_ONCE = 20_000
# What it costs to look a passage up among those that hold a word, in passages that are scored in a row.
COST_OF_LOOKING_UP = 10

Floats = NDArray[np.float64]
Places = NDArray[np.intp] | slice


@dataclass(frozen=True, slots=True)
class WordScores:
    """The passages that hold a word, ascending, what it adds to the score of each, and the most that it can add."""

    rowids: NDArray[np.integer]
    scores: Floats
    most: float


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


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of a question: the passages that hold it, ascending, and the most that it adds to the score of one.

    ``score`` returns what it adds to those at some places of ``rowids``; ``known``: without having to compute it.
    """

    rowids: NDArray[np.integer]
    most: float
    score: Callable[[Places], Floats]
    known: bool = False

    @classmethod
    def of(cls, known: WordScores) -> Self:
        """Return a word of which all scores are known."""
        return cls(known.rowids, known.most, known.scores.__getitem__, known=True)


def rarity(holding: int, passages: int) -> float:
    """Return the weight of a word that so many of all passages hold."""
    weight = math.log((passages - holding + 0.5) / (holding + 0.5))
    return weight if weight > 0 else LEAST_WEIGHT


def most_of(rare: float) -> float:
    """Return what no score by a word of such a ``rarity`` exceeds."""
    return rare * (SATURATION + 1.0)


def scores_of(
    weights: NDArray[np.number], lengths: NDArray[np.number], *, rare: float, average: float
) -> Floats:
    """Return what a word adds to the score of passages that hold it.

    ``weights``: how often they do, twice where in the title; ``lengths``: how many tokens each passage has;
    ``rare``: the word's ``rarity``; ``average``: how many tokens the passages of the index have on average.
    """
    times, tokens = np.asarray(weights, dtype=np.float64), np.asarray(lengths, dtype=np.float64)
    damped = times + SATURATION * (1.0 - LENGTH_SHARE + LENGTH_SHARE * tokens / average)
    scores: Floats = rare * ((times * (SATURATION + 1.0)) / damped)
    return scores


def ranked(
    words: Sequence[AskedWord], k: int, size: int, allowed: Rows | None = None
) -> list[tuple[int, float]]:
    """Return (passage number, score) of the ``k`` best that are allowed, best first; numbers are below ``size``."""
    frequent = any(_is_frequent(word) for word in words)
    by_most = sorted(words, key=lambda word: -word.most) if frequent else words
    scores = np.zeros(size)
    left = sum(word.most for word in words)
    rowids: Rows | None = None
    rest: Sequence[AskedWord] = ()
    for place, word in enumerate(by_most):
        if _is_frequent(word):
            rest = by_most[place:]
            rowids = _candidates(scores, k, left, allowed)
            unscored = sum(len(one.rowids) for one in rest if not one.known)
            if rowids is not None and COST_OF_LOOKING_UP * len(rowids) * len(rest) < unscored:
                break
        rowids, rest = None, ()
        scores[word.rowids] += word.score(slice(None))
        left -= word.most
    if rowids is None:
        rowids = _allowed(np.flatnonzero(scores), allowed)
    found = scores[rowids] + _added_up(rest, rowids)
    if len(rowids) > k:
        rowids = rowids[found >= _kth(found, k)]
    found = _added_up(words, rowids) if frequent else scores[rowids]
    order = np.lexsort((rowids, -found))[:k]
    return list(zip(rowids[order].tolist(), found[order].tolist(), strict=True))


def _is_frequent(word: AskedWord) -> bool:
    return len(word.rowids) > SCORED_AT_ONCE and not word.known


def _candidates(scores: Floats, k: int, left: float, allowed: Rows | None) -> Rows | None:
    """Return the passages that can be among the best when up to ``left`` is added; None when any can."""
    rowids = _allowed(np.flatnonzero(scores), allowed)
    if len(rowids) < k:
        return None
    found = scores[rowids]
    least = _kth(found, k)
    return rowids[found >= least - left] if least > left else None


def _kth(scores: Floats, k: int) -> float:
    """Return the ``k``-th best score, or a little less: added up in another order it can differ."""
    return float(np.partition(scores, len(scores) - k)[len(scores) - k]) * (1 - ROUNDING)


def _allowed(rowids: Rows, allowed: Rows | None) -> Rows:
    return rowids if allowed is None else np.intersect1d(rowids, allowed, assume_unique=True)


def _added_up(words: Sequence[AskedWord], rowids: Rows) -> Floats:
    """Return the scores of some passages by all words, added up in the order of the words."""
    scores = np.zeros(len(rowids))
    for word in words:
        if len(word.rowids):
            wanted = rowids.astype(word.rowids.dtype)  # or all that hold the word would be copied
            places = np.minimum(np.searchsorted(word.rowids, wanted), len(word.rowids) - 1)
            holds = word.rowids[places] == wanted
            scores[holds] += word.score(places[holds])
    return scores
