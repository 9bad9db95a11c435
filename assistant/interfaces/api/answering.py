"""Runs the assistant for many clients at once: a few answers at a time, and none for a client who left."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from contextlib import aclosing, suppress
from typing import Any, Generic, TypeVar

from assistant.assistant import Assistant

ANSWERS_AT_ONCE = 4

T = TypeVar("T")


class Answering:
    """An assistant whose work is done in threads, at most ``ANSWERS_AT_ONCE``; the others wait their turn.

    Nobody waits longer than ``Settings.answer_seconds``. A thread keeps its place until it has ended, so
    that clients who leave do not let work pile up behind them. To be used in one event loop.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self._seconds = assistant.settings.answer_seconds
        self._places = asyncio.Semaphore(ANSWERS_AT_ONCE)

    async def drawn(self, snapshots: Iterator[T]) -> AsyncGenerator[T, None]:
        """Yield snapshots as they are drawn in a thread, and always the last; a slow reader misses some.

        None is drawn after the reader has left.

        Raises:
            TimeoutError: the last snapshot did not come in time.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._seconds
        async with asyncio.timeout_at(deadline):
            await self._places.acquire()
        drawing = _Drawing(snapshots, loop, self._places.release)
        try:
            while drawing.newest or not drawing.ended:
                async with asyncio.timeout_at(deadline):
                    await drawing.changed.wait()
                drawing.changed.clear()
                newest, drawing.newest = drawing.newest, []
                for snapshot in newest:
                    yield snapshot
            if drawing.error is not None:
                raise drawing.error
        finally:
            drawing.left.set()

    async def last(self, snapshots: Iterator[T]) -> T:
        """Return the last of some snapshots, at least one, which are drawn as by ``drawn``."""
        latest: list[T] = []
        async with aclosing(self.drawn(snapshots)) as drawn:
            async for snapshot in drawn:
                latest = [snapshot]
        return latest[0]

    async def result(self, compute: Callable[[], T]) -> T:
        """Return what a function returns in a thread, as ``drawn`` does."""
        return await self.last(compute() for _ in range(1))


class _Drawing(Generic[T]):
    """A thread that draws snapshots until they end or the reader has ``left``; then ``release`` is called.

    ``newest`` holds the newest one that was not read, if there is one; ``error`` is what ended them.
    """

    def __init__(
        self, snapshots: Iterator[T], loop: asyncio.AbstractEventLoop, release: Callable[[], None]
    ) -> None:
        self.newest: list[T] = []
        self.ended = False
        self.error: Exception | None = None
        self.changed = asyncio.Event()
        self.left = threading.Event()
        self._snapshots = snapshots
        self._loop = loop
        self._release = release
        threading.Thread(target=self._draw, name="answer", daemon=True).start()

    def _draw(self) -> None:
        error = None
        try:
            for snapshot in self._snapshots:
                self._in_loop(self._show, snapshot)
                if self.left.is_set():
                    break
            if isinstance(self._snapshots, Generator):
                self._snapshots.close()
        except Exception as raised:
            error = raised
        finally:
            self._in_loop(self._end, error)

    def _in_loop(self, function: Callable[[Any], None], value: object) -> None:
        with suppress(RuntimeError):  # The server has stopped, and its event loop with it.
            self._loop.call_soon_threadsafe(function, value)

    def _show(self, snapshot: T) -> None:
        self.newest = [snapshot]
        self.changed.set()

    def _end(self, error: Exception | None) -> None:
        self.ended, self.error = True, error
        self.changed.set()
        self._release()
