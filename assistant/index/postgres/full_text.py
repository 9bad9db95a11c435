"""Full text over postings: the formula of the embedded store (BM25 as SQLite's FTS5 has it), in SQL."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.index.listing import Selection
from assistant.index.postgres.rows import read_articles
from assistant.index.postgres.schema import Postgres, kept, read
from assistant.index.postgres.tokens import Places, Tokenizer, weight_of
from assistant.types import Article

# k1 and b of BM25 (Robertson and Zaragoza 2009), and the least weight of a term, as SQLite's FTS5 has them.
SATURATION = 1.2
LENGTH_SHARE = 0.75
LEAST_WEIGHT = 1e-6

RANKED = """
    SELECT passage, sum(
        idf * weight * %(saturate)s / (weight + %(k1)s * (1 - %(b)s + %(b)s * tokens / %(average)s))) AS score
    FROM (
        SELECT p.passage, p.weight, p.tokens, t.idf
        FROM unnest(%(terms)s::text[], %(idfs)s::float8[]) AS t (term, idf) JOIN postings AS p USING (term)
        UNION ALL
        SELECT * FROM unnest(
            %(passages)s::bigint[], %(weights)s::int[], %(lengths)s::int[], %(phrase_idfs)s::float8[])
            AS phrases (passage, weight, tokens, idf)
    ) AS met
    WHERE %(allowed)s::bigint[] IS NULL OR passage = ANY(%(allowed)s::bigint[])
    GROUP BY passage ORDER BY score DESC, passage LIMIT %(k)s
"""


@dataclass(frozen=True, slots=True)
class Met:
    """A passage that holds a phrase, how often (twice where it is in the title), and the passage's length."""

    passage: int
    weight: int
    tokens: int
    in_text: bool


@dataclass(frozen=True, slots=True)
class FullText:
    """The full-text search of an index; safe among threads."""

    tokenizer: Tokenizer

    def search(
        self, connection: Postgres, words: Sequence[str], k: int, selection: Selection | None
    ) -> list[tuple[int, float]]:
        """Rank the passages that hold any of the words by BM25, best first: (passage number, score) pairs."""
        if k < 1 or (selection is not None and not len(selection.rowids)):
            return []
        passages, average = _totals(connection)
        terms: list[str] = []
        phrases: list[list[Met]] = []
        for word in words:
            cut = self.tokenizer.terms(word)
            if len(cut) == 1:
                terms.append(cut[0])
            elif cut:
                phrases.append(_phrase(connection, cut))
        if not passages or not (terms or phrases):
            return []
        counts = _counted(connection, terms)
        met = [(one, _rarity(passages, len(phrase))) for phrase in phrases for one in phrase]
        values = {
            "k1": SATURATION,
            "b": LENGTH_SHARE,
            "saturate": SATURATION + 1,
            "average": average,
            "terms": [kept(term) for term in terms],
            "idfs": [_rarity(passages, counts.get(term, 0)) for term in terms],
            "passages": [one.passage for one, _ in met],
            "weights": [one.weight for one, _ in met],
            "lengths": [one.tokens for one, _ in met],
            "phrase_idfs": [idf for _, idf in met],
            "allowed": None if selection is None else selection.rowids.tolist(),
            "k": k,
        }
        return [
            (int(number), float(score)) for number, score in connection.execute(RANKED, values).fetchall()
        ]

    def count(self, connection: Postgres, word: str) -> int:
        """Return how many passages hold a word; of several tokens, the rarest counts."""
        terms = self.tokenizer.terms(word)
        counts = _counted(connection, terms)
        return min((counts.get(term, 0) for term in terms), default=0)

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

    def _articles_of(self, connection: Postgres, word: str) -> set[int]:
        terms = self.tokenizer.terms(word)
        if not terms:
            return set()
        if len(terms) == 1:
            rows = connection.execute(
                "SELECT DISTINCT article FROM postings JOIN passages ON number = passage "
                "WHERE term = %s AND in_text",
                (kept(terms[0]),),
            )
        else:
            met = [one.passage for one in _phrase(connection, terms) if one.in_text]
            rows = connection.execute("SELECT DISTINCT article FROM passages WHERE number = ANY(%s)", (met,))
        return {int(row[0]) for row in rows.fetchall()}


def vocabulary(connection: Postgres) -> dict[str, int]:
    """Map each term to the number of passages that hold it."""
    rows = connection.execute("SELECT term, count(*) FROM postings GROUP BY term").fetchall()
    return {read(term): int(count) for term, count in rows}


def _totals(connection: Postgres) -> tuple[int, float]:
    """Return the number of passages that can be found, and their average length in tokens."""
    row = connection.execute(
        "SELECT coalesce(sum(passages), 0), coalesce(sum(tokens), 0) FROM live"
    ).fetchone()
    passages, tokens = (int(value) for value in row or (0, 0))
    return passages, tokens / passages if passages and tokens else 1.0


def _counted(connection: Postgres, terms: Sequence[str]) -> dict[str, int]:
    rows = connection.execute(
        "SELECT term, count(*) FROM postings WHERE term = ANY(%s) GROUP BY term",
        ([kept(term) for term in terms],),
    )
    return {read(term): int(count) for term, count in rows.fetchall()}


def _rarity(passages: int, holding: int) -> float:
    weight = math.log((passages - holding + 0.5) / (holding + 0.5))
    return weight if weight > 0 else LEAST_WEIGHT


def _phrase(connection: Postgres, terms: Sequence[str]) -> list[Met]:
    """Find the passages in which terms follow one another."""
    wanted = [kept(term) for term in dict.fromkeys(terms)]
    rows = connection.execute(
        "SELECT passage, tokens, array_agg(term), array_agg(places) FROM postings WHERE term = ANY(%s) "
        "GROUP BY passage, tokens HAVING count(*) = %s",
        (wanted, len(wanted)),
        binary=True,
    ).fetchall()
    met = []
    for passage, tokens, held, places in rows:
        at = {read(term): np.frombuffer(one, dtype="<i4") for term, one in zip(held, places, strict=True)}
        starts: Places = at[terms[0]]
        for step, term in enumerate(terms[1:], 1):
            starts = starts[np.isin(starts + step, at[term])]
        if len(starts):
            met.append(Met(int(passage), weight_of(starts), int(tokens), bool(starts[-1] >= 0)))
    return met
