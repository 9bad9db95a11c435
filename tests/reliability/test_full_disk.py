"""A disk that is full or fails, at each kind of file and call: reported in one line, and nothing is lost."""

import contextlib
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from driven_ingest import Contents, check_each_article, contents, generations, start, told, write_rows
from failing_calls import supported
from figures import figure
from ingest_driver import settings_of

from assistant.index import Index

SAID = {"begun", "added", "updated", "removed", "met", "error"}
SIZES = [round(40_000 * 1.7**step) | 1 for step in range(10)]
BLOCK = 4096


@dataclass(frozen=True)
class Filled:
    """An index of a file of articles, its text, the text with two changed, and what an index of each holds."""

    index: Path
    source: Path
    texts: tuple[str, str]
    held: tuple[Contents, Contents]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    folder = tmp_path_factory.mktemp("filled")
    source, index, later = folder / "rows.jsonl", folder / "index", folder / "later"
    write_rows(source, 0)
    assert "done" in start(index, source).communicate()[1]
    first, *rows, last = source.read_text().splitlines(keepends=True)
    texts = (source.read_text(), "".join([anew(first), *rows, anew(last)]))
    source.write_text(texts[1])
    shutil.copytree(index, later)
    assert "done" in start(later, source).communicate()[1]
    return Filled(index, source, texts, (contents(index), contents(later)))


def anew(row: str) -> str:
    return row.replace(". ", ". Anew. ", 3)


def prepare(filled: Filled, index: Path, state: str) -> tuple[Contents, Contents]:
    """Put an index and its source as an ingest is to find them; return what it holds before and after it.

    "none": an index is to be made; "changed": the source has; "no generation": so it has, and the
    vector index is yet to be made.
    """
    filled.source.write_text(filled.texts[state != "none"])
    if state == "none":
        return {}, filled.held[0]
    shutil.copytree(filled.index, index)
    if state == "no generation":
        shutil.rmtree(index / "generations")
        with contextlib.closing(sqlite3.connect(index / "ledger.sqlite3")) as ledger:
            ledger.execute("UPDATE meta SET value = '' WHERE key = 'generation'")
            ledger.commit()
    return filled.held


def cramped(index: Path, source: Path, **limits: object) -> tuple[str, str]:
    """Run an ingest that meets a limit; return what it reported, and what met the limit ("" where nothing did)."""
    process = start(index, source, **{name: str(value) for name, value in limits.items()})
    report = process.communicate()[1]
    if process.returncode == 0:
        return report, ""
    lines = [line.split(maxsplit=1) for line in report.splitlines()]
    assert process.returncode == 2, report
    assert [line[0] for line in lines].count("error") == 1, report
    assert lines[-1][0] == "error" and {line[0] for line in lines} <= SAID, report
    if "vector index" in lines[-1][1]:
        return report, "generation"
    met = next((line[1] for line in lines if line[0] == "met" and len(line) > 1), "ledger")
    return report, "log" if met.endswith("-wal") else "ledger" if "ledger.sqlite3" in met else met


def check_reopened(index: Path, source: Path, report: str, before: Contents, after: Contents) -> None:
    """What was reported is there, nothing is half there, and the next ingest ends as if nothing had been."""
    check_each_article(contents(index), before, after, told(report))
    with Index.open(settings_of(index)) as reopened:
        assert reopened.verify() == []
    assert "done" in start(index, source).communicate()[1]
    assert contents(index) == after
    with Index.open(settings_of(index)) as mended:
        assert mended.verify() == []
    assert len(generations(index)) == 1


@pytest.mark.parametrize(
    ("state", "size", "expected"),
    [("none", 60_001, "log"), ("changed", 800_001, "ledger"), ("no generation", 440_001, "generation")],
)
def test_a_file_that_may_not_grow_is_reported_and_loses_nothing(
    filled: Filled, tmp_path: Path, state: str, size: int, expected: str
) -> None:
    """No file may grow past a limit; an odd one, as a write that is cut short then shows in the file's size."""
    before, after = prepare(filled, tmp_path / "index", state)
    report, kind = cramped(tmp_path / "index", filled.source, MOST_BYTES=size)
    assert kind == expected
    check_reopened(tmp_path / "index", filled.source, report, before, after)


@pytest.mark.slow
def test_files_that_may_not_grow_past_any_of_many_sizes(filled: Filled, tmp_path: Path) -> None:
    met: Counter[str] = Counter()
    for state in ("none", "changed", "no generation"):
        for size in SIZES:
            index = tmp_path / f"{state} {size}"
            before, after = prepare(filled, index, state)
            report, kind = cramped(index, filled.source, MOST_BYTES=size)
            met[kind or "none"] += 1
            check_reopened(index, filled.source, report, before, after)
            shutil.rmtree(index)
    figure(
        f"{met.total()} times no file might grow past a size: met by {dict(met)}, each reported, nothing lost"
    )
    assert {"log", "ledger", "generation"} <= set(met)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, where one can be mounted."""
    path = tmp_path / "disk"
    path.mkdir()
    if not mounted(path, "size=100m"):
        pytest.skip("no file system can be mounted here")
    yield path
    subprocess.run(["umount", path], check=True)


def mounted(disk: Path, options: str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", options, "none", disk]
    return (
        bool(shutil.which("mount"))
        and subprocess.run(command, check=False, capture_output=True).returncode == 0
    )


def blocks(folder: Path) -> int:
    return sum(-(-path.stat().st_size // BLOCK) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("state", "rooms", "expected"),
    [
        ("none", [300_000], {"ledger"}),
        ("no generation", [600_000], {"generation"}),
        pytest.param("none", SIZES, {"ledger", "generation"}, marks=pytest.mark.slow),
        pytest.param("no generation", SIZES, {"ledger", "generation"}, marks=pytest.mark.slow),
    ],
)
def test_a_full_disk_is_reported_and_loses_nothing(
    filled: Filled, disk: Path, state: str, rooms: list[int], expected: set[str]
) -> None:
    met: Counter[str] = Counter()
    for room in rooms:
        before, after = prepare(filled, disk / "index", state)
        assert mounted(disk, f"remount,size={blocks(disk) * BLOCK + room}")
        report, kind = cramped(disk / "index", filled.source)
        met[kind or "none"] += 1
        assert mounted(disk, "remount,size=100m")
        check_reopened(disk / "index", filled.source, report, before, after)
        shutil.rmtree(disk / "index")
    figure(
        f"{len(rooms)} times a full disk ({state} before): met by {dict(met)}, each reported, nothing lost"
    )
    assert expected <= set(met)


@pytest.mark.skipif(not supported(), reason="no system call can be made to fail here")
@pytest.mark.parametrize(
    ("call", "state", "expected"),
    [
        ("pwrite64", "changed", "ledger"),
        ("fdatasync", "changed", "ledger"),
        ("ftruncate", "changed", "ledger"),
        ("mkdir", "no generation", "generation"),
        ("fsync", "no generation", "generation"),
    ],
)
def test_an_error_of_the_disk_is_reported_and_loses_nothing(
    filled: Filled, tmp_path: Path, call: str, state: str, expected: str
) -> None:
    """From the first article on a call fails with EIO, whichever file it is for."""
    before, after = prepare(filled, tmp_path / "index", state)
    report, kind = cramped(tmp_path / "index", filled.source, FAILING_CALL=call)
    assert kind == expected
    check_reopened(tmp_path / "index", filled.source, report, before, after)
