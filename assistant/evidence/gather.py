"""What the hits hold for a question: their sentences scored and read, and the hits ranked anew by that."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.evidence.deeds import deeds_first
from assistant.evidence.event_dates import WORTH, dates_of, fit
from assistant.evidence.features import Matches, log_odds
from assistant.evidence.judged import answer_supports
from assistant.evidence.other_years import asked_years_first
from assistant.evidence.ranks import first_rank_first
from assistant.evidence.sentences import ScoredSentence, describe_sentences, embedded, passage_context, scored
from assistant.evidence.short_answers import from_spans
from assistant.evidence.windows import ReadSentence, rank_read, read_sentences
from assistant.models.embedder import Embedder
from assistant.models.judge import Judge
from assistant.models.onnx_runtime import one_blas_thread
from assistant.models.reader import Reader
from assistant.names.as_written import as_written
from assistant.question.present import asks_of_now
from assistant.question.question_type import Profile, profile, put_as_question
from assistant.retrieval.search import Retrieval, best_hits
from assistant.settings import Settings
from assistant.text.corrections import tells_mistake
from assistant.text.dates import YEAR_WRITTEN
from assistant.types import Hit, Period, Query

# least log odds of a best sentence that tells hits apart
LOWEST = -8.0
# log odds that a sentence loses for each year that it is older than the newest, where a question is of now, and the
# most of it
AGED, MOST_AGED = 0.75, 2.0
# log odds that a sentence gains where its article is of the day a question was put, if the question names no time,
# and the days after which half of that is left. Of 1,458 short answers to quiz questions, those of articles of the
# last week were right more often by a factor whose logarithm is 1.4 than those of articles of more than 120 days
# before, those of 8 to 30 days by 1.2, those of 31 to 120 by 1.0, at equal chances by all else.
FRESH, HALF_LIFE_DAYS = 1.0, 120
# log odds of answering that a hit is given of which nothing was read
UNREAD_HIT = -4.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """The hits of a question and their sentences, both best first.

    ``found`` maps the sentences that a reader read (article, start) to what it found there. ``supported`` maps the
    likeliest short answers to the log odds that their sentence supports them, where there is a judge. ``apart``
    looks up, when it is first called, the names of the question that no article writes together.
    """

    retrieval: Retrieval
    asked: Profile
    matches: Matches
    ranked: tuple[ScoredSentence, ...]
    found: Mapping[tuple[str, int], ReadSentence]
    supported: Mapping[str, float] = field(default_factory=dict)
    apart: Callable[[], tuple[str, ...]] = tuple


@one_blas_thread
def examine(
    query: Query,
    retrieval: Retrieval,
    embedder: Embedder,
    reader: Reader | None,
    settings: Settings,
    k: int,
    judge: Judge | None = None,
    widely: bool = False,
) -> Evidence:
    """Score the sentences of the hits, read around the likeliest, and keep the ``k`` best hits.

    The first ``Settings.reread`` hits are ranked anew by what was read; each takes the score that its new place
    had. Without a reader the order stays. ``widely`` reads more, as for what whole sentences answer.
    """
    if reader is None:
        retrieval = best_hits(retrieval, k)
    text = query.asked_period.topic if query.asked_period else query.text
    texts = [passage_context(hit) for hit in retrieval.hits]
    text, typed = (
        as_written(one, texts, retrieval.names) for one in (text, query.respelled or query.original)
    )
    asked = profile(text, retrieval.counts, retrieval.passages, typed=typed)
    asked = replace(asked, now=asks_of_now(query))
    matches = Matches(asked, texts, embedder.embed_words, retrieval.names.same)
    described = scored(describe_sentences(matches, retrieval))
    ranked = newest_first(query, _of_rank_and_year(query, described), retrieval.last)
    if reader is None:
        return Evidence(retrieval, asked, matches, tuple(embedded(ranked, retrieval, embedder)), {})
    # a reader with a scout was taught on keywords too: of 22 it answered 18 as typed, 14 as questions
    question = text if reader.scout else put_as_question(text)
    found = read_sentences(question, of_period_first(query, ranked, retrieval.hits), reader, widely)
    anew = rank_hits(retrieval.hits[: settings.reread], ranked, found)
    order = [*anew, *range(len(anew), len(retrieval.hits))][:k]
    places = [hit.score for hit in retrieval.hits]
    retrieval = replace(
        retrieval,
        hits=tuple(replace(retrieval.hits[i], score=score) for i, score in zip(order, places, strict=False)),
        cosines=tuple(retrieval.cosines[i] for i in order),
    )
    kept = [one for one in rank_read(ranked, found) if any(holds(hit, one) for hit in retrieval.hits)]
    stating = [one for one in kept if not (_asks(one.text) or tells_mistake(one.text))]
    kept = newest_first(query, stating or kept, retrieval.last)
    kept = _of_rank_and_year(query, deeds_first(text, kept))
    answers = from_spans(asked, kept, found)
    supported = answer_supports(question, kept, answers, judge) if judge else {}
    return Evidence(retrieval, asked, matches, tuple(kept), found, supported)


def _of_rank_and_year(query: Query, ranked: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    return first_rank_first(query.text, asked_years_first(query.text, ranked))


def _asks(sentence: str) -> bool:
    """Return True for a sentence that is a question: it answers none."""
    return sentence.rstrip("”\"'’)] ").endswith("?")


def in_period(ranked: Sequence[ScoredSentence], hits: Sequence[Hit], period: Period) -> list[ScoredSentence]:
    """Drop the sentences about another time than the period asked about, and rank the rest anew.

    Where dates in the text put the best sentence into the period, those of any time are dropped as well.
    """
    dates = dates_of(hits)
    fits = [(one, fit(dates[one.article.id], one.start, one.end, period)) for one in ranked]
    kept = [replace(one, score=one.score + WORTH[how], fit=how) for one, how in fits if how != "contradicts"]
    kept = sorted(kept, key=lambda one: -one.score)
    if kept and kept[0].fit in {"stated", "nearby"}:
        return [one for one in kept if one.fit not in {"open", "doubtful"}]
    return kept


def newest_first(
    query: Query, ranked: Sequence[ScoredSentence], last: datetime.date | None
) -> list[ScoredSentence]:
    """Prefer sentences of new articles: the newest for a question of now, else those near the day it was put.

    ``last`` is the day of the newest article of all: a question that is put later is put as on that day.
    """
    days = [one.article.published for one in ranked if one.article.published]
    asked = query.filters.asked
    if not days:
        return list(ranked)
    if asks_of_now(query):
        newest = max(days)
        return _rescored(ranked, lambda day: -min(MOST_AGED, AGED * _days(day or newest, newest) / 365))
    if asked is None or last is None or query.asked_period or YEAR_WRITTEN.search(query.text):
        return list(ranked)
    put = min(asked, last)
    return _rescored(ranked, lambda day: FRESH * 0.5 ** (_days(day, put) / HALF_LIFE_DAYS) if day else 0.0)


def _rescored(
    ranked: Sequence[ScoredSentence], gain: Callable[[datetime.date | None], float]
) -> list[ScoredSentence]:
    anew = [replace(one, score=one.score + gain(one.article.published)) for one in ranked]
    return sorted(anew, key=lambda one: -one.score)


def _days(earlier: datetime.date, later: datetime.date) -> int:
    return max(0, (later - earlier).days)


def of_period_first(
    query: Query, ranked: Sequence[ScoredSentence], hits: Sequence[Hit]
) -> Sequence[ScoredSentence]:
    """Put the sentences that may be of the period asked about before the others."""
    if query.asked_period is None:
        return ranked
    fitting = in_period(ranked, hits, query.asked_period.period)
    places = {(one.article.id, one.start): place for place, one in enumerate(fitting)}
    return sorted(ranked, key=lambda one: places.get((one.article.id, one.start), len(places)))


def rank_hits(
    hits: Sequence[Hit], ranked: Sequence[ScoredSentence], found: Mapping[tuple[str, int], ReadSentence]
) -> list[int]:
    """Return the numbers of the hits, ranked by search score, best sentence and what the reader found."""
    if not hits:
        return []
    odds = log_odds("hit", [hit_features(hit, ranked, found) for hit in hits])
    return sorted(range(len(hits)), key=lambda i: (-odds[i], i))


def hit_features(
    hit: Hit, ranked: Sequence[ScoredSentence], found: Mapping[tuple[str, int], ReadSentence]
) -> list[float]:
    """Describe a hit as ``HIT_FEATURES``."""
    inside = [one for one in ranked if holds(hit, one)]
    best = max((one.score for one in inside), default=LOWEST)
    read = [found[key] for one in inside if (key := (one.article.id, one.start)) in found]
    return [hit.score, max(best, LOWEST), max((one.answers for one in read), default=UNREAD_HIT)]


def holds(hit: Hit, sentence: ScoredSentence) -> bool:
    """Return True when a sentence lies in a hit's passage."""
    return (
        hit.article.id == sentence.article.id
        and hit.passage.start <= sentence.start
        and sentence.end <= hit.passage.end
    )
