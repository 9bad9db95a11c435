"""Sentences of the hits, described and scored: what an answer is made of."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.evidence.event_dates import Fit
from assistant.evidence.features import SENTENCE_FEATURES, Matches, log_odds, sentence_features
from assistant.models.embedder import Embedder
from assistant.retrieval.search import Retrieval
from assistant.text.instructions import orders
from assistant.text.sentences import split_sentences
from assistant.types import Article, Hit

EMBEDDED_SENTENCES = 6
COSINE = SENTENCE_FEATURES.index("sentence_cosine")
LEANING = re.compile(r"^[“\"‘'(]?(?:He|She|It|They|This|These|That|Those|His|Her|Their|Its)\b")
# an address of a page, which states nothing
ADDRESS_ALONE = re.compile(r"\W*(?:https?://|www\.)\S+\s*$", re.I)


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence of a retrieved passage: ``article.text[start:end] == text``; ``score`` is log odds.

    ``search`` is the score of the best hit that holds it; ``fit`` says how its dates fit the period asked
    about, None without one.
    """

    article: Article
    start: int
    end: int
    text: str
    features: tuple[float, ...]
    score: float = 0.0
    search: float = 0.0
    fit: Fit | None = None


def place_of(sentence: ScoredSentence) -> tuple[str, int]:
    """Identify a sentence by its article and place."""
    return sentence.article.id, sentence.start


def describe_sentences(matches: Matches, retrieval: Retrieval) -> list[ScoredSentence]:
    """Find the sentences of the hits with their features; for a sentence's cosine, its passage's stands in."""
    found: dict[tuple[str, int], ScoredSentence] = {}
    for hit, cosine in zip(retrieval.hits, retrieval.cosines, strict=True):
        text, base = hit.passage.text, hit.passage.start
        parts = list(split_sentences(text))
        columns = [matches.columns(text[part.start : part.end]) for part in parts]
        title = matches.columns(hit.article.title or "")
        for number, part in enumerate(parts):
            key = (hit.article.id, base + part.start)
            sentence = text[part.start : part.end]
            if key in found or part.heads or orders(sentence) or ADDRESS_ALONE.match(sentence):
                continue
            context = list(itertools.chain(title, *columns[max(0, number - 1) : number + 2]))
            features = sentence_features(
                matches, sentence, context, passage_cosine=cosine, sentence_cosine=cosine
            )
            found[key] = ScoredSentence(
                hit.article, base + part.start, base + part.end, sentence, tuple(features), search=hit.score
            )
    return list(found.values())


def embedded(
    ranked: Sequence[ScoredSentence], retrieval: Retrieval, embedder: Embedder
) -> list[ScoredSentence]:
    """Rank sentences anew: the leading ones get their own cosine to the question's vector."""
    head = ranked[:EMBEDDED_SENTENCES]
    if not head:
        return []
    vectors = embedder.embed_passages([one.text for one in head])
    compared = [
        replace(one, features=(*one.features[:COSINE], float(cosine), *one.features[COSINE + 1 :]))
        for one, cosine in zip(head, vectors @ retrieval.vector, strict=True)
    ]
    return scored(compared) + list(ranked[len(head) :])


def scored(found: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Score sentences by their features alone, best first."""
    if not found:
        return []
    scores = log_odds("sentence", [one.features for one in found])
    judged = [replace(one, score=float(score)) for one, score in zip(found, scores, strict=True)]
    return sorted(judged, key=lambda one: -one.score)


def passage_context(hit: Hit) -> str:
    """Join a hit's title and text, the context of its sentences."""
    return f"{hit.article.title or ''}\n{hit.passage.text}"
