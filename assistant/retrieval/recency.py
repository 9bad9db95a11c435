"""Recency: which articles were published when most of what tells of a question's time was."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from assistant.index import Selection, Store
from assistant.question.asked_period import REPORTED_WITHIN
from assistant.question.present import asks_of_now
from assistant.text.dates import YEAR_WRITTEN
from assistant.types import Query

# What a place among the passages published in the period asked about adds to one among all. On 222 dev questions,
# 67 of them with a period, recall@10 is .797 with 0, .802 with 0.1, .806 with 0.25, .793 with 0.5, .775 with 1.
TIMELY = 0.25
# For a question of how things stand, what the score of a passage of the last months is multiplied by. As a share of
# its score, it moves nothing up that answers little: added as above, an officer of a place that only an old article
# tells of was lost. With 2, one more of 37 is right in bold, but the first ten hold the evidence less often (of 15
# questions on the demonstration articles .889 as without it, .9 with 1.5), and who somebody is was lost once.
CURRENT = 1.5
# Without a period, a question put on a known day is more often about the days before it. On 278 dev questions,
# recall@1 is .504 without this and .525, .536, .532, .532 with 14, 30, 60, 90 days; recall@10 .827 and .842, .842,
# .842, .838.
RECENT = datetime.timedelta(days=30)
# A question of how things stand is first looked for in so much of the time before the newest article.
NOW = datetime.timedelta(days=180)


def timely_scores(query: Query, scores: Mapping[int, float], timely: Mapping[int, float]) -> dict[int, float]:
    """Raise the scores of timely passages among all; ``timely`` are theirs among themselves."""
    if asks_of_now(query):
        return {row: score * (CURRENT if row in timely else 1.0) for row, score in scores.items()}
    return {row: score + TIMELY * timely.get(row, 0.0) for row, score in scores.items()}


def timely_articles(query: Query, index: Store) -> Selection | None:
    """Select what was published when most of what tells of it was.

    That is in the period asked about or soon after; or, where none is named, in the last months of the articles for
    a question of how things stand, and else shortly before the question was put.
    """
    filters = query.filters
    last = index.counts().last_published
    if query.asked_period is None:
        now = asks_of_now(query)
        if last is None or not (now or (filters.asked and not YEAR_WRITTEN.search(query.text))):
            return None
        end = min(filters.asked or last, last)
        before = NOW if now else RECENT
        start = max(end, datetime.date.min + before) - before
    elif query.asked_period.period.yearless:
        return None
    else:
        start, end = query.asked_period.period.start, query.asked_period.period.end
        end = end if end > datetime.date.max - REPORTED_WITHIN else end + REPORTED_WITHIN
    start, end = max(filters.after or start, start), min(filters.before or end, end)
    return index.select(after=start, before=end, publishers=filters.publishers) if start <= end else None
