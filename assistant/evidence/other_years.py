"""Whether a sentence opens in another year than a question names: "In 1998, Arle won" is not of the 2022 cup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence.sentences import ScoredSentence
from assistant.text.dates import YEAR_WRITTEN

OTHER_YEAR = 3.0
"""Log odds that a sentence of another year loses."""
_OPENS_IN = re.compile(
    r"^\W*(?:(?:back|later|early|late)\s+)?in\s+(?:[A-Z][a-z]+\s+)?(?P<year>(?:19|20)\d\d)\b", re.I
)


def opens_in_other_year(question: str, sentence: str) -> bool:
    """Return True where a sentence begins with a year, and has none that the question names."""
    asked = set(YEAR_WRITTEN.findall(question))
    return bool(asked and _OPENS_IN.match(sentence)) and not asked & set(YEAR_WRITTEN.findall(sentence))


def asked_years_first(question: str, ranked: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Lower the sentences that open in another year than the question names."""
    lowered = [
        replace(one, score=one.score - OTHER_YEAR) if opens_in_other_year(question, one.text) else one
        for one in ranked
    ]
    return sorted(lowered, key=lambda one: -one.score)
