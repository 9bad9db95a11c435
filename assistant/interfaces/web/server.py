"""The server of the chat: one address, the page behind its guard, the articles' own pages."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import resources
from typing import TypeVar

import fastapi
import gradio as gr
from fastapi.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from assistant import Assistant, SettingsError, UnknownArticle
from assistant.errors import WorkspaceError
from assistant.interfaces.api.access import is_loopback
from assistant.interfaces.api.listening import Server, prepare_server
from assistant.interfaces.web.adding_routes import adding_routes
from assistant.interfaces.web.app import build_app
from assistant.interfaces.web.conversation_routes import conversation_routes
from assistant.interfaces.web.guard import Guard
from assistant.interfaces.web.pages import article_page
from assistant.interfaces.web.refused_pages import show_refusals
from assistant.interfaces.web.shared_answer import shared_routes
from assistant.interfaces.web.sign_in import SignIn
from assistant.interfaces.web.watch_routes import watch_routes
from assistant.workspace.adding import Adding
from assistant.workspace.conversations import conversations_of, workspace_folder
from assistant.workspace.watches import watches_of

PAGE_CONNECTIONS = 256
NO_SUCH_ARTICLE = "The corpus holds no such article; it may have been removed."

Kept = TypeVar("Kept")
_log = logging.getLogger(__name__)

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" '
    'fill="#1d5b86"/><path d="M4 5h8M4 8h8M4 11h5" stroke="#fff" stroke-width="1.5"/></svg>'
)
SCRIPTS = (
    "chat.js",
    "conversations.js",
    "unanswered.js",
    "places.js",
    "watching.js",
    "adding.js",
    "keys.js",
    "sharing.js",
)
STYLES = ("chat.css", "conversations.css")
_PAGE_HEAD = "".join(
    [f'<link rel="stylesheet" href="/{name}">' for name in STYLES]
    + [f'<script src="/{name}"></script>' for name in SCRIPTS]
)


def serve(assistant: Assistant, *, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve the chat until interrupted, and say on standard output where, once it is up.

    Raises:
        SettingsError: the address is taken or is not this machine's.
    """
    chat_server(assistant, host=host, port=port).run()


def chat_server(assistant: Assistant, *, host: str = "127.0.0.1", port: int = 7860) -> Server:
    """Bind the address and prepare the server; ``run`` serves until its ``should_exit`` is set.

    Raises:
        SettingsError: the address is taken or is not this machine's, or it is not loopback and no users
            are named.
    """
    settings = assistant.settings
    if not is_loopback(host) and settings.web_users is None and settings.web_user_header is None:
        raise SettingsError(
            f"cannot serve on {host}: others could reach the chat, and it has no users; add them with `python -m "
            "assistant password NAME --users FILE` and set ASSISTANT_WEB_USERS=FILE, or serve on 127.0.0.1"
        )
    SignIn.of(_nothing, settings)  # what is wrong with the users is said before anything is served
    return prepare_server(
        lambda: _page_server(assistant, host),  # made in the server's event loop: Gradio leaks one otherwise
        settings,
        host,
        port,
        path="",
        connections=PAGE_CONNECTIONS,
    )


def _page_server(assistant: Assistant, host: str) -> Guard:
    server = fastapi.FastAPI(openapi_url=None)
    show_refusals(server)
    files = resources.files("assistant.interfaces.web")
    conversations = _if_kept(lambda: conversations_of(assistant.settings))
    for name in (*SCRIPTS, *STYLES):
        text = files.joinpath(name).read_text(encoding="utf-8")
        answer = Response(text, media_type="text/javascript" if name in SCRIPTS else "text/css")
        server.add_api_route(f"/{name}", lambda answer=answer: answer, response_model=None)
    server.include_router(conversation_routes(assistant, conversations))
    server.include_router(shared_routes(assistant, conversations))
    folder = workspace_folder(assistant.settings)
    watches = _if_kept(lambda: watches_of(assistant.settings)) if folder is not None else None
    server.include_router(adding_routes(assistant, Adding(assistant, folder)))
    server.include_router(watch_routes(assistant, watches))

    @server.get("/favicon.ico")
    def icon() -> Response:
        return Response(_ICON, media_type="image/svg+xml")

    @server.get("/article")
    def article(id: str, start: int = 0, end: int = 0) -> HTMLResponse:
        try:
            return HTMLResponse(article_page(assistant.index.article(id), start, end))
        except UnknownArticle:
            raise fastapi.HTTPException(404, NO_SUCH_ARTICLE) from None

    gr.mount_gradio_app(
        server,
        build_app(assistant, conversations),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=1,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        theme=gr.themes.Base(
            font=["system-ui", "-apple-system", "Segoe UI", "sans-serif"],
            font_mono=["ui-monospace", "Consolas", "monospace"],
        ),
        head=_PAGE_HEAD,
    )
    signed_in = SignIn.of(server, assistant.settings)
    return Guard(
        signed_in or server,
        host,
        signed_in=signed_in is not None,
        upload_bytes=assistant.settings.upload_bytes,
    )


def _if_kept(open_: Callable[[], Kept | None]) -> Kept | None:
    """Open what users keep; where that can be neither read nor written, serve without it, and say so in the log."""
    try:
        return open_()
    except WorkspaceError as error:
        _log.warning("nothing is kept for users: %s", error)
        return None


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """Stand for the application while its settings are checked."""
