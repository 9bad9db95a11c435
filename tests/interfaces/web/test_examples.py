"""Example questions are given at once, kept with the index, and found anew when its articles have changed."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_articles import PRESS
from web_served import make_index

from assistant import Assistant
from assistant.interfaces.web.examples import Examples
from assistant.interfaces.web.questions_layout import EXAMPLES


class Slow(Assistant):
    """An assistant that finds one question each time it is let go on, and counts how often it began."""

    begun = 0

    def suggest(self) -> Iterator[str]:
        self.begun += 1
        for number in range(10):
            self.steps.acquire(timeout=10)
            yield f"Question {self.begun}.{number}?"


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Slow]:
    with Slow.open(make_index(tmp_path / "index", PRESS[:1])) as opened:
        opened.steps = threading.Semaphore(0)
        yield opened


def all_of(examples: Examples) -> list[str]:
    *_, last = examples.growing()
    return last


def test_they_are_given_one_by_one_as_they_are_found(slow: Slow) -> None:
    growing = Examples(slow).growing()
    assert next(growing) == []
    for number in range(EXAMPLES):
        slow.steps.release()
        assert next(growing) == [f"Question 1.{one}?" for one in range(number + 1)]
    assert list(growing) == []


def test_they_are_found_once_and_kept(slow: Slow) -> None:
    slow.steps.release(EXAMPLES)
    examples = Examples(slow)
    found = all_of(examples)
    assert len(found) == EXAMPLES
    assert list(examples.growing()) == [found]
    assert list(Examples(slow).growing()) == [found]
    assert slow.begun == 1


def test_where_articles_have_changed_those_of_before_are_given_meanwhile(slow: Slow) -> None:
    slow.steps.release(EXAMPLES)
    examples = Examples(slow)
    found = all_of(examples)
    slow.index.add_articles(PRESS[1:2], slow.embedder)
    began = time.monotonic()
    assert list(examples.growing()) == [found]
    assert time.monotonic() - began < 1
    slow.steps.release(EXAMPLES)
    end = time.monotonic() + 10
    while list(examples.growing()) == [found] and time.monotonic() < end:
        time.sleep(0.02)
    assert list(examples.growing()) == [[f"Question 2.{one}?" for one in range(EXAMPLES)]]
    assert slow.begun == 2


def test_an_index_that_cannot_be_read_leaves_none(slow: Slow) -> None:
    examples = Examples(slow)
    examples.prepare()
    slow.close()
    slow.steps.release(EXAMPLES)
    end = time.monotonic() + 10
    while examples._searching and time.monotonic() < end:
        time.sleep(0.02)
    assert not examples._searching
