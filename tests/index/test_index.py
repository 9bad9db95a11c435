import contextlib
import datetime
import hashlib
import json
import lzma
import os
import random
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hashing_embedder import HashingEmbedder

from assistant.errors import IndexDamaged, IndexLocked, IndexMissing, ModelMismatch, UnknownArticle
from assistant.index import Index, IngestEvent
from assistant.ingest.passages import embedded_text
from assistant.settings import Settings
from assistant.types import Article, IngestReport

EMBEDDER = HashingEmbedder(256)
SUBJECTS = ("camels", "lorries", "turbines", "vaccines", "elections", "glaciers", "railways", "orchards")


def body(subject: str, sentences: int = 12) -> str:
    """Sentences that all name the subject and otherwise are of words drawn for it."""
    draw = random.Random(subject)
    words = ["".join(draw.choices("abcdefghiklmnoprstu", k=6)) for _ in range(400)]
    return " ".join(
        f"In report {number} of the week, {subject} near district {subject}-{number}: "
        f"{' '.join(draw.choices(words, k=6))}."
        for number in range(sentences)
    )


def page(title: str, published: str | None, publisher: str | None, text: str) -> str:
    front = {"title": title, "published": published, "publisher": publisher}
    lines = [f"{key}: {value}" for key, value in front.items() if value]
    return "---\n" + "\n".join(lines) + "\n---\n\n" + text + "\n"


def write_folder(place: Path) -> Path:
    """Eight articles, one subject each; the first has no date, the even ones are by Demo Wire."""
    (place / "sub").mkdir(parents=True)
    for number, subject in enumerate(SUBJECTS):
        published = f"2025-0{number}-15" if number else None
        publisher = "Demo Wire" if number % 2 == 0 else "Mock Courier"
        path = place / ("sub" if number > 5 else ".") / f"{subject}.md"
        path.write_text(page(f"News of {subject}", published, publisher, body(subject)))
    return place


def settings_of(place: Path, exact_passages: int) -> Settings:
    return Settings(index=place, exact_passages=exact_passages, passage_pieces=60, overlap_pieces=10)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "news")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """An empty index, searched through generations however small it is."""
    with Index.open(settings_of(tmp_path / "index", 0), create=True) as opened:
        yield opened


@pytest.fixture(scope="module", params=[5000, 0], ids=["exact", "generation"])
def built(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Index]:
    """An index of the folder that no test changes, searched in either way."""
    place = tmp_path_factory.mktemp("built")
    write_folder(place / "news")
    with Index.open(settings_of(place / "index", request.param), create=True) as opened:
        opened.ingest([str(place / "news")], EMBEDDER)
        yield opened


def counted(report: IngestReport) -> tuple[int, int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed, report.failed


def ingest(index: Index, *sources: Path, prune: bool = False) -> tuple[int, int, int, int, int]:
    return counted(index.ingest([str(source) for source in sources], EMBEDDER, prune=prune))


def ids_found(index: Index, question: str, k: int = 5, **filters: object) -> list[str]:
    selection = index.select(**filters)  # type: ignore[arg-type]
    dense = index.search_vectors(EMBEDDER.embed_question(question), k, selection)
    return [stored.article.id for stored in index.passages([number for number, _ in dense])]


def worded(index: Index, *words: str, **filters: object) -> set[str]:
    selection = index.select(**filters)  # type: ignore[arg-type]
    ranked = index.search_words(words, 1000, selection)
    return {stored.article.id for stored in index.passages([number for number, _ in ranked])}


def passage_ids(index: Index) -> set[str]:
    numbers = [number for number, _ in index.search_vectors(EMBEDDER.embed_question("any"), 100_000)]
    return {stored.passage.id for stored in index.passages(numbers)}


def test_a_folder_is_found_by_meaning_and_by_word(built: Index) -> None:
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


def test_ingesting_again_changes_nothing(index: Index, folder: Path) -> None:
    ingest(index, folder)
    before = passage_ids(index)
    assert ingest(index, folder) == (0, 0, 8, 0, 0)
    for path in folder.rglob("*.md"):
        path.write_text(path.read_text())
    os.utime(folder / "camels.md", (0, 0))
    assert ingest(index, folder) == (0, 0, 8, 0, 0)
    assert passage_ids(index) == before


def test_what_changed_is_replaced_and_what_is_new_is_found_at_once(index: Index, folder: Path) -> None:
    ingest(index, folder)
    (folder / "camels.md").write_text(page("News of ships", "2025-08-01", "Demo Wire", body("ships")))
    (folder / "bees.md").write_text(page("News of bees", "2025-08-02", "Demo Wire", body("bees")))
    assert ingest(index, folder) == (1, 1, 7, 0, 0)
    assert worded(index, "camels") == set()
    assert worded(index, "ships") == {"camels.md"}
    assert ids_found(index, body("bees", 2))[0] == "bees.md"
    assert index.article("camels.md").title == "News of ships"
    assert index.verify() == []


def test_a_changed_date_alone_is_a_change(index: Index, folder: Path) -> None:
    ingest(index, folder)
    path = folder / "lorries.md"
    path.write_text(path.read_text().replace("2025-01-15", "2025-01-16"))
    assert ingest(index, folder) == (0, 1, 7, 0, 0)
    assert index.article("lorries.md").published == datetime.date(2025, 1, 16)


def test_every_event_is_of_something_that_is_already_safe(index: Index, folder: Path) -> None:
    seen: list[IngestEvent] = []

    def look(event: IngestEvent) -> None:
        seen.append(event)
        with Index.open(index.settings) as other:
            assert other.article(event.subject).id == event.subject
            assert worded(other, Path(event.subject).stem) == {event.subject}

    index.ingest([str(folder)], EMBEDDER, on_event=look)
    assert [event.kind for event in seen] == ["added"] * 8
    assert seen[-1].done_bytes == seen[-1].total_bytes == sum(p.stat().st_size for p in folder.rglob("*.md"))
    assert seen[-1].passages == index.counts().passages


def test_prune_takes_out_what_has_gone_and_nothing_else(index: Index, folder: Path, tmp_path: Path) -> None:
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


def rows(path: Path, *subjects: str) -> Path:
    lines = [
        json.dumps({"id": f"row-{subject}", "title": subject, "text": body(subject)}) for subject in subjects
    ]
    path.write_bytes(lzma.compress(("\n".join(lines) + "\n").encode()))
    return path


def test_rows_of_one_file_are_articles_of_their_own(index: Index, tmp_path: Path) -> None:
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


def test_progress_within_a_file_of_many_articles(index: Index, tmp_path: Path) -> None:
    path = rows(tmp_path / "rows.jsonl.xz", *(f"subject{number}" for number in range(60)))
    done: list[int] = []
    index.ingest([str(path)], EMBEDDER, on_event=lambda event: done.append(event.done_bytes))
    assert done == sorted(done)
    assert 0 < done[0] < done[30] < path.stat().st_size == done[-1]


def test_a_bad_row_does_not_keep_the_others_out(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    good = [json.dumps({"id": f"row-{subject}", "text": body(subject)}) for subject in ("bees", "ships")]
    path.write_text("\n".join([good[0], "{broken", good[1], good[0]]) + "\n")
    report = index.ingest([str(path)], EMBEDDER)
    assert counted(report) == (2, 0, 0, 0, 2)
    assert any("row-bees" in failure.reason for failure in report.failures)
    assert counted(index.ingest([str(path)], EMBEDDER)) == (0, 0, 2, 0, 2)


def test_an_id_that_another_path_holds_is_refused_naming_both(
    index: Index, folder: Path, tmp_path: Path
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


def test_a_moved_folder_keeps_its_articles(index: Index, folder: Path, tmp_path: Path) -> None:
    ingest(index, folder)
    before = passage_ids(index)
    folder.rename(tmp_path / "moved")
    assert ingest(index, tmp_path / "moved", prune=True) == (0, 0, 8, 0, 0)
    assert passage_ids(index) == before
    assert index.article("camels.md").path == str(tmp_path / "moved" / "camels.md")
    assert ingest(index, tmp_path / "moved") == (0, 0, 8, 0, 0)
    assert index.verify() == []


def test_removal_is_remembered_until_it_is_undone(index: Index, folder: Path) -> None:
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


def test_an_unknown_article_removes_none(index: Index, folder: Path) -> None:
    ingest(index, folder)
    for call in (index.remove, index.restore):
        with pytest.raises(UnknownArticle, match="nothing"):
            call(["camels.md", "nothing.md"])
    assert index.counts().removed == 0


def test_filters_hold_in_both_searches(built: Index) -> None:
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


def test_similarities_are_cosines_whatever_found_the_passage(built: Index) -> None:
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


def test_passages_come_in_the_order_asked_and_missing_ones_do_not(built: Index) -> None:
    index = built
    numbers = [number for number, _ in index.search_words(["district"], 5)]
    asked = [numbers[3], 10**9, numbers[0], numbers[3]]
    assert [one.rowid for one in index.passages(asked)] == [numbers[3], numbers[0], numbers[3]]
    assert index.passages([]) == []


def test_words_are_counted_by_stem(built: Index) -> None:
    index = built
    passages = index.counts().passages
    counts = index.word_counts(["district", "Districts", "camel", "absent", "sub-district", "!"])
    assert counts["district"] == counts["Districts"] == passages
    assert 0 < counts["camel"] < passages
    assert counts["absent"] == counts["sub-district"] == counts["!"] == 0


def test_near_duplicates_share_a_story(index: Index, folder: Path) -> None:
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


def test_another_model_is_refused_by_name(index: Index, folder: Path) -> None:
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


def test_a_second_writer_is_refused_at_once(index: Index, folder: Path) -> None:
    ingest(index, folder)
    refused = []

    def try_too(event: IngestEvent) -> None:
        with Index.open(index.settings) as other:
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


def test_a_missing_index_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match=r"ingest\.py"):
        Index.open(Settings(index=tmp_path / "nothing"))
    assert not (tmp_path / "nothing").exists()


def test_an_empty_index_answers_nothing(index: Index) -> None:
    assert index.search_words(["camels"], 5) == []
    assert index.search_vectors(EMBEDDER.embed_question("camels"), 5) == []
    assert index.articles() == []
    assert index.counts().articles == 0
    assert index.verify() == []
    assert index.rebuild() == []


def test_articles_in_memory_can_be_added(index: Index) -> None:
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
def test_odd_characters_anywhere_come_back_to_the_letter(index: Index, field: str, odd: str) -> None:
    value: object = (odd, "B") if field == "authors" else f"{body('bees')} {odd}" if field == "text" else odd
    given = replace(Article(id="one", text=body("bees"), title="Bees", path="one"), **{field: value})
    assert counted(index.add_articles([given], EMBEDDER)) == (1, 0, 0, 0, 0)
    index.ingest([str(index.folder / "nothing")], EMBEDDER, prune=True)
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
    index: Index, field: str
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


def test_a_batch_of_nothing_is_nothing(index: Index, tmp_path: Path) -> None:
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
    assert list((index.folder / "generations").iterdir()) == []
    assert index.verify() == []


@pytest.mark.parametrize("exact_passages", [0, 100])
def test_a_reader_sees_what_another_writes(tmp_path: Path, exact_passages: int) -> None:
    """With 100, the later articles are newer than the generation, and searched beside it."""
    settings = settings_of(tmp_path / "index", exact_passages)
    with Index.open(settings, create=True) as writer, Index.open(settings) as reader:
        for number in range(6):
            names = [f"news{number}-{place}" for place in range(12)]
            writer.add_articles([Article(id=name, text=body(name), path=name) for name in names], EMBEDDER)
            writer.ingest([str(tmp_path / "nothing")], EMBEDDER)
            assert ids_found(reader, body(names[7], 2))[0] == names[7]
            assert reader.counts().articles == 12 * (number + 1)
        assert reader.counts().passages > 200
        writer.remove(["news0-3"])
        assert "news0-3" not in ids_found(reader, body("news0-3"), 1000)


def test_many_threads_ask_while_one_writes(index: Index) -> None:
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
                index.ingest([str(index.folder / "nothing")], EMBEDDER)
        finally:
            done.set()
        assert all(future.result() for future in asking)
    assert index.verify() == []


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
