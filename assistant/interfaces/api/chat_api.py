"""The HTTP API in the form of OpenAI's chat completions, so that any chat client can use the corpus."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response, StreamingResponse
from starlette.exceptions import HTTPException

from assistant.assistant import Assistant
from assistant.errors import AssistantError, QuestionError
from assistant.interfaces.api.answering import Answering
from assistant.interfaces.api.completions import (
    MODEL,
    ChatRequest,
    Chunks,
    asked,
    completion,
    models,
    server_sent_event,
)
from assistant.interfaces.api.gated import gated_server
from assistant.interfaces.api.listening import Server
from assistant.interfaces.api.monitoring import add_monitoring
from assistant.interfaces.api.refusals import Refusal, come_back, in_openai_form
from assistant.types import Answer

_FAULT = Refusal(500, "Something went wrong while answering; the server's log says what.")

_log = logging.getLogger(__name__)


def api_server(assistant: Assistant, *, host: str = "127.0.0.1", port: int = 8000) -> Server:
    """Prepare the server of ``/v1/chat/completions`` and ``/v1/models``; ``run`` serves.

    Raises:
        SettingsError: the address cannot be served on, or may not without a token.
    """
    return gated_server(assistant, application, in_openai_form, host, port, "/v1")


def application(answering: Answering) -> FastAPI:
    """Build the application behind the gate; it names every error in OpenAI's form."""
    settings = answering.assistant.settings
    app = FastAPI(
        openapi_url=None,
        exception_handlers={
            RequestValidationError: _invalid,
            HTTPException: _not_served,
            Exception: _failed,
            **dict.fromkeys((AssistantError, TimeoutError), _failed_as_known),
        },
    )

    add_monitoring(app, answering.assistant.index)

    @app.get("/v1/models")
    async def list_models() -> dict[str, Any]:
        return {"object": "list", "data": models()}

    @app.get("/v1/models/{name}", response_model=None)
    async def one_model(name: str) -> dict[str, Any] | Response:
        return models()[0] if name == MODEL else _unknown_model(name)

    @app.post("/v1/chat/completions", response_model=None)
    async def complete(body: ChatRequest) -> dict[str, Any] | Response:
        if body.model != MODEL:
            return _unknown_model(body.model)
        snapshots = answering.assistant.stream(**asked(body, settings))
        if not body.stream:
            return completion(await answering.last(snapshots))
        drawn = answering.drawn(snapshots)
        first = await anext(drawn)  # what is refused is refused before a stream begins
        headers = {"cache-control": "no-cache", "x-accel-buffering": "no"}
        return StreamingResponse(_events(first, drawn), media_type="text/event-stream", headers=headers)

    return app


async def _events(first: Answer, drawn: AsyncGenerator[Answer, None]) -> AsyncGenerator[bytes, None]:
    """Write the snapshots of an answer as events; a failure is the last of them."""
    chunks = Chunks()
    async with aclosing(drawn):
        yield chunks.first()
        for data in chunks.snapshot(first):
            yield data
        try:
            async for answer in drawn:
                for data in chunks.snapshot(answer):
                    yield data
        except Exception as error:
            yield server_sent_event(json.loads(bytes(in_openai_form(_problem(error)).body)))


def _problem(error: Exception) -> Refusal:
    """Say what went wrong; of a fault of the server, the client is told no more than that there is one."""
    if isinstance(error, QuestionError):
        return Refusal(400, str(error), code="invalid_question", param="messages")
    if isinstance(error, TimeoutError):
        return come_back("There was no answer in time; ask again later, or ask for less.")
    _log.error("a question could not be answered", exc_info=error)
    if isinstance(error, AssistantError):
        return come_back("The index or a model cannot be used now; the server's log says why.")
    return _FAULT


async def _failed_as_known(request: Request, error: Exception) -> Response:
    return in_openai_form(_problem(error))


async def _failed(request: Request, error: Exception) -> Response:
    return in_openai_form(_FAULT)  # which starlette logs


async def _invalid(request: Request, error: RequestValidationError) -> Response:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if part != "body")
    message = f"{place or 'the body'}: {first['msg']}"
    return in_openai_form(Refusal(400, message, code="invalid_request", param=place or None))


async def _not_served(request: Request, error: HTTPException) -> Response:
    return in_openai_form(Refusal(error.status_code, str(error.detail), headers=error.headers))


def _unknown_model(name: str) -> Response:
    message = f"there is no model {name[:100]!r}; ask {MODEL!r}"
    return in_openai_form(Refusal(404, message, code="model_not_found", param="model"))
