"""A small set of articles, and answers made from them by hand."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Answer, Article, Candidate, Citation, Example, Hit, Passage, Statement

ARTICLES = {
    article.id: article
    for article in (
        Article("bridge", "The bridge opened on Monday. It cost 12 million francs.", publisher="River Post"),
        Article("market", "The market closed early. Traders blamed the heat.", publisher="Town Wire"),
        Article("school", "The school has 240 pupils. A new roof was laid in May.", publisher=None),
    )
}


def answer_with(
    example: Example,
    sentence: str | None,
    *,
    short: str | None = None,
    confidence: float = 0.9,
    ranking: Sequence[str] = ("bridge", "market", "school"),
) -> Answer:
    """Answer with a sentence of an article, or, where it is None, withhold an answer."""
    articles = [ARTICLES[name] for name in ranking]
    hits = tuple(
        Hit(Passage(f"{one.id}-0", one.id, 0, len(one.text), one.text), one, 1 / rank)
        for rank, one in enumerate(articles, start=1)
    )
    if sentence is None:
        return Answer(
            example.question,
            example.question,
            "not_in_corpus",
            False,
            confidence=confidence,
            text="The articles do not say.",
            candidates=() if short is None else (Candidate(short, confidence),),
            hits=hits,
        )
    source = next(one for one in ARTICLES.values() if sentence in one.text)
    start = source.text.index(sentence)
    citation = Citation(1, source, start, start + len(sentence), sentence)
    return Answer(
        example.question,
        example.question,
        "answered",
        True,
        short=short,
        confidence=confidence,
        text=f"{sentence} [1]",
        statements=(Statement(sentence, (citation,)),),
        citations=(citation,),
        hits=hits,
    )
