"""The pages of articles, in every store."""

import itertools
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from made_up_news import EMBEDDER, counted, settings_of
from stores import STORES, new_place

from assistant.index import Store, copy_index, open_store
from assistant.index.sqlite.schema import VERSIONS
from assistant.types import Article

REPORT = Article(id="report", text="Eleven came. Nine left.", path="report.pdf", pages=(0, 13))
OTHER = replace(REPORT, id="other", path="other", pages=())


@pytest.fixture(params=STORES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(settings_of(new_place(request.param, tmp_path), 0), create=True) as opened:
        yield opened


def test_pages_are_kept_with_the_article(index: Store) -> None:
    index.add_articles([REPORT, OTHER], EMBEDDER)
    assert index.article("report").pages == (0, 13)
    assert index.article("other").pages == ()
    assert index.verify() == []
    index.rebuild()
    assert index.article("report").pages == (0, 13)


def test_other_pages_of_the_same_text_are_taken_up_and_no_version(index: Store) -> None:
    index.add_articles([replace(REPORT, pages=())], EMBEDDER)
    assert counted(index.add_articles([REPORT], EMBEDDER)) == (0, 1, 0, 0, 0)
    assert counted(index.add_articles([REPORT], EMBEDDER)) == (0, 0, 1, 0, 0)
    assert index.article("report").pages == (0, 13)
    assert index.versions("report") == []
    index.add_articles([replace(REPORT, pages=())], EMBEDDER)
    assert index.article("report").pages == ()


@pytest.mark.parametrize("kinds", list(itertools.permutations(STORES, 2)), ids="-to-".join)
def test_a_copy_has_the_same_pages(kinds: tuple[str, str], tmp_path: Path) -> None:
    source = settings_of(new_place(kinds[0], tmp_path), 0)
    target = settings_of(new_place(kinds[1], tmp_path / "copy"), 0)
    with open_store(source, create=True) as opened:
        opened.add_articles([REPORT, OTHER], EMBEDDER)
    copy_index(source, target)
    with open_store(target) as opened:
        assert opened.article("report").pages == (0, 13)


def test_a_ledger_of_before_reads_its_pdf_files_again(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "index", 0)
    with open_store(settings, create=True) as opened:
        opened.add_articles([OTHER], EMBEDDER)
    path = next((tmp_path / "index").glob("*.sqlite3"))
    with sqlite3.connect(path) as ledger:
        ledger.executescript("DROP TABLE pages; PRAGMA user_version = 2")
        ledger.executemany(
            "INSERT INTO files VALUES (?, ?, 'hash', 'recipe', 1)",
            [("/a/B.PDF", "B.PDF"), ("/a/c.md", "c.md")],
        )
    with open_store(settings) as opened:
        assert opened.article("other").text == OTHER.text
    with sqlite3.connect(path) as ledger:
        assert ledger.execute("SELECT path FROM files").fetchall() == [("/a/c.md",)]
        assert ledger.execute("PRAGMA user_version").fetchone()[0] == len(VERSIONS)
