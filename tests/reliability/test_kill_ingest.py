"""An ingest killed, two at once, readers meanwhile: nothing reported is lost, no article is half there."""

import itertools
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from driven_ingest import (
    ARTICLES,
    DRIVER,
    TESTS,
    Contents,
    check_each_article,
    contents,
    generations,
    start,
    told,
    wait_for_lines,
    write_rows,
)
from figures import figure, seconds_granted
from ingest_driver import settings_of

from assistant.index import Index

MOST_SECONDS_TO_REFUSE = 2.0


def wait_for_build(process: subprocess.Popen[str], index: Path, known: set[str]) -> None:
    """Wait until a run makes a generation that was not known, or ends."""
    while process.poll() is None and not generations(index) - known:
        time.sleep(0.001)


def longest_switch(process: subprocess.Popen[str], index: Path) -> float:
    """Follow a run to its end; return the longest time from the first sign of a generation to the older's end."""
    longest, seen, began = 0.0, generations(index), time.monotonic()
    while process.poll() is None:
        now = generations(index)
        if now - seen:
            began = time.monotonic()
        elif seen - now:
            longest = max(longest, time.monotonic() - began)
        seen = now
        time.sleep(0.001)
    return longest


def killed_once(
    index: Path, source: Path, moment: Callable[[subprocess.Popen[str]], str]
) -> tuple[str, bool, bool]:
    """Start a run and kill it when ``moment``, which returns what it has read of the report, says so.

    Returns the whole report, whether the run was still going on, and whether it had begun a generation beside
    another one.
    """
    known = generations(index)
    process = start(index, source)
    report = moment(process)
    process.kill()
    left = generations(index)
    report += process.communicate()[1]
    return report, "done" not in report, len(left) > 1 and bool(left - known)


def check_whole(index: Path) -> None:
    with Index.open(settings_of(index)) as opened:
        assert opened.verify() == []


def editions(source: Path, whole: Path) -> tuple[tuple[Contents, Contents], float]:
    """Ingest both editions unharmed; return what an index of each holds, and the seconds of a switch."""
    held = []
    for edition in (0, 1):
        write_rows(source, edition)
        process = start(whole, source)
        seconds = longest_switch(process, whole)
        assert "done" in process.communicate()[1]
        held.append(contents(whole))
    assert held[0] != held[1] and seconds
    return (held[0], held[1]), seconds


@pytest.mark.parametrize("most_kills", [20, pytest.param(100, marks=pytest.mark.slow)])
def test_killing_loses_nothing_that_was_reported(tmp_path: Path, most_kills: int) -> None:
    """One index is killed on and on: while it is filled, brought to a later edition, read again, and taken back.

    Every second kill is aimed at the making of a generation, from its first file to the end of the one before.
    """
    source, killed = tmp_path / "rows.jsonl", tmp_path / "killed"
    expected, switch_seconds = editions(source, tmp_path / "whole")
    draw = random.Random(20250701)
    deadline = seconds_granted()
    kills: Counter[str] = Counter()
    switches = turns = 0

    def early(process: subprocess.Popen[str]) -> str:
        report = wait_for_lines(process, draw.randint(2 if turns == 1 else 1, 9))
        time.sleep(draw.uniform(0, 0.02))
        return report

    def in_a_build(process: subprocess.Popen[str]) -> str:
        known = generations(killed)
        report = wait_for_lines(process, 1)
        wait_for_build(process, killed, known)
        time.sleep(draw.uniform(0, 1.1 * switch_seconds))
        return report

    def while_reading(process: subprocess.Popen[str]) -> str:
        report = wait_for_lines(process, 1)
        time.sleep(draw.uniform(0, 1))
        return report

    before: Contents = {}
    for edition in itertools.cycle((0, 1, 1, 0, 0)):
        after = expected[edition]
        kind = (
            "of the first ingest"
            if not before
            else "of what is unchanged"
            if before == after
            else "of changes"
        )
        enough = min(most_kills, kills.total() + -(-most_kills // 4))
        safe: set[tuple[str, str]] = set()
        report = ""
        while (
            ("done" not in report or before == after)
            and kills.total() < enough
            and time.monotonic() < deadline
        ):
            turns += 1
            assert turns < 5 * most_kills, "runs end before they are killed"
            if not safe or before == after:  # In a new order, so that the file is read again.
                write_rows(source, edition, draw)
            moment = while_reading if before == after else in_a_build if turns % 2 == 0 else early
            report, was_killed, in_a_switch = killed_once(killed, source, moment)
            kills[kind] += was_killed
            switches += was_killed and in_a_switch
            safe |= told(report)
            if (killed / "ledger.sqlite3").exists():
                check_each_article(contents(killed), before, after, safe)
                check_whole(killed)
        assert "done" in start(killed, source).communicate()[1]
        assert contents(killed) == after
        check_whole(killed)
        assert len(generations(killed)) == 1
        before = after
        if kills.total() >= most_kills or time.monotonic() >= deadline:
            break
    figure(
        f"{kills.total()} kills of an ingest of {ARTICLES} articles {dict(kills)}, {switches} of them while a "
        "generation was made beside another: nothing reported was lost, each article was wholly old or wholly "
        "new, each generation whole"
    )
    assert kills.total() >= most_kills or time.monotonic() >= deadline
    assert switches >= 1


@pytest.mark.parametrize("times", [1, pytest.param(20, marks=pytest.mark.slow)])
def test_of_two_ingests_at_once_one_is_refused_and_the_other_done(tmp_path: Path, times: int) -> None:
    source, index, alone = tmp_path / "rows.jsonl", tmp_path / "index", tmp_path / "alone"
    write_rows(source, 0)
    assert "done" in start(alone, source).communicate()[1]
    longest = with_start = 0.0
    for _ in range(times):
        first = start(index, source)
        assert "added" in wait_for_lines(first, 2)
        started = time.monotonic()
        second = start(index, source)
        assert wait_for_lines(second, 1) == "begun\n"
        began = time.monotonic()
        refused = second.communicate()[1]
        longest = max(longest, time.monotonic() - began)
        with_start = max(with_start, time.monotonic() - started)
        lines = first.communicate()[1]
        assert "done" in lines
        assert (second.returncode, refused.split()[:2]) == (2, ["error", "another"]), refused
        assert longest < MOST_SECONDS_TO_REFUSE
        with Index.open(settings_of(index)) as whole:
            assert whole.verify() == []
        assert contents(index) == contents(alone)
        shutil.rmtree(index)
    figure(
        f"two ingests at once, {times} times: the second refused within {longest:.2f} s, "
        f"{with_start:.1f} s with the start of its Python"
    )


@pytest.mark.parametrize("count", [4, pytest.param(20, marks=pytest.mark.slow)])
def test_readers_of_other_processes_see_whole_articles_while_one_writes(tmp_path: Path, count: int) -> None:
    """The readers stand ready before the writer starts, and open the index as soon as there is a file."""
    source, index = tmp_path / "rows.jsonl", tmp_path / "index"
    write_rows(source, 0)
    readers = [
        subprocess.Popen(
            [sys.executable, str(DRIVER), "--read", str(index)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent)))},
        )
        for _ in range(count)
    ]
    for reader in readers:
        assert wait_for_lines(reader, 1) == "begun\n"
    writer = start(index, source)
    written = writer.communicate()[1]
    (index / "stop").touch()
    assert "done" in written, written
    asked = meanwhile = read_meanwhile = 0
    for reader in readers:
        output, errors = reader.communicate()
        assert (reader.returncode, errors) == (0, "")
        times, of_part = map(int, output.split())
        assert times > 0
        asked += times
        meanwhile += of_part
        read_meanwhile += of_part > 0
    figure(
        f"{count} processes asked {asked} times while one wrote, {meanwhile} times of a part of the articles "
        f"({read_meanwhile} of the processes): every article whole"
    )
    assert read_meanwhile, "nobody read while the writer wrote"
