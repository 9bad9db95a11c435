"""The HTTP gate before both servers: who may ask, how much at once, and for how long work goes on."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.interfaces.api.access import host_name, is_loopback
from assistant.interfaces.api.monitoring import HEALTH
from assistant.interfaces.api.refusals import Refusal, come_back
from assistant.settings import Settings

REQUEST_BYTES = 500_000
REQUESTS = 80


class Gate:
    """ASGI middleware that lets requests through to ``app`` whole and checked, or refuses them.

    Where there is a ``token``, a request without it answers 401, ``/healthz`` excepted. On a loopback ``host``, a
    ``Host`` that is not one answers 421 and an ``Origin`` that is not one 403, so that no foreign page reaches the
    server, by DNS rebinding or otherwise. A body over ``REQUEST_BYTES`` answers 413, one that is not sent within
    ``Settings.client_seconds`` 408; more than ``REQUESTS`` at once answer 503. When a client leaves, its work is
    cancelled. ``respond`` puts a refusal into the form that clients of the application expect.
    """

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        host: str,
        token: str | None,
        respond: Callable[[Refusal], ASGIApp],
    ) -> None:
        self._app = app
        self._respond = respond
        self._read_seconds = settings.client_seconds
        self._loopback_only = is_loopback(host)
        self._token = token.encode() if token else None
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(Headers(scope=scope), scope["path"])
        if refusal is not None:
            await self._respond(refusal)(scope, receive, send)
            return
        self._inside += 1
        try:
            body = await _request_body(receive, self._read_seconds)
            if isinstance(body, Refusal):
                await self._respond(body)(scope, receive, send)
            else:
                await _attended(self._app, scope, body, receive, send)
        finally:
            self._inside -= 1

    def _refusal(self, headers: Headers, path: str) -> Refusal | None:
        if self._loopback_only:
            if not is_loopback(host_name(headers.get("host", ""))):
                return Refusal(421, "This server answers on its loopback address only.")
            origin = headers.get("origin")
            if origin is not None and not is_loopback(host_name(origin)):
                return Refusal(403, "Pages of other origins may not ask this server.")
        if self._token is not None and path != HEALTH and not self._knows_token(headers):
            return Refusal(
                401,
                "The token is missing or wrong; send it as `Authorization: Bearer TOKEN`.",
                code="invalid_api_key",
                headers={"www-authenticate": "Bearer"},
            )
        if _length(headers) > REQUEST_BYTES:
            return _too_large()
        if self._inside >= REQUESTS:
            return come_back("Too many requests at once; ask again in a moment.")
        return None

    def _knows_token(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        given_bytes = given.strip().encode("latin-1")
        return hmac.compare_digest(given_bytes, self._token or b"") and scheme.lower() == "bearer"


async def _request_body(receive: Receive, seconds: float) -> bytes | Refusal:
    """Read a request's body whole, or return the reason to refuse it."""
    body = b""
    try:
        async with asyncio.timeout(seconds):
            more = True
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return Refusal(400, "The request broke off.")
                body += message.get("body", b"")
                more = message.get("more_body", False)
                if len(body) > REQUEST_BYTES:
                    return _too_large()
    except TimeoutError:
        return Refusal(408, f"The request was not sent within {seconds:g} seconds.")
    return body


async def _attended(app: ASGIApp, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
    """Run an application on a request that was read, and cancel it when the client leaves."""
    gone = asyncio.Event()
    given = False

    async def replay() -> Message:
        nonlocal given
        if not given:
            given = True
            return {"type": "http.request", "body": body, "more_body": False}
        await gone.wait()
        return {"type": "http.disconnect"}

    async def watch() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        gone.set()

    work = asyncio.ensure_future(app(scope, replay, send))
    watching = asyncio.create_task(watch())
    try:
        await asyncio.wait({work, watching}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        watching.cancel()
        left = not work.done()
        work.cancel()
    try:
        await work
    except asyncio.CancelledError:
        if not left:
            raise


def _length(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length) if length.isdecimal() and len(length) < 20 else 0


def _too_large() -> Refusal:
    return Refusal(
        413,
        f"A request may have {REQUEST_BYTES:,} bytes; send a shorter conversation.",
        code="request_too_large",
    )
