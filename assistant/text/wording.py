"""How the program words numbers, days and what it quotes on one line."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.types import Filters

AUTHORS_NAMED = 3


def one_line(text: str) -> str:
    """Write a text on one line, with single spaces."""
    return " ".join(text.split())


def number_of(count: int, noun: str, plural: str | None = None) -> str:
    """Write a number with its noun: "1 article", "1,204 articles"."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def day_in_words(day: datetime.date) -> str:
    """Write a day as "3 May 2031"."""
    return f"{day.day} {day:%B} {day.year}"


def only_within(filters: Filters) -> str:
    """Say which articles filters let in, as a sentence."""
    after, before = filters.after, filters.before
    days = [f"from {day_in_words(after)}"] if after else []
    days += [f"{'to' if after else 'up to'} {day_in_words(before)}"] if before else []
    days += ["on"] if after and not before else []
    which = [f"of {' and '.join(filters.publishers)}"] if filters.publishers else []
    which += [" ".join(["published", *days])] if days else []
    return f"The filters let in only articles {', '.join(which)}."


def authors_in_words(authors: Sequence[str]) -> str:
    """Write who wrote an article, "by Ada Berg, Jo Roe and 3 others"; "" for nobody known."""
    named = list(authors[:AUTHORS_NAMED])
    if others := len(authors) - len(named):
        named.append(number_of(others, "other"))
    return f"by {' and '.join(part for part in (', '.join(named[:-1]), named[-1]) if part)}" if named else ""


def page_in_words(page: int | None) -> str:
    """Write the number of a page as a citation has it, "p. 3"; "" for none."""
    return f"p. {page}" if page else ""
