import contextlib
import logging
import os
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from figures import figure
from hashing_embedder import HashingEmbedder
from ingest_driver import settings_of

from assistant.errors import IndexDamaged, IndexMissing, StoreError
from assistant.index import Index
from assistant.types import Article

EMBEDDER = HashingEmbedder(128)
ROUNDING = 1e-6
BUILDS = 3
EXACT = 1_000_000
"""Passages up to which an index is searched without its vector index."""


def words(seed: str, count: int) -> str:
    draw = random.Random(seed)
    return " ".join("".join(draw.choices("abcdefghiklmnoprstu", k=6)) for _ in range(count))


ARTICLES = [
    Article(
        id=f"article{number}",
        title=f"Marker{number}",
        text=" ".join(f"{words(f'{number} {place}', 9).capitalize()}." for place in range(30)),
        publisher="Demo Wire",
        path=f"/news/{number}",
    )
    for number in range(40)
]
QUESTIONS = [words(f"{number} 3", 9) for number in range(0, 40, 4)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index whose vector index finds what an exact search finds.

    Chroma adds in parallel, and once in hundreds of times leaves a passage without a way to it. That is within what
    ``doctor`` accepts, and no damage; such an index is made again here.
    """
    for _ in range(BUILDS):
        path = tmp_path_factory.mktemp("whole") / "index"
        with Index.open(settings_of(path), create=True) as index:
            index.add_articles(ARTICLES, EMBEDDER)
            index.ingest([str(path / "nothing")], EMBEDDER)
            index.remove(["article7"])
            found = answers(index)
        with Index.open(settings_of(path).model_copy(update={"exact_passages": EXACT})) as index:
            if found == answers(index):
                return path
    pytest.fail(f"none of {BUILDS} vector indexes finds what an exact search finds")


class Score(float):
    """A score; one that differs by rounding alone is the same: a product depends on the shape of its matrix."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, float) and abs(self - other) <= ROUNDING

    __hash__ = float.__hash__


def answers(index: Index) -> list[tuple[str, str, float]]:
    """What searching finds: the place and text of each passage, with its score."""
    found = []
    for question in QUESTIONS:
        for search in (
            index.search_vectors(EMBEDDER.embed_question(question), 5),
            index.search_words(question.split(), 5),
        ):
            scores = dict(search)
            found += [
                (one.article.id, one.passage.text, Score(scores[one.rowid]))
                for one in index.passages(list(scores))
            ]
    return found


def contents(index: Index) -> dict[str, Article]:
    return {one.id: index.article(one.id) for one in index.articles() if not one.removed}


def flip(path: Path, draw: random.Random) -> None:
    with path.open("r+b") as file:
        place = draw.randrange(path.stat().st_size)
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ draw.randrange(1, 256)]))


def blank(path: Path, draw: random.Random) -> None:
    """Zero a whole page, as a disk that lost a sector does."""
    with path.open("r+b") as file:
        file.seek(draw.randrange(path.stat().st_size // 4096) * 4096)
        file.write(bytes(4096))


def cut(path: Path, draw: random.Random) -> None:
    os.truncate(path, draw.randrange(path.stat().st_size))


def behead(path: Path, draw: random.Random) -> None:
    with path.open("r+b") as file:
        file.write(draw.randbytes(4096))


def everything(index: Index) -> object:
    """All that can be asked of an index: what a harm that goes unnoticed must not have changed."""
    return answers(index), contents(index), index.articles(), index.counts(), index.publishers()


@pytest.mark.parametrize("places", [5, pytest.param(40, marks=pytest.mark.slow)])
@pytest.mark.parametrize("harm", [flip, blank, cut, behead])
def test_a_damaged_ledger_is_found_out_named_and_restored(
    whole: Path, tmp_path: Path, harm: Callable[[Path, random.Random], None], places: int
) -> None:
    with Index.open(settings_of(whole)) as index:
        right, original, everything_right = answers(index), contents(index), everything(index)
    draw = random.Random(harm.__name__)
    noticed = survived = 0
    for place in range(places):
        path = tmp_path / str(place)
        shutil.copytree(whole, path)
        harm(path / "ledger.sqlite3", draw)
        with Index.open(settings_of(path)) as index:
            problems = index.verify()
        try:
            with Index.open(settings_of(path)) as index:
                said = answers(index)
        except StoreError:
            said = None
        if not problems:
            with Index.open(settings_of(path)) as index:
                assert everything(index) == everything_right, (
                    f"{harm.__name__} {place}: other answers, and the doctor finds nothing"
                )
        if said not in (None, right):
            texts = {one.id: one.text for one in ARTICLES}
            assert all(text in texts[name] for name, text, _ in said)
        with Index.open(settings_of(path)) as index:
            lost = {problem.subject for problem in index.rebuild()}
            assert index.verify() == []
            kept = contents(index)
            assert kept.items() <= original.items() | {"article7": ARTICLES[7]}.items()
            assert original.keys() - kept.keys() <= lost or "ledger" in lost
            if "article7" in kept:
                assert lost & {"removals", "ledger"}
            index.add_articles(ARTICLES, EMBEDDER)
            assert contents(index).items() >= original.items()
            assert index.verify() == []
        noticed += bool(problems)
        survived += len(kept)
        shutil.rmtree(path)
    figure(
        f"{places} ledgers harmed ({harm.__name__}): damage found in {noticed}, every answer the same in the "
        f"others; {survived / places / len(ARTICLES):.0%} of the articles kept, all restored by ingesting again"
    )
    if harm in (cut, behead):
        assert noticed == places, "no ledger is whole without its end or its head"
    assert survived >= places * len(ARTICLES) // 4, "most of what is whole is kept"


def test_a_lost_end_of_the_generations_record_costs_no_article(whole: Path, tmp_path: Path) -> None:
    """The record grows with the files of the vector index, and then reaches into a page of its own."""
    path = tmp_path / "index"
    shutil.copytree(whole, path)
    ledger = path / "ledger.sqlite3"
    with Index.open(settings_of(path)) as index:
        original = contents(index)
    with contextlib.closing(sqlite3.connect(ledger)) as connection:
        connection.execute("UPDATE meta SET value = value || ? WHERE key = 'generation'", (" " * 4000,))
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    os.truncate(ledger, ledger.stat().st_size - 4096)
    with Index.open(settings_of(path)) as index:
        with pytest.raises(StoreError):
            answers(index)
        index.rebuild()
        assert contents(index).items() >= original.items()
        assert index.verify() == []


def remove(path: Path, draw: random.Random) -> None:
    path.unlink()


@pytest.mark.parametrize("left", [(), ("-wal", "-shm")])
def test_a_ledger_that_is_gone_is_not_taken_for_an_empty_index(
    whole: Path, tmp_path: Path, left: tuple[str, ...]
) -> None:
    """Whether or not a log outlives it, nobody answers from what is left, and ingesting alone is refused."""
    path = tmp_path / "index"
    shutil.copytree(whole, path)
    with Index.open(settings_of(path)) as index:
        original = contents(index)
        index.add_articles([replace(ARTICLES[0], id="late", path="/news/late")], EMBEDDER)
        for side in left:
            shutil.copyfile(path / f"ledger.sqlite3{side}", tmp_path / side)
    (path / "ledger.sqlite3").unlink()
    for side in left:
        shutil.copyfile(tmp_path / side, path / f"ledger.sqlite3{side}")
    with pytest.raises(IndexMissing):
        Index.open(settings_of(path))
    with Index.open(settings_of(path), create=True) as index:
        with pytest.raises(IndexDamaged, match="lost"):
            index.add_articles(ARTICLES, EMBEDDER)
        with pytest.raises(IndexDamaged, match="lost"):
            answers(index)
        assert "ledger" in {problem.subject for problem in index.verify()}
        assert "ledger" in {problem.subject for problem in index.rebuild()}
        assert index.verify() == []
        index.add_articles(ARTICLES, EMBEDDER)
        index.ingest([str(path / "nothing")], EMBEDDER)
        index.remove(["article7"])
        assert contents(index) == original
        assert index.verify() == []
    assert len(list((path / "generations").iterdir())) == 1


@pytest.mark.parametrize("places", [1, pytest.param(20, marks=pytest.mark.slow)])
@pytest.mark.parametrize("harm", [flip, cut, remove])
def test_a_damaged_vector_index_is_found_out_and_made_anew(
    whole: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    harm: Callable[[Path, random.Random], None],
    places: int,
) -> None:
    """Each file under it, at each place: what is asked is answered as before, from the ledger if need be."""
    with Index.open(settings_of(whole)) as index:
        right = everything(index)
    names = sorted(
        path.relative_to(whole)
        for path in (whole / "generations").rglob("*")
        if path.is_file() and path.stat().st_size
    )
    assert {"chroma.sqlite3", "passages.npy", "data_level0.bin"} <= {name.name for name in names}
    caplog.set_level(logging.CRITICAL)  # Each is warned of, too often to be shown.
    draw = random.Random(harm.__name__)
    noticed: Counter[str] = Counter()
    path = tmp_path / "hurt"
    for name in names:
        times = 1 if harm is remove else places
        for place in range(times):
            shutil.copytree(whole, path)
            harm(path / name, draw)
            with Index.open(settings_of(path)) as index:
                problems = index.verify()
                assert {problem.subject for problem in problems} <= {"vector index"}
                assert everything(index) == right, f"{harm.__name__} {place} of {name.name}"
                assert problems or name.name == "chroma.sqlite3", f"{harm.__name__} {place} of {name.name}"
                noticed[name.name] += bool(problems)
                if not problems or (place == 0 and (places > 1 or name == names[0])):
                    assert index.rebuild() == []
                    assert index.verify() == []
                    assert everything(index) == right
            shutil.rmtree(path)
    each = "" if harm is remove else f" at {places} places each"
    figure(
        f"{len(names)} files of a vector index harmed ({harm.__name__}){each}: damage found in "
        f"{noticed.total()}, no other answer in any"
    )
