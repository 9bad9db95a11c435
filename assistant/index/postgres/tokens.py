"""Cuts passages into the same terms as the embedded store does: by the tokenizer of SQLite's FTS5, in memory."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import threading
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

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
# What holds no separator of ASCII, and how many of them are remembered.
BOUNDED_RUN = re.compile(r"[0-9A-Za-z\x80-\U0010ffff]+")
REMEMBERED_RUNS = 300_000

Places = NDArray[np.int32]


class Block(NamedTuple):
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
    """Finds terms; safe among threads. ``terms`` returns those of a word in their order: several are a phrase.

    What stands between two separators of ASCII is cut the same whatever is around it: once, and remembered.
    """

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._connection.execute(
            f"CREATE VIRTUAL TABLE one USING fts5(text, content='', tokenize=\"{TOKENIZER}\")"
        )
        self._connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab('one', 'instance')")
        self._lock = threading.Lock()
        self._names: list[str] = []
        self._numbers: dict[str, int] = {}
        self._cut: dict[str, tuple[int, ...]] = {}
        self.terms = lru_cache(REMEMBERED_WORDS)(self._terms)

    def close(self) -> None:
        """Release the memory."""
        self._connection.close()

    def _terms(self, word: str) -> list[str]:
        """Return the terms of a word in their order: none, one, or the several of a phrase."""
        with self._lock:
            return self._terms_of([word])[0]

    def _terms_of(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the terms of texts in their order."""
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO one (rowid, text) VALUES (?, ?)", enumerate(texts, 1))
        cut: list[list[str]] = [[] for _ in texts]
        for number, _, term in sorted(self._connection.execute("SELECT doc, offset, term FROM terms")):
            cut[number - 1].append(_short(term))
        self._connection.execute("ROLLBACK")
        return cut

    def _numbers_of(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the terms of texts in their order, each by its number."""
        if len(self._cut) > REMEMBERED_RUNS:
            self._names, self._numbers, self._cut = [], {}, {}
        runs = [BOUNDED_RUN.findall(text) for text in texts]
        unknown = list(set(chain.from_iterable(runs)).difference(self._cut))
        for run, terms in zip(unknown, self._terms_of(unknown) if unknown else [], strict=True):
            for term in terms:
                if self._numbers.setdefault(term, len(self._names)) == len(self._names):
                    self._names.append(term)
            self._cut[run] = tuple(self._numbers[term] for term in terms)
        return [list(chain.from_iterable(map(self._cut.__getitem__, one))) for one in runs]

    def blocks(self, passages: Sequence[tuple[str, str]]) -> tuple[list[Block], int]:
        """Return the postings of an article's passages, each given as (title, text), and the number of tokens."""
        columns = list(chain.from_iterable(passages))
        with self._lock:
            cut = self._numbers_of(columns)
            spelt = self._names
        lengths = np.array([len(one) for one in cut], dtype=np.int64)
        if not lengths.sum():
            return [], 0
        numbers = np.fromiter(chain.from_iterable(cut), np.int64, int(lengths.sum()))
        column = np.repeat(np.arange(len(columns)), lengths)
        places = np.arange(len(numbers)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        places += np.where(column % 2, 0, TITLE_START)
        known, inverse = np.unique(numbers, return_inverse=True)
        names = [spelt[number] for number in known.tolist()]
        by_name = sorted(range(len(names)), key=names.__getitem__)
        ranks = np.empty(len(names), dtype=np.int64)
        ranks[by_name] = np.arange(len(names))
        # by term, passage and place
        terms = ranks[inverse]
        order = np.argsort(terms, kind="stable")
        terms, at, places = terms[order], column[order] // 2, places[order]
        firsts = _changes(terms * len(passages) + at)
        counts = np.diff(firsts, append=len(terms))
        weights = counts + (TITLE_WEIGHT - 1) * np.add.reduceat((places < 0).astype(np.int64), firsts)
        passage, term = at[firsts], terms[firsts]
        tokens = lengths.reshape(-1, 2).sum(axis=1)
        held = np.stack([passage % BLOCK, weights, tokens[passage], counts], axis=1).astype(HELD)
        begins = _changes(term * (len(passages) // BLOCK + 1) + passage // BLOCK)
        in_text = np.logical_or.reduceat(places[firsts + counts - 1] >= 0, begins)
        ends = [*begins[1:].tolist(), len(firsts)]
        bounds = [*firsts.tolist(), len(terms)]
        all_held, all_places = held.tobytes(), places.astype(PLACE).tobytes()
        row_size = HELD_COLUMNS * HELD.itemsize
        return [
            Block(
                names[by_name[number]],
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
        ], len(terms)


def _changes(keys: Rows) -> Rows:
    """Return where each run of equal keys begins."""
    return np.flatnonzero(np.diff(keys, prepend=keys[0] - 1))


def _short(term: str) -> str:
    """Replace a term that is too long for the index by its hash."""
    if len(term.encode()) <= MOST_TERM_BYTES:
        return term
    return hashlib.sha256(term.encode()).hexdigest()
