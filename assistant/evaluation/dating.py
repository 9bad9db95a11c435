"""Whether an answer gives the right date, however it is written and whatever it has to be completed from."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from assistant.text.dates import DatedWords, find_dates
from assistant.text.periods import days, overlap
from assistant.types import Period

_LITTLE_ELSE = 8
"""Characters beside its date that an expected answer may hold and still be one."""


def date_accuracy(given: Iterable[tuple[str, datetime.date | None]], expected: Sequence[str]) -> float | None:
    """Return 1.0 where a given text states an expected date, 0.0 where none does; None where no date is expected.

    Each given text comes with the publication date of the article that it stands in, from which "last Tuesday" is
    completed. A date is right when it shares a day with an expected one and is no vaguer; a year that only
    one of the two states is not held against it.
    """
    wanted = [period for answer in expected if (period := _only_date(answer)) is not None]
    if not wanted or len(wanted) < len(expected):
        return None
    stated = [one for text, published in given for one in find_dates(text, published)]
    return float(any(_right(one, period) for one in stated for period in wanted))


def _only_date(answer: str) -> Period | None:
    found = find_dates(answer)
    if len(found) != 1 or len(answer) - len(found[0].text) > _LITTLE_ELSE:
        return None
    return found[0].period


def _right(stated: DatedWords, wanted: Period) -> bool:
    return (
        stated.period is not None and days(stated.period) <= days(wanted) and overlap(stated.period, wanted)
    )
