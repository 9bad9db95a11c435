"""The pages of articles, in every store."""

import contextlib
import itertools
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from made_up_news import EMBEDDER, counted, ingest, settings_of
from stores import STORES, new_place

from assistant.index import Store, copy_index, open_store
from assistant.index.row_hash import article_hash
from assistant.index.sqlite.ledger import read_articles
from assistant.index.sqlite.schema import VERSIONS, connect
from assistant.index.sqlite.writes import save_row
from assistant.types import Article

PDF = Path(__file__).parents[1] / "ingest" / "cases" / "files" / "two-columns-in-order.pdf"
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


def test_pdf_files_of_a_ledger_of_before_are_read_again(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "index", 0)
    (tmp_path / "news").mkdir()
    shutil.copyfile(PDF, tmp_path / "news" / "Report.PDF")
    (tmp_path / "news" / "note.txt").write_text("The pier was closed on Monday, the mayor of the town said.")
    with open_store(settings, create=True) as opened:
        assert ingest(opened, tmp_path / "news") == (2, 0, 0, 0, 0)
        report = next(one.id for one in opened.articles() if one.path.endswith("PDF"))
        assert opened.article(report).pages == (0,)
        assert ingest(opened, tmp_path / "news") == (0, 0, 2, 0, 0)
    path = tmp_path / "index" / "ledger.sqlite3"
    with contextlib.closing(connect(path)) as ledger:  # as it was before: no pages, and none in the hash
        ((recipe,),) = ledger.execute("SELECT DISTINCT recipe FROM files").fetchall()
        for row in list(read_articles(ledger)):
            before = article_hash(replace(row.article, pages=()), recipe)
            save_row(ledger, replace(row, content_hash=before))
        ledger.executescript("DROP TABLE pages; PRAGMA user_version = 2")
    with open_store(settings) as opened:
        assert opened.article(report).pages == ()
        assert ingest(opened, tmp_path / "news") == (0, 1, 1, 0, 0)
        assert opened.article(report).pages == (0,) and opened.versions(report) == []
        assert opened.verify() == []
    with sqlite3.connect(path) as ledger:
        assert ledger.execute("PRAGMA user_version").fetchone()[0] == len(VERSIONS)
