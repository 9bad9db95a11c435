"""Changed answers, told to the address that a user named for them."""

from __future__ import annotations

import json
from typing import Any

from assistant.errors import WorkspaceError
from assistant.types import Answer
from assistant.workspace.differences import value_of
from assistant.workspace.requests import sent
from assistant.workspace.watches import Change


def change_to_dict(change: Change) -> dict[str, Any]:
    """Return a change as ``watch run --json`` and the webhook tell it; ``before`` is null for a first answer."""
    return {
        "id": change.watch,
        "question": change.question,
        "before": value_of(change.before),
        "after": value_of(change.after),
        "what": change.what,
        "at": change.at.isoformat(timespec="seconds"),
        "sources": sources_of(change.after),
    }


def sources_of(answer: Answer) -> list[dict[str, Any]]:
    """Return what an answer rests on: each quote with its article and date."""
    return [
        {
            "article": one.article.id,
            "title": one.article.title,
            "publisher": one.article.publisher,
            "published": one.article.published.isoformat() if one.article.published else None,
            "url": one.article.url,
            "page": one.page,
            "quote": one.quote,
        }
        for one in answer.citations
    ]


def send_change(address: str, change: Change, *, allow_private: bool) -> None:
    """Send a change as JSON to a webhook.

    Raises:
        WorkspaceError: it cannot be reached in time, or does not take it.
    """
    body = json.dumps(change_to_dict(change), ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json"}
    with sent("POST", address, headers=headers, content=body, allow_private=allow_private) as response:
        if not 200 <= response.status_code < 300:
            raise WorkspaceError(f"the webhook answers with status {response.status_code}")
