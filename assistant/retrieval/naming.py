"""Which articles name what a text names."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.retrieval.search import Retrieval
from assistant.text.dates import dates
from assistant.text.tokens import names, same_word, stem, stems_of, tokens
from assistant.types import Article

NAMED = 0.6
"""Least share of a text's names, by weight, in an article that names them."""


def naming(articles: Sequence[Article], text: str, found: Retrieval) -> list[Article]:
    """Keep the articles that hold most of the names of a text, the rare ones counting more; all where it has none.

    ``found`` tells in how many passages each word of the text stands, and the variants of names.
    """
    counts = {stem(word): count for word, count in found.counts.items()}
    words = {
        stem(token.text)
        for span in names(text)
        if not dates(span.text)
        for token in tokens(span.text)
        if token.text[0].isupper()
    }
    weights = {word: math.log((found.passages + 1) / (counts.get(word, 0) + 1)) for word in words}
    least = NAMED * sum(weights.values())
    return [one for one in articles if not words or _held(one, weights, found) >= least]


def _held(article: Article, weights: dict[str, float], found: Retrieval) -> float:
    told = stems_of(f"{article.title or ''}\n{article.text}")
    return sum(
        weight
        for word, weight in weights.items()
        if any(same_word(word, other) or other in found.names.same.get(word, ()) for other in told)
    )
