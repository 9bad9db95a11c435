"""Which articles are on a topic: by the words of it that they hold, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.answers.quoting import LEAD, words_in
from assistant.question.question_type import Profile
from assistant.text.tokens import names
from assistant.types import Article

HELD_OF_TOPIC = 0.6
"""Least share of the topic, by weight of its words, that an article on it holds."""
HELD_OF_NAMES = 0.5


def on_topic(articles: Iterable[Article], topic: set[str], asked: Profile) -> list[Article]:
    """Leave out the articles that hold too little of the topic: "the Titan submersible" is not the Titanic.

    ``topic`` are stems, ``asked`` the question with their weights; of its names, half must be held too. Where an
    article holds the topic's rarest word, those without it are left out: cholera is not listeria.
    """
    rarest = rarest_word(topic, asked)
    weights = {word: asked.weights.get(word, 0.0) for word in topic}
    named = dict.fromkeys(topic & asked.names, 1.0)
    held = ((article, words_in(f"{article.title or ''} {article.text}")) for article in articles)
    kept = [
        (article, words)
        for article, words in held
        if _share(weights, words) >= HELD_OF_TOPIC and _share(named, words) >= HELD_OF_NAMES
    ]
    naming = [article for article, words in kept if rarest in words]
    return naming or [article for article, _ in kept]


def holding_names(articles: Sequence[Article], question: str) -> list[Article]:
    """Leave out the articles without a name of several words that others hold: "Harbour Data" is not any data."""
    asked = question[:1].lower() + question[1:]  # "Summarise the ..." opens no name
    wanted = [one.text.casefold() for one in names(asked) if " " in one.text]
    texts = [f"{one.title or ''} {one.text}".casefold() for one in articles]
    told = [name for name in wanted if any(name in text for text in texts)]
    return [
        one for one, text in zip(articles, texts, strict=True) if all(name in text for name in told)
    ] or list(articles)


def rarest_word(topic: set[str], asked: Profile) -> str | None:
    """Return the rarest word of a topic, which sentences on it name."""
    return max(topic & asked.weights.keys(), key=lambda word: asked.weights[word], default=None)


def _share(weights: Mapping[str, float], words: set[str]) -> float:
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in words) / total if total else 1.0


def is_about(article: Article, topic: set[str]) -> bool:
    """Return True for an article whose title and lead hold half of the topic's words."""
    return bool(topic) and 2 * len(topic & words_in(f"{article.title or ''} {article.text[:LEAD]}")) >= len(
        topic
    )
