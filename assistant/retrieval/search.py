"""Query -> hits: dense and full-text rankings fused, near-duplicates folded, no article over its share."""

from __future__ import annotations

import datetime
import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from assistant.index import Selection, Store, StoredPassage
from assistant.ingest.passages import embedded_text
from assistant.models.embedder import Embedder
from assistant.models.onnx_runtime import one_blas_thread, pool
from assistant.models.reranker import Reranker
from assistant.names import KnownNames
from assistant.question.asked_period import searched_text
from assistant.retrieval.fusion import best_first, fuse
from assistant.retrieval.recency import timely_articles, timely_scores
from assistant.settings import Settings
from assistant.text.tokens import content_words, stem, tokens
from assistant.types import Hit, Query

COMMON_SHARE = 0.25
SAME_PASSAGE = 0.7
MOST_VARIANTS = 12
# passages that a reranker judges: it takes most of the time of a question
RERANKED = 30
# passages loaded at once, for each hit that is wanted: for ten hits, 11 to 15 suffice 98 questions of 100
LOADED = 1.5


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The hits, best first, with what later stages reuse: the question's vector and its words' counts.

    ``cosines`` holds the similarity of each hit to the question; ``undated`` counts the articles that a
    date filter left out because they bear no date; ``stories`` maps an article's id to the story that it
    shares with its reprints; ``names`` are the variants of names that were searched for too; ``passages``
    is their number in the whole index, and ``last`` the day of its newest article.
    """

    hits: tuple[Hit, ...]
    cosines: tuple[float, ...]
    vector: NDArray[np.float32]
    counts: Mapping[str, int]
    passages: int
    undated: int = 0
    stories: Mapping[str, int] = field(default_factory=dict)
    names: KnownNames = field(default_factory=KnownNames)
    last: datetime.date | None = None


@one_blas_thread
def retrieve(
    query: Query,
    index: Store,
    embedder: Embedder,
    settings: Settings,
    *,
    k: int | None = None,
    names: KnownNames | None = None,
    reranker: Reranker | None = None,
) -> Retrieval:
    """Find the passages that best match a query, at most ``k`` (``Settings.hits``), best first.

    Other ways to write the query's ``names`` are searched for in the full text. A ``reranker`` judges the leading
    passages anew.
    """
    names = names or KnownNames()
    wanted = k or settings.hits
    depth = max(settings.candidates, 2 * wanted)
    filters = query.filters
    selection = (
        index.select(after=filters.after, before=filters.before, publishers=filters.publishers)
        if filters.any
        else None
    )
    text = f"{searched_text(query.text, query.asked_period)} {query.context}".rstrip()
    words = content_words(text)
    variants = names.variants(text)[:MOST_VARIANTS]
    told = pool().submit(_ranked_by_words, index, [*words, *variants], depth, selection)
    vector = embedder.embed_question(text)
    dense = index.search_vectors(vector, depth, selection)
    counts, telling, sparse = told.result()
    size = index.counts()
    known = {one: counts[one] for one in variants} | {
        word: counts[word] or max((counts.get(one, 0) for one in names.variants(word)), default=0)
        for word in words
    }
    window = timely_articles(query, index)
    timely = dict(index.search_vectors(vector, depth, window)) if window else {}
    timely_words = dict(index.search_words(telling, depth, window)) if window else {}
    cosine = {**timely, **dict(dense)}
    missing = [row for row in (*dict(sparse), *timely_words) if row not in cosine]
    cosine.update(index.similarities(vector, missing))
    fused = fuse(cosine, {**timely_words, **dict(sparse)})
    if window:
        among = fuse({row: cosine[row] for row in (*timely, *timely_words)}, timely_words)
        fused = best_first(timely_scores(query, fused, among))
    stored = _loaded(index, list(fused)[:depth], math.ceil(LOADED * wanted))
    if reranker:
        leading = list(itertools.islice(stored, max(RERANKED, wanted)))
        scores = reranker.score(text, [embedded_text(one.article, one.passage) for one in leading])
        fused = best_first({one.rowid: score for one, score in zip(leading, scores, strict=True)})
        stored = iter(sorted(leading, key=lambda one: -fused[one.rowid]))
    chosen = _shares(stored, wanted, settings.hits_per_article)
    return Retrieval(
        hits=tuple(Hit(one.passage, one.article, fused[one.rowid]) for one in chosen),
        cosines=tuple(cosine[one.rowid] for one in chosen),
        vector=vector,
        counts=known,
        passages=size.passages,
        undated=selection.undated if selection else 0,
        stories={one.article.id: one.story for one in chosen},
        names=names,
        last=size.last_published,
    )


def best_hits(retrieval: Retrieval, most: int) -> Retrieval:
    """Keep the best hits, at most so many."""
    return replace(retrieval, hits=retrieval.hits[:most], cosines=retrieval.cosines[:most])


def _ranked_by_words(
    index: Store, words: Sequence[str], depth: int, selection: Selection | None
) -> tuple[dict[str, int], list[str], list[tuple[int, float]]]:
    """Return the counts of words, those that tell most, and the passages that hold these, best first."""
    counts = index.word_counts(words)
    telling = _telling_words(words, counts, index.counts().passages)
    return counts, telling, index.search_words(telling, depth, selection)


def _telling_words(words: Sequence[str], counts: Mapping[str, int], passages: int) -> list[str]:
    """Drop words that every fourth passage holds, unless too few are left: they cost most and tell least."""
    telling = [word for word in words if 0 < counts.get(word, 0) <= COMMON_SHARE * passages]
    return telling if len(telling) >= 2 else [word for word in words if counts.get(word, 0)]


def _loaded(index: Store, rows: Sequence[int], together: int) -> Iterator[StoredPassage]:
    """Load passages some at a time: most questions need only the first."""
    for at in range(0, len(rows), together):
        yield from index.passages(rows[at : at + together])


def _shares(stored: Iterable[StoredPassage], wanted: int, share: int) -> list[StoredPassage]:
    """Take the best passages: each once among near-duplicates, at most ``share`` of one story."""
    taken: dict[int, list[StoredPassage]] = defaultdict(list)
    chosen: list[StoredPassage] = []
    for one in stored:
        if len(chosen) == wanted:
            break
        beside = taken[one.story]
        if len(beside) >= share or any(_repeats(one, other) for other in beside):
            continue
        beside.append(one)
        chosen.append(one)
    return chosen


def _repeats(one: StoredPassage, other: StoredPassage) -> bool:
    if one.article.id == other.article.id:
        return False
    words, others = ({stem(token.text) for token in tokens(text.passage.text)} for text in (one, other))
    return len(words & others) >= SAME_PASSAGE * len(words | others)
