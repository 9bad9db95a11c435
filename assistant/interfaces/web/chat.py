"""The conversation: how a question in the page becomes successive views of the answers so far."""

from __future__ import annotations

import asyncio
import datetime
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from assistant import Answer, Assistant, AssistantError, QuestionError
from assistant.interfaces.web import cards, render
from assistant.interfaces.web.conversation import Conversation, Shelf
from assistant.interfaces.web.drawn import Drawn
from assistant.output.chat_history import HISTORY_TURNS
from assistant.output.to_json import conversation_to_json
from assistant.output.to_markdown import conversation_to_markdown
from assistant.question.understand import checked_question

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows: the conversation and its sources as HTML, and both exports.

    ``understood`` is the last question as it was understood, where that is not as it was asked, or empty;
    ``editing`` the number of the question that is being edited, or empty. ``box`` is what the question's box is to
    hold, None where it stays as it is.
    """

    thread: str
    sources: str
    as_json: str
    as_markdown: str
    started: bool
    busy: bool
    understood: str
    editing: str = ""
    box: str | None = None


def view(
    answers: Sequence[Answer],
    pending: str = "",
    *,
    busy: bool = False,
    of: Conversation | None = None,
    box: str | None = None,
    refused: bool = False,
) -> View:
    """Show answers, and then ``pending``, the HTML of a turn that has none; exports hold final answers.

    ``of`` is the conversation that they belong to, for its name, its remarks and what became of its sources;
    ``refused`` says that ``pending`` only tells why nothing was asked, so that it begins no conversation.
    """
    shown = of or Conversation()
    final = [answer for answer in answers if answer.final]
    last = None if busy or not final else final[-1]
    return View(
        render.conversation(
            answers,
            pending,
            name=shown.id or "",
            remarks=_remarks(shown),
            last_remark=shown.remark,
            before=shown.earlier,
            shared=shown.shared,
        ),
        cards.source_cards(answers, shown.lost),
        conversation_to_json(final) if final else "",
        conversation_to_markdown(final) if final else "",
        bool(answers or (pending and not refused)),
        busy,
        last.standalone_question if last and last.standalone_question != last.question else "",
        "" if shown.editing is None or busy else f"{shown.editing + 1}",
        box,
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
    with_model: str | None = None,
    shelf: Shelf | None = None,
) -> AsyncIterator[View]:
    """Yield views while a question is answered; a failure is one line in the last of them.

    With ``question_as`` the last question is answered again, understood like this, in place of its answer; with
    ``with_model``, understood as it was, by that one of ``Assistant.models``. Where
    a question is being edited, the new one takes its place and that of all later ones. The answer is kept on
    ``shelf``, where there is one. The work ends at the next snapshot after the conversation is stopped, the page is
    closed, or the time that ``Settings.answer_seconds`` gives is over. A question that gets no answer stays in
    the box, or comes back to it.
    """
    if shelf is not None:
        conversation.belong_to(shelf.user)
    answers = present = conversation.answers
    if with_model is not None and answers:
        question_as = answers[-1].standalone_question
    if question_as is not None:
        question = answers[-1].question if answers else question_as
        answers = answers[:-1]
    elif conversation.editing is not None:
        answers = answers[: conversation.editing]
    question = question.strip()
    typed = question if question_as is None else None
    begun = False
    try:
        checked_question(question if question_as is None else question_as, assistant.settings)
        if shelf and shelf.conversations and conversation.full and answers is conversation.answers:
            raise QuestionError("this conversation is full; begin a new one")
        snapshots = assistant.stream(
            question,
            history=[answer.turn for answer in answers[-HISTORY_TURNS:]],
            after=_typed_date(after, "Published from"),
            before=_typed_date(before, "Published to"),
            publishers=tuple(publishers),
            asked=datetime.date.today(),
            question_as=question_as,
            model=with_model,
        )
        drawn = conversation.await_answer(Drawn(snapshots, assistant.settings.answer_seconds))
        begun = True
        yield view(answers, render.working(question), busy=True, of=conversation, box="")
        async for answer in drawn:
            if answer.final:
                conversation.place(answers, answer)
                if shelf is not None:
                    await asyncio.to_thread(conversation.keep, shelf)
            else:
                yield view([*answers, answer], busy=True, of=conversation)
        stopped = conversation.answers is present  # by its reader, who did not turn to another conversation
        yield view(conversation.answers, of=conversation, box=typed if stopped else None)
    except QuestionError as error:
        box = typed if begun else None
        yield view(conversation.answers, render.refused(str(error)), of=conversation, box=box, refused=True)
    except Exception as error:
        reason = _why_failed(error, assistant.settings.answer_seconds)
        yield view(conversation.answers, render.failed(question, reason), of=conversation, box=typed)


def _why_failed(error: Exception, seconds: float) -> str:
    """Say in one line why there is no answer; what nobody foresaw goes into the log."""
    if isinstance(error, AssistantError):
        return str(error)
    if isinstance(error, TimeoutError):
        return f"There was no answer within {seconds:g} seconds; ask again or ask for less."
    _log.error("a question could not be answered", exc_info=error)
    return "Something went wrong while answering; the server's log says what."


def _remarks(conversation: Conversation) -> list[str]:
    """Say what of a conversation is not shown, and what became of its sources."""
    remarks = []
    if earlier := conversation.earlier:
        what = "1 earlier question is" if earlier == 1 else f"{earlier} earlier questions are"
        remarks.append(f"{what} kept and not shown here; “Save all” in the list of conversations has them.")
    if conversation.lost:
        count = len(conversation.lost)
        what = "1 source has" if count == 1 else f"{count} sources have"
        remarks.append(f"{what} changed or gone since this was asked; the quotes are those of then.")
    return remarks


def _typed_date(text: str | None, name: str) -> datetime.date | None:
    if not text or not text.strip():
        return None
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        raise QuestionError(f"{name}: {text.strip()[:40]!r} is no date; write it as 2025-07-31") from None
