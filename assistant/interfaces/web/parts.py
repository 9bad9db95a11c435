"""Small parts that the tabs of the page share."""

from __future__ import annotations

from typing import Any

import gradio as gr

PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
"""How an event is bound that no client but the page may call."""


def html_place(value: str = "", *, elem_id: str) -> gr.Markdown:
    """Make a place for HTML of ``render``; gr.HTML would need a policy that lets the page evaluate code."""
    return gr.Markdown(value, elem_id=elem_id, latex_delimiters=[], container=False)
