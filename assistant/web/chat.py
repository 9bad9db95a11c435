"""The conversation: how a question in the page becomes successive views of the answers so far."""

from __future__ import annotations

import asyncio
import datetime
import logging
import threading
import time
from collections.abc import AsyncIterator, Generator, Iterator, Sequence
from dataclasses import dataclass, field

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
    """Draw snapshots in a thread of their own, each only when the reader asks for it.

    A reader who leaves, or stops asking, is never waited for longer than ``seconds``, and no
    further snapshot is drawn for one: Gradio may drop an answer without closing it.

    Raises:
        TimeoutError: the last snapshot did not come in time.
    """
    loop = asyncio.get_running_loop()
    drawn: asyncio.Queue[Answer | Exception | None] = asyncio.Queue()
    wanted = threading.Semaphore(0)
    left = threading.Event()

    def hand_over(item: Answer | Exception | None) -> None:
        if not left.is_set():
            loop.call_soon_threadsafe(drawn.put_nowait, item)

    def draw() -> None:
        try:
            while wanted.acquire(timeout=seconds) and not left.is_set():
                hand_over(next(snapshots, None))
        except Exception as error:
            hand_over(error)
        finally:
            if isinstance(snapshots, Generator):
                snapshots.close()

    threading.Thread(target=draw, name="answer", daemon=True).start()
    deadline = time.monotonic() + seconds
    try:
        while True:
            wanted.release()
            item = await asyncio.wait_for(drawn.get(), deadline - time.monotonic())
            if item is None:
                return
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        left.set()
        wanted.release()


def _date(text: str | None, name: str) -> datetime.date | None:
    if not text or not text.strip():
        return None
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        raise QuestionError(f"{name}: {text.strip()[:40]!r} is no date; write it as 2025-07-31") from None
