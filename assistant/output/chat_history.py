"""A conversation as a client gives it -> turns; nothing of it is trusted but that it was said."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.output.to_markdown import without_sources
from assistant.types import Turn

HISTORY_TURNS = 10
"""Turns of a conversation that a question is completed from."""


def paired(spoken: Iterable[tuple[str, str]]) -> list[Turn]:
    """Pair what was said, as (role, words) and oldest first, into turns.

    Only users and assistants are heard: roles other than ``user``, ``human``, ``assistant`` and ``ai`` are
    left out. A question that was not answered has the answer "".
    """
    turns: list[Turn] = []
    for role, words in spoken:
        if role in {"user", "human"}:
            turns.append(Turn(words, ""))
        elif role in {"assistant", "ai"} and turns and not turns[-1].answer_text:
            turns[-1] = Turn(turns[-1].question, without_sources(words))
    return turns
