"""The way a question travels: understand, retrieve, read, answer by kind, check, compose.

A chat model, where there is one, then writes the answer anew from the same passages.
"""

from __future__ import annotations

import contextlib
import itertools
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answers.by_kind import answer as answer_by_kind
from assistant.answers.by_kind import evidence_for
from assistant.answers.compose import composed, unsupported_language
from assistant.answers.draft import Corpus, Draft
from assistant.answers.parts import join_answers
from assistant.answers.timeline import TIMELINE_PASSAGES, events_about
from assistant.answers.verdict import CheckedReading
from assistant.chat.answer import Desk, write_with_model
from assistant.chat.rewrite_follow_up import rewrite
from assistant.chat.tools import Library
from assistant.chat.write import writes_json
from assistant.checking.check import checked
from assistant.evidence.events import dated_sentences, group_events, number_events
from assistant.evidence.gather import examine
from assistant.evidence.short_answers import logit
from assistant.index import open_store, published_within
from assistant.models.chat_model import shown_name
from assistant.models.chat_models import UNNAMED
from assistant.names import known_names
from assistant.question.plan import planned
from assistant.question.understand import is_english
from assistant.retrieval.find import ArticleOccurrences, occurrences, spellings_of
from assistant.retrieval.search import best_hits
from assistant.text.wording import only_within
from assistant.types import Answer, Event, Example, Filters, Hit, Outcome, Plan, Turn
from assistant.understood import understood, understood_ways

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

NOT_WRITTEN: frozenset[Outcome] = frozenset({"about_corpus", "courtesy", "declined"})
"""Outcomes that no chat model puts in other words; a capable one answers what was declined or estimated."""

IN_CONTEXT = 0.3
"""Log odds by which a follow-up read in context must be surer than one completed by rules: short, it fits more."""
NO_CHANCE = 1e-4
WITHOUT_ARTICLES: frozenset[Outcome] = frozenset({"courtesy", "unsupported_language"})
"""Outcomes for which no article is looked at."""


def answers(
    question: str,
    history: Sequence[Turn],
    filters: Filters,
    corpus: Corpus,
    chat_model: BaseChatModel | None = None,
    question_as: str | None = None,
) -> Iterator[Answer]:
    """Yield snapshots of the answer as it grows; the last is ``final``. As ``Assistant.stream``.

    An answer says by which filters articles were left out: what it does not find, the others may hold.
    """
    within = [only_within(filters)] if filters.any else []
    for answer in _answers(question, history, filters, corpus, chat_model, question_as):
        told = within if answer.outcome not in WITHOUT_ARTICLES else []
        yield replace(answer, notes=(*told, *answer.notes))


def _answers(
    question: str,
    history: Sequence[Turn],
    filters: Filters,
    corpus: Corpus,
    chat_model: BaseChatModel | None,
    question_as: str | None,
) -> Iterator[Answer]:
    clock = Stopwatch()
    later = understood_ways(question, corpus, filters, history, question_as)
    first = next(later)
    query = first[0]
    foreign = not is_english(query.text)
    if foreign and chat_model is None:
        yield unsupported_language(query)
        return
    plan = Plan("short", query) if foreign else planned(query)
    if plan.parts and chat_model is None:
        parts = [planned(understood(part, corpus, filters)) for part in plan.parts]
        yield join_answers(query, [_built_in(part, corpus, clock)[0] for part in parts], corpus.stories())
        return
    plans: Iterable[list[Plan]] = [[plan]]
    if not foreign:
        ways = [plan, *map(planned, first[1:])]
        plans = itertools.chain([ways], (list(map(planned, queries)) for queries in later))
    plan, answer, draft = _surest(plans, " ".join(turn.answer_text for turn in history), corpus, clock)
    query = plan.query
    answer = unsupported_language(query) if foreign else answer
    further = (answer.outcome == "declined" or draft.estimated) and writes_json(corpus.settings)
    if chat_model is None or (answer.outcome in NOT_WRITTEN and not further):
        yield answer
        return
    yield replace(answer, final=False)
    completions = rewrite(query, history, chat_model, corpus.settings) if question_as is None else ()
    for completed in completions:
        if completed is None:
            yield replace(answer, final=False)
        elif completed != query.standalone:
            yield from _answers(question, (), filters, corpus, chat_model, completed)
            return
    yield from _chat_answers(plan, draft, answer, corpus, chat_model, clock)


def _surest(
    plans: Iterable[Sequence[Plan]], told: str, corpus: Corpus, clock: Stopwatch
) -> tuple[Plan, Answer, Draft]:
    """Answer a question in the ways that it may be meant and take the surest; ``told`` is what was answered before.

    Later ways are tried where none before is answered, and do not count if their short answer was told, or if they
    tell the events of the question before.
    """
    made: list[tuple[Plan, Answer, Draft]] = []
    for ways in plans:
        tried = [(plan, *_built_in(plan, corpus, clock)) for plan in ways]
        made += [one for one in tried if not made or _says_more(one[1], told)]
        if any(answer.answered for _, answer, _ in made):
            break
    return max(made, key=_sureness)


def _says_more(answer: Answer, told: str) -> bool:
    again = answer.kind == "timeline" or (answer.short and answer.short.lower() in told.lower())
    return answer.answered and not again


def _sureness(made: tuple[Plan, Answer, Draft]) -> tuple[bool, bool, float]:
    plan, answer, _ = made
    odds = logit(min(max(answer.confidence, NO_CHANCE), 1 - NO_CHANCE))
    return answer.answered, bool(answer.short), odds - (IN_CONTEXT if plan.query.context else 0.0)


def searched(question: str, k: int, filters: Filters, corpus: Corpus, reread: bool) -> list[Hit]:
    """Find the ``k`` passages that best match a question; with ``reread``, as the reader ranks them anew."""
    depth, settings = corpus.settings.reread, corpus.settings
    query = understood(question, corpus, filters)
    if corpus.reader is None or not (reread and depth):
        return list(corpus.retrieve(query, k).hits)
    found = corpus.retrieve(query, corpus.depth(k))
    leading = best_hits(found, depth)
    first = examine(query, leading, corpus.embedder, corpus.reader, settings, depth).retrieval
    return [*first.hits, *found.hits[depth:]][:k]


def events_told(about: str | None, filters: Filters, corpus: Corpus) -> list[Event]:
    """List the events on a topic or in a period, or all; as ``Assistant.timeline``."""
    query = understood(about or "timeline", corpus, filters)
    if about is not None:
        found = corpus.retrieve(query, TIMELINE_PASSAGES)
        return events_about(query, found, corpus.embedder, corpus.stories())
    index = corpus.index
    selected = (one for one in index.articles() if published_within(one, filters))
    told = (sentence for one in selected for sentence in dated_sentences(index.article(one.id)))
    return number_events(group_events(told, corpus.stories()))


def filters_of(example: Example) -> Filters:
    """Return the filters of a row of a question set."""
    return Filters(example.after, example.before, example.publishers, example.asked)


@contextlib.contextmanager
def own_articles(example: Example, corpus: Corpus) -> Iterator[Corpus]:
    """Give a row of a question set that has articles of its own a corpus of those alone."""
    if example.context is None:
        yield corpus
        return
    with tempfile.TemporaryDirectory() as folder:
        settings = corpus.settings.model_copy(update={"index": Path(folder), "chroma_url": None})
        with open_store(settings, create=True) as index:
            index.add_articles(example.context, corpus.embedder)
            yield replace(corpus, index=index, settings=settings, names=known_names(index, settings))


def _built_in(plan: Plan, corpus: Corpus, clock: Stopwatch) -> tuple[Answer, Draft]:
    """Answer by the kind of the question, and keep the statements that pass the check."""
    clock.lap("understand")
    evidence = evidence_for(plan, corpus)
    clock.lap("retrieve")
    draft = answer_by_kind(plan, evidence, corpus)
    clock.lap("answer")
    draft = checked(draft)
    clock.lap("check")
    return composed(plan, draft, CheckedReading(draft.reading), corpus.index.counts(), clock.laps), draft


def _chat_answers(
    plan: Plan, draft: Draft, answer: Answer, corpus: Corpus, chat_model: BaseChatModel, clock: Stopwatch
) -> Iterator[Answer]:
    """Let the chat model look further, answer anew, and look at its answer again."""
    found = draft.retrieval
    found = found if found.hits else corpus.retrieve(plan.query, corpus.settings.hits)
    desk = Desk(
        chat_model,
        corpus.settings,
        _library(plan.query.filters, corpus),
        corpus.embedder.count_pieces,
        found.names,
        corpus.judge,
    )
    own = replace(draft, retrieval=found, outcome=None, remark="", missing=())
    writer = shown_name(corpus.settings.chat_model) if corpus.settings.chat_model else UNNAMED

    def compose(verdict: CheckedReading) -> Answer:
        notes = (*verdict.notes, draft.remark) if draft.remark else verdict.notes
        composed_answer = composed(
            plan, own, replace(verdict, notes=notes), corpus.index.counts(), clock.laps
        )
        return replace(composed_answer, written_by=writer)

    things = plan.things or plan.parts
    yield from write_with_model(
        plan.query, found.hits, draft.reading, answer, desk, compose, clock.lap, things
    )


def _library(filters: Filters, corpus: Corpus) -> Library:
    """Give a chat model the ways into the articles, within the filters of its question."""

    def timeline(about: str) -> list[Event]:
        return events_told(about, filters, corpus)

    def ask(question: str) -> Answer:
        *_, answer = answers(question, (), filters, corpus)
        return answer

    def search(words: str) -> list[Hit]:
        return searched(words, corpus.settings.hits, filters, corpus, reread=False)

    def find(words: str) -> list[ArticleOccurrences]:
        spellings = spellings_of(words, corpus.names)
        return occurrences(
            spellings, corpus.index, after=filters.after, before=filters.before, publishers=filters.publishers
        )

    return Library(search, find, timeline, ask, corpus.index.article)


class Stopwatch:
    """Milliseconds spent in each named stage."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._since = time.perf_counter()

    def lap(self, stage: str) -> None:
        """End a stage."""
        now = time.perf_counter()
        self.laps[stage] = round((now - self._since) * 1000, 3)
        self._since = now
