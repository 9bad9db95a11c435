"""Where the parts of the tab of questions stand: the conversation, the composer below it, the sources beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import gradio as gr

from assistant.interfaces.web.parts import html_place

EXAMPLES = 4


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of the tab that show or take something."""

    welcome: gr.Column
    lead: gr.Markdown
    examples: list[gr.Button]
    thread: gr.Markdown
    rephrase: gr.Row
    understood: gr.Textbox
    again: gr.Button
    editing: gr.Markdown
    question: gr.Textbox
    send: gr.Button
    stop: gr.Button
    drawer: gr.Accordion
    after: gr.Textbox
    before: gr.Textbox
    publishers: gr.Dropdown
    tools: gr.Row
    clear: gr.Button
    newest: gr.Markdown
    sources: gr.Markdown
    command: gr.Textbox
    as_json: gr.Textbox
    as_markdown: gr.Textbox
    models: gr.Row
    model_buttons: list[gr.Button]


def lay_out(models: Sequence[str]) -> Layout:
    """Lay out the tab, in the Gradio context in which this is called; ``models`` may be asked again with."""
    with gr.Row(elem_id="columns"):
        with gr.Column(scale=7, elem_id="left"):
            with gr.Column(elem_id="welcome") as welcome:
                gr.Markdown(
                    "<h2>Ask the articles</h2><p>Every statement of an answer is tied to the exact words it "
                    "rests on. Where the articles are silent, the answer says so.</p>"
                    '<p class="adds">Add articles of your own in the tab <a class="to-tab" href="/?view=corpus">'
                    "Corpus</a>.</p>"
                )
                lead = gr.Markdown("<p>For example:</p>", visible=False)
                examples = [gr.Button("", visible=False, elem_classes="example") for _ in range(EXAMPLES)]
            thread = html_place(elem_id="thread")
            with gr.Column(elem_id="composer"):
                with gr.Row(elem_id="rephrase", visible=False) as rephrase:
                    understood = gr.Textbox(
                        label="Understood as (you may change it)",
                        max_lines=3,
                        elem_id="understood",
                        scale=1,
                    )
                    again = gr.Button("Ask again", elem_id="again", scale=0, min_width=110)
                editing = html_place(elem_id="editing")
                with gr.Column(elem_id="controls"):
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
                    with gr.Row(elem_id="models", visible=False) as again_with:
                        html_place("<p>Ask again with</p>", elem_id="again-with")
                        buttons = [gr.Button(name, size="sm", elem_classes="model") for name in models]
        with gr.Column(scale=5, elem_id="right"):
            gr.Button("Close", elem_id="close-sources", size="sm")
            newest = html_place(elem_id="newest")
            sources = html_place(elem_id="sources")
            command = gr.Textbox(visible="hidden", elem_id="command", label="What was clicked")
            as_json = gr.Textbox(visible="hidden", elem_id="as-json", label="JSON")
            as_markdown = gr.Textbox(visible="hidden", elem_id="as-markdown", label="Markdown")
    return Layout(
        welcome,
        lead,
        examples,
        thread,
        rephrase,
        understood,
        again,
        editing,
        question,
        send,
        stop,
        drawer,
        after,
        before,
        publishers,
        tools,
        clear,
        newest,
        sources,
        command,
        as_json,
        as_markdown,
        again_with,
        buttons,
    )
