"""OpenAI's chat completions: what a request asks of the assistant, and an answer in their form."""

from __future__ import annotations

import datetime
import json
import re
import time
import uuid
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, Field

from assistant.errors import QuestionError
from assistant.output.chat_history import HISTORY_TURNS, paired
from assistant.output.to_json import answer_to_dict
from assistant.output.to_markdown import answer_to_text
from assistant.settings import Settings
from assistant.types import Answer, Turn

MODEL = "news-assistant"

_PARAGRAPH_START = re.compile(r"(?<=\n)(?=[^\n])")


class TextPart(BaseModel):
    """A part of a message; only text is read."""

    type: Literal["text"]
    text: str


class Message(BaseModel):
    """One message of a conversation."""

    role: str
    content: str | list[TextPart] | None = None

    @property
    def words(self) -> str:
        """The text of the message."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class ChatRequest(BaseModel):
    """The body of a request: OpenAI's fields that have a meaning here, and three filters of our own.

    ``after`` and ``before`` bound the publication date, inclusive. Fields that are not named here, such as
    ``temperature``, change nothing.
    """

    model: str
    messages: list[Message] = Field(min_length=1)
    stream: bool | None = None
    n: Literal[1] | None = None
    after: datetime.date | None = None
    before: datetime.date | None = None
    publishers: list[str] = []


def asked(request: ChatRequest, settings: Settings) -> dict[str, Any]:
    """Read a request as the arguments of ``Assistant.stream``.

    A client's history is not trusted: only what users and assistants said is heard, of the last
    ``HISTORY_TURNS`` turns, each cut to the length that a question may have.

    Raises:
        QuestionError: the conversation does not end with a user's message.
    """
    spoken = [(one.role, one.words) for one in request.messages if one.role in {"user", "assistant"}]
    if not spoken or spoken[-1][0] != "user":
        raise QuestionError("the conversation holds no question; end it with a message of the role user")
    most = settings.question_characters
    return {
        "question": spoken[-1][1],
        "history": [
            Turn(turn.question[:most], turn.answer_text[:most])
            for turn in paired(spoken[:-1])[-HISTORY_TURNS:]
        ],
        "after": request.after,
        "before": request.before,
        "publishers": tuple(request.publishers),
    }


def models() -> list[dict[str, Any]]:
    """List the one model, in OpenAI's form."""
    return [{"id": MODEL, "object": "model", "created": 0, "owned_by": "news-assistant"}]


def completion(answer: Answer) -> dict[str, Any]:
    """Return an answer as a completion, whose ``answer`` is the object that ``ask --json`` prints."""
    message = {"role": "assistant", "content": answer_to_text(answer), "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {**_head("chat.completion"), "choices": [choice], "answer": answer_to_dict(answer)}


class Chunks:
    """The events of one streamed completion, as server-sent events; all bear the same id.

    What was sent cannot be taken back, so ``content`` is sent of the final answer only. A snapshot that a
    later one may replace goes into ``draft``, for clients that want to show it; the last chunk has ``answer``.
    """

    def __init__(self) -> None:
        self._head = _head("chat.completion.chunk")
        self._draft = ""

    def first(self) -> bytes:
        """Say who speaks."""
        return self._chunk({"role": "assistant", "content": ""})

    def snapshot(self, answer: Answer) -> Iterator[bytes]:
        """Send a snapshot; one that says nothing new is a comment, which keeps the connection alive."""
        if answer.final:
            for paragraph in _PARAGRAPH_START.split(answer_to_text(answer)):
                yield self._chunk({"content": paragraph})
            yield self._chunk({}, finish_reason="stop", answer=answer_to_dict(answer))
            yield b"data: [DONE]\n\n"
        elif answer.text == self._draft:
            yield b": working\n\n"
        else:
            self._draft = answer.text
            yield self._chunk({}, draft=answer.text)

    def _chunk(self, delta: dict[str, str], *, finish_reason: str | None = None, **extra: Any) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        return server_sent_event({**self._head, "choices": [choice], **extra})


def server_sent_event(data: dict[str, Any]) -> bytes:
    """Write a server-sent event."""
    return f"data: {json.dumps(data, separators=(',', ':'))}\n\n".encode()


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": int(time.time()), "model": MODEL}
