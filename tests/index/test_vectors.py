import contextlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.index.chroma import vector_block
from assistant.index.chroma.generation_files import (
    GenerationError,
    GenerationGone,
    GenerationRecord,
    held_passages,
)
from assistant.index.chroma.generations import GenerationReader
from assistant.index.chroma.vector_block import VectorBlock, held_of, nearest_among
from assistant.index.chroma.vectors import build_generation, damaged_files, open_generation, sweep_generations

Rows = NDArray[np.int64]
Vectors = NDArray[np.float32]

DIMENSION = 32


def load(rowids: Rows) -> Vectors:
    """The vector of a passage, made from its number alone."""
    vectors = np.stack([np.random.default_rng(int(number)).standard_normal(DIMENSION) for number in rowids])
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def rows(*numbers: int) -> Rows:
    return np.array(numbers, dtype=np.int64)


def build(
    root: Path, name: str, rowids: Rows, copied: GenerationRecord | None = None, url: str | None = None
) -> GenerationRecord:
    return build_generation(root, name, rowids=rowids, copied=copied, load=load, url=url, index_id="test")


def nearest(
    root: Path, record: GenerationRecord, number: int, n: int = 3, url: str | None = None
) -> list[int]:
    with contextlib.closing(open_generation(root, record, url, "test")) as generation:
        return generation.query(load(rows(number))[0], n)


# Chroma's own limit for one batch is 5,461.
@pytest.mark.parametrize(
    "count", [1, 2, 3, 250, 1001, 5461, 5462, pytest.param(40_000, marks=pytest.mark.slow)]
)
def test_a_generation_holds_what_it_was_built_of(tmp_path: Path, count: int) -> None:
    record = build(tmp_path, "one", np.arange(10, 10 + count))
    assert (record.last, record.count) == (9 + count, count)
    assert held_passages(tmp_path, record).tolist() == list(range(10, 10 + count))
    with contextlib.closing(open_generation(tmp_path, record, None, "test")) as generation:
        for number in {*range(10, 10 + count, 997), 10 + count // 2, 9 + count}:
            assert generation.query(load(rows(number))[0], 3)[0] == number
        assert len(generation.query(load(rows(10))[0], 5000)) <= count


def test_a_generation_of_nothing_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(GenerationError, match="no passages"):
        build(tmp_path, "one", rows())
    assert list(tmp_path.iterdir()) == []


def test_reading_alters_no_file_of_a_generation(tmp_path: Path) -> None:
    record = build(tmp_path, "one", np.arange(1, 130))
    for number in range(1, 6):
        nearest(tmp_path, record, number)
        assert damaged_files(tmp_path, record) == []


def test_a_copy_takes_over_what_stays(tmp_path: Path) -> None:
    first = build(tmp_path, "first", np.arange(1, 301))
    loaded: list[int] = []

    def noted(rowids: Rows) -> Vectors:
        loaded.extend(rowids.tolist())
        return load(rowids)

    rowids = np.concatenate([np.arange(21, 301), rows(400, 401)])
    second = build_generation(
        tmp_path, "second", rowids=rowids, copied=first, load=noted, url=None, index_id="test"
    )
    assert second.count == 282
    assert nearest(tmp_path, second, 400)[0] == 400
    assert nearest(tmp_path, second, 30)[0] == 30
    assert 5 not in nearest(tmp_path, second, 5, n=282)
    assert not set(loaded) >= set(range(21, 301)), "what was copied is not loaded again, but for a sample"
    assert nearest(tmp_path, first, 5)[0] == 5


def test_a_generation_keeps_the_vectors_it_was_built_of_whatever_was_copied(tmp_path: Path) -> None:
    first = build(tmp_path, "first", np.arange(1, 301))
    second = build(tmp_path, "second", np.concatenate([np.arange(21, 301), rows(400, 401)]), copied=first)
    third = build(tmp_path, "third", np.concatenate([rows(5), np.arange(21, 301)]), copied=second)
    for record in (first, second, third):  # the third holds one that is no newer than those of the second
        with contextlib.closing(open_generation(tmp_path, record, None, "test")) as generation:
            held = generation.held
            assert (held.rowids == held_passages(tmp_path, record)).all()
            assert (held.vectors == load(held.rowids)).all()
    some = held_of(held, rows(4, 5, 6, 300, 301))
    assert some.rowids.tolist() == [5, 300]
    assert (some.vectors == load(some.rowids)).all()


def test_a_damaged_generation_is_not_copied_but_built_anew(tmp_path: Path) -> None:
    first = build(tmp_path, "first", np.arange(1, 101))
    flip(next(tmp_path.glob("first/chroma/*/data_level0.bin")), 0.5)
    second = build(tmp_path, "second", np.arange(1, 111), copied=first)
    assert all(nearest(tmp_path, second, number)[0] == number for number in (1, 50, 110))


def flip(path: Path, place: float) -> None:
    content = bytearray(path.read_bytes())
    at = min(len(content) - 1, int(place * len(content)))
    content[at] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize("harm", ["flip", "truncate", "remove"])
def test_damage_to_any_file_is_noticed_before_a_search(tmp_path: Path, harm: str) -> None:
    record = build(tmp_path, "whole", np.arange(1, 1300))
    names = [
        path.relative_to(tmp_path / "whole") for path in (tmp_path / "whole").rglob("*") if path.is_file()
    ]
    checked = 0
    for name in names:
        if name.name == "lock" or (tmp_path / "whole" / name).stat().st_size == 0:
            continue
        shutil.copytree(tmp_path / "whole", tmp_path / "hurt")
        path = tmp_path / "hurt" / name
        if harm == "remove":
            path.unlink()
        elif harm == "truncate":
            os.truncate(path, path.stat().st_size // 2)
        elif name.name == "chroma.sqlite3":
            content = path.read_bytes()
            at = content.index(b"1234")
            path.write_bytes(content[:at] + b"4321" + content[at + 4 :])
        else:
            flip(path, 0.4)
        hurt = GenerationRecord("hurt", record.last, record.count, record.files)
        with pytest.raises(GenerationError):
            open_generation(tmp_path, hurt, None, "test")
        shutil.rmtree(tmp_path / "hurt")
        checked += 1
    assert checked >= 5


def test_damage_over_which_chroma_panics_is_an_error_like_any_other(tmp_path: Path) -> None:
    record = build(tmp_path, "one", np.arange(1, 130))
    with contextlib.closing(sqlite3.connect(tmp_path / "one" / "chroma" / "chroma.sqlite3")) as connection:
        connection.execute("UPDATE migrations SET sql = CAST(x'FF' || CAST(sql AS BLOB) AS TEXT)")
        connection.commit()
    with pytest.raises(GenerationError, match="Chroma") as caught:
        open_generation(tmp_path, record, None, "test")
    assert "\n" not in str(caught.value)


def test_a_generation_that_is_read_is_not_swept_away(tmp_path: Path) -> None:
    old, new = build(tmp_path, "old", rows(1, 2, 3)), build(tmp_path, "new", rows(1, 2, 3, 4))
    (tmp_path / "killed").mkdir()
    (tmp_path / "killed" / "rest").touch()
    reader = GenerationReader(tmp_path, None)
    with reader.using(old, "test") as generation:
        sweep_generations(tmp_path, "new", None, "test")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "old"]
        with reader.using(new, "test") as newer:
            assert newer.query(load(rows(4))[0], 1) == [4]
        assert generation.query(load(rows(2))[0], 1) == [2]
    sweep_generations(tmp_path, "new", None, "test")
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    with pytest.raises(GenerationGone), reader.using(old, "test"):
        pass
    reader.close()


def test_open_files_do_not_pile_up(tmp_path: Path) -> None:
    records = [build(tmp_path, name, np.arange(1, 50)) for name in ("one", "two")]
    reader = GenerationReader(tmp_path, None)
    counts = []
    for turn in range(8):
        with reader.using(records[turn % 2], "test") as generation:
            generation.query(load(rows(7))[0], 3)
        counts.append(len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0)
    reader.close()
    assert counts[-1] < counts[1] + 6, "one open generation takes more than six"


def test_a_failed_build_leaves_nothing(tmp_path: Path) -> None:
    def broken(rowids: Rows) -> Vectors:
        if 30 in rowids:
            raise ZeroDivisionError
        return load(rowids)

    with pytest.raises((GenerationError, ZeroDivisionError)):
        build_generation(
            tmp_path, "one", rowids=np.arange(1, 40), copied=None, load=broken, url=None, index_id="test"
        )
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_does_not_find_itself_is_refused(tmp_path: Path) -> None:
    calls = iter(range(1000))

    def changing(rowids: Rows) -> Vectors:
        return load(rowids + 1000 * next(calls))

    with pytest.raises(GenerationError, match="find themselves"):
        build_generation(
            tmp_path, "one", rowids=np.arange(1, 400), copied=None, load=changing, url=None, index_id="test"
        )
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = Path(sys.executable).with_name("chroma")
    folder = tmp_path_factory.mktemp("server")
    process = subprocess.Popen(
        [command, "run", "--host", "127.0.0.1", "--port", str(port), "--path", folder],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"{url}/api/v2/heartbeat", timeout=1).close()
                break
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def test_on_a_server_generations_are_collections(tmp_path: Path, server: str) -> None:
    first = build(tmp_path, "first", np.arange(1, 41), url=server)
    second = build(tmp_path, "second", np.arange(11, 61), copied=first, url=server)
    assert nearest(tmp_path, first, 5, url=server)[0] == 5
    assert nearest(tmp_path, second, 60, url=server)[0] == 60
    assert 5 not in nearest(tmp_path, second, 5, n=50, url=server)
    sweep_generations(tmp_path, "second", server, "test")
    with pytest.raises(GenerationError):
        nearest(tmp_path, first, 5, url=server)
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "lock").touch()
    with pytest.raises(GenerationError):
        nearest(tmp_path, first, 5, url=server)


def test_a_server_that_is_not_there_is_an_error_of_one_line(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(GenerationError) as caught:
        build(tmp_path, "one", np.arange(1, 9), url=f"http://127.0.0.1:{port}")
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_the_nearest_of_some_are_found_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_block, "PART", 7)
    numbers = np.arange(10, 60)
    block = VectorBlock(numbers, load(numbers))
    wanted, vector = numbers[::3], load(rows(1000))[0]
    for some in (None, np.append(wanted, 900)):
        among = numbers if some is None else wanted
        nearest_first = among[np.argsort(-(load(among) @ vector))]
        assert set(nearest_among(block, some, vector, 5)) == set(nearest_first[:5].tolist())
        assert len(nearest_among(block, some, vector, 500)) == len(among)
    assert nearest_among(block, rows(900), vector, 5) == []
