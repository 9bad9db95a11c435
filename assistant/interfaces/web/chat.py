"""The conversation: how a question in the page becomes successive views of the answers so far."""

from __future__ import annotations

import asyncio
import datetime
import logging
import threading
from collections.abc import AsyncIterator, Generator, Iterator, Sequence
from dataclasses import dataclass

from assistant import Answer, Assistant, AssistantError, QuestionError
from assistant.interfaces.web import render
from assistant.output.to_json import conversation_to_json
from assistant.output.to_markdown import conversation_to_markdown

HISTORY_TURNS = 10
KEPT_ANSWERS = 50

_log = logging.getLogger(__name__)


class Drawn:
    """Snapshots of an answer, drawn in a thread of their own, each only when the reader asks for it.

    A reader who leaves, or stops asking, is never waited for longer than ``seconds``, and no
    further snapshot is drawn for one: Gradio may drop an answer without closing it.
    """

    def __init__(self, snapshots: Iterator[Answer], seconds: float) -> None:
        self._snapshots = snapshots
        self._seconds = seconds
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Queue[Answer | Exception | None] = asyncio.Queue()
        self._wanted = threading.Semaphore(0)
        self._over = False

    async def __aiter__(self) -> AsyncIterator[Answer]:
        """Yield the snapshots until the last one, or until ``stop``.

        Raises:
            TimeoutError: the last snapshot did not come in time.
        """
        threading.Thread(target=self._draw, name="answer", daemon=True).start()
        deadline = self._loop.time() + self._seconds
        try:
            while not self._over:
                self._wanted.release()
                async with asyncio.timeout_at(deadline):
                    item = await self._ready.get()
                if isinstance(item, Exception):
                    raise item
                if item is None or self._over:
                    return
                yield item
        finally:
            self._over = True
            self._wanted.release()

    def stop(self) -> None:
        """End the iteration; what is being drawn is thrown away. To be called in the reader's event loop."""
        self._over = True
        self._ready.put_nowait(None)

    def _draw(self) -> None:
        try:
            while self._wanted.acquire(timeout=self._seconds) and not self._over:
                self._hand_over(next(self._snapshots, None))
        except Exception as error:
            self._hand_over(error)
        finally:
            if isinstance(self._snapshots, Generator):
                self._snapshots.close()

    def _hand_over(self, item: Answer | Exception | None) -> None:
        if not self._over:
            self._loop.call_soon_threadsafe(self._ready.put_nowait, item)


class Conversation:
    """The answers of one page, oldest first; kept on the server, so that no client can forge them."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self._drawn: Drawn | None = None

    def add(self, answer: Answer) -> None:
        """Append an answer; the oldest of more than ``KEPT_ANSWERS`` goes."""
        self.answers = [*self.answers, answer][-KEPT_ANSWERS:]

    def await_answer(self, drawn: Drawn) -> Drawn:
        """Stop what was awaited before, and await this instead."""
        self.stop()
        self._drawn = drawn
        return drawn

    def stop(self) -> None:
        """Stop the answer that is awaited, if any."""
        if self._drawn is not None:
            self._drawn.stop()


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows: the conversation and its sources as HTML, and both exports.

    ``understood`` is the last question as it was understood, where that is not as it was asked, or empty.
    """

    thread: str
    sources: str
    as_json: str
    as_markdown: str
    started: bool
    busy: bool
    understood: str


def view(answers: Sequence[Answer], pending: str = "", *, busy: bool = False) -> View:
    """Show answers, and then ``pending``, the HTML of a turn that has none; exports hold final answers."""
    final = [answer for answer in answers if answer.final]
    last = None if busy or not final else final[-1]
    return View(
        render.conversation(answers, pending),
        render.sources(answers),
        conversation_to_json(final) if final else "",
        conversation_to_markdown(final) if final else "",
        bool(answers or pending),
        busy,
        last.standalone_question if last and last.standalone_question != last.question else "",
    )


async def reply(
    assistant: Assistant,
    conversation: Conversation,
    question: str,
    after: str | None = None,
    before: str | None = None,
    publishers: Sequence[str] = (),
    *,
    question_as: str | None = None,
) -> AsyncIterator[View]:
    """Yield views while a question is answered; a failure is one line in the last of them.

    With ``question_as`` the last question is answered again, understood like this, in place of its answer.
    The work ends at the next snapshot after the conversation is stopped, the page is closed, or
    the time that ``Settings.answer_seconds`` gives is over.
    """
    answers = conversation.answers
    if question_as is not None:
        question = answers[-1].question if answers else question_as
        answers = answers[:-1]
    question = question.strip()
    shown = question[: assistant.settings.question_characters]
    try:
        snapshots = assistant.stream(
            question,
            history=[answer.turn for answer in answers[-HISTORY_TURNS:]],
            after=_date(after, "From"),
            before=_date(before, "To"),
            publishers=tuple(publishers),
            asked=datetime.date.today(),
            question_as=question_as,
        )
        drawn = conversation.await_answer(Drawn(snapshots, assistant.settings.answer_seconds))
        yield view(answers, render.working(shown), busy=True)
        async for answer in drawn:
            if answer.final:
                if question_as is not None:
                    conversation.answers = answers
                conversation.add(answer)
            else:
                yield view([*answers, answer], busy=True)
        yield view(conversation.answers)
    except AssistantError as error:
        yield view(conversation.answers, render.failed(shown, str(error)))
    except TimeoutError:
        seconds = f"{assistant.settings.answer_seconds:g}"
        reason = f"There was no answer within {seconds} seconds; ask again or ask for less."
        yield view(conversation.answers, render.failed(shown, reason))
    except Exception:
        _log.exception("a question could not be answered")
        reason = "Something went wrong while answering; the server's log says what."
        yield view(conversation.answers, render.failed(shown, reason))


def _date(text: str | None, name: str) -> datetime.date | None:
    if not text or not text.strip():
        return None
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        raise QuestionError(f"{name}: {text.strip()[:40]!r} is no date; write it as 2025-07-31") from None
