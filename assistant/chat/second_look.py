"""A second look by the user's own model: each statement beside its quotes, and nothing else; then one correction.

To compare two short texts is far easier than to write from twenty passages, so that a capable model finds most of
its own slips. One short call looks at all statements; those that it finds to differ, and those with marked words,
are sent back once. What comes back passes the same check as any statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.chat.draft import json_objects
from assistant.chat.markers import THINKING, plain_text
from assistant.chat.passages import inert
from assistant.chat.prompts import REPAIR, SECOND_LOOK
from assistant.models.chat_model import stream_text
from assistant.settings import Settings
from assistant.types import Citation, MarkedWords, Statement

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

DIFFERS = "second look"

_NUMBERED_LINE = re.compile(r"^[^\w\n]*(\d{1,3})\s*[:.)\]-]+\s*(.+)$", re.M)
_FINE = re.compile(r"^\W*(?:ok|okay|fine|yes|correct|supported|none)\b", re.I)


def second_look(
    statements: Sequence[Statement], model: BaseChatModel, settings: Settings, seconds: float
) -> Iterator[tuple[Statement, ...] | None]:
    """Yield None while the model looks, at least once a second; then the statements with what it found.

    "ok" makes a quoted statement a checked one, and an unlikely one one to compare; it takes no mark off a word.
    Words that differ make it doubtful. A statement of which the reply says nothing stays as it is.

    Raises:
        ModelError: the model fails, or takes longer than ``seconds``.
    """
    written = ""
    for piece in stream_text(model, look_prompt(statements), settings, seconds):
        written += piece
        yield None
    found = {int(number): words for number, words in _NUMBERED_LINE.findall(THINKING.sub("", written))}
    yield tuple(_looked(one, found.get(number)) for number, one in enumerate(statements, 1))


def repair(
    statements: Sequence[Statement], model: BaseChatModel, settings: Settings, seconds: float
) -> Iterator[dict[int, str] | None]:
    """Yield None while the model corrects statements; then the new wording of those that it changed, by place.

    Raises:
        ModelError: as ``second_look``.
    """
    written = ""
    for piece in stream_text(model, repair_prompt(statements), settings, seconds):
        written += piece
        yield None
    mended = {}
    for one in json_objects(THINKING.sub("", written)):
        number, say = one.get("n"), one.get("say")
        if isinstance(number, int) and 0 < number <= len(statements) and isinstance(say, str):
            words = " ".join(plain_text(say).split())
            if words and words != statements[number - 1].text:
                mended[number - 1] = words
    yield mended


def look_prompt(statements: Sequence[Statement]) -> list[BaseMessage]:
    """Put the statements, numbered, with their quotes and nothing else, into messages."""
    return _messages(SECOND_LOOK, [_beside_quotes(number, one) for number, one in enumerate(statements, 1)])


def repair_prompt(statements: Sequence[Statement]) -> list[BaseMessage]:
    """Put the statements, their quotes and the words in question into messages."""
    parts = [
        f"{_beside_quotes(number, one)}\nIn question: "
        + ("; ".join(inert(one.text[mark.start : mark.end]) for mark in one.marked) or "the statement")
        for number, one in enumerate(statements, 1)
    ]
    return _messages(REPAIR, parts)


def _messages(rules: str, parts: Sequence[str]) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    return [SystemMessage(rules), HumanMessage("\n\n".join(parts))]


def _beside_quotes(number: int, statement: Statement) -> str:
    quotes = "\n".join(
        f"<quote{_published_attribute(one)}>{inert(one.quote)}</quote>" for one in statement.citations
    )
    return f"{number}: {inert(statement.text)}\n{quotes}"


def _published_attribute(citation: Citation) -> str:
    published = citation.article.published
    return f' published="{published.isoformat()}"' if published else ""


def _looked(statement: Statement, reply: str | None) -> Statement:
    if reply is None:
        return statement
    if _FINE.match(reply):
        lifted = {"quoted": "checked", "doubtful": "compare"}.get(str(statement.mark), statement.mark)
        if statement.mark == "compare" and not statement.marked:
            lifted = "checked"
        return replace(statement, mark=lifted)  # type: ignore[arg-type]
    marked = tuple(dict.fromkeys((*statement.marked, *_marked_places(statement.text, reply))))
    return replace(
        statement, mark="doubtful", marked=tuple(sorted(marked, key=lambda one: (one.start, one.end)))
    )


def _marked_places(text: str, reply: str) -> list[MarkedWords]:
    """Find the words of a reply in a statement: each part between semicolons; all of it where none stands."""
    found = []
    for part in [reply, *re.split(r"\s*[;|]\s*|(?<=[\"”])\s*,\s*", reply)]:
        words = part.strip(" \"“”'‘’.,;")
        at = text.casefold().find(words.casefold()) if words else -1
        if at >= 0:
            found.append(MarkedWords(at, at + len(words), DIFFERS))
            if part is reply:
                break
    return found or [MarkedWords(0, len(text), DIFFERS)]
