"""The conversations of the user who asks, for the page's list: found, renamed, deleted, saved whole."""

from __future__ import annotations

import asyncio
from typing import Any

import fastapi
from fastapi.responses import Response

from assistant import Assistant
from assistant.errors import WorkspaceError
from assistant.interfaces.web.own_requests import answered, fields_of
from assistant.interfaces.web.who import user_of
from assistant.output.to_markdown import conversation_to_markdown
from assistant.workspace.conversations import Conversations

PAGE_CONVERSATIONS = 40


def conversation_routes(assistant: Assistant, conversations: Conversations | None) -> fastapi.APIRouter:
    """Return the routes below ``/desk/conversations``; ``open`` says that nobody signs in: all share one list."""
    routes = fastapi.APIRouter(prefix="/desk/conversations")

    def kept() -> Conversations:
        if conversations is None:
            raise WorkspaceError("conversations are not kept here")
        return conversations

    @routes.get("", response_model=None)
    def found(request: fastapi.Request, words: str = "", after: int = 0) -> Response:
        def work() -> dict[str, Any]:
            user = user_of(request.scope)
            if conversations is None:
                return {"kept": False, "open": not user, "conversations": [], "more": False}
            rows = conversations.list(user, words=words, most=PAGE_CONVERSATIONS + 1, after=max(after, 0))
            listed = [
                {"id": one.id, "title": one.title, "changed": one.changed.isoformat(), "turns": one.turns}
                for one in rows[:PAGE_CONVERSATIONS]
            ]
            more = len(rows) > PAGE_CONVERSATIONS
            return {"kept": True, "open": not user, "conversations": listed, "more": more}

        return answered(work)

    @routes.get("/user", response_model=None)
    def whose(request: fastapi.Request) -> Response:
        return answered(lambda: {"user": user_of(request.scope)})

    @routes.get("/whole", response_model=None)
    def whole(request: fastapi.Request, id: str) -> Response:
        def work() -> dict[str, str]:
            conversation = kept().open(user_of(request.scope), id, lambda article: None)
            return {"markdown": conversation_to_markdown(conversation.answers)}

        return answered(work)

    @routes.post("/rename", response_model=None)
    async def rename(request: fastapi.Request) -> Response:
        fields, user = await fields_of(request), user_of(request.scope)
        work = lambda: {"title": kept().rename(user, fields.get("id", ""), fields.get("title", ""))}  # noqa: E731
        return await asyncio.to_thread(answered, work)

    @routes.post("/delete", response_model=None)
    async def delete(request: fastapi.Request) -> Response:
        fields, user = await fields_of(request), user_of(request.scope)
        work = lambda: kept().delete(user, fields.get("id", ""))  # noqa: E731
        return await asyncio.to_thread(answered, work)

    return routes
