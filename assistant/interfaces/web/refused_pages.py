"""What an address answers that shows nothing: a page for whoever opens it in a browser, JSON for programs."""

from __future__ import annotations

import fastapi
from fastapi.exception_handlers import http_exception_handler, request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from assistant import AssistantError
from assistant.interfaces.web.escaped import escape
from assistant.interfaces.web.pages import plain_page
from assistant.interfaces.web.render import without_settings

INCOMPLETE = "This address is not whole; copy the link again."
_BROKEN = 503


def wants_page(headers: Headers) -> bool:
    """Return True for a browser that opens an address; scripts, feed readers and programs do not ask for HTML."""
    return "text/html" in headers.get("accept", "")


def refused_page(reason: str, status: int) -> HTMLResponse:
    """Return a page with the reason in one line and the way back."""
    line = f"{reason[:1].upper()}{reason[1:].removesuffix('.')}."
    body = f'<h1>{escape(line)}</h1><p><a href="/">Go to the questions</a></p>'
    page = plain_page("en", "News Assistant", "", body)
    return HTMLResponse(page, status, headers={"cache-control": "no-store"})


def show_refusals(server: fastapi.FastAPI) -> None:
    """Let the server's own routes answer their errors as ``refused_page`` or as JSON, as the client asks for."""

    async def refused(request: fastapi.Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for these
        if wants_page(request.headers):
            return refused_page(str(error.detail), error.status_code)
        return await http_exception_handler(request, error)

    async def incomplete(request: fastapi.Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
        if wants_page(request.headers):
            return refused_page(INCOMPLETE, 404)
        return await request_validation_exception_handler(request, error)

    async def broken(request: fastapi.Request, error: Exception) -> Response:
        reason = without_settings(str(error))
        if wants_page(request.headers):
            return refused_page(reason, _BROKEN)
        return JSONResponse({"detail": reason}, _BROKEN)

    server.add_exception_handler(HTTPException, refused)
    server.add_exception_handler(RequestValidationError, incomplete)
    server.add_exception_handler(AssistantError, broken)
