"""What a chat model may look up while it plans: each tool returns passages of articles, and exact counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.chat.passages import lead
from assistant.checking.citations import sentences_of
from assistant.errors import AssistantError
from assistant.retrieval.find import ArticleOccurrences
from assistant.types import Answer, Article, Citation, Event, Hit, Passage

LOOK_UP_CHARACTERS = 300
MOST_EVENTS = 20
# Articles that hold an occurrence, of which one sentence is given.
MOST_FOUND = 12
# Characters of an article that is read whole.
WHOLE_ARTICLE = 12_000


@dataclass(frozen=True, slots=True)
class Library:
    """The ways into the articles, with the filters of the question already in them."""

    search: Callable[[str], Sequence[Hit]]
    find: Callable[[str], Sequence[ArticleOccurrences]]
    timeline: Callable[[str], Sequence[Event]]
    ask: Callable[[str], Answer]
    article: Callable[[str], Article]


@dataclass(frozen=True, slots=True)
class LookUp:
    """What one look-up found: its passages, its exact counts, and a line that tells the reader what was done."""

    step: str
    hits: tuple[Hit, ...] = ()
    counts: tuple[int, ...] = ()


def look_up(name: str, arguments: Mapping[str, object], library: Library) -> LookUp:
    """Do what a model asks of a tool; a tool or article that does not exist, or failing words, find nothing."""
    tool = TOOLS.get(name)
    given = next((value for value in arguments.values() if isinstance(value, str)), "")
    words = " ".join(given.split())[:LOOK_UP_CHARACTERS]
    if tool is None:
        return LookUp(f"asked for a tool that does not exist: {name[:40]}")
    if not words:
        return LookUp(f"{tool.__name__}: no words were given")
    try:
        return tool(words, library)
    except AssistantError as error:
        return LookUp(f"{tool.__name__}: {words}, nothing ({error})")


def search(words: str, library: Library) -> LookUp:
    """Search the articles for words, as an article would put them; returns the passages that match best."""
    hits = tuple(library.search(words))
    return LookUp(f"searched: {words}, {_articles_counted(hits)}", hits)


def find(words: str, library: Library) -> LookUp:
    """Count a name or phrase in all articles, exactly; returns a sentence of each of the newest that hold it."""
    held = library.find(words)
    total = sum(len(one.spans) for one in held)
    hits = tuple(_sentence(one.article, one.spans[0][0]) for one in held[:MOST_FOUND])
    told = f"found: {words}, {total} {'time' if total == 1 else 'times'} in {_articles_told(len(held))}"
    return LookUp(told, hits, (total, len(held)))


def timeline(words: str, library: Library) -> LookUp:
    """List what happened around a topic ("strikes in May"), in order of time; returns sentences that date it."""
    events = list(library.timeline(words))[:MOST_EVENTS]
    hits = tuple(_hit_of_citation(event.citations[0]) for event in events)
    return LookUp(f"timeline: {words}, {len(events)} {'event' if len(events) == 1 else 'events'}", hits)


def sides(words: str, library: Library) -> LookUp:
    """Compare what sources say to a question with a short answer; returns the sentences of each side."""
    answer = library.ask(words)
    hits = tuple(_hit_of_citation(one) for side in answer.sides for one in side.citations)
    hits = hits or tuple(_hit_of_citation(one) for one in answer.citations)
    count = len(answer.sides) if len(answer.sides) > 1 else 1 if hits else 0
    return LookUp(f"sides: {words}, {count} {'side' if count == 1 else 'sides'}", hits)


def article(words: str, library: Library) -> LookUp:
    """Read one article whole, by its id or title."""
    try:
        found = library.article(words)
    except AssistantError:
        hits = library.search(words)
        if not hits:
            return LookUp(f"read: {words}, no such article")
        found = hits[0].article
    return LookUp(f"read: {found.title or found.id}", (Hit(lead(found, WHOLE_ARTICLE), found, 1.0),))


TOOLS: dict[str, Callable[[str, Library], LookUp]] = {
    tool.__name__: tool for tool in (search, find, timeline, sides, article)
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


def _hit_of_citation(citation: Citation) -> Hit:
    one = citation.article
    passage = Passage(f"{one.id}:{citation.start}", one.id, citation.start, citation.end, citation.quote)
    return Hit(passage, one, 1.0)


def _sentence(article: Article, at: int) -> Hit:
    """Return the sentence of an article that holds a place, as a passage."""
    one = next((one for one in sentences_of(article.text) if one.start <= at < one.end), None)
    start, end = (one.start, one.end) if one else (0, len(article.text))
    return Hit(
        Passage(f"{article.id}:{start}", article.id, start, end, article.text[start:end]), article, 1.0
    )


def _articles_counted(hits: Sequence[Hit]) -> str:
    return _articles_told(len({hit.article.id for hit in hits}))


def _articles_told(count: int) -> str:
    return f"{count} {'article' if count == 1 else 'articles'}"
