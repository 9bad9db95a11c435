"""Makes a large index of a smaller one, in a fraction of the time of an ingest: to measure searches at size.

    python -m benchmarks.grow INDEX PASSAGES

INDEX is a folder, which grows to about so many passages; a copy that was stopped goes on where it was. Each article
is copied with other words: one becomes another that is about as frequent, or, where it is rare, a new one made of
two. So words keep to the law of Zipf, the vocabulary grows as it does with real articles, and no copy is like its
original. A copy's vectors are those of the original with noise. Marks of likeness are left out, so that ``doctor``
complains of such an index. The vector index is made in the end, as an ingest makes it.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import random
import re
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.index.article_row import ArticleRow
from assistant.index.chroma.generations import renew_generation
from assistant.index.row_hash import passage_hash
from assistant.index.sqlite.ledger import Ledger, read_articles
from assistant.index.sqlite.posting_file import renew_postings
from assistant.index.sqlite.writes import index_words, next_number, save_row
from assistant.index.write_lock import write_lock
from assistant.settings import Settings

PIECE = re.compile(r"[^\W\d_]+|\d+|[\W_]+")
# Words that no copy changes, words of which a copy takes another as frequent, and how far down the list that is.
KEPT = 150
EXCHANGED = 40_000
NEAR = 0.1
SHARE = 0.7
NOISE = 0.5
ARTICLES_A_TRANSACTION = 100
COPY = " copy "


class Wording:
    """The words of some texts by how frequent they are, and other wordings of them."""

    def __init__(self, counts: Counter[str]) -> None:
        self._spelt = list(counts)
        folded: Counter[str] = Counter()
        for word, count in counts.items():
            if word.isalpha():
                folded[word.lower()] += count
        self._words = [word for word, _ in folded.most_common()]

    def other(self, seed: int) -> dict[str, str]:
        """Return what another wording has in place of each word and number; the same for the same seed."""
        draw = random.Random(seed)
        words, others, exchanged = self._words, self._words[KEPT:], dict[str, str]()
        for place, word in enumerate(words):
            if place < KEPT or draw.random() > SHARE:
                continue
            if place < EXCHANGED:
                far = max(5, int(NEAR * place))
                exchanged[word] = words[max(KEPT, min(len(words) - 1, place + draw.randint(-far, far)))]
            else:
                end = draw.choice(others)
                exchanged[word] = word[: (len(word) + 1) // 2] + end[len(end) // 2 :]
        return {spelt: self._respelt(spelt, exchanged, draw) for spelt in self._spelt}

    def _respelt(self, word: str, exchanged: dict[str, str], draw: random.Random) -> str:
        """Return another word, with capitals where the first has them; years stay as they are."""
        if word.isdecimal():
            return word if len(word) == 4 else "".join(draw.choice("123456789") for _ in word)
        new = exchanged.get(word.lower(), word)
        return new.upper() if word.isupper() else new.capitalize() if word[0].isupper() else new


def grow(ledger: Ledger, passages: int) -> Iterator[int]:
    """Copy the articles of a ledger until it has so many passages; yield their number after each transaction."""
    with ledger.reading() as connection:
        originals = [row.number for row in read_articles(connection) if COPY not in row.article.id]
        counts: Counter[str] = Counter()
        for row in read_articles(connection):
            if COPY not in row.article.id:
                counts.update(PIECE.findall(f"{row.article.title or ''}\n{row.article.text}"))
        known = {str(id_) for (id_,) in connection.execute("SELECT id FROM articles")}
    if not originals:
        return
    wording = Wording(counts)
    for copy in itertools.count():
        exchanged = wording.other(copy)
        for at in range(0, len(originals), ARTICLES_A_TRANSACTION):
            numbers = originals[at : at + ARTICLES_A_TRANSACTION]
            with ledger.writing() as connection:
                draw = np.random.default_rng((copy, numbers[0]))
                for number in numbers:
                    row = next(read_articles(connection, "number = ?", (number,)))
                    if f"{row.article.id}{COPY}{copy}" not in known:
                        _copy(connection, row, copy, exchanged, draw)
                held = next_number(connection, "passages") - 1
            yield held
            if held >= passages:
                return


def _copy(
    connection: sqlite3.Connection,
    row: ArticleRow,
    copy: int,
    exchanged: dict[str, str],
    draw: np.random.Generator,
) -> None:
    article = row.article
    pieces = PIECE.findall(article.text)
    others = [exchanged.get(piece, piece) for piece in pieces]
    starts, new_starts = (np.cumsum([0, *map(len, some)]) for some in (pieces, others))
    text = "".join(others)
    title = article.title and "".join(exchanged.get(piece, piece) for piece in PIECE.findall(article.title))
    held = connection.execute(
        'SELECT id, start, "end", vector FROM passages WHERE article = ? ORDER BY number', (row.number,)
    ).fetchall()
    number, first = next_number(connection, "articles"), next_number(connection, "passages")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    copied = replace(article, id=f"{article.id}{COPY}{copy}", title=title, text=text, sha256=sha256)
    made = ArticleRow(number, copied, f"{row.content_hash}{COPY}{copy}", number, row.words, first, len(held))
    save_row(connection, made)
    vectors = np.array([np.frombuffer(one[3], dtype="<f4") for one in held])
    vectors = vectors + draw.standard_normal(vectors.shape, dtype=np.float32) * NOISE / np.sqrt(
        max(1, vectors.shape[-1])
    )
    vectors /= np.linalg.norm(vectors, axis=-1, keepdims=True)
    spans, rows = [], []
    for place, ((id_, start, end, _), vector) in enumerate(zip(held, vectors, strict=True)):
        span = [int(new_starts[np.searchsorted(starts, at)]) for at in (start, end)]
        fields = (first + place, number, f"{id_}{COPY}{copy}", *span)
        blob = vector.astype("<f4").tobytes()
        rows.append((*fields, passage_hash(fields, blob), blob))
        spans.append((span[0], span[1]))
    connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    index_words(connection, made, spans)


def main() -> int:
    """Grow an index."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("index", type=Path)
    parser.add_argument("passages", type=int)
    parser.add_argument("--no-vector-index", action="store_true", help="leave the vector index as it is")
    arguments = parser.parse_args()
    settings = Settings(index=arguments.index)
    ledger = Ledger(arguments.index / "ledger.sqlite3")
    with write_lock(arguments.index):
        for held in grow(ledger, arguments.passages):
            print(
                json.dumps({"passages": held, "processor_seconds": round(time.process_time(), 1)}), flush=True
            )
        renew_postings(ledger, settings)
        print(json.dumps({"postings": True, "processor_seconds": round(time.process_time(), 1)}), flush=True)
        if not arguments.no_vector_index:
            renew_generation(ledger, settings, finished=True)
            print(json.dumps({"vectors": True, "processor_seconds": round(time.process_time(), 1)}))
        ledger.compact()
    ledger.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
