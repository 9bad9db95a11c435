"""What is awaited in the background fails in one line when it does not come."""

import threading

import pytest
from in_time import in_background, in_time


def test_what_comes_is_returned_and_what_fails_is_raised() -> None:
    assert in_time(in_background(lambda: 7), 30, str) == 7
    with pytest.raises(ZeroDivisionError):
        in_time(in_background(lambda: 1 // 0), 30, str)


def test_what_does_not_come_is_one_line_and_nobody_waits_for_it() -> None:
    with pytest.raises(AssertionError, match=r"^not done within 0 s; jobs: 1 taken$"):
        in_time(in_background(threading.Event().wait), 0.1, lambda: "jobs: 1 taken")
