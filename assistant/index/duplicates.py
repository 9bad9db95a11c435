"""Finds articles that are nearly the same: shared runs of three words, and MinHash to find candidates.

The bands are kept in the ledger for years, so they are defined here to the bit: no library's seeds,
no interpreter's hash.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Shingles = NDArray[np.uint64]

SHINGLE_WORDS = 3
BANDS = 32
BAND_ROWS = 4
SHINGLE_WORD = re.compile(r"\w+")
MIX = np.uint64(0x9E3779B97F4A7C15)


def shingles(text: str) -> Shingles:
    """Hash every run of three words, in lower case: a sorted array of distinct 64-bit numbers.

    A text of one or two words is one run; a text without words has none.
    """
    words = SHINGLE_WORD.findall(text.casefold())
    if not words:
        return np.empty(0, dtype=np.uint64)
    codes = {word: zlib.crc32(word.encode("utf-8", "replace")) for word in set(words)}
    hashes = np.fromiter(map(codes.__getitem__, words), np.uint64, len(words))
    hashes = _mixed(hashes + np.uint64(1))
    width = min(SHINGLE_WORDS, len(words))
    runs = np.zeros(len(words) - width + 1, dtype=np.uint64)
    for place in range(width):
        runs = _mixed(runs * np.uint64(3) + hashes[place : len(hashes) - width + 1 + place])
    return np.unique(runs)


def similarity(first: Shingles, second: Shingles) -> float:
    """Return the share of distinct runs that two articles have in common (Jaccard), from 0 to 1."""
    shared = len(np.intersect1d(first, second, assume_unique=True))
    either = len(first) + len(second) - shared
    return shared / either if either else 0.0


def bands(runs: Shingles) -> list[int]:
    """Return 32 signed 64-bit numbers, of which two articles share at least one when they are alike.

    MinHash (Broder 1997) with 128 multiplicative hashes, in 32 bands of 4 rows (Leskovec, Rajaraman and
    Ullman, Mining of Massive Datasets, chapter 3): two articles of similarity 0.6 share a band with
    probability 0.988, of 0.8 with 0.9999998, of 0.1 with 0.003.
    """
    if not len(runs):
        return []
    signature = ((runs[:, None] * _multipliers()) >> np.uint64(32)).min(axis=0)
    rows = signature.reshape(BANDS, BAND_ROWS)
    keys = np.arange(1, BANDS + 1, dtype=np.uint64)
    for place in range(BAND_ROWS):
        keys = _mixed(keys * np.uint64(3) + rows[:, place])
    return [int(key) for key in keys.view(np.int64)]


def _mixed(values: Shingles) -> Shingles:
    mixed = values * MIX
    return np.asarray(mixed ^ (mixed >> np.uint64(29)), dtype=np.uint64)


@lru_cache(maxsize=1)
def _multipliers() -> Shingles:
    numbers = [
        int.from_bytes(hashlib.sha256(f"minhash {place}".encode()).digest()[:8], "little") | 1
        for place in range(BANDS * BAND_ROWS)
    ]
    return np.array(numbers, dtype=np.uint64)
