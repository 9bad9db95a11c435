"""The page of the chat: its parts, and what happens when they are used."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from assistant import Assistant, AssistantError
from assistant.interfaces.web import corpus, render
from assistant.interfaces.web.chat import Conversation, View, reply, view
from assistant.interfaces.web.who_reads import who_reads

EXAMPLES = 4
WAITING = 64
AT_ONCE = 4

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


class Examples:
    """Example questions, found again only when the index has changed: finding them is asking them."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._lock = threading.Lock()
        self._counts: object = None
        self._questions: list[str] = []

    def __call__(self) -> list[str]:
        """Return up to ``EXAMPLES`` questions that the articles answer."""
        with self._lock:
            counts = self._assistant.index.counts()
            if counts != self._counts:
                self._questions = self._assistant.example_questions(EXAMPLES)
                self._counts = counts
            return self._questions


def build_app(assistant: Assistant) -> gr.Blocks:
    """Build the page: the conversation with its sources, and the list of what is indexed."""
    examples = Examples(assistant)
    blocks = gr.Blocks(title="News Assistant", analytics_enabled=False, fill_width=True)
    with blocks:
        with gr.Row(elem_id="masthead"):
            gr.Markdown("<h1>News Assistant</h1>", elem_id="name")
            period = _html(elem_id="period")
            if assistant.settings.web_users is not None:
                gr.Markdown('<a href="/sign-in">Account</a>', elem_id="account")
            _html(who_reads(assistant.settings), elem_id="who-reads")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("Questions", id="questions"):
                publishers, newest, suggested = _questions_tab(assistant)
            with gr.Tab("Corpus", id="corpus") as listing:
                _corpus_tab(assistant, listing)

        def describe() -> list[Any]:
            try:
                known = assistant.index.publishers()
                counts, articles = assistant.index.counts(), assistant.index.articles()
            except AssistantError as error:
                return [render.failure(str(error)), gr.Dropdown(), ""]
            return [corpus.summary(counts, known), gr.Dropdown(choices=known), corpus.newest(articles)]

        def suggest() -> list[Any]:
            try:
                questions = examples()
            except AssistantError:
                questions = []
            padded = [*questions, *[""] * EXAMPLES][:EXAMPLES]
            buttons = [gr.Button(question, visible=bool(question)) for question in padded]
            return [gr.Markdown(visible=bool(questions)), *buttons]

        blocks.load(describe, outputs=[period, publishers, newest], **_PRIVATE)
        blocks.load(suggest, outputs=suggested, **_PRIVATE)
    blocks.queue(max_size=WAITING, api_open=False, default_concurrency_limit=AT_ONCE)
    return blocks


def _questions_tab(assistant: Assistant) -> tuple[gr.Dropdown, gr.Markdown, list[Any]]:
    """Lay out the conversation and its sources.

    Returns what is filled when the page loads: publishers, newest articles, and the parts of the examples.
    """
    state = gr.State(Conversation())
    with gr.Row(elem_id="columns"):
        with gr.Column(scale=7, elem_id="left"):
            with gr.Column(elem_id="welcome") as welcome:
                gr.Markdown(
                    "<h2>Ask the articles</h2><p>Every statement of an answer is tied to the exact words it "
                    "rests on. Where the articles are silent, the answer says so.</p>"
                )
                lead = gr.Markdown("<p>For example:</p>", visible=False)
                examples = [gr.Button("", visible=False, elem_classes="example") for _ in range(EXAMPLES)]
            thread = _html(elem_id="thread")
            with gr.Row(elem_id="rephrase", visible=False) as rephrase:
                understood = gr.Textbox(
                    label="Change how the last question was understood",
                    max_lines=3,
                    elem_id="understood",
                    scale=1,
                )
                again = gr.Button("Ask again", elem_id="again", scale=0, min_width=110)
            with gr.Column(elem_id="composer"):
                with gr.Row(elem_id="ask"):
                    question = gr.Textbox(
                        label="Question",
                        show_label=False,
                        container=False,
                        placeholder="Ask a question",
                        max_lines=6,
                        autofocus=True,
                        elem_id="question",
                        scale=1,
                    )
                    send = gr.Button("Ask", variant="primary", elem_id="send", scale=0, min_width=80)
                    stop = gr.Button("Stop", elem_id="stop", visible=False, scale=0, min_width=80)
                with gr.Accordion("Filters", open=False, elem_id="filters") as drawer, gr.Row():
                    after = gr.Textbox(
                        label="Published from", max_lines=1, elem_id="after", placeholder="YYYY-MM-DD"
                    )
                    before = gr.Textbox(
                        label="Published to", max_lines=1, elem_id="before", placeholder="YYYY-MM-DD"
                    )
                    publishers = gr.Dropdown(
                        [], label="Publishers", multiselect=True, elem_id="publishers", scale=2
                    )
                with gr.Row(elem_id="tools", visible=False) as tools:
                    gr.Button("Copy", elem_id="copy", size="sm")
                    gr.Button("Save Markdown", elem_id="save-markdown", size="sm")
                    gr.Button("Save JSON", elem_id="save-json", size="sm")
                    clear = gr.Button("New conversation", elem_id="clear", size="sm")
        with gr.Column(scale=5, elem_id="right"):
            gr.Button("Close", elem_id="close-sources", size="sm")
            newest = _html(elem_id="newest")
            sources = _html(elem_id="sources")
            as_json = gr.Textbox(visible="hidden", elem_id="as-json", label="JSON")
            as_markdown = gr.Textbox(visible="hidden", elem_id="as-markdown", label="Markdown")

    shown = [thread, sources, as_json, as_markdown, welcome, newest, tools, send, stop, rephrase, understood]

    def updates(now: View) -> list[Any]:
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
            gr.Row(visible=bool(now.understood)),
            now.understood,
        ]

    async def ask(
        asked: str, conversation: Conversation, since: str | None, until: str | None, by: list[str] | None
    ) -> AsyncIterator[list[Any]]:
        async for now in reply(assistant, conversation, asked, since, until, by or ()):
            yield ["", *updates(now)]

    async def ask_again(
        meant: str, conversation: Conversation, since: str | None, until: str | None, by: list[str] | None
    ) -> AsyncIterator[list[Any]]:
        async for now in reply(assistant, conversation, "", since, until, by or (), question_as=meant):
            yield updates(now)

    async def halt(conversation: Conversation) -> None:
        conversation.stop()

    async def start_again(conversation: Conversation) -> list[Any]:
        conversation.stop()
        conversation.answers = []
        return updates(view([]))

    chosen: list[Any] = [after, before, publishers]
    gr.on([part.change for part in chosen], _filters_named, chosen, drawer, **_PRIVATE)
    given = [state, *chosen]
    for trigger, source in [
        (question.submit, question),
        (send.click, question),
        *((example.click, example) for example in examples),
    ]:
        trigger(ask, [source, *given], [question, *shown], trigger_mode="once", **_PRIVATE)
    for change in (understood.submit, again.click):
        change(ask_again, [understood, *given], shown, trigger_mode="once", **_PRIVATE)
    # Gradio's own way of cancelling an event loses its end now and then, and what is asked after it.
    stop.click(halt, state, **_PRIVATE)
    clear.click(start_again, state, shown, **_PRIVATE)
    return publishers, newest, [lead, *examples]


def _filters_named(after: str | None, before: str | None, publishers: list[str] | None) -> gr.Accordion:
    """Name the filters in force on their drawer, so that none is forgotten while it is closed."""
    parts = [f"from {after}" if after else "", f"to {before}" if before else "", *(publishers or [])]
    named = ", ".join(part for part in parts if part)
    return gr.Accordion(label=f"Filters: {named}" if named else "Filters")


def _corpus_tab(assistant: Assistant, tab: gr.Tab) -> None:
    """Lay out the table of articles, a page at a time."""
    with gr.Row(elem_id="listing"):
        words = gr.Textbox(label="Find by title, publisher or date", elem_id="find", scale=3)
        sort = gr.Dropdown(list(corpus.SORTS), value=corpus.SORTS[0], label="Order", elem_id="sort", scale=1)
    table = _html(elem_id="table")
    with gr.Row(elem_id="pager"):
        back = gr.Button("Previous", size="sm", elem_id="back")
        forth = gr.Button("Next", size="sm", elem_id="forth")
    page = gr.State(0)

    def show(words: str, sort: str, page: int) -> list[Any]:
        found = corpus.select(assistant.index.articles(), words, sort)
        last = corpus.pages(len(found)) - 1
        page = min(max(page, 0), last)
        return [
            corpus.table(found, page),
            page,
            gr.Button(interactive=page > 0, visible=last > 0),
            gr.Button(interactive=page < last, visible=last > 0),
        ]

    def turned(step: int) -> Any:
        return lambda words, sort, page: show(words, sort, page + step)

    shown = [table, page, back, forth]
    gr.on(
        [tab.select, words.change, sort.input],
        lambda words, sort: show(words, sort, 0),
        [words, sort],
        shown,
        trigger_mode="always_last",
        **_PRIVATE,
    )
    back.click(turned(-1), [words, sort, page], shown, **_PRIVATE)
    forth.click(turned(1), [words, sort, page], shown, **_PRIVATE)


def _html(value: str = "", *, elem_id: str) -> gr.Markdown:
    """Make a place for HTML of ``render``; gr.HTML would need a policy that lets the page evaluate code."""
    return gr.Markdown(value, elem_id=elem_id, latex_delimiters=[], container=False)
