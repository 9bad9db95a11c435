"""Gathers passages before a chat model answers: by its own plan with tools, and by rules.

By rules each thing that a question compares is searched by itself, and what is to be summarised is read whole.

Every look-up is told as it happens, and each keeps a place among the passages. Steps, seconds and passages are
bounded; a model that fails, that takes no tools or that asks for what does not exist leaves the passages that the
question itself found.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant.chat.draft import json_objects
from assistant.chat.markers import THINKING
from assistant.chat.passages import CountTokens, chosen, inert, labelled, lead
from assistant.chat.prompts import MATERIAL, PLAN
from assistant.chat.tools import TOOLS, WHOLE_ARTICLE, Library, LookUp, look_up, tool_schemas
from assistant.errors import ModelError
from assistant.models.chat_model import is_small, stream_chunks
from assistant.settings import Settings
from assistant.types import Hit, Kind, Query

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage

# The share of ``chat_seconds`` in which planning must be done.
PLANNING_SHARE = 0.4
# Characters that a tool's result may have in the planning conversation: enough to see what was found.
RESULT_CHARACTERS = 3000
MOST_SEARCHED_THINGS = 4
WHOLE_ARTICLES = 4
# Characters to a token, so that the articles that are read whole share the tokens of the passages.
CHARACTERS_A_TOKEN = 4
# Characters that a model may write while it plans, in one turn.
PLAN_CHARACTERS = 8000
# A small model's share of ``chat_tokens``: it reads slowly, and loses the answer among many passages.
SMALL_SHARE = 1 / 6
READ_WHOLE = frozenset(("summary", "identity", "timeline"))


@dataclass(frozen=True, slots=True)
class Material:
    """What each search found, best first, what was done, a line each, and what was counted."""

    searches: tuple[tuple[Hit, ...], ...]
    steps: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The passages of all searches by turns, each once, so that each search keeps a place."""
        taken = {
            (hit.article.id, hit.passage.start, hit.passage.end): hit
            for turn in itertools.zip_longest(*self.searches)
            for hit in turn
            if hit is not None
        }
        return tuple(taken.values())

    def with_found(self, found: LookUp) -> Material:
        """Add what a look-up found."""
        return Material(
            (*self.searches, found.hits), (*self.steps, found.step), (*self.counts, *found.counts)
        )


def gather_passages(
    query: Query,
    hits: Sequence[Hit],
    library: Library,
    model: BaseChatModel,
    settings: Settings,
    kind: Kind = "short",
    things: Sequence[str] = (),
) -> Iterator[Material]:
    """Yield what was gathered, at least once a second while a model plans; the last is whole.

    ``things`` are what the question compares, or its parts: each is searched by itself.
    """
    gathered = Material((tuple(hits),))
    for thing in things[:MOST_SEARCHED_THINGS]:
        gathered = gathered.with_found(look_up("search", {"words": thing}, library))
        yield gathered
    if settings.chat_steps and not is_small(settings):
        for planned in _planned(query, gathered, library, model, settings):
            gathered = planned
            yield gathered
    if kind in READ_WHOLE:
        gathered = _whole_articles(gathered, tokens_for(settings))
    yield gathered


def fit_to_budget(gathered: Material, settings: Settings, count: CountTokens) -> list[Hit]:
    """Choose the passages that fit ``chat_tokens``, or a small model's share of them."""
    return chosen(gathered.hits, tokens_for(settings), count)


def tokens_for(settings: Settings) -> int:
    """Return the tokens of passages that a model is given: a small one has a share of ``chat_tokens``."""
    most = settings.chat_tokens
    return int(most * SMALL_SHARE) if is_small(settings) else most


def _whole_articles(gathered: Material, tokens: int) -> Material:
    """Read the best articles whole, or their first part where tokens are few, instead of passages of them."""
    articles = {hit.article.id: hit.article for hit in gathered.hits}
    best = list(articles.values())[:WHOLE_ARTICLES]
    if not best:
        return gathered
    share = min(WHOLE_ARTICLE, tokens * CHARACTERS_A_TOKEN // len(best))
    whole = [Hit(lead(one, share), one, 1.0) for one in best]
    read = {hit.article.id: hit.passage.end for hit in whole}
    rest = [hit for hit in gathered.hits if hit.passage.end > read.get(hit.article.id, 0)]
    step = "read: " + "; ".join(
        f"{one.title or one.id}{'' if read[one.id] >= len(one.text.rstrip()) else ' (its first part)'}"
        for one in best
    )
    return replace(gathered, searches=((*whole, *rest),), steps=(*gathered.steps, step))


def _planned(
    query: Query, gathered: Material, library: Library, model: BaseChatModel, settings: Settings
) -> Iterator[Material]:
    """Let the model look things up until it is done, or its steps or seconds are."""
    from langchain_core.messages import ToolMessage

    try:
        bound = model.bind_tools(tool_schemas())
    except (NotImplementedError, TypeError, ValueError):
        yield gathered
        return
    deadline = time.monotonic() + PLANNING_SHARE * settings.chat_seconds
    messages = _opening(query, gathered, settings)
    left = settings.chat_steps
    while left > 0 and time.monotonic() < deadline:
        reply: AIMessageChunk | AIMessage | None = None
        try:
            for chunk in stream_chunks(bound, messages, settings, deadline - time.monotonic()):
                if chunk is None:
                    yield gathered
                else:
                    reply = chunk if reply is None else reply + chunk  # type: ignore[assignment]
                    if reply is not None and len(str(reply.text)) > PLAN_CHARACTERS:
                        break
        except ModelError as error:
            yield replace(gathered, steps=(*gathered.steps, f"the plan was given up: {error}"))
            return
        calls = _calls(reply)
        if reply is None or not calls:
            return
        messages.append(_as_message(reply, calls))
        for name, arguments, id_ in calls[:left]:
            found = look_up(name, arguments, library)
            gathered = gathered.with_found(found)
            yield gathered
            messages.append(ToolMessage(_tool_result(found), tool_call_id=id_))
        for _, _, id_ in calls[left:]:
            messages.append(ToolMessage("no look-ups are left", tool_call_id=id_))
        left -= len(calls)


def _opening(query: Query, gathered: Material, settings: Settings) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    titles = "\n".join(
        f"- {inert(one.title or one.id)} ({one.published or 'no date'})"
        for one in {hit.article.id: hit.article for hit in gathered.hits}.values()
    )
    return [
        SystemMessage(PLAN.format(steps=settings.chat_steps, material=MATERIAL)),
        HumanMessage(
            f"Question: {inert(query.standalone)}\n\nPassages of these articles were found with the question:\n"
            f"{titles or '- none'}"
        ),
    ]


def _calls(reply: AIMessage | None) -> list[tuple[str, Mapping[str, Any], str]]:
    """List the calls of tools in a reply, also those that a model writes as text: name, arguments, id."""
    if reply is None:
        return []
    if reply.tool_calls:
        return [
            (one["name"], one["args"], one.get("id") or f"call-{place}")
            for place, one in enumerate(reply.tool_calls)
        ]
    written: list[tuple[str, Mapping[str, Any], str]] = []
    for one in json_objects(THINKING.sub("", str(reply.text))):
        name, arguments = one.get("name"), one.get("arguments", one.get("parameters"))
        if name in TOOLS and isinstance(arguments, dict):
            written.append((str(name), arguments, f"call-{len(written)}"))
    return written


def _as_message(reply: AIMessage, calls: Sequence[tuple[str, Mapping[str, Any], str]]) -> AIMessage:
    """Write a reply as one whole message with its calls, as a provider takes it back."""
    from langchain_core.messages import AIMessage

    tool_calls = [{"name": name, "args": dict(arguments), "id": id_} for name, arguments, id_ in calls]
    return AIMessage(content=reply.content if reply.tool_calls else "", tool_calls=tool_calls)


def _tool_result(found: LookUp) -> str:
    passages = "\n".join(labelled(number, hit) for number, hit in enumerate(found.hits, 1))
    return f"{found.step}\n{passages}"[:RESULT_CHARACTERS]
