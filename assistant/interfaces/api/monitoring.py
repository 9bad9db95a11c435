"""What a server tells those who watch over it: ``/healthz``, and ``/metrics`` in the form of Prometheus."""

from __future__ import annotations

import asyncio
import logging
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeVar

from fastapi import FastAPI
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.errors import StoreError
from assistant.index import Store

HEALTH, METRICS = "/healthz", "/metrics"
HEALTH_SECONDS = 5.0
# The upper bounds of the histogram of seconds; the last bin is open.
BIN_SECONDS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Requests:
    """ASGI middleware that counts responses by status, and the seconds until each was sent whole."""

    def __init__(self, app: ASGIApp, counts: RequestCounts) -> None:
        self._app = app
        self._counts = counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and count what comes of it; those of watchers are not counted."""
        if scope["type"] != "http" or scope["path"] in (HEALTH, METRICS):
            await self._app(scope, receive, send)
            return
        begun, status = time.monotonic(), 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self._counts.inside += 1
        try:
            await self._app(scope, receive, noted)
        finally:
            self._counts.inside -= 1
            self._counts.add(status, time.monotonic() - begun)


class RequestCounts:
    """The requests of one server since it started; 0 is the status of those whose client left first."""

    def __init__(self) -> None:
        self.inside = 0
        self.by_status: Counter[int] = Counter()
        self.by_seconds = [0] * (len(BIN_SECONDS) + 1)
        self.seconds = 0.0

    def add(self, status: int, seconds: float) -> None:
        """Count a request."""
        self.by_status[status] += 1
        self.by_seconds[bisect_left(BIN_SECONDS, seconds)] += 1
        self.seconds += seconds

    def lines(self) -> Iterator[str]:
        """Write the counts in the form of Prometheus."""
        yield "# TYPE assistant_requests_in_progress gauge"
        yield f"assistant_requests_in_progress {self.inside}"
        yield "# TYPE assistant_requests_total counter"
        for status, count in sorted(self.by_status.items()):
            yield f'assistant_requests_total{{status="{status}"}} {count}'
        yield "# TYPE assistant_request_seconds histogram"
        total = 0
        for bound, count in zip((*BIN_SECONDS, "+Inf"), self.by_seconds, strict=True):
            total += count
            yield f'assistant_request_seconds_bucket{{le="{bound}"}} {total}'
        yield f"assistant_request_seconds_sum {self.seconds:.3f}"
        yield f"assistant_request_seconds_count {total}"


def add_monitoring(app: FastAPI, index: Store) -> None:
    """Let an application count its requests, and serve ``/healthz`` and ``/metrics``."""
    counts = RequestCounts()
    app.add_middleware(Requests, counts=counts)

    @app.get(HEALTH)
    async def health() -> JSONResponse:
        found = await _answered_in_time(index.state)
        return JSONResponse(
            {"status": "ok" if found else "index unavailable"}, status_code=200 if found else 503
        )

    @app.get(METRICS)
    async def metrics() -> PlainTextResponse:
        held = await _answered_in_time(index.counts)
        lines = ["# TYPE assistant_index_up gauge", f"assistant_index_up {int(held is not None)}"]
        if held is not None:
            for name, value in (
                ("articles", held.articles),
                ("passages", held.passages),
                ("removed_articles", held.removed),
            ):
                lines += [f"# TYPE assistant_{name} gauge", f"assistant_{name} {value}"]
        lines += counts.lines()
        return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")


async def _answered_in_time(question: Callable[[], T]) -> T | None:
    """Return what the index answers, in a thread of its own; None when it cannot, or not in time."""
    try:
        async with asyncio.timeout(HEALTH_SECONDS):
            return await asyncio.to_thread(question)
    except (StoreError, TimeoutError) as error:
        _log.warning("the index does not answer: %s", str(error) or "it took too long")
        return None
