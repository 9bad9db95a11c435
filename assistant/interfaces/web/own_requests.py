"""Requests of the page's own script: JSON in, JSON out, errors in one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import fastapi
from fastapi.responses import JSONResponse, Response

from assistant import AssistantError
from assistant.errors import UnknownArticle, UnknownConversation
from assistant.interfaces.web.render import without_settings

FIELD_CHARACTERS = 10_000


async def fields_of(request: fastapi.Request) -> dict[str, str]:
    """Read the texts of a JSON object.

    Another site's form cannot send this type without being asked first, and is refused then.

    Raises:
        fastapi.HTTPException: the body is none, with status 415 or 422.
    """
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise fastapi.HTTPException(415, "Send JSON.")
    try:
        fields = json.loads(await request.body())
        if not isinstance(fields, dict):
            raise ValueError
    except ValueError:
        raise fastapi.HTTPException(422, "Send a JSON object.") from None
    return {str(name): value[:FIELD_CHARACTERS] for name, value in fields.items() if isinstance(value, str)}


def answered(work: Callable[[], Any]) -> Response:
    """Return what ``work`` returns as JSON, or the error that it raises, for readers, as ``{"error": …}``."""
    try:
        return JSONResponse(work(), headers={"cache-control": "no-store"})
    except AssistantError as error:
        unknown = isinstance(error, UnknownConversation | UnknownArticle)
        return JSONResponse({"error": without_settings(str(error))}, 404 if unknown else 409)
