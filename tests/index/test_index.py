"""What only the store in a folder does: generations of vectors, damage to its files, the size on disk."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_up_news import (
    EMBEDDER,
    body,
    ids_found,
    ingest,
    passage_ids,
    rows,
    settings_of,
    worded,
    write_folder,
)

from assistant.errors import IndexDamaged, IndexMissing
from assistant.index import Index
from assistant.settings import Settings
from assistant.types import Article


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "news")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """An empty index, searched through generations however small it is."""
    with Index.open(settings_of(tmp_path / "index", 0), create=True) as opened:
        yield opened


def test_of_an_index_that_is_empty_again_no_generation_stays(index: Index, tmp_path: Path) -> None:
    path = rows(tmp_path / "rows.jsonl.xz", "bees", "moths")
    assert ingest(index, path)[0] == 2
    path.unlink()
    assert ingest(index, tmp_path, prune=True)[3] == 2
    assert list((index.folder / "generations").iterdir()) == []
    assert index.verify() == []


def test_a_missing_index_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match=r"ingest\.py"):
        Index.open(Settings(index=tmp_path / "nothing"))
    assert not (tmp_path / "nothing").exists()


def test_vectors_are_rebuilt_and_the_old_ones_go(index: Index, folder: Path) -> None:
    generations = index.folder / "generations"
    ingest(index, folder)
    first = {path.name for path in generations.iterdir()}
    before = passage_ids(index)
    assert index.rebuild() == []
    assert first < {path.name for path in generations.iterdir()}, "the old one is still being read"
    assert passage_ids(index) == before
    ingest(index, folder)
    assert len(list(generations.iterdir())) == 1
    assert not first & {path.name for path in generations.iterdir()}
    assert index.verify() == []


def test_a_damaged_generation_is_reported_and_never_answered_from(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_of(tmp_path / "index", 0)
    with Index.open(settings, create=True) as index:
        ingest(index, folder)
        right = index.search_vectors(EMBEDDER.embed_question("glaciers"), 5)
    (file,) = (tmp_path / "index" / "generations").glob("*/chroma/*/data_level0.bin")
    file.write_bytes(bytes(file.stat().st_size))
    with Index.open(settings) as index:
        assert index.search_vectors(EMBEDDER.embed_question("glaciers"), 5) == right
        index.search_vectors(EMBEDDER.embed_question("camels"), 5)
        assert len([record for record in caplog.records if "doctor" in record.getMessage()]) == 1
        assert {problem.subject for problem in index.verify()} == {"vector index"}
        index.rebuild()
        assert index.verify() == []
        assert index.search_vectors(EMBEDDER.embed_question("glaciers"), 5) == right


def test_of_a_damaged_ledger_the_lost_are_named_and_come_back(index: Index, folder: Path) -> None:
    ingest(index, folder)
    before = passage_ids(index)
    with contextlib.closing(sqlite3.connect(index.settings.index / "ledger.sqlite3")) as connection:
        connection.execute(
            "UPDATE articles SET text = replace(text, 'district', 'province') WHERE id = 'camels.md'"
        )
        connection.execute(
            "UPDATE passages SET vector = zeroblob(length(vector)) WHERE number = (SELECT first_passage + 1 "
            "FROM articles WHERE id = 'lorries.md')"
        )
        connection.commit()
    with Index.open(index.settings) as fresh, pytest.raises(IndexDamaged, match=r"camels\.md"):
        worded(fresh, "camels")
    assert {"camels.md", "lorries.md"} <= {problem.subject for problem in index.verify()}
    assert {problem.subject for problem in index.rebuild()} == {"camels.md", "lorries.md"}
    assert index.verify() == []
    assert index.counts().articles == 6
    assert ids_found(index, body("turbines", 2))[0] == "turbines.md"
    assert ingest(index, folder) == (2, 0, 6, 0, 0)
    assert passage_ids(index) == before


def test_a_removal_outlives_the_loss_of_the_article(index: Index, folder: Path) -> None:
    ingest(index, folder)
    index.remove(["camels.md"])
    with contextlib.closing(sqlite3.connect(index.settings.index / "ledger.sqlite3")) as connection:
        connection.execute("UPDATE articles SET title = 'forged' WHERE id = 'camels.md'")
        connection.commit()
    with pytest.raises(IndexDamaged):
        index.restore(["camels.md"])
    assert {problem.subject for problem in index.rebuild()} == {"camels.md"}
    assert ingest(index, folder) == (0, 0, 8, 0, 0)
    assert worded(index, "camels") == set()
    index.restore(["camels.md"])
    assert ingest(index, folder) == (1, 0, 7, 0, 0)
    assert worded(index, "camels") == {"camels.md"}


def test_damage_to_the_facts_of_an_index_is_one_clear_error(index: Index) -> None:
    index.add_articles([Article(id="one", text=body("bees"), path="one")], EMBEDDER)
    with contextlib.closing(sqlite3.connect(index.settings.index / "ledger.sqlite3")) as connection:
        connection.execute("UPDATE meta SET value = '{broken' WHERE key = 'embedder'")
        connection.commit()
    with pytest.raises(IndexDamaged, match="doctor"):
        index.search_vectors(EMBEDDER.embed_question("bees"), 3)
    with pytest.raises(IndexDamaged, match="doctor"):
        index.check_model(EMBEDDER)
    assert index.verify()
    assert {problem.subject for problem in index.rebuild()} == {"ledger", "one"}
    assert index.verify() == []


def test_a_full_text_index_that_lost_a_word_is_found_out(index: Index, folder: Path) -> None:
    ingest(index, folder)
    with contextlib.closing(sqlite3.connect(index.settings.index / "ledger.sqlite3")) as connection:
        connection.execute("INSERT INTO words (rowid, title, text) VALUES (999999, 'ghost', 'ghost')")
        connection.commit()
    assert [problem.subject for problem in index.verify()] == ["full text"]
    assert index.rebuild() == []
    assert index.verify() == []


def test_a_flood_of_copies_is_searched_exactly(index: Index, caplog: pytest.LogCaptureFixture) -> None:
    """Chroma's graph falls apart among copies; what does not find itself must not become current."""
    others = [
        Article(id=f"other{number}", text=body(f"other{number}"), path=f"o{number}") for number in range(40)
    ]
    flood = [
        Article(id=f"copy{number}", text=f"{body('copy', 9)} And {number} more words.", path=f"c{number}")
        for number in range(250)
    ]
    index.add_articles(flood + others, EMBEDDER)
    for _ in range(2):
        index.ingest([str(index.folder / "nothing")], EMBEDDER)
        assert all(ids_found(index, one.text)[0] == one.id for one in others)
    assert sum("alike" in record.getMessage() for record in caplog.records) <= 1
    assert index.verify() == []


def test_deleting_most_of_an_index_shrinks_it(index: Index, tmp_path: Path) -> None:
    path = rows(tmp_path / "rows.jsonl.xz", *(f"subject{number}" for number in range(240)))
    ingest(index, path)
    before = size(index.folder)
    rows(path, *(f"subject{number}" for number in range(0, 240, 4)))
    assert ingest(index, path, prune=True) == (0, 0, 60, 180, 0)
    index.ingest([str(path)], EMBEDDER)
    assert size(index.folder) <= 0.4 * before
    assert index.verify() == []


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
