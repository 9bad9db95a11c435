"""What is watched for the user who asks: listed with its changes, added, removed; and a feed of the changes."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Callable
from typing import Any, cast
from xml.sax.saxutils import escape, quoteattr

import fastapi
from fastapi.responses import Response

from assistant import Assistant
from assistant.errors import WorkspaceError
from assistant.interfaces.web.cards import article_address
from assistant.interfaces.web.own_requests import answered, fields_of
from assistant.interfaces.web.render import without_settings
from assistant.interfaces.web.who import known_user, may_edit, user_of
from assistant.text.wording import day_in_words, page_in_words
from assistant.types import Answer, Citation
from assistant.workspace.differences import others_first, value_of, values_changed
from assistant.workspace.watches import Change, Watch, Watches, check_address, watch_of
from assistant.workspace.watching import ask

SOURCES_OF_A_CHANGE = 3
NOT_KEPT = "nothing is watched here: what users keep cannot be opened, and the server's log says why"


def watch_routes(assistant: Assistant, watches: Watches | None) -> fastapi.APIRouter:
    """Return the routes below ``/desk/watches``, and ``/desk/changes``, the changes as an Atom feed."""
    routes = fastapi.APIRouter(prefix="/desk")

    def kept() -> Watches:
        if watches is None:
            raise WorkspaceError(NOT_KEPT)
        return watches

    @routes.get("/watches", response_model=None)
    def listed(request: fastapi.Request) -> Response:
        user = user_of(request.scope)

        def work() -> dict[str, Any]:
            if watches is None:
                return {"kept": False, "watches": [], "changes": [], "unseen": 0}
            return {
                "kept": True,
                "edits": may_edit(request.scope),
                "watches": [_watch_record(one, user) for one in watches.list(user)],
                "changes": [_change(one) for one in watches.changes(user)],
                "unseen": watches.unseen(user),
                "feed": f"/desk/changes?key={watches.key(user)}",
            }

        return answered(work)

    @routes.post("/watches", response_model=None)
    async def add(request: fastapi.Request) -> Response:
        fields, user = await fields_of(request), user_of(request.scope)

        def work() -> dict[str, Any]:
            kind = fields.get("kind", "question")
            if kind not in {"question", "feed"} or (kind == "feed" and not may_edit(request.scope)):
                raise WorkspaceError("only questions can be watched by you")
            wanted = watch_of(
                cast(Any, kind), fields.get("value", ""), owner=user if kind == "question" else ""
            )
            if kind == "question":
                assistant.search(wanted.value, 1)  # an impossible question is refused before it is watched
            added = kept().add(wanted)
            if kind == "question" and added.state is None:
                ask(assistant, kept(), added, datetime.datetime.now(datetime.UTC))
            return _watch_record(added, user)

        return await asyncio.to_thread(answered, work)

    @routes.post("/watches/remove", response_model=None)
    async def remove(request: fastapi.Request) -> Response:
        fields, user = await fields_of(request), user_of(request.scope)
        owner = "" if fields.get("shared") and may_edit(request.scope) else user
        work = lambda: kept().remove(fields.get("id", ""), owner)  # noqa: E731
        return await asyncio.to_thread(answered, work)

    @routes.post("/watches/webhook", response_model=None)
    async def tell(request: fastapi.Request) -> Response:
        fields, user = await fields_of(request), user_of(request.scope)

        def work() -> None:
            webhook = fields.get("webhook", "").strip() or None
            if webhook is not None:
                check_address("webhook", webhook)
            kept().tell(fields.get("id", ""), user, webhook)

        return await asyncio.to_thread(answered, work)

    @routes.post("/watches/seen", response_model=None)
    async def see(request: fastapi.Request) -> Response:
        await fields_of(request)
        work: Callable[[], None] = lambda: kept().see(user_of(request.scope))  # noqa: E731
        return await asyncio.to_thread(answered, work)

    @routes.get("/changes", response_model=None)
    def changes(request: fastapi.Request, key: str = "") -> Response:
        owner = kept().owner_of(key) if key else known_user(request.scope)
        if owner is None:
            raise fastapi.HTTPException(401, "The address of this feed is not known; copy it from the page.")
        base = str(request.base_url).rstrip("/")
        return Response(atom(kept().changes(owner), base), media_type="application/atom+xml")

    return routes


def atom(changes: list[Change], base: str) -> str:
    """Return changes, newest first, as an Atom feed (RFC 4287) of the server at ``base``."""
    entries = "".join(_atom_entry(one, base) for one in changes)
    updated = changes[0].at if changes else datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>News Assistant: changed answers</title><id>{escape(base)}/desk/changes</id>"
        f"<updated>{_rfc3339(updated)}</updated><author><name>News Assistant</name></author>"
        f"<link href={quoteattr(base + '/')}/>{entries}</feed>\n"
    )


def _atom_entry(change: Change, base: str) -> str:
    before, after = values_changed(change.before, change.after)
    sources = "".join(
        f"\n“{one.quote}” ({_outlet(one)}, {day_in_words(day) if (day := one.article.published) else 'no date'})"
        for one in others_first(change.after.citations, change.before)
    )
    text = f"{change.what}: {before or 'no answer'} → {after or 'no answer'}{sources}"
    return (
        f"<entry><title>{_xml_text(change.question)}</title><id>{escape(base)}/desk/changes/{change.id}</id>"
        f"<updated>{_rfc3339(change.at)}</updated><link href={quoteattr(base + '/')}/>"
        f"<content>{_xml_text(text)}</content></entry>"
    )


def _outlet(citation: Citation) -> str:
    """Name the outlet of a quote, or its article, and the page."""
    article = citation.article
    name = article.publisher or article.title or article.id
    return f"{name}, {page_in_words(citation.page)}" if citation.page else name


def _xml_text(words: str) -> str:
    """Escape words for XML, which knows no control characters."""
    return escape("".join(one for one in words if one.isprintable() or one in "\n\t"))


def _rfc3339(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _watch_record(watch: Watch, user: str) -> dict[str, Any]:
    return {
        "id": watch.id,
        "kind": watch.kind,
        "value": watch.value,
        "own": watch.owner == user,
        "webhook": watch.webhook if watch.owner == user else None,
        "last": watch.last.isoformat() if watch.last else None,
        "failing": without_settings(watch.reason or "") if watch.failures else None,
        "dead": watch.dead,
        "now": value_of(watch.answer),
    }


def _change(change: Change) -> dict[str, Any]:
    before, after = values_changed(change.before, change.after)
    return {
        "id": change.id,
        "watch": change.watch,
        "question": change.question,
        "at": change.at.isoformat(),
        "what": change.what,
        "before": before,
        "after": after,
        "old": _source_records(change.before, change.after),
        "new": _source_records(change.after, change.before),
    }


def _source_records(answer: Answer | None, other: Answer | None) -> list[dict[str, Any]]:
    """Return the first sources of an answer, those that the other lacks before, with their addresses here."""
    known = {(one.article.id, one.quote) for one in other.citations} if other else set()
    return [
        {
            "quote": one.quote,
            "differs": bool(known) and (one.article.id, one.quote) not in known,
            "said": _outlet(one),
            "published": one.article.published.isoformat() if one.article.published else None,
            "page": article_address(one.article.id, one),
        }
        for one in (others_first(answer.citations, other)[:SOURCES_OF_A_CHANGE] if answer else ())
    ]
