"""A figure that is the short answer, with the words by which its sources bound it: "at least 130"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.text.numbers import find_numbers

# after "130": "1300", "130,000", "130.5"
_GOES_ON = re.compile(r"\w|[.,:]\d")


def with_bound(short: str, quotes: Iterable[str]) -> str:
    """Return a short answer with the bound that stands before its figure in the quotes, word for word.

    It stays as it is where it does not begin with a figure, or where one of the quotes gives the figure as such.
    """
    forms = [form for quote in quotes for form in _forms(short, quote)]
    return short if not forms or short in forms else forms[0]


def _forms(short: str, quote: str) -> Iterator[str]:
    """Yield how a quote gives a figure, wherever it does: bare, or with what bounds it."""
    for one in find_numbers(quote):
        end = one.start + len(short)
        if quote[one.start : end] == short and not _GOES_ON.match(quote, end):
            yield quote[one.lead if one.bound else one.start : end]
