"""The web chat as a Gradio app, and the server that shows it."""

from __future__ import annotations

import socket
import sys
from collections.abc import AsyncIterator
from importlib import resources
from typing import Any

import fastapi
import gradio as gr
import uvicorn
from fastapi.responses import HTMLResponse, Response

from assistant import Assistant, SettingsError, UnknownArticle
from assistant.web import corpus
from assistant.web.chat import Conversation, View, reply, view
from assistant.web.guard import Guard
from assistant.web.pages import article_page

EXAMPLES = 4
WAITING = 64
AT_ONCE = 4
CONNECTIONS = 256

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def build_app(assistant: Assistant) -> gr.Blocks:
    """Build the page: the conversation with its sources, and the list of what is indexed."""
    blocks = gr.Blocks(title="News Assistant", analytics_enabled=False, fill_width=True)
    with blocks:
        with gr.Row(elem_id="masthead"):
            gr.Markdown("<h1>News Assistant</h1>", elem_id="name")
            period = _html(elem_id="period")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("Questions", id="questions"):
                refreshed = _questions_tab(assistant)
            with gr.Tab("Corpus", id="corpus") as listing:
                _corpus_tab(assistant, listing)

        def refresh() -> list[Any]:
            publishers = assistant.index.publishers()
            examples = assistant.example_questions(EXAMPLES)
            buttons = [
                gr.Button(examples[place] if place < len(examples) else "", visible=place < len(examples))
                for place in range(EXAMPLES)
            ]
            return [
                corpus.summary(assistant.index.counts(), publishers),
                gr.Dropdown(choices=publishers),
                *buttons,
            ]

        blocks.load(refresh, outputs=[period, *refreshed], **_PRIVATE)
    blocks.queue(max_size=WAITING, api_open=False, default_concurrency_limit=AT_ONCE)
    return blocks


def serve(assistant: Assistant, *, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve the chat until interrupted, and say on standard output where, once it is up.

    Raises:
        SettingsError: the address is taken or is not this machine's.
    """
    chat_server(assistant, host=host, port=port).run()


def chat_server(assistant: Assistant, *, host: str = "127.0.0.1", port: int = 7860) -> ChatServer:
    """Bind the address and prepare the server; ``run`` serves until its ``should_exit`` is set.

    Raises:
        SettingsError: the address is taken or is not this machine's.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else "a port is a number from 0 to 65535"
        raise SettingsError(
            f"cannot serve on {host} port {port}: {reason}; choose another with --host or --port"
        ) from None
    config = uvicorn.Config(
        _application(assistant, host),
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=2,
        ws="none",
    )
    return ChatServer(config, listener)


class ChatServer(uvicorn.Server):
    """A server on a socket that is already bound, which says where it is once it is up."""

    def __init__(self, config: uvicorn.Config, listener: socket.socket) -> None:
        super().__init__(config)
        self.listener = listener
        host, port = listener.getsockname()[:2]
        self.address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until interrupted or ``should_exit`` is set."""
        super().run(sockets or [self.listener])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say where."""
        await super().startup(sockets)
        sys.stdout.write(f"Serving on {self.address}\n")
        sys.stdout.flush()


def _application(assistant: Assistant, host: str) -> Guard:
    server = fastapi.FastAPI(openapi_url=None)
    files = resources.files("assistant.web")
    script = files.joinpath("chat.js").read_text(encoding="utf-8")
    style = files.joinpath("chat.css").read_text(encoding="utf-8")

    @server.get("/chat.js")
    def chat_script() -> Response:
        return Response(script, media_type="text/javascript")

    @server.get("/chat.css")
    def chat_style() -> Response:
        return Response(style, media_type="text/css")

    @server.get("/article")
    def article(id: str, start: int = 0, end: int = 0) -> HTMLResponse:
        try:
            return HTMLResponse(article_page(assistant.index.article(id), start, end))
        except UnknownArticle:
            raise fastapi.HTTPException(404, "The corpus holds no such article.") from None

    gr.mount_gradio_app(
        server,
        build_app(assistant),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=1,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        theme=gr.themes.Base(
            font=["system-ui", "-apple-system", "Segoe UI", "sans-serif"],
            font_mono=["ui-monospace", "Consolas", "monospace"],
        ),
        head='<link rel="stylesheet" href="/chat.css"><script src="/chat.js"></script>',
    )
    return Guard(server, host)


def _questions_tab(assistant: Assistant) -> list[gr.components.Component]:
    """Lay out the conversation and its sources; returns what is refreshed when the page loads."""
    state = gr.State(Conversation())
    with gr.Row(elem_id="columns"):
        with gr.Column(scale=7, elem_id="left"):
            with gr.Column(elem_id="welcome") as welcome:
                gr.Markdown(
                    "<h2>Ask the articles</h2><p>Every statement of an answer is tied to the exact words it "
                    "rests on. Where the articles are silent, the answer says so.</p><p>For example:</p>"
                )
                examples = [gr.Button("", visible=False, elem_classes="example") for _ in range(EXAMPLES)]
            thread = _html(elem_id="thread")
            with gr.Column(elem_id="composer"):
                with gr.Row(elem_id="ask"):
                    question = gr.Textbox(
                        label="Question",
                        show_label=False,
                        container=False,
                        placeholder="Ask a question",
                        max_lines=6,
                        max_length=assistant.settings.question_characters,
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
                    gr.Button("Markdown", elem_id="save-markdown", size="sm")
                    gr.Button("JSON", elem_id="save-json", size="sm")
                    clear = gr.Button("New conversation", elem_id="clear", size="sm")
        with gr.Column(scale=5, elem_id="right"):
            gr.Button("Close", elem_id="close-sources", size="sm")
            sources = _html(elem_id="sources")
            as_json = gr.Textbox(visible="hidden", elem_id="as-json", label="JSON")
            as_markdown = gr.Textbox(visible="hidden", elem_id="as-markdown", label="Markdown")

    shown = [thread, sources, as_json, as_markdown, welcome, tools, send, stop]

    def updates(now: View) -> list[Any]:
        return [
            now.thread,
            now.sources,
            now.as_json,
            now.as_markdown,
            gr.Column(visible=not now.started),
            gr.Row(visible=bool(now.as_json)),
            gr.Button(visible=not now.busy),
            gr.Button(visible=now.busy),
        ]

    async def ask(
        asked: str, conversation: Conversation, since: str | None, until: str | None, by: list[str] | None
    ) -> AsyncIterator[list[Any]]:
        async for now in reply(assistant, conversation, asked, since, until, by or ()):
            yield ["", *updates(now)]

    def show(conversation: Conversation) -> list[Any]:
        return updates(view(conversation.answers))

    def start_again(conversation: Conversation) -> list[Any]:
        conversation.answers = []
        return show(conversation)

    chosen = [after, before, publishers]
    gr.on([part.change for part in chosen], _filters_named, chosen, drawer, **_PRIVATE)
    given = [state, *chosen]
    asking: list[Any] = [
        trigger(ask, [source, *given], [question, *shown], trigger_mode="once", **_PRIVATE)
        for trigger, source in [
            (question.submit, question),
            (send.click, question),
            *((example.click, example) for example in examples),
        ]
    ]
    stop.click(show, state, shown, cancels=asking, **_PRIVATE)
    clear.click(start_again, state, shown, cancels=asking, **_PRIVATE)
    return [publishers, *examples]


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
        [tab.select, words.input, sort.input],
        lambda words, sort: show(words, sort, 0),
        [words, sort],
        shown,
        trigger_mode="always_last",
        **_PRIVATE,
    )
    back.click(turned(-1), [words, sort, page], shown, **_PRIVATE)
    forth.click(turned(1), [words, sort, page], shown, **_PRIVATE)


def _html(*, elem_id: str) -> gr.Markdown:
    """Make a place for HTML of ``render``; gr.HTML would need a policy that lets the page evaluate code."""
    return gr.Markdown(elem_id=elem_id, latex_delimiters=[], container=False)
