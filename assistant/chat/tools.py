"""What a chat model may look up while it plans: each tool returns passages of articles, never conclusions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.chat.passages import lead
from assistant.errors import AssistantError
from assistant.types import Answer, Article, Citation, Event, Hit, Passage

WORDS_CHARACTERS = 300
MOST_EVENTS = 20
# Characters of an article that is read whole.
WHOLE_ARTICLE = 12_000


@dataclass(frozen=True, slots=True)
class Library:
    """The ways into the articles, with the filters of the question already in them."""

    search: Callable[[str], Sequence[Hit]]
    timeline: Callable[[str], Sequence[Event]]
    ask: Callable[[str], Answer]
    article: Callable[[str], Article]


@dataclass(frozen=True, slots=True)
class Found:
    """What one look-up found: its passages, and a line that tells the reader what was done."""

    step: str
    hits: tuple[Hit, ...] = ()


def look_up(name: str, arguments: Mapping[str, object], library: Library) -> Found:
    """Do what a model asks of a tool; a tool or article that does not exist, or failing words, find nothing."""
    tool = TOOLS.get(name)
    given = next((value for value in arguments.values() if isinstance(value, str)), "")
    words = " ".join(given.split())[:WORDS_CHARACTERS]
    if tool is None:
        return Found(f"asked for a tool that does not exist: {name[:40]}")
    if not words:
        return Found(f"{tool.__name__}: no words were given")
    try:
        return tool(words, library)
    except AssistantError as error:
        return Found(f"{tool.__name__}: {words}, nothing ({error})")


def search(words: str, library: Library) -> Found:
    """Search the articles for words, as an article would put them; returns the passages that match best."""
    hits = tuple(library.search(words))
    return Found(f"searched: {words}, {_articles(hits)}", hits)


def timeline(words: str, library: Library) -> Found:
    """List what happened around a topic ("strikes in May"), in order of time; returns sentences that date it."""
    events = list(library.timeline(words))[:MOST_EVENTS]
    hits = tuple(_hit(event.citations[0]) for event in events)
    return Found(f"timeline: {words}, {len(events)} {'event' if len(events) == 1 else 'events'}", hits)


def sides(words: str, library: Library) -> Found:
    """Compare what sources say to a question with a short answer; returns the sentences of each side."""
    answer = library.ask(words)
    hits = tuple(_hit(one) for side in answer.sides for one in side.citations)
    hits = hits or tuple(_hit(one) for one in answer.citations)
    count = len(answer.sides) if len(answer.sides) > 1 else 1 if hits else 0
    return Found(f"sides: {words}, {count} {'side' if count == 1 else 'sides'}", hits)


def article(words: str, library: Library) -> Found:
    """Read one article whole, by its id or title."""
    try:
        found = library.article(words)
    except AssistantError:
        hits = library.search(words)
        if not hits:
            return Found(f"read: {words}, no such article")
        found = hits[0].article
    return Found(f"read: {found.title or found.id}", (Hit(lead(found, WHOLE_ARTICLE), found, 1.0),))


TOOLS: dict[str, Callable[[str, Library], Found]] = {
    tool.__name__: tool for tool in (search, timeline, sides, article)
}


def tool_schemas() -> list[dict[str, object]]:
    """Describe the tools as LangChain's ``bind_tools`` takes them: each has one argument, words."""
    return [
        {
            "name": name,
            "description": (tool.__doc__ or "").strip(),
            "parameters": {
                "type": "object",
                "properties": {"words": {"type": "string", "description": "what to look up"}},
                "required": ["words"],
            },
        }
        for name, tool in TOOLS.items()
    ]


def _hit(citation: Citation) -> Hit:
    one = citation.article
    passage = Passage(f"{one.id}:{citation.start}", one.id, citation.start, citation.end, citation.quote)
    return Hit(passage, one, 1.0)


def _articles(hits: Sequence[Hit]) -> str:
    count = len({hit.article.id for hit in hits})
    return f"{count} {'article' if count == 1 else 'articles'}"
