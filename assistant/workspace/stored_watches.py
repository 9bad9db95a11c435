"""How a watch stands, as a text that is kept: JSON, with the answer as ``stored_answers`` writes it."""

from __future__ import annotations

import datetime
import json
from typing import Any

from assistant.types import Answer
from assistant.workspace.stored_answers import from_stored, to_stored
from assistant.workspace.watches import Watch


def stand_of(watch: Watch) -> str:
    """Write how a watch stands."""
    return json.dumps(
        {
            "every": watch.every,
            "webhook": watch.webhook,
            "last": watch.last.isoformat() if watch.last else None,
            "due": watch.due.isoformat() if watch.due else None,
            "failures": watch.failures,
            "reason": watch.reason,
            "etag": watch.etag,
            "modified": watch.modified,
            "state": watch.state,
            "answer": to_stored(watch.answer) if watch.answer else None,
        },
        ensure_ascii=False,
    )


def stored_watch(row: tuple[Any, ...]) -> Watch:
    """Return a watch from its (id, owner, kind, value, stand)."""
    number, owner, kind, value, stand = row
    known = json.loads(stand)
    times = {name: time_of(known[name]) if known[name] else None for name in ("last", "due")}
    return Watch(
        str(number), owner, kind, value, **known | times | {"answer": answer_or_none(known["answer"])}
    )


def webhook_in(stand: str) -> str | None:
    """Return the address that is told of changes."""
    webhook: str | None = json.loads(stand)["webhook"]
    return webhook


def told_to(stand: str, webhook: str | None) -> str:
    """Write the same stand with another address that is told of changes."""
    return json.dumps(json.loads(stand) | {"webhook": webhook}, ensure_ascii=False)


def asked_in(stand: str) -> str | None:
    """Return the state of the index in which the question was last asked."""
    state: str | None = json.loads(stand)["state"]
    return state


def answer_or_none(text: str | None) -> Answer | None:
    """Return an answer, if there is one, with the quotes of its sources alone."""
    return answer_of(text) if text else None


def answer_of(text: str) -> Answer:
    """Return an answer with the quotes of its sources alone."""
    return from_stored(text, lambda article: None)


def time_of(text: str) -> datetime.datetime:
    """Read a time in UTC."""
    return datetime.datetime.fromisoformat(text)
