"""Whether the articles name the things that a question compares: "iPhone 16" is no article's 16 and iPhone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.draft import Corpus
from assistant.evidence.gather import Evidence
from assistant.question.two_times import is_time, without_times
from assistant.retrieval.find import pattern_of
from assistant.retrieval.search import Retrieval
from assistant.text.tokens import names, stem, stems_of, tokens
from assistant.types import Query

_NUMBERED = re.compile(r"\b(?P<word>[^\W\d_][\w’'-]*)[\s-]+(?P<number>\d[\w.]*)\b")


def unnamed(things: Sequence[str], evidence: Evidence, corpus: Corpus) -> tuple[str, ...]:
    """List the things that no passage names, of those found for the whole question and for each thing itself.

    A thing without a name, "the old bridge", may go by any words: it is never among them.
    """
    return tuple(
        thing
        for thing in things
        if not named_in(thing, evidence.retrieval)
        and not named_in(thing, corpus.retrieve(Query(thing, thing), corpus.settings.hits))
    )


def named_in(thing: str, found: Retrieval) -> bool:
    """Return True where one of the passages holds the last word of each name of a thing, with a number after it."""
    if is_time(thing):
        return True
    timeless = without_times(thing)
    numbered = [pattern_of([one.group()]) for one in _NUMBERED.finditer(timeless)]
    named = {stem(tokens(span.text)[-1].text) for span in names(timeless)}
    if not (numbered or named):
        return True
    texts = [f"{hit.article.title or ''} {hit.passage.text}" for hit in found.hits]
    return any(named <= stems_of(text) and all(one.search(text) for one in numbered) for text in texts)
