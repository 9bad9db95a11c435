"""When an event took place: its own day leads, and that of another of its kind is not printed as the answer."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answers.draft import Corpus
from assistant.evidence.event_day import event_day, speaks_of_another
from assistant.evidence.reading import Reading
from assistant.evidence.sides import said_by, state_sides
from assistant.retrieval.search import Retrieval
from assistant.types import Query

_WHEN = (
    re.compile(
        r"^\W*(?:when|(?:on|at)?\s*(?:what|which)\s+(?:day|date))\s+(?:did|does|was|were|is|are|will|would)\s+(?P<event>.+?)\s+(?:be\s+)?"
        r"(?:take\s+place|taking\s+place|happen(?:ed|ing)?|occur(?:red)?|held|come\s+about)\W*$",
        re.I,
    ),
    re.compile(
        r"^\W*(?:when|(?:on|at)?\s*(?:what|which)\s+(?:day|date))\s+(?:was|were)\s+(?P<event>the\s+[a-z’'-]+(?:\s+(?:of|in|at|on|by|for)\s+.+)?)\W*$",
        re.I,
    ),
)  # fmt: skip


def event_asked(question: str) -> str | None:
    """Find the event whose time a question wants: "When did the fire at Oakfield take place?"."""
    return next((found["event"] for pattern in _WHEN if (found := pattern.match(question))), None)


def on_its_day(reading: Reading, query: Query, retrieval: Retrieval, corpus: Corpus) -> Reading:
    """Lead with the day that the articles give to the event that a question asks the time of.

    Where they give it none, a day that stands with another event of its kind is not shown as the answer.
    """
    event = event_asked(query.text)
    if event is None or not reading.answered:
        return reading
    found = event_day(event, reading.ranked, corpus.embedder.embed_words)
    if found is not None:
        words = re.sub(r"[’']s$", "", found.words.text)
        if reading.short and (words in reading.short or reading.short in words):
            return reading
        said = said_by(found.sentence, words, words.lower(), found.words.start, retrieval)
        return state_sides(reading, [[said]], corpus.settings, differ=False, keep=True)
    told = [one.text for one in reading.ranked if reading.short and reading.short in one.text][:1]
    if any(speaks_of_another(event, text) for text in told):
        return replace(reading, short=None)
    return reading
