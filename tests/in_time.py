"""Work in the background that a test awaits for a while, and that never keeps the test run from ending."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def in_background(work: Callable[[], T]) -> "Future[T]":
    """Start work in a thread that ends with the process, whatever it waits for."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future


def in_time(future: "Future[T]", seconds: float, told: Callable[[], str]) -> T:
    """Return what came of the work, or fail with one line, of which ``told`` gives the end."""
    try:
        return future.result(timeout=seconds)
    except TimeoutError:
        if future.done():
            raise
    raise AssertionError(f"not done within {seconds:.0f} s; {told()}")
