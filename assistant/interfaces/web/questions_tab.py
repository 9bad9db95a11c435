"""The tab of the questions: the conversation, its sources, and what happens when it is used."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from assistant import Assistant, AssistantError
from assistant.interfaces.web import render
from assistant.interfaces.web.chat import View, reply, view
from assistant.interfaces.web.conversation import Conversation, Shelf, opened
from assistant.interfaces.web.parts import PRIVATE
from assistant.interfaces.web.questions_layout import Layout, lay_out
from assistant.interfaces.web.who import scope_of, user_of
from assistant.text.wording import day_in_words
from assistant.workspace.conversations import Conversations


def questions_tab(
    assistant: Assistant, conversations: Conversations | None
) -> tuple[gr.Dropdown, gr.Markdown, list[Any]]:
    """Lay out the conversation and its sources; what is said in it is kept in ``conversations``.

    Returns what is filled when the page loads: publishers, newest articles, and the parts of the examples.
    """
    models = assistant.models if len(assistant.models) > 1 else ()
    layout = lay_out(models)
    state, shown = gr.State(Conversation()), _answer_parts(layout)

    def shelf_of(request: gr.Request) -> Shelf:
        return Shelf(conversations, user_of(scope_of(request)))

    async def ask(
        asked: str,
        conversation: Conversation,
        since: str | None,
        until: str | None,
        by: list[str] | None,
        request: gr.Request,
    ) -> AsyncIterator[list[Any]]:
        shelf = shelf_of(request)
        async for now in reply(assistant, conversation, asked, since, until, by or (), shelf=shelf):
            yield [gr.skip() if now.box is None else now.box, *_updates(now)]

    async def ask_again(
        meant: str,
        conversation: Conversation,
        since: str | None,
        until: str | None,
        by: list[str] | None,
        request: gr.Request,
    ) -> AsyncIterator[list[Any]]:
        shelf = shelf_of(request)
        async for now in reply(
            assistant, conversation, "", since, until, by or (), question_as=meant, shelf=shelf
        ):
            yield _updates(now)

    def ask_with(model: str) -> Any:
        async def asked(
            conversation: Conversation,
            since: str | None,
            until: str | None,
            by: list[str] | None,
            request: gr.Request,
        ) -> AsyncIterator[list[Any]]:
            shelf = shelf_of(request)
            async for now in reply(
                assistant, conversation, "", since, until, by or (), with_model=model, shelf=shelf
            ):
                yield _updates(now)

        return asked

    async def click(told: str, conversation: Conversation, request: gr.Request) -> list[Any]:
        in_box, failed = await _obey(told, conversation, shelf_of(request), assistant)
        return [
            gr.skip() if in_box is None else in_box,
            *_updates(view(conversation.answers, failed, of=conversation)),
        ]

    async def halt(conversation: Conversation) -> None:
        conversation.stop()

    async def start_again(conversation: Conversation) -> list[Any]:
        conversation.begin()
        return _updates(view([]))

    chosen: list[Any] = [layout.after, layout.before, layout.publishers]
    gr.on([part.change for part in chosen], _filters_named, chosen, layout.drawer, **PRIVATE)
    given = [state, *chosen]
    for trigger, source in [
        (layout.question.submit, layout.question),
        (layout.send.click, layout.question),
        *((example.click, example) for example in layout.examples),
    ]:
        trigger(ask, [source, *given], [layout.question, *shown], trigger_mode="once", **PRIVATE)
    for change in (layout.understood.submit, layout.again.click):
        change(ask_again, [layout.understood, *given], shown, trigger_mode="once", **PRIVATE)
    for model, button in zip(models, layout.model_buttons, strict=True):
        button.click(ask_with(model), given, shown, trigger_mode="once", **PRIVATE)
    layout.command.change(click, [layout.command, state], [layout.question, *shown], **PRIVATE)
    # Gradio's own way of cancelling an event loses its end now and then, and what is asked after it.
    layout.stop.click(halt, state, **PRIVATE)
    layout.clear.click(start_again, state, shown, **PRIVATE)
    return layout.publishers, layout.newest, [layout.lead, *layout.examples]


async def _obey(
    told: str, conversation: Conversation, shelf: Shelf, assistant: Assistant
) -> tuple[str | None, str]:
    """Do what a click in the page asks for: ``open ID``, ``edit``, ``share`` or ``unshare NUMBER``, ``new``.

    Returns what to put into the question's box, None to leave it, and a failure as HTML or the empty text.
    """
    verb, _, what = told.partition(" ")
    what = what.partition(" ")[0]
    conversation.belong_to(shelf.user)
    try:
        if verb == "open":
            kept, lost = await asyncio.to_thread(opened, shelf, what, assistant)
            conversation.show(kept, shelf.user, lost)
        elif verb == "edit":
            return conversation.edit(int(what) - 1 if what.isdecimal() else -1), ""
        elif verb in {"share", "unshare"}:
            place = int(what) - 1 if what.isdecimal() else -1
            await asyncio.to_thread(conversation.share, shelf, place, shared=verb == "share")
            return None, ""
        elif verb == "new":
            conversation.begin()
    except AssistantError as error:
        return "", render.failure_line(str(error))
    return "", ""


def _answer_parts(layout: Layout) -> list[Any]:
    """Return the parts that an answer changes, in the order of ``_updates``."""
    return [
        layout.thread,
        layout.sources,
        layout.as_json,
        layout.as_markdown,
        layout.welcome,
        layout.newest,
        layout.tools,
        layout.send,
        layout.stop,
        layout.rephrase,
        layout.understood,
        layout.editing,
        layout.models,
    ]


def _updates(now: View) -> list[Any]:
    """Return what the parts of ``_answer_parts`` become."""
    return [
        now.thread,
        now.sources,
        now.as_json,
        now.as_markdown,
        gr.Column(visible=not now.started),
        gr.Markdown(visible=not now.started),
        gr.Row(visible=bool(now.as_json)),
        gr.Button(visible=not now.busy),
        gr.Button(visible=now.busy),
        gr.Row(visible=bool(now.understood) and not now.editing),
        now.understood,
        render.editing(now.editing),
        gr.Row(visible=bool(now.as_json) and not now.busy),
    ]


def _filters_named(after: str | None, before: str | None, publishers: list[str] | None) -> gr.Accordion:
    """Name the filters in force on their drawer, so that none is forgotten while it is closed."""
    days = [f"{word} {_in_words(day)}" for word, day in (("from", after), ("to", before)) if day]
    parts = [*days, *(publishers or [])]
    return gr.Accordion(label=f"Filters: {', '.join(parts)}" if parts else "Filters")


def _in_words(day: str) -> str:
    """Write the day of a filter as all days of the page; what is none stays as it was typed."""
    try:
        return day_in_words(datetime.date.fromisoformat(day))
    except ValueError:
        return day
