"""The HTTP shield around the chat: what may be asked for, how large, from which page, and what may run."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
import time
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.interfaces.api.access import is_loopback
from assistant.interfaces.web.metadata import own_metadata
from assistant.interfaces.web.refused_pages import refused_page, wants_page

PAGE_REQUEST_BYTES = 1_000_000
BODY_SECONDS = 10.0
# The one path that takes files, and the time that one may take.
UPLOAD = "/desk/files"
UPLOAD_SECONDS = 300.0

_SERVED = re.compile(
    r"/(?:config|theme\.css|favicon\.ico|manifest\.json|robots\.txt|article|answer|chat\.js|chat\.css"
    r"|(?:conversations|unanswered|places|watching|adding|keys|sharing)\.js|conversations\.css|desk/[a-z]+(?:/[a-z]+)?"
    r"|sign-in|sign-out"
    r"|assets/[\w.-]+|static/(?:[\w-]+/)*[\w.-]+"
    r"|gradio_api/(?:info|startup-events|cancel|reset|queue/join|queue/data|heartbeat/\w+))?"
)
_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)

_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action {forms}; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """ASGI middleware that refuses all but the chat's own requests and adds the security headers.

    Uploads, file downloads and every other endpoint of Gradio that the chat does not use answer 404; a
    body over ``PAGE_REQUEST_BYTES``, or a file over ``upload_bytes``, answers 413. On a loopback address, a
    ``Host`` that is not one answers 421, so that no foreign page reaches the chat by DNS rebinding,
    unless users must sign in (``signed_in``: a proxy may then stand before it); a request that another
    site's page sends answers 403. Who does not finish a request within ``BODY_SECONDS`` is left.
    Scripts run from this server's files only, and inline where their hash is the one that was sent
    (Content Security Policy Level 3).
    """

    def __init__(
        self, app: ASGIApp, host: str, *, signed_in: bool = False, upload_bytes: int = PAGE_REQUEST_BYTES
    ) -> None:
        self._app = app
        self._upload_bytes = upload_bytes
        self._loopback_only = is_loopback(host) and not signed_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            refusal = self._refusal(scope)
            app = _told(scope, *refusal) if refusal else self._app
            seconds = UPLOAD_SECONDS if scope["path"] == UPLOAD else BODY_SECONDS
            guarded = _Headers(
                send, scope["path"], lasting=scope["path"].startswith("/assets/") and not refusal
            )
            await app(_without_compression(scope), _in_time(receive, seconds), guarded)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        if self._loopback_only and not is_loopback(urlsplit(f"//{headers.get('host', '')}").hostname):
            return 421, "This chat answers on its loopback address only."
        if not _SERVED.fullmatch(scope["path"]):
            return 404, "Not found."
        if scope["method"] not in {"GET", "HEAD", "POST"}:
            return 405, "Method not allowed."
        most = self._upload_bytes if scope["path"] == UPLOAD else PAGE_REQUEST_BYTES
        return _refused_post(headers, most) if scope["method"] == "POST" else None


def _told(scope: Scope, status: int, reason: str) -> Response:
    """Return a refusal as one line; as a page with the way back for a browser that goes where nothing is."""
    if status == 404 and wants_page(Headers(scope=scope)):
        return refused_page("there is no such page", status)
    return PlainTextResponse(reason, status_code=status)


def _refused_post(headers: Headers, most: int) -> tuple[int, str] | None:
    if headers.get("sec-fetch-site") == "cross-site":
        return 403, "This chat answers its own pages only."
    length = headers.get("content-length", "")
    if not length.isdecimal():
        return 411, "A request needs a length."
    if int(length) > most:
        return 413, f"A request may have {most} bytes."
    return None


def _in_time(receive: Receive, seconds: float) -> Receive:
    """Receive a request's body within some seconds, or take its sender for gone."""
    deadline = time.monotonic() + seconds
    whole = False

    async def received() -> Message:
        nonlocal whole
        if whole:
            return await receive()
        try:
            async with asyncio.timeout(max(0.0, deadline - time.monotonic())):
                message = await receive()
        except TimeoutError:
            return {"type": "http.disconnect"}
        whole = not message.get("more_body", False)
        return message

    return received


class _Headers:
    """Sends a response on with the security headers; a page is held back until its scripts are known.

    A ``lasting`` response, whose name changes with its content, may be kept by the browser.
    """

    def __init__(self, send: Send, path: str, *, lasting: bool) -> None:
        self._send = send
        self._forms = "'self'" if path == "/sign-in" else "'none'"
        self._own = path == "/"
        self._lasting = lasting
        self._page_start: Message | None = None
        self._page = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(_HEADERS)
            if self._lasting:
                headers["cache-control"] = "public, max-age=31536000, immutable"
            if headers.get("content-type", "").startswith("text/html"):
                self._page_start = message
                return
            headers["content-security-policy"] = _POLICY.format(scripts="'none'", forms=self._forms)
        elif self._page_start is not None:
            self._page += message.get("body", b"")
            if message.get("more_body"):
                return
            page = own_metadata(self._page) if self._own else self._page
            scripts = " ".join(["'self'", *_hashes(page)])
            headers = MutableHeaders(scope=self._page_start)
            if "content-length" in headers:
                headers["content-length"] = str(len(page))
            headers["content-security-policy"] = _POLICY.format(scripts=scripts, forms=self._forms)
            await self._send(self._page_start)
            message = {**message, "body": page}
        await self._send(message)


def _hashes(page: bytes) -> list[str]:
    digests = (hashlib.sha256(match[1]).digest() for match in _INLINE_SCRIPT.finditer(page))
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def _without_compression(scope: Scope) -> Scope:
    """Ask for the page itself uncompressed, as its scripts are hashed."""
    if scope["path"] != "/":
        return scope
    return {**scope, "headers": [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]}
