import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from figures import figure, seconds_left
from hashing_embedder import HashingEmbedder
from ingest_driver import settings_of

from assistant.index import Index

DRIVER = Path(__file__).with_name("ingest_driver.py")
TESTS = Path(__file__).parent.parent
EMBEDDER = HashingEmbedder()
ARTICLES = 240


def words(seed: str, count: int) -> str:
    draw = random.Random(seed)
    return " ".join("".join(draw.choices("abcdefghiklmnoprstu", k=6)) for _ in range(count))


def write_rows(path: Path, edition: int) -> None:
    """Articles of which every second differs between editions, and every tenth is in the first only."""
    with path.open("w") as file:
        for number in range(ARTICLES):
            if edition and number % 10 == 0:
                continue
            seed = f"{number} {edition if number % 2 == 0 else 0}"
            text = " ".join(f"{words(f'{seed} {place}', 8).capitalize()}." for place in range(25))
            file.write(json.dumps({"id": f"row{number}", "title": f"Marker{number}", "text": text}) + "\n")


def start(index: Path, source: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(DRIVER), str(index), str(source)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent)))},
    )


def told(lines: str) -> set[tuple[str, str]]:
    """What a run reported; its last line counts only when it is whole."""
    pairs = {(kind, name) for kind, name, *_ in (line.split() for line in lines.split("\n")[:-1])}
    return {(kind, name) for kind, name in pairs if kind in {"added", "updated", "removed"}}


def contents(path: Path) -> dict[str, tuple[str, ...]]:
    """Every article that can be found by its title, with the ids of its passages."""
    found: dict[str, set[str]] = {}
    with Index.open(settings_of(path)) as index:
        numbers = [number for number, _ in index.search_vectors(EMBEDDER.embed_question("any"), 10**6)]
        for stored in index.passages(numbers):
            found.setdefault(stored.article.id, set()).add(stored.passage.id)
        for name, ids in found.items():
            ranked = index.search_words([f"Marker{name.removeprefix('row')}"], 1000)
            assert {one.passage.id for one in index.passages([number for number, _ in ranked])} == ids
        assert set(found) == {one.id for one in index.articles()}
    return {name: tuple(sorted(ids)) for name, ids in found.items()}


def kill_after(process: subprocess.Popen[str], lines: int, seconds: float) -> str:
    """Kill a run some time after it has reported so many articles; return all that it reported."""
    assert process.stderr
    seen = [process.stderr.readline() for _ in range(lines)]
    time.sleep(seconds)
    process.kill()
    return "".join(seen) + process.communicate()[1]


@pytest.mark.parametrize("most_kills", [20, pytest.param(100, marks=pytest.mark.slow)])
def test_killing_loses_nothing_that_was_reported(tmp_path: Path, most_kills: int) -> None:
    """One index is killed on and on: while it is filled, and while it is brought up to a later edition."""
    source, killed, whole = tmp_path / "rows.jsonl", tmp_path / "killed", tmp_path / "whole"
    draw = random.Random(20250701)
    kills = turns = 0
    deadline = seconds_left()
    for edition in (0, 1):
        write_rows(source, edition)
        assert "done" in start(whole, source).communicate()[1]
        expected = contents(whole)
        safe: set[tuple[str, str]] = set()
        for turn in range(most_kills // 2):
            if time.monotonic() > deadline:
                break
            turns += 1
            # Every third kill comes a little later, when a generation may be in the making.
            lines, seconds = draw.randint(0 if turn else 1, 8), draw.uniform(0, 0.02 if turn % 3 else 0.4)
            report = kill_after(start(killed, source), lines, seconds)
            kills += "done" not in report
            safe |= told(report)
            if not (killed / "ledger.sqlite3").exists():
                continue
            present = contents(killed)
            for kind, name in safe:
                if kind == "removed":
                    assert name not in present
                else:
                    assert present[name] == expected[name]
        assert safe
        process = start(killed, source)
        output = process.communicate()[1]
        assert process.returncode == 0, output
        assert contents(killed) == expected
        with Index.open(settings_of(killed)) as index:
            assert index.verify() == []
        assert len(list((killed / "generations").iterdir())) == 1
    figure(f"{kills} kills of an ingest of {ARTICLES} articles: nothing reported was lost")
    assert kills >= turns * 0.8, "runs ended before they were killed"


@pytest.mark.parametrize("most_bytes", [60_000, 2_000_000])
def test_a_full_disk_is_reported_and_loses_nothing(tmp_path: Path, most_bytes: int) -> None:
    """No file may grow past a limit, as on a full disk: the log, the ledger and Chroma's files meet it."""
    source, index = tmp_path / "rows.jsonl", tmp_path / "index"
    write_rows(source, 0)
    cramped = subprocess.run(
        [sys.executable, str(DRIVER), str(index), str(source)],
        stderr=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent))),
            "MOST_BYTES": str(most_bytes),
        },
        check=False,
    )
    last = cramped.stderr.splitlines()[-1]
    assert (cramped.returncode, last.split()[0]) == (2, "error"), cramped.stderr
    safe = told(cramped.stderr)
    present = contents(index) if safe else {}
    assert {name for _, name in safe} <= set(present)
    assert "done" in start(index, source).communicate()[1]
    with Index.open(settings_of(index)) as mended:
        assert mended.verify() == []
        assert mended.counts().articles == ARTICLES


@pytest.mark.parametrize("times", [1, pytest.param(20, marks=pytest.mark.slow)])
def test_of_two_ingests_at_once_one_is_refused_and_the_other_done(tmp_path: Path, times: int) -> None:
    source, index, alone = tmp_path / "rows.jsonl", tmp_path / "index", tmp_path / "alone"
    write_rows(source, 0)
    assert "done" in start(alone, source).communicate()[1]
    longest = 0.0
    for _ in range(times):
        first = start(index, source)
        assert first.stderr
        first_line = first.stderr.readline()
        assert "added" in first_line
        began = time.monotonic()
        second = start(index, source)
        refused = second.communicate()[1]
        longest = max(longest, time.monotonic() - began)
        lines = first.communicate()[1]
        assert "done" in lines
        assert (second.returncode, refused.split()[0]) == (2, "error"), refused
        with Index.open(settings_of(index)) as whole:
            assert whole.verify() == []
        assert contents(index) == contents(alone)
        shutil.rmtree(index)
    figure(
        f"two ingests at once, {times} times: the second refused within {longest:.1f} s, its start included"
    )


@pytest.mark.parametrize("count", [4, pytest.param(20, marks=pytest.mark.slow)])
def test_readers_of_other_processes_see_whole_articles_while_one_writes(tmp_path: Path, count: int) -> None:
    source, index = tmp_path / "rows.jsonl", tmp_path / "index"
    write_rows(source, 0)
    writer = start(index, source)
    assert writer.stderr
    while "added" not in writer.stderr.readline():
        pass
    readers = [
        subprocess.Popen(
            [sys.executable, str(DRIVER), "--read", str(index)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent)))},
        )
        for _ in range(count)
    ]
    assert "done" in writer.communicate()[1]
    (index / "stop").touch()
    asked = 0
    for reader in readers:
        output = reader.communicate()[0]
        assert reader.returncode == 0, output
        asked += int(output.split()[-1])
        assert int(output.split()[-1]) > 0
    figure(f"{count} processes asked {asked} times while one wrote: every article whole")
