"""Full text over postings: their own index is read without their rows, and scored as in the embedded store.

What a word adds to scores and the totals are remembered, as long as nothing changes.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from psycopg.rows import TupleRow

from assistant.errors import IndexDamaged
from assistant.index.listing import Rows, Selection
from assistant.index.postgres.database import Ask
from assistant.index.postgres.rows import read_articles
from assistant.index.postgres.schema import Postgres, kept, read
from assistant.index.postgres.tokens import HELD, HELD_COLUMNS, PLACE, Places, Tokenizer, weight_of
from assistant.index.word_scores import (
    REMEMBERED,
    AskedWord,
    RememberedScores,
    WordScores,
    most_of,
    ranked,
    rarity,
    scores_of,
)
from assistant.types import Article

REMEMBERED_WORDS = 10_000
# ``postings_pkey`` covers it: no row is looked up where the server knows that all see it (after VACUUM).
POSTINGS = """
    SELECT term, string_agg(int8send(first) || int8send(octet_length(held)), ''), string_agg(held, '')
    FROM postings WHERE term = ANY(%s) GROUP BY term
"""
COUNTS = f"""
    SELECT term, sum(octet_length(held)) / {HELD.itemsize * HELD_COLUMNS}
    FROM postings {{condition}} GROUP BY term
"""  # noqa: S608 - our own


TOTALS = "SELECT coalesce(sum(passages), 0), coalesce(sum(tokens), 0) FROM live"
PHRASE_ROWS = """
    SELECT first, article, array_agg(term), array_agg(held), array_agg(places) FROM postings
    WHERE term = ANY(%s) GROUP BY first, article HAVING count(*) = %s
"""


@dataclass(frozen=True, slots=True)
class Postings:
    """The passages that hold a word, how often each does (twice where in the title), and how long each is."""

    rowids: Rows
    weights: NDArray[np.int32]
    lengths: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Met:
    """A passage that holds a phrase, how often (twice where it is in the title), and the passage's length."""

    passage: int
    article: int
    weight: int
    tokens: int
    in_text: bool


class FullText:
    """The full-text search of an index; safe among threads."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known = RememberedScores(REMEMBERED)
        self._totals: tuple[str, int, float] = ("", 0, 1.0)
        self._lock = threading.Lock()
        self._counts: tuple[str, dict[str, int]] = ("", {})

    def search(
        self, ask: Ask, words: Sequence[str], k: int, selection: Selection | None
    ) -> list[tuple[int, float]]:
        """Rank the passages that hold any of the words by BM25, best first: (passage number, score) pairs."""
        if k < 1 or (selection is not None and not len(selection.rowids)):
            return []
        cut = [terms for terms in map(self._tokenizer.terms, words) if terms]
        found = self._scores(ask, cut)
        size = 1 + max((int(one.rowids.max(initial=0)) for one in found), default=0)
        words_asked = [AskedWord.of(one) for one in found]
        return ranked(words_asked, k, size, None if selection is None else selection.rowids)

    def counts(self, ask: Ask, words: Sequence[str]) -> dict[str, int]:
        """Return how many passages hold each word; of a word of several tokens, the rarest counts."""
        with self._lock:
            state, known = self._counts
        while True:
            cut = {word: self._tokenizer.terms(word) for word in words if word not in known}
            terms = sorted({kept(term) for one in cut.values() for term in one})
            statement = (COUNTS.format(condition="WHERE term = ANY(%s)"), (terms,))
            seen, found = ask(*[statement] if terms else [])
            if seen == state or not known:
                break
            state, known = seen, {}  # something has changed since
        counts = {read(term): int(count) for rows in found for term, count in rows}
        counted = {
            word: min((counts.get(term, 0) for term in terms), default=0) for word, terms in cut.items()
        }
        with self._lock:
            self._counts = (seen, counted if len(known) > REMEMBERED_WORDS else known | counted)
        return {word: (known | counted)[word] for word in words}

    def articles_with(
        self, connection: Postgres, phrases: Sequence[Sequence[str]], selection: Selection | None
    ) -> list[Article]:
        """Return the articles whose texts hold, anywhere, all words of any of some phrases (or their stems)."""
        held: dict[str, set[int]] = {}
        chosen: set[int] = set()
        for phrase in phrases:
            for word in phrase:
                if word not in held:
                    held[word] = self._articles_of(connection, word)
            chosen |= set.intersection(*(held[word] for word in phrase))
        condition, values = "NOT removed AND number = ANY(%s)", [sorted(chosen)]
        if selection is not None:
            condition += " AND first_passage = ANY(%s)"
            values.append(selection.rowids.tolist())
        return [row.article for row in read_articles(connection, condition, values)]

    def _scores(self, ask: Ask, cut: Sequence[Sequence[str]]) -> list[WordScores]:
        """Return what each word, cut into its terms, adds to scores: all of one state of the index."""
        spelt = [terms for terms in cut if len(terms) > 1]
        phrases = [(PHRASE_ROWS, _values_of(terms)) for terms in spelt]
        single = [terms[0] for terms in cut if len(terms) == 1]
        totals = self._totals
        known = {term: self._known.get(term, totals[0]) for term in single}
        while True:
            missing = [kept(term) for term, one in known.items() if one is None]
            lacking = [(POSTINGS, (missing,))] if missing else []
            uncounted = [] if totals[0] else [(TOTALS, ())]
            state, rows = ask(*phrases, *lacking, *uncounted)
            if state == totals[0] or uncounted:
                break
            totals, known = ("", 0, 1.0), dict.fromkeys(single)  # something has changed since
        if uncounted:
            totals = self._totals = (state, *_totals_of(rows[-1]))
        for term, heads, held in rows[len(phrases)] if missing else ():
            one = known[read(term)] = _scored(_postings_of(heads, held), totals)
            self._known.keep(read(term), state, one)
        found = zip(rows[: len(spelt)], spelt, strict=True)
        met = iter([_scored(_as_postings(_met(blocks, terms)), totals) for blocks, terms in found])
        nothing = WordScores(np.empty(0, dtype=np.int64), np.empty(0), 0.0)
        return [next(met) if len(terms) > 1 else known[terms[0]] or nothing for terms in cut]

    def _articles_of(self, connection: Postgres, word: str) -> set[int]:
        terms = self._tokenizer.terms(word)
        if not terms:
            return set()
        if len(terms) > 1:
            rows = connection.execute(PHRASE_ROWS, _values_of(terms), binary=True).fetchall()
            return {one.article for one in _met(rows, terms) if one.in_text}
        found = connection.execute(
            "SELECT DISTINCT article FROM postings WHERE term = %s AND in_text", (kept(terms[0]),)
        )
        return {int(row[0]) for row in found.fetchall()}


def vocabulary(connection: Postgres) -> dict[str, int]:
    """Map each term to the number of passages that hold it."""
    rows = connection.execute(COUNTS.format(condition="").encode()).fetchall()
    return {read(term): int(count) for term, count in rows}


def _scored(held: Postings, totals: tuple[str, int, float]) -> WordScores:
    _, passages, average = totals
    if len(held.rowids) > passages:
        raise IndexDamaged("there are more words than passages; run `python -m assistant doctor --rebuild`")
    rare = rarity(len(held.rowids), passages)
    scores = scores_of(held.weights, held.lengths, rare=rare, average=average)
    return WordScores(held.rowids, scores, most_of(rare))


def _totals_of(rows: Sequence[Sequence[int]]) -> tuple[int, float]:
    """Return the number of passages that can be found, and their average length in tokens."""
    passages, tokens = (int(value) for value in rows[0])
    return passages, tokens / passages if passages and tokens else 1.0


def _postings_of(heads: bytes, held: bytes) -> Postings:
    """Read the postings of a term: the first passage and the length of each block, and what all of them hold."""
    firsts, sizes = np.frombuffer(heads, dtype=">i8").reshape(-1, 2).T
    at, weights, tokens, _ = np.frombuffer(held, dtype=HELD).reshape(-1, HELD_COLUMNS).T
    passages = np.repeat(firsts.astype(np.int64), sizes // (HELD.itemsize * HELD_COLUMNS)) + at
    return Postings(passages, weights.astype(np.int32), tokens.astype(np.int32))


def _as_postings(phrase: Sequence[Met]) -> Postings:
    columns = ([getattr(one, name) for one in phrase] for name in ("passage", "weight", "tokens"))
    passages, weights, tokens = (np.array(column, dtype=np.int64) for column in columns)
    return Postings(passages, weights.astype(np.int32), tokens.astype(np.int32))


def _values_of(phrase: Sequence[str]) -> tuple[list[str], int]:
    """Return the values of ``PHRASE_ROWS`` for the terms of a phrase."""
    wanted = [kept(term) for term in dict.fromkeys(phrase)]
    return wanted, len(wanted)


def _met(rows: Sequence[TupleRow], terms: Sequence[str]) -> list[Met]:
    """Find the passages in which terms follow one another, in what ``PHRASE_ROWS`` has found."""
    met = []
    for first, article, held_terms, held, places in rows:
        at = {read(term): _places_of(*both) for term, *both in zip(held_terms, held, places, strict=True)}
        for place in set.intersection(*(set(one) for one in at.values())):
            tokens, starts = at[terms[0]][place]
            for step, term in enumerate(terms[1:], 1):
                starts = starts[np.isin(starts + step, at[term][place][1])]
            if len(starts):
                in_text = bool(starts[-1] >= 0)
                met.append(Met(first + place, article, weight_of(starts), tokens, in_text))
    return met


def _places_of(held: bytes, places: bytes) -> dict[int, tuple[int, Places]]:
    """Map the place of each passage of a block to its tokens, and to where the term stands in it."""
    rows = np.frombuffer(held, dtype=HELD).reshape(-1, HELD_COLUMNS)
    split = np.split(np.frombuffer(places, dtype=PLACE), np.cumsum(rows[:-1, 3]))
    return {
        place: (tokens, starts) for (place, _, tokens, _), starts in zip(rows.tolist(), split, strict=True)
    }
