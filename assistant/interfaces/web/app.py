"""The page of the chat: its parts, and what happens when they are used."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant import Assistant, AssistantError
from assistant.interfaces.web import corpus, render
from assistant.interfaces.web.corpus_tab import corpus_tab
from assistant.interfaces.web.examples import Examples
from assistant.interfaces.web.parts import PRIVATE, html_place
from assistant.interfaces.web.questions_layout import EXAMPLES
from assistant.interfaces.web.questions_tab import questions_tab
from assistant.interfaces.web.who_reads import who_reads
from assistant.workspace.conversations import Conversations

MOST_QUEUED = 64
EVENTS_AT_ONCE = 4


def build_app(assistant: Assistant, conversations: Conversations | None = None) -> gr.Blocks:
    """Build the page: the conversation with its sources, and the list of what is indexed."""
    examples = Examples(assistant)
    with contextlib.suppress(AssistantError):  # what is wrong is told by the page
        examples.prepare()
    blocks = gr.Blocks(title="News Assistant", analytics_enabled=False, fill_width=True)
    with blocks:
        with gr.Row(elem_id="masthead"):
            gr.Button("Conversations", elem_id="desk-toggle", size="sm")
            gr.Markdown("<h1>News Assistant</h1>", elem_id="name")
            period = html_place(elem_id="period")
            if assistant.settings.web_users is not None:
                gr.Markdown('<a href="/sign-in">Account</a>', elem_id="account")
            html_place(who_reads(assistant.settings), elem_id="who-reads")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("Questions", id="questions"):
                publishers, newest, suggested = questions_tab(assistant, conversations)
            with gr.Tab("Corpus", id="corpus") as listing:
                refresh = corpus_tab(assistant, listing)
            with gr.Tab("Watching", id="watched"):
                html_place(
                    "<h2>What is new</h2><p>A question that you watch is asked again whenever articles arrive, and "
                    "a changed answer is shown here. Feeds are read again and again for new articles.</p>",
                    elem_id="watching",
                )

        def describe() -> list[Any]:
            try:
                told, known, newest_articles = described(assistant)
            except AssistantError as error:
                return [render.failure_line(str(error)), gr.Dropdown(), ""]
            return [told, gr.Dropdown(choices=known), newest_articles]

        def suggest() -> Iterator[list[Any]]:
            try:
                for questions in examples.growing():
                    padded = [*questions, *[""] * EXAMPLES][:EXAMPLES]
                    buttons = [gr.Button(question, visible=bool(question)) for question in padded]
                    yield [gr.Markdown(visible=bool(questions)), *buttons]
            except AssistantError:
                yield [gr.skip()] * (1 + EXAMPLES)

        gr.on([blocks.load, refresh.change], describe, outputs=[period, publishers, newest], **PRIVATE)
        gr.on([blocks.load, refresh.change], suggest, outputs=suggested, **PRIVATE)
    blocks.queue(max_size=MOST_QUEUED, api_open=False, default_concurrency_limit=EVENTS_AT_ONCE)
    return blocks


def described(assistant: Assistant) -> tuple[str, list[str], str]:
    """Return what the page tells of the corpus: a line, the publishers, and the newest articles."""
    known, counts = assistant.index.publishers(), assistant.index.counts()
    return corpus.summary(counts, known), known, corpus.newest_list(assistant.index.articles())
