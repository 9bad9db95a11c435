"""A kill leaves SQLite's write-ahead log behind; where that is damaged, what it held must not vanish unnoticed."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from ingest_driver import settings_of

from assistant.errors import IndexDamaged, UnknownArticle
from assistant.index import Index
from assistant.types import Article

EMBEDDER = HashingEmbedder(32)
ARTICLES = [
    Article(
        id=f"article{number}", text=f"Report {number} speaks of the bridge. " * 20, path=f"/news/{number}"
    )
    for number in range(12)
]


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index as a kill leaves it: its last changes, one of them a removal, stand in the log alone."""
    folder = tmp_path_factory.mktemp("killed")
    with Index.open(settings_of(folder / "index"), create=True) as index:
        for article in ARTICLES:
            index.add_articles([article], EMBEDDER)
        index.remove(["article3"])
        shutil.copytree(folder / "index", folder / "left")
    return folder / "left"


def live(index: Index) -> set[str]:
    return {one.id for one in index.articles() if not one.removed}


def test_a_log_that_is_whole_loses_nothing(killed: Path, tmp_path: Path) -> None:
    shutil.copytree(killed, tmp_path / "index")
    with Index.open(settings_of(tmp_path / "index")) as index:
        assert live(index) == {one.id for one in ARTICLES} - {"article3"}
        assert index.verify() == []


def flip(log: Path, draw: random.Random) -> None:
    at = draw.randrange(log.stat().st_size)
    content = bytearray(log.read_bytes())
    content[at] ^= draw.randrange(1, 256)
    log.write_bytes(content)


def cut(log: Path, draw: random.Random) -> None:
    os.truncate(log, draw.randrange(log.stat().st_size))


def remove(log: Path, draw: random.Random) -> None:
    log.unlink()


@pytest.mark.parametrize("places", [3, pytest.param(100, marks=pytest.mark.slow)])
@pytest.mark.parametrize("harm", [flip, cut, remove])
def test_changes_that_a_damaged_log_lost_are_noticed(
    killed: Path, tmp_path: Path, harm: Callable[[Path, random.Random], None], places: int
) -> None:
    """A log is good up to its first wrong byte: whatever is harmed, at least its last change is lost."""
    draw = random.Random(7)
    for place in range(1 if harm is remove else places):
        path = tmp_path / str(place)
        shutil.copytree(killed, path)
        harm(path / "ledger.sqlite3-wal", draw)
        with Index.open(settings_of(path)) as index:
            with pytest.raises(IndexDamaged, match="lost"):
                live(index)
            assert "ledger" in {problem.subject for problem in index.verify()}
            assert "ledger" in {problem.subject for problem in index.rebuild()}
            assert index.verify() == []
            index.add_articles(ARTICLES, EMBEDDER)
            if "article3" in live(index):
                index.remove(["article3"])
            assert live(index) == {one.id for one in ARTICLES} - {"article3"}
        shutil.rmtree(path)


@pytest.mark.parametrize("harm", [flip, cut, remove])
def test_the_index_of_a_log_is_made_anew(
    killed: Path, tmp_path: Path, harm: Callable[[Path, random.Random], None]
) -> None:
    """After a kill nobody holds the log's shared memory: whoever comes first makes it from the log."""
    shutil.copytree(killed, tmp_path / "index")
    harm(tmp_path / "index" / "ledger.sqlite3-shm", random.Random(7))
    with Index.open(settings_of(tmp_path / "index")) as index:
        assert live(index) == {one.id for one in ARTICLES} - {"article3"}
        assert index.verify() == []


def test_a_note_that_is_damaged_or_gone_is_no_alarm(killed: Path, tmp_path: Path) -> None:
    shutil.copytree(killed, tmp_path / "index")
    note = tmp_path / "index" / "ledger.sqlite3.last-change"
    for content in (b"", b"9" * 40, b"99999999999999999999 00000000\n"):
        note.write_bytes(content)
        with Index.open(settings_of(tmp_path / "index")) as index:
            assert len(live(index)) == len(ARTICLES) - 1
    note.unlink()
    with Index.open(settings_of(tmp_path / "index")) as index, pytest.raises(UnknownArticle):
        index.article("article3")
