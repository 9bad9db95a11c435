"""A question of how things stand finds and ranks new articles first; what happened does not care."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder

from assistant.evidence.gather import newest_first
from assistant.evidence.sentences import ScoredSentence
from assistant.index import Index
from assistant.question.understand import understand
from assistant.retrieval.recency import timely_articles
from assistant.settings import Settings
from assistant.types import Article, Filters

OLD, NEW = datetime.date(2030, 3, 1), datetime.date(2032, 3, 1)
TEXTS = {
    "old": "Anna Lee is mayor of Lund.",
    "new": "Bo Holm is mayor of Lund.",
    "undated": "Lund has a mayor.",
}
ARTICLES = {
    name: Article(id=name, text=text, published={"old": OLD, "new": NEW}.get(name))
    for name, text in TEXTS.items()
}
IS, WAS = "Who is the mayor of Lund?", "Who was chosen mayor of Lund?"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.open(Settings(index=tmp_path), create=True) as opened:
        opened.add_articles(list(ARTICLES.values()), HashingEmbedder())
        yield opened


def chosen(index: Index, question: str, asked: datetime.date | None = None) -> set[str] | None:
    found = timely_articles(understand(question, Settings(), filters=Filters(asked=asked)), index)
    return None if found is None else {one.article.id for one in index.passages(list(map(int, found.rowids)))}


def test_the_last_months_of_the_articles_are_searched_for_what_is(index: Index) -> None:
    assert chosen(index, IS) == {"new"}
    assert chosen(index, IS, asked=datetime.date(2040, 1, 1)) == {"new"}
    assert chosen(index, IS, asked=datetime.date(2030, 4, 1)) == {"old"}
    assert chosen(index, WAS) is None
    assert chosen(index, WAS, asked=datetime.date(2040, 1, 1)) == {"new"}
    assert chosen(index, WAS, asked=NEW - datetime.timedelta(days=90)) == set()
    assert chosen(index, "Who was chosen mayor of Lund in 2030?", asked=NEW) == {"old"}


def ranked_sentences() -> list[ScoredSentence]:
    return [
        ScoredSentence(ARTICLES[name], 0, len(TEXTS[name]), TEXTS[name], (), score)
        for name, score in (("old", 1.2), ("undated", 1.0), ("new", 0.5))
    ]


def test_older_sentences_are_lowered_for_what_is() -> None:
    ranked = ranked_sentences()
    now = newest_first(understand(IS, Settings()), ranked, NEW)
    assert [one.article.id for one in now] == ["undated", "new", "old"]
    assert newest_first(understand(WAS, Settings()), ranked, NEW) == ranked
    assert newest_first(understand(IS, Settings()), ranked[1:2], NEW) == ranked[1:2]


def test_sentences_of_the_days_before_a_question_are_raised_unless_it_names_a_time() -> None:
    ranked = ranked_sentences()

    def order(question: str, asked: datetime.date) -> list[str]:
        query = understand(question, Settings(), filters=Filters(asked=asked))
        return [one.article.id for one in newest_first(query, ranked, NEW)]

    soon = NEW + datetime.timedelta(days=3)
    assert order(WAS, soon) == ["new", "old", "undated"]
    assert order(WAS, OLD) == ["old", "new", "undated"]
    assert order(WAS, datetime.date(2050, 1, 1)) == ["new", "old", "undated"]
    assert order(WAS, NEW - datetime.timedelta(days=3)) == ["new", "old", "undated"]
    assert order("Who was chosen mayor of Lund in 2030?", soon) == ["old", "undated", "new"]
