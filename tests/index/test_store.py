"""How every store behaves, whatever keeps it; ``stores.py`` lists those that are tested."""

import datetime
import hashlib
import json
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hashing_embedder import HashingEmbedder
from made_up_news import (
    EMBEDDER,
    SUBJECTS,
    body,
    counted,
    ids_found,
    ingest,
    page,
    passage_ids,
    rows,
    settings_of,
    worded,
    write_folder,
)
from stores import STORES, new_place

from assistant.errors import IndexLocked, ModelMismatch, UnknownArticle
from assistant.index import IngestEvent, Store, open_store
from assistant.ingest.passages import embedded_text
from assistant.settings import Settings
from assistant.types import Article


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "news")


@pytest.fixture(params=STORES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a store that is not there yet, searched through its vector index however small it is."""
    return settings_of(new_place(request.param, tmp_path), 0)


@pytest.fixture
def index(settings: Settings) -> Iterator[Store]:
    """An empty store."""
    with open_store(settings, create=True) as opened:
        yield opened


@pytest.fixture(
    scope="module",
    params=[(store, exact) for store in STORES for exact in (5000, 0)],
    ids=lambda one: f"{one[0]}-{'vector-index' if one[1] == 0 else 'exact'}",
)
def built(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store of the folder that no test changes, searched in either way."""
    store, exact = request.param
    place = tmp_path_factory.mktemp("built")
    write_folder(place / "news")
    with open_store(settings_of(new_place(store, place), exact), create=True) as opened:
        opened.ingest([str(place / "news")], EMBEDDER)
        yield opened


def test_a_folder_is_found_by_meaning_and_by_word(built: Store) -> None:
    index = built
    assert {one.id for one in index.articles()} == {
        f"{'sub/' if number > 5 else ''}{subject}.md" for number, subject in enumerate(SUBJECTS)
    }
    assert ids_found(index, body("glaciers", 2))[0] == "glaciers.md"
    assert worded(index, "turbine") == {"turbines.md"}
    numbers = [number for number, _ in index.search_words(["district", "week"], 1000)]
    for stored in index.passages(numbers):
        passage = stored.passage
        assert stored.article.text[passage.start : passage.end] == passage.text
    counts = index.counts()
    assert (counts.articles, counts.passages, counts.undated) == (8, len(numbers), 1)
    assert counts.first_published == datetime.date(2025, 1, 15)
    assert counts.last_published == datetime.date(2025, 7, 15)
    assert index.publishers() == ["Demo Wire", "Mock Courier"]
    assert index.verify() == []


def test_ingesting_again_changes_nothing(index: Store, folder: Path) -> None:
    ingest(index, folder)
    before = passage_ids(index)
    assert ingest(index, folder) == (0, 0, 8, 0, 0)
    for path in folder.rglob("*.md"):
        path.write_text(path.read_text())
    os.utime(folder / "camels.md", (0, 0))
    assert ingest(index, folder) == (0, 0, 8, 0, 0)
    assert passage_ids(index) == before


def test_what_changed_is_replaced_and_what_is_new_is_found_at_once(index: Store, folder: Path) -> None:
    ingest(index, folder)
    (folder / "camels.md").write_text(page("News of ships", "2025-08-01", "Demo Wire", body("ships")))
    (folder / "bees.md").write_text(page("News of bees", "2025-08-02", "Demo Wire", body("bees")))
    assert ingest(index, folder) == (1, 1, 7, 0, 0)
    assert worded(index, "camels") == set()
    assert worded(index, "ships") == {"camels.md"}
    assert ids_found(index, body("bees", 2))[0] == "bees.md"
    assert index.article("camels.md").title == "News of ships"
    assert index.verify() == []


def test_a_changed_date_alone_is_a_change(index: Store, folder: Path) -> None:
    ingest(index, folder)
    path = folder / "lorries.md"
    path.write_text(path.read_text().replace("2025-01-15", "2025-01-16"))
    assert ingest(index, folder) == (0, 1, 7, 0, 0)
    assert index.article("lorries.md").published == datetime.date(2025, 1, 16)


def test_every_event_is_of_something_that_is_already_safe(
    index: Store, folder: Path, settings: Settings
) -> None:
    seen: list[IngestEvent] = []

    def look(event: IngestEvent) -> None:
        seen.append(event)
        with open_store(settings) as other:
            assert other.article(event.subject).id == event.subject
            assert worded(other, Path(event.subject).stem) == {event.subject}

    index.ingest([str(folder)], EMBEDDER, on_event=look)
    assert [event.kind for event in seen] == ["added"] * 8
    assert seen[-1].done_bytes == seen[-1].total_bytes == sum(p.stat().st_size for p in folder.rglob("*.md"))
    assert seen[-1].passages == index.counts().passages


def test_prune_takes_out_what_has_gone_and_nothing_else(index: Store, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere.md"
    other.write_text(page("Elsewhere", None, None, body("comets")))
    ingest(index, folder, other)
    (folder / "camels.md").unlink()
    other.unlink()
    (folder / "sub" / "railways.md").write_bytes(b"\x00\xff\xfe\x00" * 50)
    assert ingest(index, folder)[3] == 0
    report = index.ingest([str(folder)], EMBEDDER, prune=True)
    assert report.removed == 1
    assert [failure.path for failure in report.failures] == [str(folder / "sub" / "railways.md")]
    assert worded(index, "camels") == set()
    assert worded(index, "comets") == {"elsewhere.md"}
    assert worded(index, "railways") == {"sub/railways.md"}
    with pytest.raises(UnknownArticle):
        index.article("camels.md")
    assert index.verify() == []


def test_rows_of_one_file_are_articles_of_their_own(index: Store, tmp_path: Path) -> None:
    path = rows(tmp_path / "rows.jsonl.xz", "bees", "ships", "comets")
    assert ingest(index, path) == (3, 0, 0, 0, 0)
    assert ingest(index, path) == (0, 0, 3, 0, 0)
    rows(path, "bees", "comets", "tigers")
    assert ingest(index, path) == (1, 0, 2, 0, 0)
    assert worded(index, "ships") == {"row-ships"}
    assert ingest(index, path, prune=True) == (0, 0, 3, 1, 0)
    rows(path, "comets", "tigers")
    assert ingest(index, path, prune=True) == (0, 0, 2, 1, 0)
    assert {one.id for one in index.articles()} == {"row-comets", "row-tigers"}


def test_progress_within_a_file_of_many_articles(index: Store, tmp_path: Path) -> None:
    path = rows(tmp_path / "rows.jsonl.xz", *(f"subject{number}" for number in range(60)))
    done: list[int] = []
    index.ingest([str(path)], EMBEDDER, on_event=lambda event: done.append(event.done_bytes))
    assert done == sorted(done)
    assert 0 < done[0] < done[30] < path.stat().st_size == done[-1]


def test_a_bad_row_does_not_keep_the_others_out(index: Store, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    good = [json.dumps({"id": f"row-{subject}", "text": body(subject)}) for subject in ("bees", "ships")]
    path.write_text("\n".join([good[0], "{broken", good[1], good[0]]) + "\n")
    report = index.ingest([str(path)], EMBEDDER)
    assert counted(report) == (2, 0, 0, 0, 2)
    assert any("row-bees" in failure.reason for failure in report.failures)
    assert counted(index.ingest([str(path)], EMBEDDER)) == (0, 0, 2, 0, 2)


def test_an_id_that_another_path_holds_is_refused_naming_both(
    index: Store, folder: Path, tmp_path: Path
) -> None:
    ingest(index, folder)
    rival = tmp_path / "rival"
    rival.mkdir()
    (rival / "camels.md").write_text(page("Other camels", None, None, body("dromedaries")))
    report = index.ingest([str(rival)], EMBEDDER)
    (failure,) = report.failures
    assert failure.path == str(rival / "camels.md")
    assert str(folder / "camels.md") in failure.reason
    assert worded(index, "dromedaries") == set()
    both = index.ingest([str(rival), str(folder)], EMBEDDER)
    assert both.failed == 1
    assert f"give the folder that holds both, {tmp_path}, with --prune" in failure.reason
    assert ingest(index, tmp_path, prune=True) == (9, 0, 0, 8, 0)
    assert worded(index, "dromedaries") == {"rival/camels.md"}


def test_an_id_that_two_files_state_is_for_them_to_change(index: Store, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{folder}.json").write_text(json.dumps({"id": "a1", "text": body(folder)}))
    report = index.ingest([str(tmp_path)], EMBEDDER)
    assert [one.reason.partition("; ")[2] for one in report.failures] == ["change one of the two"]


def test_a_moved_folder_keeps_its_articles(index: Store, folder: Path, tmp_path: Path) -> None:
    ingest(index, folder)
    before = passage_ids(index)
    folder.rename(tmp_path / "moved")
    assert ingest(index, tmp_path / "moved", prune=True) == (0, 0, 8, 0, 0)
    assert passage_ids(index) == before
    assert index.article("camels.md").path == str(tmp_path / "moved" / "camels.md")
    assert ingest(index, tmp_path / "moved") == (0, 0, 8, 0, 0)
    assert index.verify() == []


def test_removal_is_remembered_until_it_is_undone(index: Store, folder: Path) -> None:
    ingest(index, folder)
    before = passage_ids(index)
    index.remove(["camels.md"])
    index.remove(["camels.md"])
    assert worded(index, "camels") == set()
    assert index.word_counts(["camel"]) == {"camel": 0}
    assert "camels.md" not in ids_found(index, body("camels", 2), k=1000)
    assert [one.id for one in index.articles() if one.removed] == ["camels.md"]
    assert (index.counts().articles, index.counts().removed) == (7, 1)
    with pytest.raises(UnknownArticle, match="restore"):
        index.article("camels.md")
    (folder / "camels.md").write_text(page("New camels", None, None, body("camels", 14)))
    assert ingest(index, folder, prune=True) == (0, 0, 8, 0, 0)
    assert worded(index, "camels") == set()
    index.restore(["camels.md"])
    assert passage_ids(index) == before
    assert ids_found(index, body("camels", 2))[0] == "camels.md"
    assert ingest(index, folder) == (0, 1, 7, 0, 0)
    assert index.article("camels.md").title == "New camels"
    assert index.verify() == []


def test_an_unknown_article_removes_none(index: Store, folder: Path) -> None:
    ingest(index, folder)
    for call in (index.remove, index.restore):
        with pytest.raises(UnknownArticle, match="nothing"):
            call(["camels.md", "nothing.md"])
    assert index.counts().removed == 0


def test_filters_hold_in_both_searches(built: Store) -> None:
    index = built
    spring = {"after": datetime.date(2025, 2, 15), "before": datetime.date(2025, 4, 15)}
    assert set(ids_found(index, "district", 1000, **spring)) == {"turbines.md", "vaccines.md", "elections.md"}
    assert worded(index, "district", **spring) == {"turbines.md", "vaccines.md", "elections.md"}
    wire = {"publishers": ("demo wire",)}
    assert worded(index, "district", **spring, **wire) == {"turbines.md", "elections.md"}
    assert set(ids_found(index, "camels", 1000, **wire)) == {
        "camels.md", "turbines.md", "elections.md", "sub/railways.md",
    }  # fmt: skip
    selection = index.select(after=datetime.date(2025, 6, 1))
    assert selection is not None
    assert selection.undated == 1
    nobody = index.select(publishers=("Nobody",))
    assert nobody is not None
    assert index.search_vectors(EMBEDDER.embed_question("camels"), 5, nobody) == []
    assert index.search_words(["camels"], 5, nobody) == []
    assert index.select() is None


def test_similarities_are_cosines_whatever_found_the_passage(built: Store) -> None:
    index = built
    question = EMBEDDER.embed_question("lorries waited at the district")
    ranked = index.search_vectors(question, 1000)
    everything = index.passages([number for number, _ in ranked])
    texts = [embedded_text(stored.article, stored.passage) for stored in everything]
    cosines = EMBEDDER.embed_passages(texts) @ question
    assert [score for _, score in ranked] == pytest.approx(cosines.tolist(), abs=1e-5)
    assert [score for _, score in ranked] == sorted((score for _, score in ranked), reverse=True)
    some = [number for number, _ in ranked[::3]]
    assert index.similarities(question, [*some, 10**9]) == {number: dict(ranked)[number] for number in some}
    assert len(index.search_vectors(question, 3)) == 3
    assert index.search_vectors(question, 0) == []


def test_passages_come_in_the_order_asked_and_missing_ones_do_not(built: Store) -> None:
    index = built
    numbers = [number for number, _ in index.search_words(["district"], 5)]
    asked = [numbers[3], 10**9, numbers[0], numbers[3]]
    assert [one.rowid for one in index.passages(asked)] == [numbers[3], numbers[0], numbers[3]]
    assert index.passages([]) == []


def test_words_are_counted_by_stem(built: Store) -> None:
    index = built
    passages = index.counts().passages
    counts = index.word_counts(["district", "Districts", "camel", "absent", "sub-district", "!"])
    assert counts["district"] == counts["Districts"] == passages
    assert 0 < counts["camel"] < passages
    assert counts["absent"] == counts["sub-district"] == counts["!"] == 0


def test_near_duplicates_share_a_story(index: Store, folder: Path) -> None:
    (folder / "reprint.md").write_text(
        page(
            "From the wire",
            "2025-09-01",
            "Example Gazette",
            body("camels") + " Additional reporting by our staff.",
        )
    )
    ingest(index, folder)
    linked = {one.id: one.duplicate_of for one in index.articles() if one.duplicate_of}
    assert linked == {"reprint.md": "camels.md"}
    numbers = [number for number, _ in index.search_words(["camels"], 100)]
    assert len({stored.story for stored in index.passages(numbers)}) == 1
    assert index.counts().stories == 8


def test_another_model_is_refused_by_name(index: Store, folder: Path) -> None:
    index.check_model(HashingEmbedder(12, "anything"))
    ingest(index, folder)
    before = passage_ids(index)
    for other in (HashingEmbedder(EMBEDDER.dimension, "another"), HashingEmbedder(24, "smaller")):
        with pytest.raises(ModelMismatch, match=other.name):
            index.check_model(other)
        with pytest.raises(ModelMismatch, match="hashing"):
            index.ingest([str(folder)], other)
    with pytest.raises(ModelMismatch):
        index.search_vectors(np.ones(7, dtype=np.float32), 3)
    assert passage_ids(index) == before


def test_a_second_writer_is_refused_at_once(index: Store, folder: Path, settings: Settings) -> None:
    ingest(index, folder)
    refused = []

    def try_too(event: IngestEvent) -> None:
        with open_store(settings) as other:
            for write in (
                lambda: other.ingest([str(folder)], EMBEDDER),
                lambda: other.remove(["camels.md"]),
                other.rebuild,
            ):
                with pytest.raises(IndexLocked):
                    write()
                refused.append(event.subject)

    (folder / "bees.md").write_text(page("Bees", None, None, body("bees")))
    index.ingest([str(folder)], EMBEDDER, on_event=try_too)
    assert refused == ["bees.md"] * 3
    assert index.counts().articles == 9


def test_an_empty_index_answers_nothing(index: Store) -> None:
    assert index.search_words(["camels"], 5) == []
    assert index.search_vectors(EMBEDDER.embed_question("camels"), 5) == []
    assert index.articles() == []
    assert index.counts().articles == 0
    assert index.verify() == []
    assert index.rebuild() == []


def test_articles_in_memory_can_be_added(index: Store) -> None:
    articles = [Article(id=name, text=body(name), title=name) for name in SUBJECTS]
    report = index.add_articles(articles, EMBEDDER)
    assert report.added == 8
    assert ids_found(index, body("glaciers", 2))[0] == "glaciers"
    surrogate = Article(id="odd", text="a lone \ud800 surrogate")
    assert [failure.reason for failure in index.add_articles([surrogate], EMBEDDER).failures]
    assert index.verify() == []


ODD = (
    "\x00",
    "a\x00b",
    "\u202eabc\u2066",
    "\u200f",
    "\ufeff",
    "\U0010ffff",
    str(2**63),
    "e\u0301",
    "\r\n\t",
    "\x85",
)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("field", ["id", "text", "title", "publisher", "authors", "url", "language", "path"])
def test_odd_characters_anywhere_come_back_to_the_letter(
    index: Store, field: str, odd: str, tmp_path: Path
) -> None:
    value: object = (odd, "B") if field == "authors" else f"{body('bees')} {odd}" if field == "text" else odd
    given = replace(Article(id="one", text=body("bees"), title="Bees", path="one"), **{field: value})
    assert counted(index.add_articles([given], EMBEDDER)) == (1, 0, 0, 0, 0)
    index.ingest([str(tmp_path / "nothing")], EMBEDDER, prune=True)
    sha256 = hashlib.sha256(given.text.encode()).hexdigest()
    assert index.article(given.id) == replace(given, sha256=sha256)
    assert [one.id for one in index.articles()] == [given.id]
    assert worded(index, "bees") == {given.id} == set(ids_found(index, "bees"))
    if field == "publisher":
        assert worded(index, "bees", publishers=[odd]) == {given.id}
    index.remove([given.id])
    assert worded(index, "bees") == set()
    index.restore([given.id])
    assert counted(index.add_articles([given], EMBEDDER)) == (0, 0, 1, 0, 0)
    assert index.verify() == []


@pytest.mark.parametrize("field", ["id", "text", "title", "publisher", "authors", "url", "language", "path"])
def test_a_lone_surrogate_anywhere_is_refused_by_name_and_costs_no_neighbour(
    index: Store, field: str
) -> None:
    odd = "a\ud800b"
    given = Article(id="one", text=body("bees"), title="Bees", path="one")
    broken = replace(given, **{field: (odd,) if field == "authors" else odd})
    beside = replace(given, id="two", text=body("moths"), path="two")
    report = index.add_articles([broken, beside], EMBEDDER)
    assert counted(report) == (1, 0, 0, 0, 1)
    assert "surrogate" in report.failures[0].reason
    assert [one.id for one in index.articles()] == ["two"]
    assert index.verify() == []


def test_a_batch_of_nothing_is_nothing(index: Store, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert counted(index.add_articles([], EMBEDDER)) == (0, 0, 0, 0, 0)
    assert ingest(index, tmp_path / "empty")[:4] == (0, 0, 0, 0)
    assert (index.counts().passages, ids_found(index, "bees"), worded(index, "bees")) == (0, [], set())
    assert index.verify() == []
    path = rows(tmp_path / "empty" / "rows.jsonl.xz", "bees", "moths")
    assert ingest(index, tmp_path / "empty")[0] == 2
    path.unlink()
    assert ingest(index, tmp_path / "empty", prune=True)[3] == 2
    assert (index.counts().passages, ids_found(index, "bees")) == (0, [])
    assert index.verify() == []


@pytest.mark.parametrize("exact_passages", [0, 100])
@pytest.mark.parametrize("store", STORES)
def test_a_reader_sees_what_another_writes(tmp_path: Path, store: str, exact_passages: int) -> None:
    """With 100, the later articles are newer than the generation, and searched beside it."""
    settings = settings_of(new_place(store, tmp_path), exact_passages)
    with open_store(settings, create=True) as writer, open_store(settings) as reader:
        for number in range(6):
            names = [f"news{number}-{place}" for place in range(12)]
            writer.add_articles([Article(id=name, text=body(name), path=name) for name in names], EMBEDDER)
            writer.ingest([str(tmp_path / "nothing")], EMBEDDER)
            assert ids_found(reader, body(names[7], 2))[0] == names[7]
            assert reader.counts().articles == 12 * (number + 1)
        assert reader.counts().passages > 200
        writer.remove(["news0-3"])
        assert "news0-3" not in ids_found(reader, body("news0-3"), 1000)


def test_many_threads_ask_while_one_writes(index: Store, tmp_path: Path) -> None:
    names = [f"subject{number}" for number in range(8)]
    index.add_articles([Article(id=name, text=body(name), path=name) for name in names], EMBEDDER)
    done = threading.Event()

    def ask(name: str) -> int:
        asked = 0
        while not done.is_set() or not asked:
            assert ids_found(index, body(name, 3))[0] == name
            assert worded(index, name) == {name}
            assert index.word_counts([name])[name] > 0
            assert name in {one.id for one in index.articles()}
            index.select(after=datetime.date(2025, 1, 1 + asked % 28))
            asked += 1
        return asked

    with ThreadPoolExecutor(8) as pool:
        asking = [pool.submit(ask, name) for name in names]
        try:
            for number in range(4):
                more = [Article(id=f"more{number}", text=body(f"more{number}"), path=f"more{number}")]
                index.add_articles(more, EMBEDDER)
                index.ingest([str(tmp_path / "nothing")], EMBEDDER)
        finally:
            done.set()
        assert all(future.result() for future in asking)
    assert index.verify() == []
