"""The conversation: how a question in the page becomes successive views of the answers so far."""

from __future__ import annotations

import asyncio
import datetime
import logging
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field

import anyio.to_thread

from assistant import Answer, Assistant, AssistantError, QuestionError
from assistant.export import conversation_to_json, conversation_to_markdown
from assistant.web import render

HISTORY_TURNS = 10
KEPT_ANSWERS = 50

_log = logging.getLogger(__name__)


@dataclass(eq=False)
class Conversation:
    """The answers of one page, oldest first; kept on the server, so that no client can forge them."""

    answers: list[Answer] = field(default_factory=list)

    def add(self, answer: Answer) -> None:
        """Append an answer; the oldest of more than ``KEPT_ANSWERS`` goes."""
        self.answers = [*self.answers, answer][-KEPT_ANSWERS:]


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows: the conversation and its sources as HTML, and both exports."""

    thread: str
    sources: str
    as_json: str
    as_markdown: str
    started: bool
    busy: bool


def view(answers: Sequence[Answer], pending: str = "", *, busy: bool = False) -> View:
    """Show answers, and then ``pending``, the HTML of a turn that has none; exports hold final answers."""
    final = [answer for answer in answers if answer.final]
    return View(
        render.conversation(answers, pending),
        render.sources(answers),
        conversation_to_json(final) if final else "",
        conversation_to_markdown(final) if final else "",
        bool(answers or pending),
        busy,
    )


async def reply(
    assistant: Assistant,
    conversation: Conversation,
    question: str,
    after: str | None = None,
    before: str | None = None,
    publishers: Sequence[str] = (),
) -> AsyncIterator[View]:
    """Yield views while a question is answered; a failure is one line in the last of them.

    The work ends with its reader: at the next snapshot after the page is closed or the time
    that ``Settings.answer_seconds`` gives is over.
    """
    question = question.strip()
    answers = conversation.answers
    shown = question[: assistant.settings.question_characters]
    yield view(answers, render.working(shown), busy=True)
    try:
        snapshots = assistant.stream(
            question,
            history=[answer.turn for answer in answers[-HISTORY_TURNS:]],
            after=_date(after, "From"),
            before=_date(before, "To"),
            publishers=tuple(publishers),
        )
        async for answer in within(snapshots, assistant.settings.answer_seconds):
            if answer.final:
                conversation.add(answer)
            else:
                yield view([*answers, answer], busy=True)
        yield view(conversation.answers)
    except AssistantError as error:
        yield view(answers, render.failed(shown, str(error)))
    except TimeoutError:
        seconds = f"{assistant.settings.answer_seconds:g}"
        reason = f"There was no answer within {seconds} seconds; ask again or ask for less."
        yield view(answers, render.failed(shown, reason))
    except Exception:
        _log.exception("a question could not be answered")
        reason = "Something went wrong while answering; the server's log says what."
        yield view(answers, render.failed(shown, reason))


async def within(snapshots: Iterator[Answer], seconds: float) -> AsyncIterator[Answer]:
    """Draw snapshots in threads that are left behind, not waited for, when time is up.

    Raises:
        TimeoutError: the last snapshot did not come in time.
    """
    deadline = time.monotonic() + seconds
    while True:
        drawn = anyio.to_thread.run_sync(next, snapshots, None, abandon_on_cancel=True)
        answer = await asyncio.wait_for(drawn, max(0.0, deadline - time.monotonic()))
        if answer is None:
            return
        yield answer


def _date(text: str | None, name: str) -> datetime.date | None:
    if not text or not text.strip():
        return None
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        raise QuestionError(f"{name}: {text.strip()[:40]!r} is no date; write it as 2025-07-31") from None
