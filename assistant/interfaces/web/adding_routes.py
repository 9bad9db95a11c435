"""Articles added, removed and restored in the page, by users who may."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import fastapi
from fastapi.responses import JSONResponse, Response

from assistant import Assistant, AssistantError
from assistant.errors import WorkspaceError
from assistant.ingest.sources import is_address
from assistant.interfaces.web.cards import article_address
from assistant.interfaces.web.own_requests import answered, fields_of
from assistant.interfaces.web.render import without_settings
from assistant.interfaces.web.who import may_edit, user_of
from assistant.types import Failure, Skipped
from assistant.workspace.adding import Adding, Addition, when_free

SHOWN_REASONS = 20
LOCKED_SECONDS = 20.0
REMOVED_SHOWN = 200
READERS = "Only editors may add or remove articles."


def adding_routes(assistant: Assistant, adding: Adding) -> fastapi.APIRouter:
    """Return the routes ``/desk/files``, ``/desk/addresses``, ``/desk/jobs`` and ``/desk/articles``."""
    routes = fastapi.APIRouter(prefix="/desk")

    def editor(request: fastapi.Request) -> str:
        if not may_edit(request.scope):
            raise fastapi.HTTPException(403, READERS)
        return user_of(request.scope)

    @routes.post("/files", response_model=None)
    async def file(request: fastapi.Request, name: str) -> Response:
        user = editor(request)
        if request.headers.get("content-type") != "application/octet-stream":
            raise fastapi.HTTPException(415, "Send the bytes of a file.")
        try:
            arrived = await asyncio.to_thread(adding.arriving, name)
        except AssistantError as error:
            return JSONResponse({"error": without_settings(str(error))}, 409)
        try:
            await _write_upload(request, arrived)
            return await asyncio.to_thread(answered, lambda: _job(adding.file(user, name, arrived)))
        except WorkspaceError as error:
            return JSONResponse({"error": str(error)}, 409)
        except OSError as error:
            return JSONResponse({"error": f"the file cannot be kept ({error.strerror})"}, 409)
        finally:
            arrived.unlink(missing_ok=True)

    @routes.post("/addresses", response_model=None)
    async def address(request: fastapi.Request) -> Response:
        user = editor(request)
        fields = await fields_of(request)
        return await asyncio.to_thread(
            answered, lambda: _job(adding.address(user, fields.get("address", "")))
        )

    @routes.get("/jobs", response_model=None)
    def jobs(request: fastapi.Request) -> Response:
        user = user_of(request.scope)
        if not may_edit(request.scope):
            return answered(lambda: {"edits": False, "jobs": []})
        largest = assistant.settings.upload_bytes
        return answered(
            lambda: {"edits": True, "largest": largest, "jobs": [_job(one) for one in adding.jobs(user)]}
        )

    @routes.post("/jobs/clear", response_model=None)
    async def clear(request: fastapi.Request) -> Response:
        user = editor(request)
        await fields_of(request)
        return answered(lambda: adding.forget(user))

    @routes.get("/removed", response_model=None)
    def removed(request: fastapi.Request) -> Response:
        editor(request)

        def work() -> list[dict[str, str]]:
            gone = [one for one in assistant.index.articles() if one.removed]
            return [{"id": one.id, "title": one.title or one.id} for one in gone[:REMOVED_SHOWN]]

        return answered(work)

    @routes.post("/articles/remove", response_model=None)
    async def remove(request: fastapi.Request) -> Response:
        editor(request)
        wanted = (await fields_of(request)).get("id", "")
        work = lambda: assistant.index.remove([wanted])  # noqa: E731
        return await asyncio.to_thread(answered, lambda: when_free(work, LOCKED_SECONDS))

    @routes.post("/articles/restore", response_model=None)
    async def restore(request: fastapi.Request) -> Response:
        editor(request)
        wanted = (await fields_of(request)).get("id", "")
        work = lambda: assistant.index.restore([wanted])  # noqa: E731
        return await asyncio.to_thread(answered, lambda: when_free(work, LOCKED_SECONDS))

    return routes


async def _write_upload(request: fastapi.Request, path: Path) -> None:
    """Write a body to a file as it comes; the guard bounds its size and its time."""
    with path.open("wb") as file:
        async for piece in request.stream():
            file.write(piece)
    if not path.stat().st_size:
        raise WorkspaceError("the file is empty")


def _job(job: Addition) -> dict[str, Any]:
    def reasons(found: tuple[Failure, ...] | tuple[Skipped, ...]) -> list[dict[str, str]]:
        return [
            {"name": _plain_name(one.path), "reason": without_settings(one.reason)}
            for one in found[:SHOWN_REASONS]
        ]

    return {
        "id": job.id,
        "name": job.name,
        "page": article_address(job.article) if job.article else "",
        "title": job.title,
        "state": job.state,
        "share": round(job.share, 2),
        "added": job.added,
        "updated": job.updated,
        "unchanged": job.unchanged,
        "failed": len(job.failures),
        "failures": reasons(job.failures),
        "skipped": reasons(job.skipped),
    }


def _plain_name(path: str) -> str:
    """Return an address as it is, and a file's name without the folders of the server."""
    return path if is_address(path) else Path(path).name or path
