"""Figures that are no rivals of one another: of a part of what is asked about, or of an earlier day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from assistant.evidence.figures import Amount, clause
from assistant.evidence.same_event import CALENDAR_STEMS, AskedEvent
from assistant.evidence.sides import Group, Said, latest_day
from assistant.text.tokens import STOP_WORDS, names, stem, tokens

INSIDE_OF = r"(?:in|at|across|throughout|within|near|around|outside)\s+(?:[a-z][\w’'-]*\s+){0,3}"
PLACED_IN = re.compile(rf"\b{INSIDE_OF}$", re.I)
FRONTED = re.compile(rf"^\W*{INSIDE_OF}$", re.I)
# days after which a higher toll is a later one, whoever gives it
RISEN_DAYS = 7
# share of the toll that stands which an earlier one is at least
LEAST_TOLL = 0.1


def without_parts(told: Sequence[Said], event: AskedEvent) -> list[Said]:
    """Leave out figures of a place within what is asked about ("ten died in Lesk"), where a higher one is of all.

    A figure is of the place that its clause names, or its sentence before all else.
    """
    apart = [_of_a_part(one, event) for one in told]
    whole = [_high(one) for one, part in zip(told, apart, strict=True) if not part]
    return [
        one
        for one, part in zip(told, apart, strict=True)
        if not (part and any(_high(one) < high for high in whole))
    ]


def risen(groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """Divide tolls into those that stand, and the lower ones of days before, the newest first.

    Two speakers that differ within a week do so; what an outlet or the same speaker gave before has risen. Less
    than a tenth of a later toll was never one of all.
    """
    ordered = sorted(groups, key=latest_day, reverse=True)
    earlier = [group for group in ordered if any(_overtakes(other, group) for other in ordered)]
    standing = [group for group in groups if not any(group is one for one in earlier)]
    least = LEAST_TOLL * max(_high(one) for group in standing for one in group)
    return standing, [group for group in earlier if _high(group[0]) >= least]


def _overtakes(later: Group, group: Group) -> bool:
    behind = (latest_day(later) - latest_day(group)).days
    if behind < 1 or latest_day(group) == datetime.date.min or _high(later[0]) <= _high(group[0]):
        return False
    said, before = _own_speakers(later), _own_speakers(group)
    return behind >= RISEN_DAYS or not said or not before or bool(said & before)


def _own_speakers(group: Group) -> set[str]:
    """Return those whom the articles of a group quote."""
    return {one.speaker for one in group if one.speaker and one.speaker != one.sentence.article.publisher}


def _high(said: Said) -> float:
    return said.key.high if isinstance(said.key, Amount) else 0.0


def _of_a_part(said: Said, event: AskedEvent) -> bool:
    """Return True where a figure is said of a place, and none that the question names."""
    text, key = said.sentence.text, said.key
    if not isinstance(key, Amount):
        return False
    placed = _placed(clause(text, key.start, key.end), PLACED_IN) | _placed(text, FRONTED)
    return bool(placed) and not placed & set(event.names)


def _placed(text: str, before: re.Pattern[str]) -> set[str]:
    """Collect the stems of the names that stand as places."""
    return {
        stem(token.text)
        for span in names(text)
        if before.search(text[: span.start])
        for token in tokens(span.text)
        if token.text[0].isupper() and token.text.lower() not in STOP_WORDS
    } - CALENDAR_STEMS
