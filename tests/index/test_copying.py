"""An index copied into another place is the same index: ids, numbers, scores, removals, what was read."""

import itertools
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import psycopg
import pytest
from hashing_embedder import HashingEmbedder
from made_up_news import EMBEDDER, body, ids_found, ingest, page, settings_of, worded, write_folder
from stores import STORES, new_place

from assistant.errors import IndexDamaged, IndexLocked, ModelMismatch, StoreError
from assistant.index import Store, copy_index, open_store
from assistant.index.stored_rows import StoredRows
from assistant.interfaces.cli.main import main
from assistant.settings import Settings
from assistant.types import Article

PAIRS = list(itertools.permutations(STORES, 2))
COPY_AND_SAY = """
import sys
from assistant.index import copy_index
from assistant.settings import Settings
copy_index(*(Settings(index=place) for place in sys.argv[1:]), lambda done, total: print(done, flush=True))
print("done", flush=True)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "news")


@pytest.fixture(params=PAIRS, ids="-to-".join)
def places(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Settings, Settings]:
    first, second = request.param
    return settings_of(new_place(first, tmp_path), 0), settings_of(new_place(second, tmp_path / "copy"), 0)


def add(store: Store, *names: str) -> None:
    store.add_articles(
        [Article(id=name, text=body(name, 3), title=name, path=name) for name in names], EMBEDDER
    )


def everything(store: Store) -> tuple[object, ...]:
    """All that a reader can ask, with numbers and scores."""
    question = EMBEDDER.embed_question(body("camels", 2))
    dense = store.search_vectors(question, 1000)
    words = {number: round(score, 9) for number, score in store.search_words(["district", "camels"], 1000)}
    return (
        store.articles(), store.hashes(), store.counts(), store.passages([number for number, _ in dense]),
        [(number, round(score, 9)) for number, score in dense], words, store.vocabulary(),
    )  # fmt: skip


def test_a_copy_is_the_same_index_and_goes_on_as_one(
    places: tuple[Settings, Settings], folder: Path, tmp_path: Path
) -> None:
    source, target = places
    (folder / "reprint.md").write_text(page("Again", "2025-09-01", "Wire", body("camels") + " More."))
    with open_store(source, create=True) as store:
        ingest(store, folder)
        (folder / "camels.md").write_text(
            page("Camels", "2025-09-02", "Wire", body("camels") + " Corrected.")
        )
        ingest(store, folder)
        store.remove(["turbines.md", "lorries.md"])
        store.restore(["lorries.md"])
        before = everything(store), store.versions("camels.md")
    assert len(before[1]) == 1
    report = copy_index(source, target)
    assert (report.articles, report.written, report.removals) == (9, 9, 1)
    with open_store(target) as copy:
        assert (everything(copy), copy.versions("camels.md")) == before
        assert copy.verify() == []
        assert ingest(copy, folder) == (0, 0, 9, 0, 0)
        copy.restore(["turbines.md"])
        assert ids_found(copy, body("turbines", 2))[0] == "turbines.md"
        (folder / "bees.md").write_text(page("Bees", None, None, body("bees")))
        assert ingest(copy, folder) == (1, 0, 9, 0, 0)
        assert worded(copy, "bees") == {"bees.md"}
        assert copy.verify() == []


def test_a_copy_is_brought_up_to_date_until_it_is_written_to(
    places: tuple[Settings, Settings], folder: Path
) -> None:
    source, target = places
    with open_store(source, create=True) as store:
        ingest(store, folder)
        copy_index_of(store, source, target, written=8)
        (folder / "camels.md").write_text(page("Ships", None, None, body("ships")))
        (folder / "bees.md").write_text(page("Bees", None, None, body("bees")))
        (folder / "glaciers.md").unlink()
        ingest(store, folder, prune=True)
        store.remove(["vaccines.md"])
        copy_index_of(store, source, target, written=3)
        store.restore(["vaccines.md"])
        copy_index_of(store, source, target, written=1)
        copy_index_of(store, source, target, written=0)
        with open_store(target) as copy:
            copy.remove(["bees.md"])
        with pytest.raises(StoreError, match="written to since"):
            copy_index(source, target)


def copy_index_of(store: Store, source: Settings, target: Settings, *, written: int) -> None:
    assert copy_index(source, target).written == written
    with open_store(target) as copy:
        assert everything(copy) == everything(store)
        assert copy.verify() == []


def test_a_copy_that_was_killed_goes_on_where_it_was(places: tuple[Settings, Settings]) -> None:
    source, target = places
    with open_store(source, create=True) as store:
        add(store, *(f"subject{number}" for number in range(200)))
        before = everything(store)
    process = subprocess.Popen(
        [sys.executable, "-c", COPY_AND_SAY, str(source.index), str(target.index)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.stdout
    assert process.stdout.readline() == "64\n"
    process.kill()
    process.communicate()
    report = copy_index(source, target)
    assert 0 < report.written <= 136
    with open_store(target) as copy:
        assert everything(copy) == before
        assert copy.verify() == []


def test_what_is_no_copy_is_left_alone(places: tuple[Settings, Settings]) -> None:
    source, target = places
    with open_store(source, create=True) as store:
        add(store, "camels", "bees")
    with open_store(target, create=True) as other:
        add(other, "camels")
    with pytest.raises(StoreError, match="no copy of"):
        copy_index(source, target)
    with open_store(target) as other:
        assert [one.id for one in other.articles()] == ["camels"]


def test_another_model_a_writer_and_the_same_place_are_refused(places: tuple[Settings, Settings]) -> None:
    source, target = places
    with open_store(source, create=True) as store:
        add(store, "camels")
        with store.stored_rows(), pytest.raises(IndexLocked):
            copy_index(source, target)
    with pytest.raises(StoreError, match="itself"):
        copy_index(source, source)
    with open_store(target, create=True) as other:
        other.add_articles([], HashingEmbedder(32))
    with pytest.raises(ModelMismatch, match="empty"):
        copy_index(source, target)


def test_damage_of_the_source_stops_the_copy_and_is_named(tmp_path: Path) -> None:
    source, target = settings_of(new_place("postgres", tmp_path), 0), settings_of(tmp_path / "copy", 0)
    with open_store(source, create=True) as store:
        add(store, "camels", "lorries")
    with psycopg.connect(str(source.index)) as connection:
        connection.execute(
            "UPDATE assistant.passages SET vector = vector * vector WHERE number = "
            "(SELECT first_passage FROM assistant.articles WHERE id = 'lorries')"
        )
    with pytest.raises(IndexDamaged, match="lorries"):
        copy_index(source, target)


@pytest.mark.parametrize("place", STORES)
def test_rows_are_lent_with_their_marks(place: str, tmp_path: Path) -> None:
    with open_store(settings_of(new_place(place, tmp_path), 0), create=True) as store:
        add(store, "camels")
        with store.stored_rows() as rows:
            found: StoredRows = rows
            (one,) = found.read([1])
            assert found.marks()[1].passages == len(one.spans) == len(one.vectors)
            assert np.isfinite(one.vectors).all()
            found.drop([1])
            assert 1 not in found.marks()


def test_the_command_copies_and_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = new_place("postgres", tmp_path)
    with open_store(settings_of(tmp_path / "index", 0), create=True) as store:
        add(store, "camels", "bees")
    assert main(["copy", str(tmp_path / "index"), str(place), "--json"]) == 0
    captured = capsys.readouterr()
    assert '"articles": 2' in captured.out
    assert "every row was read back" in captured.err
    assert main(["copy", str(tmp_path / "nothing"), str(tmp_path / "other")]) == 2
    assert "no index" in capsys.readouterr().err
    assert not (tmp_path / "other").exists()
