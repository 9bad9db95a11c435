"""The way from a question as typed to queries that this index can answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answers.draft import Corpus
from assistant.evidence.sentences import passage_context
from assistant.index import check_publishers
from assistant.names.capitals import with_capitals
from assistant.question.asked_period import of_any_year
from assistant.question.event_period import since_event
from assistant.question.in_context import split_context
from assistant.question.named_publisher import from_publisher
from assistant.question.own_subject import names_something
from assistant.question.spelling import respelled
from assistant.question.two_spellings import spelt_as_in
from assistant.question.understand import understand, ways_to_understand
from assistant.text.tokens import content_words
from assistant.types import Filters, Query, Turn

TELLING = 40
"""Passages with a word up to which it tells of what a question without a name is."""
RARE = 5
"""Passages with a word up to which it is rarely anything but a name's, typed after another."""


def understood_ways(
    question: str, corpus: Corpus, filters: Filters, history: Sequence[Turn], question_as: str | None
) -> Iterator[list[Query]]:
    """Understand a question in the ways that it may be meant, its spelling corrected where that was needed.

    Ways that are only tried after others are understood when their turn comes: that may take a search for each.
    """
    if question_as is not None:
        return iter([[understood(question, corpus, filters, question_as)]])
    asked = understand(question, corpus.settings, filters=filters).original
    spelt = respelled(asked, corpus.index, corpus.names, corpus.index.publishers())
    read = None if spelt == asked else spelt
    groups = [
        [way for way in ways if len(split_context(way)[0]) <= corpus.settings.question_characters]
        for ways in ways_to_understand(spelt, history)
    ]
    if [spelt] in groups[1:] and not _says_of_what(spelt, corpus):
        groups.remove([spelt])
    return (
        [replace(understood(spelt, corpus, filters, way), original=asked, respelled=read) for way in ways]
        for ways in [ways for ways in groups if ways] or [[spelt]]
    )


def _says_of_what(question: str, corpus: Corpus) -> bool:
    """Return True for a question with a name or a word that is rare enough to tell of what it is, by itself.

    Among thousands of articles "What did the babies weigh?" may be of any.
    """
    words = content_words(question)
    return names_something(question) or any(
        count <= TELLING for count in corpus.index.word_counts(words).values()
    )


def understood(
    question: str,
    corpus: Corpus,
    filters: Filters,
    question_as: str | None = None,
) -> Query:
    """Turn a question into a query that stands alone and that this index can answer.

    Raises:
        QuestionError: the question is empty or too long, or its filters are impossible.
    """
    query = understand(question, corpus.settings, filters=filters, question_as=question_as)
    if query.text.islower():
        found = corpus.retrieve(query, corpus.settings.hits)
        rare = {word for word, passages in found.counts.items() if passages <= RARE}
        texts = [passage_context(hit) for hit in found.hits]
        named = replace(query, text=with_capitals(query.text, texts, rare))
        query = understand(question, corpus.settings, filters=filters, question_as=named.standalone)
    query = replace(query, text=spelt_as_in(corpus.index, query.text))
    publishers = corpus.index.publishers()
    check_publishers(filters.publishers, publishers)
    counts = corpus.index.counts()
    query = of_any_year(from_publisher(query, publishers), counts.first_published, counts.last_published)
    return since_event(query, corpus.index)
