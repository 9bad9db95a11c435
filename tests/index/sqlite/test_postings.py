"""The file of postings: what it adds to FTS5 is speed alone, whatever has come or gone since, or befell it."""

import contextlib
import logging
import random
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from made_up_news import settings_of

from assistant.errors import StoreError
from assistant.index import Index
from assistant.index.sqlite import posting_file
from assistant.index.sqlite.ledger import Ledger
from assistant.index.sqlite.occurrences import match_any
from assistant.index.sqlite.posting_file import PostingFile, posting_record
from assistant.types import Article

EMBEDDER = HashingEmbedder(16)
WORDS = "amber basalt cedar deltas ember-glow fjord garnet the of Running runs über".split()
ASKED = (["cedar"], ["amber", "run"], ["the", "of", "garnet"], ["ember-glow", "uber"], ["absent"])


@pytest.fixture(autouse=True)
def every_word_is_frequent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting_file, "LEAST_PASSAGES", 1)


def article(name: str) -> Article:
    draw = random.Random(name)
    sentences = (f"{' '.join(draw.choices(WORDS, k=9)).capitalize()}." for _ in range(draw.randint(1, 25)))
    return Article(id=name, title=" ".join(draw.choices(WORDS, k=3)), text=" ".join(sentences), path=name)


def add(index: Index, *names: str) -> None:
    index.add_articles([article(name) for name in names], EMBEDDER)


def finish(index: Index) -> None:
    """End an ingest that reads nothing new."""
    index.ingest([], EMBEDDER)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.open(settings_of(tmp_path / "index", 3), create=True) as index:
        add(index, *(f"article{number}" for number in range(12)))
        finish(index)
        yield index


def check(index: Index) -> None:
    """Check that words are found, scored and counted as FTS5 finds, scores and counts them."""
    path = index.folder / "ledger.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for words in ASKED:
            expected = connection.execute(
                "SELECT rowid, -bm25(words, 2.0, 1.0) AS score FROM words WHERE words MATCH ? "
                "ORDER BY score DESC, rowid",
                (match_any(words),),
            ).fetchall()
            found = index.search_words(words, 10_000)
            assert dict(found) == pytest.approx(dict(expected), rel=1e-12)
            assert [score for _, score in found] == sorted(dict(found).values(), reverse=True)
            for word in filter(str.isalpha, words):
                (count,) = connection.execute(
                    "SELECT count(*) FROM words WHERE words MATCH ?", (match_any([word]),)
                ).fetchone()
                assert index.word_counts([word]) == {word: count}


def files(index: Index) -> list[Path]:
    return sorted((index.folder / "postings").iterdir())


def uses_the_file(index: Index) -> bool:
    with (
        contextlib.closing(Ledger(index.folder / "ledger.sqlite3")) as ledger,
        ledger.reading() as connection,
    ):
        return index._postings.view(connection, index.state().split()[1]) is not None


def test_what_is_newer_gone_changed_or_back_again_is_told_apart(index: Index) -> None:
    check(index)
    assert uses_the_file(index)
    steps = (
        lambda: add(index, "new1", "new2"),
        lambda: index.remove(["article3", "new1"]),
        lambda: index.restore(["article3"]),
        lambda: add(index, "new3"),
        lambda: index.restore(["new1"]),
        lambda: index.add_articles([Article(id="article5", text="Cedar garnet.", path="article5")], EMBEDDER),
        lambda: index.add_articles([Article(id="new2", text="Amber runs.", path="new2")], EMBEDDER),
        lambda: index.remove(["article5"]),
    )
    (name,) = files(index)
    for step in steps:
        step()
        check(index)
        assert uses_the_file(index)
        assert files(index) == [name]
        with Index.open(index.settings) as other:
            check(other)


def test_a_new_file_is_made_once_enough_has_come_and_the_old_one_goes(index: Index) -> None:
    (first,) = files(index)
    finish(index)
    assert files(index) == [first], "nothing has changed"
    add(index, "new1", "new2", "new3")
    finish(index)
    (second,) = files(index)
    assert second != first
    check(index)
    index.remove([f"article{number}" for number in range(12)])
    index.remove(["new1", "new2", "new3"])
    finish(index)
    assert files(index) == []
    check(index)


def test_with_very_much_that_is_newer_fts5_is_asked(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.index.sqlite.postings.MOST_NEWER", 1)
    add(index, "new1", "new2", "new3")
    assert not uses_the_file(index)
    check(index)


@pytest.mark.parametrize("damage", ["flipped", "cut", "gone", "empty", "directory"])
def test_a_damaged_file_is_noticed_told_and_not_used(
    index: Index, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    (path,) = files(index)
    data = bytearray(path.read_bytes())
    if damage == "flipped":
        data[: len(data) // 4] = bytes(255 - byte for byte in data[: len(data) // 4])
    elif damage == "directory":
        data[-3] ^= 1
    elif damage == "cut":
        del data[len(data) // 2 :]
    else:
        data.clear()
    path.write_bytes(bytes(data))
    if damage == "gone":
        path.unlink()
    with Index.open(index.settings) as other, caplog.at_level(logging.WARNING):
        check(other)
        assert [path.name in record.message for record in caplog.records] == [True]
        assert [problem.subject for problem in other.verify()] == ["postings"]
        assert other.rebuild() == []
        assert other.verify() == []
        check(other)
        assert uses_the_file(other)


def test_a_damaged_article_that_is_newer_does_not_keep_its_words_from_being_found(index: Index) -> None:
    add(index, "new1", "new2")
    with contextlib.closing(sqlite3.connect(index.folder / "ledger.sqlite3")) as connection, connection:
        connection.execute("UPDATE articles SET title = 'other' WHERE id = 'new2'")
    with Index.open(index.settings) as other:
        check(other)
        assert not uses_the_file(other)


def test_a_file_that_cannot_be_written_costs_nothing_but_speed(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = files(index)
    add(index, "new1", "new2", "new3")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(posting_file, "read_postings", full)
        with pytest.raises(StoreError, match=r"the postings of their words cannot be written.*No space left"):
            finish(index)
    assert files(index) == [first]
    check(index)
    finish(index)
    assert files(index) != [first]
    check(index)


def test_one_that_reads_goes_on_while_the_file_is_replaced(index: Index) -> None:
    failures: list[BaseException] = []
    ended = threading.Event()

    def search() -> None:
        try:
            while not ended.is_set():
                found = index.search_words(["cedar", "the"], 10_000)
                assert len(found) >= 12
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    with Index.open(index.settings) as other:
        for number in range(6):
            add(other, f"new{number}")
            finish(other)
    ended.set()
    for thread in threads:
        thread.join()
    assert failures == []
    check(index)


def test_the_file_holds_frequent_words_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting_file, "LEAST_PASSAGES", 5)
    with Index.open(settings_of(tmp_path / "index", 3), create=True) as index:
        texts = ["Cedar and amber."] * 5 + ["Basalt and amber."] * 4
        articles = [Article(id=f"{at}", text=text, path=f"{at}") for at, text in enumerate(texts)]
        index.add_articles(articles, EMBEDDER)
        finish(index)
        with (
            contextlib.closing(Ledger(index.folder / "ledger.sqlite3")) as ledger,
            ledger.reading() as connection,
        ):
            record = posting_record(connection)
        assert record is not None
        file = PostingFile(index.folder / "postings", record)
        assert sorted(file.terms) == ["amber", "and", "cedar"]
        assert file.postings("basalt") is None
        cedar = file.postings("cedar")
        assert cedar is not None
        assert cedar.rowids.tolist() == [1, 2, 3, 4, 5]
        assert cedar.weights.tolist() == [1] * 5
        assert (index.folder / "postings" / record.name).stat().st_size > record.directory_at
        assert index.word_counts(["basalt", "cedar"]) == {"basalt": 4, "cedar": 5}
