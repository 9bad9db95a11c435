"""What the words of a statement are compared with: its quotations, and what frames them in their articles."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.citations import sentences_of
from assistant.text.dates import DatedWords, find_dates
from assistant.text.instructions import orders
from assistant.text.month_names import WEEKDAYS
from assistant.text.periods import days, in_year
from assistant.types import Article, Citation, Period

# Sentences before a quotation in which the one it speaks of ("he", "the club") is looked for.
SENTENCES_BEFORE = 3
LEAD_SENTENCES = 2
WEEK = datetime.timedelta(7)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the words of a statement are compared with.

    ``near`` is the quotations in whole sentences, with titles and leads of their articles; ``wide`` also has the
    sentences before them and the articles' publishers and authors.
    """

    near: str
    wide: str
    bodies: tuple[str, ...]
    periods: tuple[Period, ...]
    published: tuple[datetime.date | None, ...]


def ground_of(citations: Sequence[Citation]) -> Ground:
    """Collect what the words of a statement may stand in: its quotations and what frames them in their articles."""
    articles = list({one.article.id: one.article for one in citations}.values())
    near, wide = [], []
    periods: list[Period] = []
    for article in articles:
        cited = [(one.start, one.end) for one in citations if one.article.id == article.id]
        frame = [article.title or "", *_sentence_texts(article, _lead_places(article))]
        close = [*frame, *_sentence_texts(article, _touched(article, cited, 0))]
        near += close
        wide += [
            *frame,
            *_sentence_texts(article, _touched(article, cited, SENTENCES_BEFORE)),
            article.publisher or "",
        ]
        wide += article.authors
        periods += [
            period
            for part in close
            for one in find_dates(part, article.published)
            for period in _readings(one, article.published)
        ]
        if article.published:
            periods.append(Period(article.published, article.published))
    return Ground(
        "\n".join(near),
        "\n".join(wide),
        tuple(article.text for article in articles),
        tuple(periods),
        tuple(article.published for article in articles),
    )


def _readings(dated: DatedWords, published: datetime.date | None) -> Iterator[Period]:
    """Yield what dated words of an article may mean: without a year or week they look ahead as well as back."""
    period = dated.period
    if period is None:
        return
    yield period
    if not dated.completed or published is None or period.end > published:
        return
    try:
        if days(period) == 1 and dated.text.lower() in WEEKDAYS:
            yield Period(period.start + WEEK, period.end + WEEK)
        else:
            yield in_year(period, period.end.year + 1)
    except (ValueError, OverflowError):
        return


def _lead_places(article: Article) -> list[int]:
    told = [place for place, one in enumerate(sentences_of(article.text)) if not one.heads]
    return told[:LEAD_SENTENCES]


def _touched(article: Article, spans: Iterable[tuple[int, int]], before: int) -> list[int]:
    """List the sentences that any of the spans touches, and so many before each."""
    places: set[int] = set()
    for place, one in enumerate(sentences_of(article.text)):
        if any(one.start < end and start < one.end for start, end in spans):
            places.update(range(max(0, place - before), place + 1))
    return sorted(places)


def _sentence_texts(article: Article, places: Iterable[int]) -> list[str]:
    found = [sentences_of(article.text)[place] for place in places]
    return [words for one in found if not orders(words := article.text[one.start : one.end])]
