"""Which articles and sentences are on a topic: by the words of it that they hold, and where."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.answers.reporting import leans
from assistant.evidence.features import Matches
from assistant.evidence.sentences import ScoredSentence
from assistant.question.question_type import Profile
from assistant.text.sentences import split_sentences
from assistant.text.tokens import POSSESSIVE_END, content_words, names, stem, stems, stems_of, unaccented
from assistant.types import Article

_HYPHENATED = re.compile(r"\b([^\W\d_]{2,})[-‐‑]([^\W\d_]{2,})\b")
_OPINION_TITLE = re.compile(
    r"^\W*(?:opinion|editorial|op-ed|commentary|letters?)\s*:|\bletters? to the editor\b|\|\s*opinion\b", re.I
)
_OPINION_PATH = re.compile(r"/(?:opinions?|editorials?|op-ed|letters|commentisfree)/", re.I)
AROUND = 300
"""Characters before a sentence that are looked at with it."""
LEAD = 350
"""Characters of an article that are its lead."""
BEFORE = 200
"""Characters before a sentence in which what it leans on stands."""
HELD_OF_TOPIC = 0.6
"""Least share of the topic, by weight of its words, that an article on it holds."""
TOLD_IN_PART = 0.6
"""Share of a topic, by weight of its words, that two sentences in a row must tell of."""
TOLD_TOGETHER = 0.75
"""The same of most of a topic, with the title."""
LETTERS_OF_TOPIC = 3
"""First letters of a topic's word that a sentence with one holds; of a shorter word the first: "dying" is "die"."""
HELD_OF_NAMES = 0.5
HELD_IN_LEAD = 0.5


def on_topic(articles: Iterable[Article], topic: set[str], asked: Profile) -> list[Article]:
    """Leave out the articles that hold too little of the topic: "the Titan submersible" is not the Titanic.

    ``topic`` are stems, ``asked`` the question with their weights; of its names, half must be held too. Where an
    article holds the topic's rarest word, those without it are left out: cholera is not listeria.
    """
    rarest = rarest_word(topic, asked)
    weights = weights_of(topic, asked)
    named = dict.fromkeys(topic & asked.names, 1.0)
    held = ((article, _held_words(article)) for article in articles)
    kept = [
        (article, words)
        for article, words in held
        if share_held(weights, words) >= HELD_OF_TOPIC and share_held(named, words) >= HELD_OF_NAMES
    ]
    naming = [article for article, words in kept if rarest in words]
    return naming or [article for article, _ in kept]


def naming_rarest(ranked: Sequence[ScoredSentence], asked: Profile) -> list[ScoredSentence]:
    """Keep the sentences of articles that hold the rarest name of a question, where one does."""
    rarest = rarest_word({word for word in asked.names if not word[0].isdigit()}, asked)
    articles = {one.article.id: one.article for one in ranked}
    naming = {id_ for id_, article in articles.items() if rarest in _held_words(article)}
    return [one for one in ranked if one.article.id in naming or not naming]


def holding_names(articles: Sequence[Article], question: str) -> list[Article]:
    """Leave out the articles without a name of several words that others hold: "Harbour Data" is not any data."""
    openings = (
        question,
        question[:1].lower() + question[1:],
    )  # "Summarise Ada Berg" names her, as "Ada Berg" does
    named = {one.text for text in openings for one in names(text) if " " in one.text}
    wanted = [POSSESSIVE_END.sub("", one).casefold() for one in named]
    texts = [f"{one.title or ''} {one.text}".casefold() for one in articles]
    told = [name for name in wanted if any(name in text for text in texts)]
    return [
        one for one, text in zip(articles, texts, strict=True) if all(name in text for name in told)
    ] or list(articles)


def _held_words(article: Article, characters: int | None = None) -> set[str]:
    """Return the stems of an article's words, or its first ones; "cease-fire" is also one word."""
    text = f"{article.title or ''} {article.text[:characters]}"
    return stems_of(text) | stems("".join(pair) for pair in _HYPHENATED.findall(text))


def rarest_word(topic: set[str], asked: Profile) -> str | None:
    """Return the rarest word of a topic, which sentences on it name; of equally rare ones the last: a surname."""
    words = [word for word in asked.weights if word in topic]
    return max(reversed(words), key=lambda word: asked.weights[word], default=None)


def tells_of_topic(one: ScoredSentence, topic: set[str], asked: Profile) -> bool:
    """Return True when a sentence holds the rarest word of a topic, or leans on one before it that does.

    Of a name its last word will do, and its adjective: "Berg" for "Ada Berg", "Leskian" for "Lesk". Of a topic
    without names, any word will.
    """
    rarest = rarest_word(topic, asked)
    if rarest is None:
        return True
    named = [name.text.split() for name in names(asked.text)]
    last = {stem(words[-1]) for words in named if rarest in stems(words)}
    telling = tuple({rarest} | last if topic & asked.names else topic)

    def told(text: str) -> bool:
        return any(word.startswith(telling) for word in stems_of(text))

    before = one.article.text[max(0, one.start - BEFORE) : one.start]
    return told(one.text) or (leans(one.text) and told(before))


def weights_of(topic: set[str], asked: Profile) -> dict[str, float]:
    """Return the weight of each word of a topic; none for those that the question does not hold."""
    return {word: asked.weights.get(word, 0.0) for word in topic}


def share_held(weights: Mapping[str, float], words: set[str]) -> float:
    """Return the share of a topic, by the weights of its words, that stands among some words: all of no topic.

    The sums are exact, as a set gives its words in any order.
    """
    total = math.fsum(weights.values())
    return math.fsum(weight for word, weight in weights.items() if word in words) / total if total else 1.0


def is_about(article: Article, topic: set[str]) -> bool:
    """Return True for an article whose title and lead hold half of the topic's words."""
    return bool(topic) and in_lead(article, dict.fromkeys(topic, 1.0)) >= HELD_IN_LEAD


def is_opinion(article: Article) -> bool:
    """Return True for a comment or a reader's letter, by its title or address: it argues, and reports nothing."""
    return bool(_OPINION_TITLE.search(article.title or "") or _OPINION_PATH.search(article.url or ""))


def in_lead(article: Article, weights: Mapping[str, float]) -> float:
    """Return the share of a topic, by the weights of its words, in an article's title and lead."""
    return share_held(weights, _held_words(article, LEAD))


def told_at_once(article: Article, weights: Mapping[str, float]) -> tuple[float, float]:
    """Return the largest share of a topic that two sentences in a row hold: by themselves, and with the title."""
    sentences = (article.text[one.start : one.end] for one in split_sentences(article.text))
    begins = [word[: 1 if len(word) <= LETTERS_OF_TOPIC else LETTERS_OF_TOPIC] for word in weights]
    # to find the stems of a sentence takes long
    told = [stems_of(one) if any(map(unaccented(one).__contains__, begins)) else set() for one in sentences]
    title = stems_of(article.title or "")
    pairs = [one | after for one, after in itertools.pairwise([*told, set()])]
    return (
        max((share_held(weights, one) for one in pairs), default=0.0),
        max((share_held(weights, one | title) for one in pairs), default=0.0),
    )


def tells_at_once(article: Article, weights: Mapping[str, float]) -> bool:
    """Return True for an article that tells of most of a topic in one place, and not of each word in another."""
    own, titled = told_at_once(article, weights)
    return own >= TOLD_IN_PART and titled >= TOLD_TOGETHER


def around(one: ScoredSentence) -> str:
    """Return what tells a sentence's matter: its article's title, the words before it, and itself."""
    return f"{one.article.title or ''} {one.article.text[max(0, one.start - AROUND) : one.end]}"


def mentions(text: str, name: str) -> bool:
    """Return True when a text holds every content word of a name, in any inflection."""
    wanted = stems(content_words(name))
    return bool(wanted) and wanted <= stems_of(text)


def coverage(matches: Matches, text: str) -> float:
    """Return the share of the question, by weight of its words, that a text takes up."""
    if not matches.words:
        return 0.0
    return float(matches.table[:, matches.columns(text)].max(axis=1) @ matches.weights)
