"""Who may use the chat: users of a file who sign in on a page, or whoever a trusted proxy names."""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
import logging
import secrets
import time
from collections import OrderedDict, deque
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Self
from urllib.parse import parse_qs, quote

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.errors import SettingsError
from assistant.interfaces.web.pages import sign_in_page
from assistant.interfaces.web.who import signed_in
from assistant.settings import Settings
from assistant.workspace.users import Users

SIGN_IN = "/sign-in"
SIGN_OUT = "/sign-out"
COOKIE = "news-assistant-session"
SESSION_SECONDS = 12 * 3600
MOST_SESSIONS = 10_000
FORM_BYTES = 10_000
# Wrong passwords for one name from one address before it must wait.
TRIES = 10
TRIES_SECONDS = 15 * 60
MOST_NAMES_TRIED = 10_000

# The feed of changes knows its readers by the key in its address.
_FREE = frozenset({"/favicon.ico", "/desk/changes"})
_SIGNED_IN_PAGES = frozenset({"/", "/article", "/answer"})
_log = logging.getLogger(__name__)

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Session:
    """A user who has signed in; it ends with its time, and when the password that opened it is replaced."""

    user: str
    hashed: str
    until: float


class SignIn:
    """ASGI middleware that lets only known users through; the page of its own asks for name and password.

    Sessions live in memory, under hashes of their tokens: a restart ends them all.
    """

    def __init__(
        self,
        app: ASGIApp,
        users: Users | None,
        header: str | None,
        proxies: tuple[Network, ...],
        editors: frozenset[str] = frozenset(),
    ) -> None:
        self._app = app
        self._users = users
        self._header = header
        self._proxies = proxies
        self._editors = editors
        self._sessions: OrderedDict[bytes, Session] = OrderedDict()
        self._failures: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()
        self._guessing = asyncio.Semaphore(2)  # each guess costs memory

    @classmethod
    def of(cls, app: ASGIApp, settings: Settings) -> Self | None:
        """Make one as the settings have it; None where they name neither users nor a proxy's header.

        Raises:
            SettingsError: the file of users or the proxies cannot be used.
        """
        if settings.web_users is None and settings.web_user_header is None:
            return None
        users = Users(settings.web_users) if settings.web_users is not None else None
        editors = frozenset(name.strip() for name in settings.web_editors.split(",") if name.strip())
        return cls(app, users, settings.web_user_header, _networks(settings.web_proxies), editors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection, or hand it on when its user is known."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        user = self._user(scope)
        path = scope["path"]
        if path in {SIGN_IN, SIGN_OUT}:
            response = await self._own_page(scope, receive, user)
        elif user is not None or path in _FREE:
            signed_in(scope, user, edits=user is not None and self._edits(user))
            await self._app(scope, receive, send)
            return
        else:
            response = self._refusal(scope)
        await response(scope, receive, send)

    def _user(self, scope: Scope) -> str | None:
        headers = Headers(scope=scope)
        if (
            self._header
            and _comes_from(scope, self._proxies)
            and (named := headers.get(self._header, "").strip())
        ):
            return named
        session = self._sessions.get(_session_key(_session_token(headers)))
        if session is None or session.until < time.monotonic() or self._users is None:
            return None
        try:
            hashed = self._users.hash_of(session.user)
        except SettingsError as error:
            _log.error("%s", error)
            return None
        return session.user if hashed == session.hashed else None

    def _edits(self, user: str) -> bool:
        return user in self._editors

    def _refusal(self, scope: Scope) -> Response:
        if self._users is None:
            return PlainTextResponse("Only those whom the proxy has signed in may use this chat.", 403)
        if scope["method"] not in {"GET", "HEAD"} or scope["path"] not in _SIGNED_IN_PAGES:
            return PlainTextResponse("Sign in first.", 401)
        wanted = scope["path"] + (
            f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
        )
        return RedirectResponse(f"{SIGN_IN}?to={quote(wanted, safe='')}", 303)

    async def _own_page(self, scope: Scope, receive: Receive, user: str | None) -> Response:
        if self._users is None:
            return PlainTextResponse("Not found.", 404)
        if scope["path"] == SIGN_OUT:
            return self._sign_out(scope)
        wanted = own_address(parse_qs(scope["query_string"].decode("latin-1")).get("to", [""])[0])
        if scope["method"] != "POST":
            return HTMLResponse(sign_in_page(user, wanted))
        form = await _posted_form(receive)
        if form is None:
            return PlainTextResponse("The form is too large, or no form.", 400)
        name, password = form.get("name", [""])[0].strip(), form.get("password", [""])[0]
        status, reason = await self._try(scope, name, password, self._users)
        if status == 200:
            return self._signed_in(scope, name, reason, wanted)
        return HTMLResponse(sign_in_page(None, wanted, reason), status)

    async def _try(self, scope: Scope, name: str, password: str, users: Users) -> tuple[int, str]:
        """Try a password: 200 with its hash, or the status and the reason of a refusal."""
        who = (str((scope.get("client") or ("",))[0]), hashlib.sha256(name.encode()).hexdigest())
        async with self._guessing:
            failures = self._failures.get(who, deque())
            if len(failures) == TRIES and failures[0] > time.monotonic() - TRIES_SECONDS:
                return 429, f"Too many wrong passwords. Try again in {TRIES_SECONDS // 60} minutes."
            try:
                hashed = await asyncio.to_thread(users.sign_in, name, password)
            except SettingsError as error:
                _log.error("%s", error)
                return 503, "Signing in is out of order; the server's log says why."
            if hashed is not None:
                self._failures.pop(who, None)
                return 200, hashed
            self._failures.setdefault(who, deque(maxlen=TRIES)).append(time.monotonic())
            while len(self._failures) > MOST_NAMES_TRIED:
                self._failures.popitem(last=False)
            return 401, "The name or the password is wrong."

    def _signed_in(self, scope: Scope, name: str, hashed: str, wanted: str) -> Response:
        token = secrets.token_urlsafe(32)
        self._sessions[_session_key(token)] = Session(name, hashed, time.monotonic() + SESSION_SECONDS)
        while len(self._sessions) > MOST_SESSIONS:
            self._sessions.popitem(last=False)
        response = RedirectResponse(wanted, 303)
        response.set_cookie(
            COOKIE, token, max_age=SESSION_SECONDS, httponly=True, samesite="lax", secure=_encrypted(scope)
        )
        return response

    def _sign_out(self, scope: Scope) -> Response:
        if scope["method"] != "POST":
            return PlainTextResponse("Method not allowed.", 405)
        self._sessions.pop(_session_key(_session_token(Headers(scope=scope))), None)
        response = RedirectResponse(SIGN_IN, 303)
        response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=_encrypted(scope))
        return response


def _networks(named: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in named.split(",") if part.strip())
    except ValueError as error:
        raise SettingsError(
            f"setting web_proxies (ASSISTANT_WEB_PROXIES): {error}; write addresses or networks with commas between"
        ) from None


def _comes_from(scope: Scope, networks: tuple[Network, ...]) -> bool:
    try:
        address = ipaddress.ip_address((scope.get("client") or ("",))[0])
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in network for network in networks)


def _session_token(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _session_key(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def _encrypted(scope: Scope) -> bool:
    return scope["scheme"] == "https" or Headers(scope=scope).get("x-forwarded-proto") == "https"


def own_address(wanted: str) -> str:
    """Return where to go after signing in: what was asked for of the chat's own pages, or the chat."""
    printable = wanted.isascii() and wanted.isprintable()
    return wanted if printable and wanted.startswith(("/article?", "/answer?", "/?")) else "/"


async def _posted_form(receive: Receive) -> dict[str, list[str]] | None:
    body = b""
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > FORM_BYTES:
            return None
    try:
        return parse_qs(body.decode("utf-8"), max_num_fields=10)
    except ValueError:
        return None
