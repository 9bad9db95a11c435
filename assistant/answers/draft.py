"""What the answers of every kind share: the corpus they may ask, and the draft they make.

Each kind of question is answered by one file in this folder, by a function ``(Plan, Evidence, Corpus) -> Draft``;
``by_kind.py`` lists them. A function returns None where it finds that the question is none of its kind or that it
has nothing better to say: the question is then answered as a short one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, partial

import numpy as np

from assistant.evidence.gather import Evidence, examine
from assistant.evidence.names_apart import names_apart
from assistant.evidence.reading import Reading
from assistant.index import Store
from assistant.models.embedder import Embedder
from assistant.models.judge import Judge
from assistant.models.reader import Reader
from assistant.models.reranker import Reranker
from assistant.names import KnownNames
from assistant.retrieval.naming import naming
from assistant.retrieval.search import Retrieval, retrieve
from assistant.settings import Settings
from assistant.types import (
    Candidate,
    Citation,
    Event,
    Item,
    Kind,
    Outcome,
    Plan,
    Query,
    Side,
    Statement,
    Table,
)

CONTEXT_ARTICLES = 5
"""Articles about the context of a follow-up in which it is read."""
CONTEXT_DEPTH = 60
"""Passages searched for a follow-up, among which those of these articles are read."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The index with the models that search and read it."""

    index: Store
    embedder: Embedder
    settings: Settings
    reader: Reader | None = None
    reranker: Reranker | None = None
    judge: Judge | None = None
    names: KnownNames = field(default_factory=KnownNames)

    def retrieve(self, query: Query, k: int) -> Retrieval:
        """Find the ``k`` passages that best match a query."""
        return retrieve(
            query, self.index, self.embedder, self.settings, k=k, names=self.names, reranker=self.reranker
        )

    def evidence(self, query: Query, k: int | None = None, widely: bool = False) -> Evidence:
        """Search for a query and read what was found, more of it ``widely``; keep the ``k`` best hits.

        ``k`` is ``Settings.hits`` unless given.
        """
        kept = k or self.settings.hits
        whole = found = self.retrieve(query, self.depth(kept))
        if query.context:
            found = self._about_context(query, whole)
        read = examine(query, found, self.embedder, self.reader, self.settings, kept, self.judge, widely)
        if found is not whole:
            read = replace(read, retrieval=_filled(read.retrieval, whole, kept))
        return replace(read, apart=cache(partial(names_apart, query.as_typed, found, self.index)))

    def _about_context(self, query: Query, found: Retrieval) -> Retrieval:
        """Keep the hits of the articles that the context of a follow-up finds first and that name what it names.

        More of these articles is searched than of others. Where no article found for the question is among them,
        what was found for the context is read.
        """
        asked = replace(query, text=query.context, context="", asked_period=None)
        near = self.retrieve(asked, self.settings.hits)
        articles = list({hit.article.id: hit.article for hit in near.hits}.values())[:CONTEXT_ARTICLES]
        about = {one.id for one in naming(articles, query.context, near)}
        if not about:
            return found
        widely = self.settings.model_copy(update={"hits_per_article": self.settings.hits})
        further = replace(self, settings=widely).retrieve(query, CONTEXT_DEPTH)
        for one in (further, near):
            kept = [at for at, hit in enumerate(one.hits) if hit.article.id in about]
            if kept:
                return replace(
                    one,
                    hits=tuple(one.hits[at] for at in kept),
                    cosines=tuple(one.cosines[at] for at in kept),
                )
        return found

    def depth(self, k: int) -> int:
        """Return how many passages to fetch for ``k`` hits: at least as many as the reader ranks anew."""
        return max(k, self.settings.reread) if self.reader else k

    def stories(self) -> dict[str, str]:
        """Map each article to the first one of its story."""
        return {one.id: one.duplicate_of or one.id for one in self.index.articles() if not one.removed}


def _filled(read: Retrieval, found: Retrieval, k: int) -> Retrieval:
    """Add further hits, which were not read, up to ``k``: a few articles may hold fewer passages."""
    known = {hit.passage.id for hit in read.hits}
    lowest = read.hits[-1].score
    more = [at for at, hit in enumerate(found.hits) if hit.passage.id not in known][
        : max(0, k - len(read.hits))
    ]
    further = (replace(found.hits[at], score=min(lowest, found.hits[at].score)) for at in more)
    return replace(
        read,
        hits=(*read.hits, *further),
        cosines=(*read.cosines, *(found.cosines[at] for at in more)),
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before its check.

    ``reading`` holds its statements and citations; its ``lead`` is said before them. ``text``, where given, is the
    whole text in their place (a list, a table). ``outcome`` is None where the reading tells it. ``missing`` names
    the parts of the question that are not answered; ``remark`` corrects what the question wrongly assumes. It is
    ``estimated`` where the store was asked by loose words, or for dated events: a chat model may know better.
    """

    kind: Kind
    reading: Reading
    retrieval: Retrieval
    outcome: Outcome | None = None
    text: str | None = None
    items: tuple[Item, ...] = ()
    items_total: int = 0
    table: Table | None = None
    events: tuple[Event, ...] = ()
    missing: tuple[str, ...] = ()
    remark: str = ""
    estimated: bool = False


Composer = Callable[[Plan, Evidence, Corpus], Draft | None]


def reading(
    *,
    lead: str = "",
    statements: tuple[Statement, ...] = (),
    short: str | None = None,
    confidence: float = 1.0,
    answered: bool = True,
    sides: tuple[Side, ...] = (),
    differ: bool = False,
    notes: tuple[str, ...] = (),
    extra: tuple[Citation, ...] = (),
) -> Reading:
    """Make the reading of an answer; its citations are those of its statements, and ``extra`` ones."""
    cited = {one.number: one for statement in statements for one in statement.citations}
    cited |= {one.number: one for one in extra}
    citations = tuple(cited[number] for number in sorted(cited))
    return Reading(
        answered=answered,
        confidence=confidence,
        short=short,
        statements=statements,
        citations=citations,
        candidates=(Candidate(short, confidence, citations),) if short else (),
        mentioned=True,
        sides=sides,
        differ=differ,
        lead=lead,
        notes=notes,
        dated=True,
    )


def unread(plan: Plan, corpus: Corpus) -> Retrieval:
    """Return a retrieval without hits, for a question that needs no search."""
    vector = np.zeros(corpus.embedder.dimension, dtype=np.float32)
    return Retrieval((), (), vector, {}, corpus.index.counts().passages, names=corpus.names)
