from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant import Article, Settings
from assistant.answers.draft import Corpus
from assistant.evidence.gather import holds
from assistant.evidence.leading_article import besides
from assistant.index import Index
from assistant.models.load import judging_reader, load_embedder
from assistant.question.understand import understand

HEAD = "The Harwick ferry stopped running on Monday, its owner said. "
FILLER = "Passengers took the bus around the bay instead, and some of them waited for an hour in the rain. "
REASON = "The crew had walked out because nobody had been paid since March."
TEXT = HEAD + FILLER * 14 + REASON + " " + FILLER * 14


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    settings = Settings(index=tmp_path_factory.mktemp("rest") / "index", hits=2, reread=2, hits_per_article=1)
    others = [
        Article(f"other-{n}", f"Ferry number {n} ran as usual on Monday.", title="Ferries") for n in range(4)
    ]
    with Index.open(settings, create=True) as index:
        index.add_articles(
            [Article("ferry", TEXT, title="Harwick ferry stops"), *others], load_embedder(settings)
        )
        reader = judging_reader()
        yield Corpus(index, load_embedder(settings), settings, reader, judge=reader)


def test_the_rest_of_the_leading_article_is_read(corpus: Corpus) -> None:
    query = understand("Why did the Harwick ferry stop running on Monday?", corpus.settings)
    found = corpus.retrieve(query, 2)
    at = TEXT.index(REASON)
    assert not any(h.passage.start <= at < h.passage.end for h in found.hits if h.article.id == "ferry")
    evidence = corpus.examined(query, found, 2)
    assert any(one.text == REASON for one in evidence.ranked)
    assert ("ferry", at) in evidence.found
    assert all(any(holds(hit, one) for hit in evidence.retrieval.hits) for one in evidence.ranked)
    scores = [hit.score for hit in evidence.retrieval.hits]
    assert scores == sorted(scores, reverse=True)
    assert len(evidence.retrieval.cosines) == len(scores) > 2


def test_the_rest_is_what_no_hit_holds(corpus: Corpus) -> None:
    found = corpus.retrieve(understand("Why did the Harwick ferry stop?", corpus.settings), 2)
    rest = corpus.rest_of(found, "ferry")
    held = {hit.passage.id for hit in found.hits}
    assert rest.hits and not held & {hit.passage.id for hit in rest.hits}
    assert list(rest.cosines) == sorted(rest.cosines, reverse=True)
    assert corpus.rest_of(found, "nobody's").hits == ()


def test_nothing_is_added_where_nothing_is_left(corpus: Corpus) -> None:
    found = corpus.retrieve(understand("Which ferries ran?", corpus.settings), 2)
    assert besides(found, []) is found
    added = besides(found, [replace(found.hits[0], score=9.0)])
    assert added.hits[-1].score == found.hits[-1].score
