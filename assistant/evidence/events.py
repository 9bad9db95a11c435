"""What happened, in order of time: the dated sentences of articles, grouped into events with their sources."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import takewhile

from assistant.evidence.event_dates import VAGUE_DAYS
from assistant.evidence.sentences import LEANING
from assistant.evidence.speakers import told_by
from assistant.text.dates import find_dates, without_dates
from assistant.text.entries import day_at
from assistant.text.instructions import orders
from assistant.text.periods import days, overlap
from assistant.text.sentences import split_sentences
from assistant.text.tokens import STOP_WORDS, names, stem, tokens
from assistant.types import Article, Citation, Event, Period

FEWEST_WORDS = 6
NAMES_ENOUGH = 3
LONGEST_EVENT = 366  # days: what took longer is no event
SAME_EVENT_SHARE = 0.5
SAME_WORDS_AND_NAME = 0.2  # on one day; of a longer time, more has to be alike
LIKE_WORDS_AND_NAME = 0.34
WITHIN = datetime.timedelta(days=7)  # what took longer is one event only with what took as long
USUAL = 0.2  # a name beside more than this share of the dates does not tell events apart
_SENTENCE_ENDING = re.compile(r"[.!?…][”\"’')\]]*$")
_REPORTING_VERB = re.compile(
    r"\b(?:said|says|told|announced|disclosed|reported|stated|declared|added|wrote|according)\b(?:\s+\w+){0,3}\s+$",
    re.I,
)
_FOUR_DIGITS = re.compile(r"\d{4}")
_ONGOING = re.compile(r"^(?:this|these|recent)\b", re.I)


@dataclass(frozen=True, slots=True)
class DatedSentence:
    """A sentence that tells what happened when: ``article.text[start:end]``, with the ones beside it."""

    article: Article
    start: int
    end: int
    period: Period
    words: str
    before: str = ""
    after: str = ""

    @property
    def quote(self) -> str:
        """The words of the article."""
        return self.article.text[self.start : self.end]


def dated_sentences(article: Article, within: Sequence[tuple[int, int]] | None = None) -> list[DatedSentence]:
    """Find the sentences of an article that report something dated, in order, one for each date in them.

    Where ``within`` is given, only the paragraphs that overlap one of its (start, end) are read. A
    sentence that begins with a pronoun takes in the one before it, in the same paragraph. Dates are passed
    over that only bound or describe something, lie after publication, or have no known day.
    """
    found = []
    for line in re.finditer(r"[^\n]+", article.text):
        reached = within is None or any(a < line.end() and line.start() < b for a, b in within)
        written = day_at(article.text, line.start(), article.published)
        if not reached or not find_dates(line.group(), written):
            continue
        sentences = [one for one in split_sentences(line.group()) if not one.heads]
        for number, one in enumerate(sentences):
            text = line.group()[one.start : one.end]
            if not _reports(text):
                continue
            first = number - 1 if number and LEANING.match(text) else number
            start = line.start() + sentences[first].start
            before, after = (
                "".join(line.group()[other.start : other.end] for other in beside)
                for beside in (sentences[max(0, first - 1) : first], sentences[number + 1 : number + 2])
            )
            end = line.start() + one.end
            found += [
                DatedSentence(article, start, end, period, words, before, after)
                for period, words in _event_dates(text, written)
            ]
    return found


def group_events(sentences: Iterable[DatedSentence], stories: Mapping[str, str]) -> list[Event]:
    """Group dated sentences that tell the same event, in order of time; those of an unknown year come last.

    ``stories`` names for each article id the story it belongs to: reprints of one story are one source.
    """
    told = sorted(sentences, key=_time_order)
    usual = _usual_names(told)
    groups: list[list[DatedSentence]] = []
    for one in told:
        near = takewhile(partial(_may_be_near, one), reversed(groups))
        same = next((group for group in near if _same_event(group, one, usual)), None)
        if same is None:
            groups.append([one])
        else:
            same.append(one)
    events = [_event(group, stories) for group in groups]
    return sorted(events, key=lambda event: _order_of(event.period))


def number_events(events: Sequence[Event]) -> list[Event]:
    """Give the citations of events numbers from 1, in order of time."""
    number = 0
    result = []
    for event in events:
        citations = []
        for citation in event.citations:
            number += 1
            citations.append(replace(citation, number=number))
        result.append(replace(event, citations=tuple(citations)))
    return result


def _event_dates(text: str, published: datetime.date | None) -> list[tuple[Period, str]]:
    """Find the dates of what a sentence reports, the most exact first, with the words that state them."""
    dated = [
        (one.period, one)
        for one in find_dates(text, published)
        if one.period
        and (one.relation == "in" or (one.relation == "of" and days(one.period) == 1))
        and days(one.period) <= LONGEST_EVENT
        and one.text.lower() not in VAGUE_DAYS
        and not (_ONGOING.match(one.text) and days(one.period) > 31)
        and not (published and one.period.start > published)
    ]
    # the day on which somebody spoke, beside one of which they spoke
    dated = [(period, one) for period, one in dated if not _REPORTING_VERB.search(text[: one.start])] or dated
    kept: list[tuple[Period, str]] = []
    for period, one in sorted(dated, key=lambda pair: (days(pair[0]), pair[1].start)):
        if not any(overlap(period, other) for other, _ in kept):
            kept.append((period, one.text))
    return kept


def _reports(text: str) -> bool:
    return (
        len(text.split()) >= FEWEST_WORDS
        and _SENTENCE_ENDING.search(text) is not None
        and not text.rstrip("”\"’')] ").endswith("?")
        and not orders(text)
    )


def _event(group: Sequence[DatedSentence], stories: Mapping[str, str]) -> Event:
    """Cite one sentence of each article; first the one that says when and who most exactly, the oldest of those."""
    ranked = sorted(
        group,
        key=lambda one: (
            days(one.period),
            -min(NAMES_ENOUGH, len(_names_of(one.quote))) - _rate_date(one.words),
            one.article.published or datetime.date.max,
            *_start_of(one),
        ),
    )
    firsts: dict[str, DatedSentence] = {}
    for one in ranked:
        firsts.setdefault(one.article.id, one)
    return Event(
        period=ranked[0].period,
        words=ranked[0].words,
        citations=tuple(
            told_by(Citation(number, one.article, one.start, one.end, one.quote))
            for number, one in enumerate(firsts.values(), 1)
        ),
        independent_sources=len({stories.get(id_, id_) for id_ in firsts}),
    )


def _rate_date(words: str) -> int:
    """Rate a date by how much of it is stated: 2 with a year, 1 with a day of the month, 0 for "Tuesday"."""
    return 2 if _FOUR_DIGITS.search(words) else int(any(map(str.isdigit, words)))


def _may_be_near(one: DatedSentence, group: Sequence[DatedSentence]) -> bool:
    """Return True when a group, or one before it in time, may still be of the same days."""
    first = group[0].period
    return first.yearless == one.period.yearless and one.period.start - first.start <= WITHIN


def _same_event(group: Sequence[DatedSentence], one: DatedSentence, usual: frozenset[str]) -> bool:
    first = group[0]
    if first.period.yearless != one.period.yearless or not overlap(first.period, one.period):
        return False
    longest = max(days(first.period), days(one.period))
    if longest > WITHIN.days and first.period != one.period:
        return False
    enough = SAME_WORDS_AND_NAME if longest == 1 else LIKE_WORDS_AND_NAME
    mine, named = _content_stems(one.quote), _names_around(one) - usual
    for other in group:
        words = _content_stems(other.quote)
        shared = len(mine & words) / max(1, min(len(mine), len(words)))
        if shared >= SAME_EVENT_SHARE or (shared >= enough and named & _names_around(other)):
            return True
    return False


@lru_cache(maxsize=20_000)
def _content_stems(text: str) -> frozenset[str]:
    """Return the stems of a sentence's content words without its dates."""
    return frozenset(
        stem(token.text) for token in tokens(without_dates(text)) if token.text.lower() not in STOP_WORDS
    )


def _names_around(one: DatedSentence) -> frozenset[str]:
    """Return the stems of the names in a sentence and in its article's title."""
    return _names_of(one.quote) | _names_of(one.article.title or "")


@lru_cache(maxsize=20_000)
def _names_of(text: str) -> frozenset[str]:
    return _content_stems(text) & frozenset(
        stem(token.text)
        for span in names(without_dates(text))
        for token in tokens(span.text)
        if token.text[0].isupper()
    )


def _usual_names(told: Sequence[DatedSentence]) -> frozenset[str]:
    """Find the names that stand beside many different dates: they do not tell events apart."""
    dates: dict[str, set[datetime.date]] = defaultdict(set)
    for one in told:
        for name in _names_around(one):
            dates[name].add(one.period.start)
    most = max(3, USUAL * len({one.period.start for one in told}))
    return frozenset(name for name, found in dates.items() if len(found) > most)


def _time_order(one: DatedSentence) -> tuple[bool, datetime.date, datetime.date, str, int]:
    return (*_order_of(one.period), *_start_of(one))


def _order_of(period: Period) -> tuple[bool, datetime.date, datetime.date]:
    return period.yearless, period.start, period.end


def _start_of(one: DatedSentence) -> tuple[str, int]:
    return one.article.id, one.start
