"""The ranking by words is FTS5's own, score for score."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hashing_embedder import HashingEmbedder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up_news import settings_of

from assistant.errors import IndexDamaged
from assistant.index import Index, Selection
from assistant.index.sqlite.ledger import Ledger
from assistant.index.sqlite.occurrences import match_any
from assistant.index.sqlite.postings import PostingReader
from assistant.index.sqlite.term_cutter import TermCutter
from assistant.index.sqlite.word_ranking import WordRanking
from assistant.types import Article

EMBEDDER = HashingEmbedder(16)
WORDS = "amber basalt cedar deltas ember-glow fjord garnet amber-cedar the of Running runs über".split()
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=80).map(" ".join)
ASKED = st.lists(st.sampled_from([*WORDS, "cedar deltas", "absent", "!", "", 'a"b', "run"]), max_size=6)


@pytest.fixture
def cutter() -> Iterator[TermCutter]:
    with contextlib.closing(TermCutter()) as one:
        yield one


def by_fts5(connection: sqlite3.Connection, words: list[str], k: int) -> list[tuple[int, float]]:
    match = match_any(words)
    if not match:
        return []
    return connection.execute(
        "SELECT rowid, -bm25(words, 2.0, 1.0) AS score FROM words WHERE words MATCH ? "
        "ORDER BY score DESC, rowid LIMIT ?",
        (match, k),
    ).fetchall()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=12), asked=st.lists(ASKED, max_size=8))
def test_scores_are_those_of_fts5(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]], asked: list[list[str]]
) -> None:
    place = tmp_path_factory.mktemp("ranked") / "index"
    with (
        Index.open(settings_of(place, 5000), create=True) as index,
        contextlib.closing(TermCutter()) as cutter,
    ):
        ranking = WordRanking(cutter, PostingReader(place))
        for at, some in enumerate((texts[:6], texts[6:])):
            articles = [
                Article(id=f"{at} {n}", text=text, title=title, path=f"{at} {n}")
                for n, (title, text) in enumerate(some)
            ]
            index.add_articles(articles, EMBEDDER)
            if at and articles:
                index.remove([articles[0].id])
            with (
                contextlib.closing(Ledger(place / "ledger.sqlite3")) as ledger,
                ledger.reading() as connection,
            ):
                for words in asked:
                    for k in (1, 3, 100):
                        expected = by_fts5(connection, words, k)
                        found = ranking.rank(connection, words, k, None, index.state())
                        assert [score for _, score in found] == pytest.approx(
                            [s for _, s in expected], rel=1e-12
                        )
                        assert dict(found) == pytest.approx(dict(expected), rel=1e-12) or k < 100


def test_a_filter_leaves_the_scores_as_they_are(tmp_path: Path, cutter: TermCutter) -> None:
    with Index.open(settings_of(tmp_path / "index", 5000), create=True) as index:
        index.add_articles(
            [Article(id=f"{n}", text=f"cedar {'amber ' * n}", path=f"{n}") for n in range(9)], EMBEDDER
        )
        everything = dict(index.search_words(["cedar", "amber"], 100))
        some = sorted(everything)[2:5]
        selection = Selection(np.array(some), 0)
        assert dict(index.search_words(["cedar", "amber"], 100, selection)) == {
            n: everything[n] for n in some
        }
        assert len(index.search_words(["cedar"], 2, selection)) == 2


def test_sizes_that_are_damaged_are_noticed(tmp_path: Path) -> None:
    place = tmp_path / "index"
    with Index.open(settings_of(place, 5000), create=True) as index:
        index.add_articles([Article(id="one", text="cedar and amber", path="one")], EMBEDDER)
    with contextlib.closing(sqlite3.connect(place / "ledger.sqlite3")) as connection, connection:
        connection.execute("UPDATE words_docsize SET sz = x'8181'")
    with Index.open(settings_of(place, 5000)) as index, pytest.raises(IndexDamaged, match="rebuild"):
        index.search_words(["cedar"], 5)
