"""The rest of the leading articles: what lists the things asked for may lie outside the passages found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.evidence.sentences import ScoredSentence
from assistant.text.instructions import orders
from assistant.text.sentences import split_sentences
from assistant.text.tokens import stems_of

LEADING_ARTICLES = 2
LEADING = 3.0
"""Log odds below the best sentence down to which another article's best one makes it a leading article too."""
UNREAD_WORTH = 2.0
"""Log odds that a sentence of the rest stands below the best one of its article."""
LEAST_HELD = 0.25
"""Least share of the question's words in a sentence of the rest, or one word more of them: its class."""


def rest_of_articles(
    ranked: Sequence[ScoredSentence], searched: int, asked: set[str], wanted: set[str]
) -> Iterator[ScoredSentence]:
    """Yield the sentences of the leading articles that may list what is asked for, besides the first ``searched``.

    They hold the class that is ``wanted``, or enough of the words ``asked`` (stems).
    """
    best = {one.article.id: one for one in reversed(ranked) if one.score >= ranked[0].score - LEADING}
    leading = sorted(best.values(), key=lambda one: -one.score)[:LEADING_ARTICLES]
    known = [(one.article.id, one.start, one.end) for one in ranked[:searched]]
    for first in leading:
        article = first.article
        held = [(start, end) for id_, start, end in known if id_ == article.id]
        for part in split_sentences(article.text):
            text = article.text[part.start : part.end]
            if (
                part.heads
                or any(part.start < end and start < part.end for start, end in held)
                or orders(text)
            ):
                continue
            words = stems_of(text)
            if wanted & words or len(asked & words) >= LEAST_HELD * len(asked):
                score = first.score - UNREAD_WORTH
                yield ScoredSentence(
                    article, part.start, part.end, text, (), score=score, search=first.search
                )
