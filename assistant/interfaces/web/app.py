"""The page of the chat: its parts, and what happens when they are used."""

from __future__ import annotations

import threading
from typing import Any

import gradio as gr

from assistant import Assistant, AssistantError
from assistant.interfaces.web import corpus, render
from assistant.interfaces.web.corpus_tab import corpus_tab
from assistant.interfaces.web.parts import PRIVATE, html_place
from assistant.interfaces.web.questions_layout import EXAMPLES
from assistant.interfaces.web.questions_tab import questions_tab
from assistant.interfaces.web.who_reads import who_reads
from assistant.workspace.conversations import Conversations

MOST_QUEUED = 64
EVENTS_AT_ONCE = 4


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


def build_app(assistant: Assistant, conversations: Conversations | None = None) -> gr.Blocks:
    """Build the page: the conversation with its sources, and the list of what is indexed."""
    examples = Examples(assistant)
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
                known = assistant.index.publishers()
                counts, articles = assistant.index.counts(), assistant.index.articles()
            except AssistantError as error:
                return [render.failure_line(str(error)), gr.Dropdown(), ""]
            return [corpus.summary(counts, known), gr.Dropdown(choices=known), corpus.newest_list(articles)]

        def suggest() -> list[Any]:
            try:
                questions = examples()
            except AssistantError:
                questions = []
            padded = [*questions, *[""] * EXAMPLES][:EXAMPLES]
            buttons = [gr.Button(question, visible=bool(question)) for question in padded]
            return [gr.Markdown(visible=bool(questions)), *buttons]

        gr.on([blocks.load, refresh.change], describe, outputs=[period, publishers, newest], **PRIVATE)
        blocks.load(suggest, outputs=suggested, **PRIVATE)
    blocks.queue(max_size=MOST_QUEUED, api_open=False, default_concurrency_limit=EVENTS_AT_ONCE)
    return blocks
