"""Which articles a summary is made of: those about its topic, the newest of them included, however it was found."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Collection, Mapping, Sequence

from assistant.answers.on_topic import holding_names, in_lead, on_topic, rarest_word, share_held, weights_of
from assistant.index import Store, published_within
from assistant.question.question_type import Profile
from assistant.text.tokens import stems_of
from assistant.types import Article, Filters

MAIN_ARTICLES = 4
"""Articles that are summarised together."""
ABOUT = 0.6
"""Share of a topic, by weight of its words, that the title and lead of an article about it hold."""
SHARE_OF_MOST = 0.75
"""Of what the best article's title and lead hold of it, the share that others must hold."""
TITLED = 0.75
"""Share of a topic that the title alone must hold of an article that the search did not find."""
OF_TITLE = 0.5
"""Share of the topic in the best title that the title of the newest must hold, not to be of another matter."""
MOST_TITLED = 3
"""Such articles that are taken, the newest ones."""
LETTERS = 4
"""First letters of the rarest word that a title must hold, before its words are looked at."""


def main_articles(
    found: Collection[Article], topic: set[str], asked: Profile, index: Store, filters: Filters
) -> tuple[list[Article], bool]:
    """Choose the articles to summarise, the best first, and tell whether they are about the topic.

    ``topic`` are stems, ``asked`` the question with their weights. Where no article is about the topic, those that
    touch on it are returned, as they were ``found``. The ``index`` is looked through for further titles.
    """
    weights = weights_of(topic, asked)
    articles = holding_names(on_topic(found, topic, asked), asked.text)
    shares = {one.id: in_lead(one, weights) for one in articles}
    rarest = rarest_word(topic, asked)
    least = max(ABOUT, SHARE_OF_MOST * max(shares.values(), default=0.0))
    about = [one for one in articles if shares[one.id] >= least]
    known = {one.id for one in articles}
    about += [one for one in _titled(weights, rarest, index, filters) if one.id not in known]
    if not about:
        return articles[:MAIN_ARTICLES], False
    titles = [_in_title(weights, one.title) for one in about]
    least = OF_TITLE * max(titles)
    telling = [one for one, held in zip(about, titles, strict=True) if held >= least]
    return with_newest(about, MAIN_ARTICLES, telling), True


def with_newest(articles: Sequence[Article], most: int, titled: Sequence[Article]) -> list[Article]:
    """Keep the first articles, and the newest that its title tells of: how a matter ended is told late."""
    newest = max(titled, key=lambda one: one.published or datetime.date.min, default=None)
    first = list(articles[:most])
    if newest is None or newest in first:
        return first
    return [*first[: most - 1], newest]


def _in_title(weights: Mapping[str, float], title: str | None) -> float:
    """Return the share of a topic, by the weights of its words, in a title."""
    return share_held(weights, stems_of(title or ""))


def _titled(
    weights: Mapping[str, float], rarest: str | None, index: Store, filters: Filters
) -> list[Article]:
    """Return the newest articles whose titles hold most of a topic, its rarest word among it."""
    if rarest is None or not any(weights.values()):
        return []
    begins = rarest[:LETTERS]
    titled = (
        one
        for one in index.articles()
        if one.duplicate_of is None and begins in (one.title or "").lower() and published_within(one, filters)
    )
    fitting = [
        one
        for one in titled
        if rarest in stems_of(one.title or "") and _in_title(weights, one.title) >= TITLED
    ]
    fitting.sort(key=lambda one: one.published or datetime.date.min, reverse=True)
    return [index.article(one.id) for one in itertools.islice(fitting, MOST_TITLED)]
