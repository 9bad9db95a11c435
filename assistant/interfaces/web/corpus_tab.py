"""The tab of the corpus: its articles as a table."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant import Assistant
from assistant.interfaces.web import corpus
from assistant.interfaces.web.parts import PRIVATE, html_place

ADDED = "added"
"""How the words begin that ``adding.js`` puts into the hidden field when articles have come."""


def corpus_tab(assistant: Assistant, tab: gr.Tab) -> gr.Textbox:
    """Lay out the place where articles are added, which ``adding.js`` fills, and their table, a page at a time.

    Returns the hidden field that changes when articles were added or removed. What was added stands first then.
    """
    refresh = gr.Textbox(visible="hidden", elem_id="refresh", label="When the corpus changed")
    html_place("<h2>Articles</h2>", elem_id="adding")
    with gr.Row(elem_id="listing"):
        words = gr.Textbox(label="Find by title, author, publisher or date", elem_id="find", scale=3)
        sort = gr.Dropdown(list(corpus.SORTS), value=corpus.SORTS[0], label="Order", elem_id="sort", scale=1)
    table = html_place(elem_id="table")
    with gr.Row(elem_id="pager"):
        back = gr.Button("Previous", size="sm", elem_id="back")
        forth = gr.Button("Next", size="sm", elem_id="forth")
    page = gr.State(0)

    def show(words: str, sort: str, page: int) -> list[Any]:
        rows, page, last = articles_page(assistant, words, sort, page)
        return [
            rows,
            page,
            gr.Button(interactive=page > 0, visible=last > 0),
            gr.Button(interactive=page < last, visible=last > 0),
        ]

    def turned(step: int) -> Any:
        return lambda words, sort, page: show(words, sort, page + step)

    def anew(words: str, sort: str, told: str) -> list[Any]:
        order = corpus.LAST_ADDED if told.startswith(ADDED) else sort
        return [*show(words, order, 0), order]

    shown = [table, page, back, forth]
    refresh.change(anew, [words, sort, refresh], [*shown, sort], trigger_mode="always_last", **PRIVATE)
    gr.on(
        [tab.select, words.change, sort.input],
        lambda words, sort: show(words, sort, 0),
        [words, sort],
        shown,
        trigger_mode="always_last",
        **PRIVATE,
    )
    back.click(turned(-1), [words, sort, page], shown, **PRIVATE)
    forth.click(turned(1), [words, sort, page], shown, **PRIVATE)
    return refresh


def articles_page(assistant: Assistant, words: str, sort: str, page: int) -> tuple[str, int, int]:
    """Return the page of the table that is nearest to a number, as HTML, with its number and that of the last."""
    found = corpus.select(assistant.index.articles(), words, sort)
    last = corpus.pages(len(found)) - 1
    page = min(max(page, 0), last)
    return corpus.articles_table(found, page), page, last
