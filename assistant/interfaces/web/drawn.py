"""An answer as it is drawn: snapshots from a thread of their own, and a way to stop them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Generator, Iterator

from assistant import Answer


class Drawn:
    """Snapshots of an answer, drawn in a thread of their own, each only when the reader asks for it.

    A reader who leaves, or stops asking, is never waited for longer than ``seconds``, and no
    further snapshot is drawn for one: Gradio may drop an answer without closing it.
    """

    def __init__(self, snapshots: Iterator[Answer], seconds: float) -> None:
        self._snapshots = snapshots
        self._seconds = seconds
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Queue[Answer | Exception | None] = asyncio.Queue()
        self._wanted = threading.Semaphore(0)
        self._over = False

    async def __aiter__(self) -> AsyncIterator[Answer]:
        """Yield the snapshots until the last one, or until ``stop``.

        Raises:
            TimeoutError: the last snapshot did not come in time.
        """
        threading.Thread(target=self._draw, name="answer", daemon=True).start()
        deadline = self._loop.time() + self._seconds
        try:
            while not self._over:
                self._wanted.release()
                async with asyncio.timeout_at(deadline):
                    item = await self._ready.get()
                if isinstance(item, Exception):
                    raise item
                if item is None or self._over:
                    return
                yield item
        finally:
            self._over = True
            self._wanted.release()

    def stop(self) -> None:
        """End the iteration; what is being drawn is thrown away. To be called in the reader's event loop."""
        self._over = True
        self._ready.put_nowait(None)

    def _draw(self) -> None:
        try:
            while self._wanted.acquire(timeout=self._seconds) and not self._over:
                self._hand_over(next(self._snapshots, None))
        except Exception as error:
            self._hand_over(error)
        finally:
            if isinstance(self._snapshots, Generator):
                self._snapshots.close()

    def _hand_over(self, item: Answer | Exception | None) -> None:
        if not self._over:
            self._loop.call_soon_threadsafe(self._ready.put_nowait, item)
