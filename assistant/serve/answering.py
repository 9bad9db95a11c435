"""Runs the assistant for many clients at once: a few answers at a time, and none for a client who left."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from contextlib import aclosing, suppress
from typing import Generic, TypeVar

from assistant.assistant import Assistant

AT_ONCE = 4

T = TypeVar("T")


class Answering:
    """An assistant whose work is done in threads, at most ``AT_ONCE``; the others wait their turn.

    Nobody waits longer than ``Settings.answer_seconds``. A thread keeps its place until it has ended, so
    that clients who leave do not let work pile up behind them. To be used in one event loop.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self._seconds = assistant.settings.answer_seconds
        self._places = asyncio.Semaphore(AT_ONCE)

    async def drawn(self, items: Iterator[T]) -> AsyncGenerator[T, None]:
        """Yield items as they are drawn in a thread; none is drawn after the reader has left.

        Raises:
            TimeoutError: the last item did not come in time.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._seconds
        async with asyncio.timeout_at(deadline):
            await self._places.acquire()
        drawing = _Drawing(items, loop, self._places.release)
        try:
            while True:
                async with asyncio.timeout_at(deadline):
                    item = await drawing.ready.get()
                if isinstance(item, _End):
                    if item.error is not None:
                        raise item.error
                    return
                yield item
        finally:
            drawing.left.set()

    async def last(self, items: Iterator[T]) -> T:
        """Return the last of some items, at least one, which are drawn as by ``drawn``."""
        latest: list[T] = []
        async with aclosing(self.drawn(items)) as drawn:
            async for item in drawn:
                latest = [item]
        return latest[0]

    async def result(self, compute: Callable[[], T]) -> T:
        """Return what a function returns in a thread, as ``drawn`` does."""
        return await self.last(compute() for _ in range(1))


class _End:
    """What follows the last item: why there are no more."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error


class _Drawing(Generic[T]):
    """A thread that draws items until they end or its reader has ``left``; then ``release`` is called."""

    def __init__(
        self, items: Iterator[T], loop: asyncio.AbstractEventLoop, release: Callable[[], None]
    ) -> None:
        self.ready: asyncio.Queue[T | _End] = asyncio.Queue()
        self.left = threading.Event()
        self._items = items
        self._loop = loop
        self._release = release
        threading.Thread(target=self._draw, name="answer", daemon=True).start()

    def _draw(self) -> None:
        error = None
        try:
            for item in self._items:
                self._tell(self.ready.put_nowait, item)
                if self.left.is_set():
                    break
            if isinstance(self._items, Generator):
                self._items.close()
        except Exception as raised:
            error = raised
        finally:
            self._tell(self.ready.put_nowait, _End(error))
            self._tell(self._release)

    def _tell(self, function: Callable[..., None], *values: object) -> None:
        with suppress(RuntimeError):  # The server has stopped, and its event loop with it.
            self._loop.call_soon_threadsafe(function, *values)
