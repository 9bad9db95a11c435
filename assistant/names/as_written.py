"""Writes the names of a question as the passages write them, so that a reader meets them again."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.names.learn import MOST_LONG_FORM_WORDS, KnownNames
from assistant.names.mentions import name_key
from assistant.text.tokens import POSSESSIVE_END, tokens

# how many times as often as the question's own form another must be written for it to take its place
OFTENER = 2


def as_written(question: str, texts: Sequence[str], known: KnownNames) -> str:
    """Replace each name by another way to write it where clearly more of the texts use that, long names first."""
    found = tokens(question)
    longest = min(MOST_LONG_FORM_WORDS, len(found))
    runs = (
        found[first : first + words]
        for words in range(longest, 0, -1)
        for first in range(len(found) - words + 1)
    )
    replaced: dict[tuple[int, int], str] = {}
    for run in runs:
        start = run[0].start
        written = POSSESSIVE_END.sub("", question[start : run[-1].end])
        stop = start + len(written)
        if any(start < b and a < stop for a, b in replaced):
            continue
        others = known.others.get(name_key(written), ())
        counts = {one: sum(one in text for text in texts) for one in others}
        best = max(others, key=lambda one: counts[one], default=None)
        if best and counts[best] > OFTENER * sum(written in text for text in texts):
            replaced[start, stop] = best
    for (start, stop), name in sorted(replaced.items(), reverse=True):
        question = question[:start] + name + question[stop:]
    return question
