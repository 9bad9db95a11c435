"""The day of an event: the one exact day that the articles give to what a question names, or None.

A sentence dates an event when it holds the words for it, in any inflection, in the clause of its date. One that
speaks of another of its kind ("the previous election, on 9 April") does not, nor do words that only share a name.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence.features import WordVectors
from assistant.evidence.sentences import ScoredSentence
from assistant.text.dates import YEAR_WRITTEN, DatedWords, find_dates
from assistant.text.entries import day_at
from assistant.text.noun_phrases import VERB
from assistant.text.phrases import proper_names
from assistant.text.tokens import content_words, stem, stems, tokens

LEAD_CHARACTERS = 250
"""Characters of an article that are its lead: what happened there is what its title names."""
INSERTED_WORDS = 1
"""Words beside a date in a clause that is set in between others."""
CHARACTERS_AROUND = 300
"""Characters before a sentence in which the names of an event may stand."""
_EVENT_CLAUSES = re.compile(
    r"\s*[;:,](?!\d)\s*|\s+(?:and|but|while|whereas|when|after|before|until)\s+", re.I
)
_ANOTHER = re.compile(
    r"\b(?:previous|last|earlier|former|next|another|other|similar|first|second|third|anniversary)\b", re.I
)
_OF = re.compile(r"\s+(?:of|in|at|on|by|for|from|to|as|between|against|near)\s+", re.I)
ALIKE = 0.5
"""Cosine of two words from which they tell the same: "fall" and "fell" 0.64, "closing" and "opening" 0.47."""


@dataclass(frozen=True, slots=True)
class EventDay:
    """A day, the words that state it, and the sentence that gives it to the event."""

    day: datetime.date
    words: DatedWords
    sentence: ScoredSentence


def event_day(
    event: str,
    ranked: Sequence[ScoredSentence],
    word_vectors: WordVectors | None = None,
    *,
    any_year: bool = False,
) -> EventDay | None:
    """Return the one day that the sentences give to an event; None where they give none, or several.

    Those that use its very word count before those with another form of it ("election", "elected") or, with
    ``word_vectors``, a word of like meaning ("fall", "fell"). Where they differ, the day of a lead counts: an
    article is about the event that it begins with. With ``any_year`` days without a year count, and only those, in
    sentences that name the event themselves.
    """
    found = list(_event_days(event, ranked, word_vectors, any_year=any_year))
    if not found:
        return None
    nearest = max(nearness for nearness, _ in found)
    days = [one for nearness, one in found if nearness == nearest]
    for group in ([one for one in days if one.sentence.start < LEAD_CHARACTERS], days):
        if group:
            return group[0] if len({one.day for one in group}) == 1 else None
    return None


def speaks_of_another(event: str, sentence: str) -> bool:
    """Tell whether a sentence is of another event of the kind: "the previous final", and not "the final"."""
    head, _ = _happened(event)
    told = {stem(word) for word in re.findall(r"[A-Za-z]+", event)}
    if any(stem(one.group()) not in _stems(sentence) for one in _ANOTHER.finditer(event)):
        return True
    for one in _ANOTHER.finditer(sentence):
        following = stems(token.text for token in tokens(sentence[one.end() :])[:3])
        if stem(one.group()) not in told and head is not None and stem(head) in following:
            return True
    return False


def _event_days(
    event: str, ranked: Sequence[ScoredSentence], word_vectors: WordVectors | None, *, any_year: bool
) -> Iterator[tuple[int, EventDay]]:
    head, others = _happened(event)
    if head is None:
        return
    named = stems(token.text for name in proper_names(event) for token in tokens(name))
    for one in ranked:
        before = one.start if any_year else max(0, one.start - CHARACTERS_AROUND)
        around = f"{'' if any_year else one.article.title or ''} {one.article.text[before : one.end]}"
        if not named | others <= _stems(around) or speaks_of_another(event, one.text):
            continue
        exact = [
            date
            for date in find_dates(one.text, _written(one))
            if _exact(date, yearless=any_year)
            and _of_year(date, event)
            and not _of_saying(one.text, date, head)
        ]
        for date in exact:
            first = one.start < LEAD_CHARACTERS and not find_dates(one.article.text[: one.start])
            title = one.article.title or "" if first and len(exact) == 1 else ""
            clause = one.text if any_year and len(exact) == 1 else _clause_of(one.text, date)
            told = _undated(f"{title} {clause}")
            nearness = _nearness(head, told, word_vectors)
            if nearness is not None:
                assert date.period is not None  # noqa: S101 - exact
                yield nearness, EventDay(date.period.start, date, one)


def _happened(event: str) -> tuple[str | None, set[str]]:
    """Find the word for what happened ("launch" of "the launch of X"), and the stems of the rest but names."""
    named = {token.text for name in proper_names(event) for token in tokens(name)}
    first = _OF.split(event, maxsplit=1)[0]
    heads = [word for word in content_words(first) if word not in named and word.isalpha()]
    heads = heads or [word for word in content_words(event) if word not in named and word.isalpha()]
    heads = heads or [word for word in content_words(first) if word.isalpha()]
    if not heads:
        return None, set()
    rest = {stem(word) for word in content_words(event) if word not in named and not word.isdigit()}
    return heads[-1], rest - {stem(heads[-1])}


def _nearness(head: str, text: str, word_vectors: WordVectors | None) -> int | None:
    """Tell how a text puts what happened: 2 in the same word, 1 in another form, 0 in one of like meaning."""
    words = [token.text.lower() for token in tokens(text)]
    if head.lower() in words or f"{head.lower()}s" in words:
        return 2
    if stem(head) in {stem(word) for word in words}:
        return 1
    if word_vectors is None or not words:
        return None
    likeness = word_vectors([head.lower()]) @ word_vectors(words).T
    return 0 if float(likeness.max()) >= ALIKE else None


def _written(one: ScoredSentence) -> datetime.date | None:
    return day_at(one.article.text, one.start, one.article.published)


def _exact(date: DatedWords, *, yearless: bool) -> bool:
    period = date.period
    return (
        period is not None
        and period.yearless == yearless
        and period.start == period.end
        and date.relation in {"in", "of"}
    )


def _of_saying(text: str, date: DatedWords, head: str) -> bool:
    """Return True where a date is that of what somebody said: "has risen to 22, the ministry said on Monday"."""
    said = [
        verb for verb in VERB.finditer(text, 0, date.start) if len(text[verb.end() : date.start].split()) <= 2
    ]
    return any(stem(verb.group()) != stem(head) for verb in said)


def _of_year(date: DatedWords, event: str) -> bool:
    """Return True unless the event is named by another year: "the final of 2024"."""
    years = {int(year) for year in YEAR_WRITTEN.findall(event)}
    return date.period is not None and (not years or date.period.start.year in years)


def _clause_of(text: str, date: DatedWords) -> str:
    """Return the clause that a date stands in; one that is hardly more than the date takes its neighbours in.

    So does one that is set in between: "The resignation, effective Wednesday, leaves one".
    """
    bounds = [0, *(place for found in _EVENT_CLAUSES.finditer(text) for place in found.span()), len(text)]
    clauses = list(zip(bounds[::2], bounds[1::2], strict=True))
    at = next((at for at, (_, end) in enumerate(clauses) if date.start < end), len(clauses) - 1)
    start, end = clauses[at]
    beside = content_words(f"{text[start : date.start]} {text[date.end : end]}")
    if not beside or (0 < at < len(clauses) - 1 and len(beside) <= INSERTED_WORDS):
        start, end = clauses[max(0, at - 1)][0], clauses[min(len(clauses) - 1, at + 1)][1]
    return text[start:end]


def _undated(text: str) -> str:
    """Cut the dates out of a text: "in March" is no march."""
    for one in reversed(find_dates(text)):
        text = f"{text[: one.start]} {text[one.end :]}"
    return text


def _stems(text: str) -> set[str]:
    return stems(token.text for token in tokens(text))
