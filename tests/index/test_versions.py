"""Earlier texts and cut articles, in every store."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from made_up_news import EMBEDDER, settings_of
from stores import STORES, new_place

from assistant.index import Store, open_store
from assistant.index.sqlite import schema
from assistant.ingest import article_reader
from assistant.types import Article

FIRST = Article(id="gates", text="Eleven mines were cleared at the dam.", title="Gates opened", path="gates")
SECOND = replace(FIRST, text="Nine mines were cleared at the dam.", title="Gates opened again")


@pytest.fixture(params=STORES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(settings_of(new_place(request.param, tmp_path), 0), create=True) as opened:
        yield opened


def test_an_article_with_another_text_keeps_its_earlier_one(index: Store) -> None:
    for article in (FIRST, FIRST, SECOND):
        index.add_articles([article], EMBEDDER)
    (version,) = index.versions("gates")
    assert (version.text, version.title) == (FIRST.text, FIRST.title)
    assert version.replaced.tzinfo is not None
    assert index.article("gates").text == SECOND.text
    assert index.verify() == []
    assert index.rebuild() == []
    assert [one.text for one in index.versions("gates")] == [FIRST.text]


def test_a_text_that_is_only_read_otherwise_is_no_version(
    index: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.add_articles([FIRST], EMBEDDER)
    monkeypatch.setattr("assistant.index.ingesting.PIPELINE_VERSION", f"{article_reader.PIPELINE_VERSION}+")
    index.add_articles([SECOND], EMBEDDER)
    assert index.versions("gates") == []
    assert index.article("gates").text == SECOND.text


def test_a_document_that_is_now_read_page_by_page_has_no_version(index: Store) -> None:
    paged = replace(SECOND, pages=(0, 5))
    for article in (FIRST, paged, replace(paged, text="Six mines were cleared at the dam.")):
        index.add_articles([article], EMBEDDER)
    assert [one.text for one in index.versions("gates")] == [SECOND.text]


def test_an_article_that_is_cut_short_is_known_as_such(index: Store) -> None:
    index.add_articles([replace(FIRST, truncated=True), replace(FIRST, id="other", path="other")], EMBEDDER)
    assert index.article("gates").truncated
    assert not index.article("other").truncated
    assert index.verify() == []
    index.rebuild()
    assert index.article("gates").truncated
    index.add_articles([SECOND], EMBEDDER)
    assert not index.article("gates").truncated


def test_a_ledger_of_before_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_of(tmp_path / "index", 0)
    with open_store(settings, create=True) as opened:
        opened.add_articles([FIRST], EMBEDDER)
    path = next((tmp_path / "index").glob("*.sqlite3"))
    with sqlite3.connect(path) as ledger:
        ledger.executescript(
            "DROP TABLE versions; DROP TABLE cut_short; DROP TABLE pages; PRAGMA user_version = 1"
        )
    with open_store(settings) as opened:
        assert opened.versions("gates") == []
        assert opened.article("gates").text == FIRST.text
    with sqlite3.connect(path) as ledger:
        assert ledger.execute("PRAGMA user_version").fetchone()[0] == len(schema.VERSIONS)
