"""The page of one answer that its owner shares: for whoever may use the chat, plain HTML without any script."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

import fastapi
from fastapi.responses import HTMLResponse

from assistant import Answer, Assistant
from assistant.errors import UnknownConversation, WorkspaceError
from assistant.interfaces.web import cards, render
from assistant.interfaces.web.conversation import articles_of
from assistant.interfaces.web.pages import plain_page
from assistant.interfaces.web.who import user_of
from assistant.workspace.conversations import MOST_TURNS, Conversations
from assistant.workspace.stored_answers import Lost, lost_sources

_SHARED_STYLE = (
    resources.files("assistant.interfaces.web").joinpath("shared_answer.css").read_text(encoding="utf-8")
)


def shared_routes(assistant: Assistant, conversations: Conversations | None) -> fastapi.APIRouter:
    """Return the route of shared answers; one that is not shared is answered as one that is not there."""
    routes = fastapi.APIRouter()

    @routes.get("/answer")
    def answer(request: fastapi.Request, conversation: str, number: int) -> HTMLResponse:
        user_of(request.scope)
        try:
            if conversations is None or not 0 < number <= MOST_TURNS:
                raise UnknownConversation("there is no such answer")
            found = conversations.shared(conversation, number - 1, articles_of(assistant))
        except WorkspaceError as error:
            raise fastapi.HTTPException(404, str(error)) from None
        lost = lost_sources([found], assistant.index.hashes())
        return HTMLResponse(answer_page(found, lost), headers={"cache-control": "no-store"})

    return routes


def answer_page(answer: Answer, lost: Mapping[tuple[str, str], Lost]) -> str:
    """Return an answer with its sources as a page, its markers as links to the words that they cite."""
    body = f"<h1>Shared answer</h1>{render.turn(answer, 1)}{cards.source_cards([answer], lost)}"
    return plain_page("en", answer.question, _SHARED_STYLE, body)
