"""Refusals, and the two forms in which clients expect them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import JSONResponse

INVALID_REQUEST, INTERNAL_ERROR = -32600, -32603  # JSON-RPC 2.0, section 5.1


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered: an HTTP status, one line, and which part of the request is at fault."""

    status: int
    message: str
    code: str | None = None
    param: str | None = None
    headers: Mapping[str, str] | None = None


def come_back(message: str) -> Refusal:
    """Ask a client to come back later."""
    return Refusal(503, message, code="overloaded", headers={"retry-after": "2"})


def in_openai_form(refusal: Refusal) -> JSONResponse:
    """Respond as OpenAI's API does."""
    kind = "invalid_request_error" if refusal.status < 500 else "server_error"
    error = {"message": refusal.message, "type": kind, "param": refusal.param, "code": refusal.code}
    return JSONResponse({"error": error}, status_code=refusal.status, headers=refusal.headers)


def in_json_rpc_form(refusal: Refusal) -> JSONResponse:
    """Respond as an MCP server does to a request that it has not read."""
    error = {
        "code": INVALID_REQUEST if refusal.status < 500 else INTERNAL_ERROR,
        "message": refusal.message,
    }
    body = {"jsonrpc": "2.0", "id": None, "error": error}
    return JSONResponse(body, status_code=refusal.status, headers=refusal.headers)
