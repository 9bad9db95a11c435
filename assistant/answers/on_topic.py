"""Which articles are on a topic: by the words of it that they hold, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.answers.quoting import LEAD, words_in
from assistant.question.question_type import Profile
from assistant.types import Article

HELD_OF_TOPIC = 0.6
"""Least share of the topic, by weight of its words, that an article on it holds."""
HELD_OF_NAMES = 0.5


def on_topic(articles: Iterable[Article], topic: set[str], asked: Profile) -> list[Article]:
    """Leave out the articles that hold too little of the topic: "the Titan submersible" is not the Titanic.

    ``topic`` are stems, ``asked`` the question with their weights; of its names, half must be held too.
    """
    weights = {word: asked.weights.get(word, 0.0) for word in topic}
    named = dict.fromkeys(topic & asked.names, 1.0)
    held = ((article, words_in(f"{article.title or ''} {article.text}")) for article in articles)
    return [
        article
        for article, words in held
        if _share(weights, words) >= HELD_OF_TOPIC and _share(named, words) >= HELD_OF_NAMES
    ]


def _share(weights: Mapping[str, float], words: set[str]) -> float:
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in words) / total if total else 1.0


def is_about(article: Article, topic: set[str]) -> bool:
    """Return True for an article whose title and lead hold half of the topic's words."""
    return bool(topic) and 2 * len(topic & words_in(f"{article.title or ''} {article.text[:LEAD]}")) >= len(
        topic
    )
