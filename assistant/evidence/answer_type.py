"""How well words fit the type of answer that a question asks for."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.question.question_type import kind_of
from assistant.text.dates import dates
from assistant.text.numbers import counting_numbers, find_numbers

# what "last week" is worth as the answer to "when", compared with a date
RELATIVE_WORTH = 0.5
# what words of the wrong type are worth: no number for "how many", no date for "when"
ODD = 0.2
# and what a place or a figure is worth as the answer to "who", or a day as the answer to "where"
MISPLACED = 0.05
ASKS_WHO = re.compile(r"\bwho\b", re.I)
AFTER_PLACE_WORD = re.compile(r"\b(?:in|at|near|inside|across|throughout)\s+(?:the\s+)?$", re.I)


def fitting(question: str, text: str, start: int, end: int) -> float:
    """Return how well ``text[start:end]`` fits the type asked for, 0 to 1; ``text`` is its sentence.

    "How many" takes a number outside a date, "when" a date, "who" no place after a preposition ("in Larkfield") and
    no bare figure, "where" no day ("Friday evening"), nor does what names a time itself ("word of the year 2017");
    the other types take anything.
    """
    kind, words = kind_of(question), text[start:end]
    if kind == "how_many":
        dated = any(one.start <= start and end <= one.end for one in dates(text))
        counted = any(one.start < end and start < one.end for one in counting_numbers(text))
        return ODD if dated or not (counted or counting_numbers(words)) else 1.0
    if kind == "when":
        if not dates(words) and not find_numbers(words) and not any(map(str.isdigit, words)):
            return ODD
        return 1.0 if any(map(str.isdigit, words)) else RELATIVE_WORTH
    placed = ASKS_WHO.search(question) and AFTER_PLACE_WORD.search(text, 0, start)
    return MISPLACED if placed or misplaced(question, words) else 1.0


def misplaced(question: str, words: str) -> bool:
    """Return True for a day where a place is asked for, or a time named, and for a figure where somebody is."""
    kind = kind_of(question)
    if kind == "where" or (kind != "when" and _names_day(question)):
        return tells_day(words)
    return kind == "who" and not any(map(str.isalpha, words))


@lru_cache(maxsize=256)
def _names_day(question: str) -> bool:
    return bool(dates(question))


def tells_day(words: str) -> bool:
    """Return True for words that name a day, and besides it nothing ("recovered Friday evening")."""
    days = dates(words)
    left = (c for at, c in enumerate(words) if not any(one.start <= at < one.end for one in days))
    return bool(days) and not any(c.isupper() or c.isdigit() for c in left)
