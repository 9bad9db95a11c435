"""Why a question is left unanswered, by degrees, and the plain sentence that says so."""

from __future__ import annotations

import datetime
from dataclasses import replace

from assistant.evidence.reading import Reading
from assistant.index import IndexCounts
from assistant.text.periods import in_words
from assistant.text.wording import day_in_words
from assistant.types import AskedPeriod, Kind, Outcome, Query


def within_corpus(query: Query, reading: Reading, counts: IndexCounts) -> Reading:
    """Withhold an answer about a time that the articles do not reach, unless their words put it there."""
    if not reading.answered or not _outside_corpus(query, reading, counts):
        return reading
    return withheld(reading)


def withheld(reading: Reading) -> Reading:
    """Withhold an answer: its first citations become the nearest that the articles come to it."""
    nearest = reading.citations[:2]
    return replace(
        reading,
        answered=False,
        short=None,
        statements=(),
        citations=nearest,
        candidates=tuple(
            replace(one, citations=tuple(citation for citation in one.citations if citation in nearest))
            for one in reading.candidates
        ),
    )


def takes_up(asked: AskedPeriod, reading: Reading) -> bool:
    """Return True when the first statement holds the question's own words for its period, such as "last week".

    Without the day of the question, such words are then the article's, not the reader's.
    """
    return (
        asked.assumed
        and reading.answered
        and not reading.dated
        and asked.words.casefold() in reading.statements[0].text.casefold()
    )


def outcome_of(query: Query, reading: Reading, counts: IndexCounts) -> Outcome:
    """Return the outcome: answered, by sources that agree or differ, or the reason why not.

    The reasons: it asks of another time than the articles', they do not mention it, or they mention it without
    an answer.
    """
    if reading.answered:
        return "sources_differ" if reading.differ else "answered"
    if _outside_corpus(query, reading, counts):
        return "outside_period"
    return "not_stated" if reading.mentioned else "not_in_corpus"


def lack(query: Query, reading: Reading, counts: IndexCounts, kind: Kind) -> str:
    """Say in one sentence what the articles lack, and point to the nearest that they say."""
    outcome = outcome_of(query, reading, counts)
    asked = query.asked_period
    if outcome == "outside_period":
        assert asked is not None  # noqa: S101 - no question is outside a period that it does not name
        said = f"No article reports on {in_words(asked.period)}: {_span(counts)}."
    elif outcome == "not_in_corpus" and reading.unknown:
        said = f"No article mentions {_listed_names(reading.unknown)}."
    else:
        time = f" for {in_words(asked.period)}" if asked else ""
        unsaid = "say whether this is so" if kind == "yesno" else "answer the question"
        said = (
            f"The articles mention this, but do not {unsaid}{time}."
            if outcome == "not_stated"
            else f"The articles do not answer this question{time}."
        )
    if not reading.citations:
        return said
    markers = "".join(f"[{citation.number}]" for citation in reading.citations)
    return f"{said} The nearest they come is quoted below. {markers}"


def _outside_corpus(query: Query, reading: Reading, counts: IndexCounts) -> bool:
    """Return True when the articles do not reach the time asked about; one without a date may be of any time.

    What was before an event that they date, later articles tell too.
    """
    if query.asked_period is None or counts.first_published is None or counts.last_published is None:
        return False
    if reading.dated or (reading.ranked and reading.ranked[0].article.published is None):
        return False
    period = query.asked_period.period
    too_early = period.end < counts.first_published and query.asked_period.event is None
    return not period.yearless and (period.start > counts.last_published or too_early)


def _span(counts: IndexCounts) -> str:
    first, last = (_known_day(day) for day in (counts.first_published, counts.last_published))
    when = f"on {first}" if first == last else f"from {first} to {last}"
    if not counts.undated:
        return f"they were published {when}"
    return f"those with a date were published {when}, and {counts.undated} of {counts.articles} bear none"


def _known_day(day: datetime.date | None) -> str:
    assert day is not None  # noqa: S101 - the callers ask only where there are dated articles
    return day_in_words(day)


def _listed_names(names: tuple[str, ...]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
