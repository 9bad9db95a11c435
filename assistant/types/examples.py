"""The rows of a question set."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from assistant.types.articles import Article
from assistant.types.questions import Turn


@dataclass(frozen=True, slots=True)
class ExpectedSide:
    """A side that an answer should show; any of ``speakers`` is right, and none where it does not matter."""

    value: str
    speakers: tuple[str, ...] = ()
    stance: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """One row of a question set; ``context`` holds articles that are then the whole corpus.

    ``publishers``, where there are any, are the only ones whose articles may answer. A right answer holds
    one of ``answers``, each of ``all_of``, one of each group in ``need``, and none of ``none_of``; its short answer
    is ``verdict``; it quotes one of ``sentences`` (article, start, end), and has at most ``most_words`` words.
    ``category`` is the kind of the question. ``variant_of`` is the id of the question that asks the same by the
    usual names.
    """

    question: str
    id: str = ""
    answers: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    answerable: bool = True
    evidence: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    category: str | None = None
    asked: datetime.date | None = None
    after: datetime.date | None = None
    before: datetime.date | None = None
    publishers: tuple[str, ...] = ()
    context: tuple[Article, ...] | None = None
    none_of: tuple[str, ...] = ()
    sides: tuple[ExpectedSide, ...] = ()
    variant_of: str = ""
    verdict: Literal["yes", "no"] | None = None
    need: tuple[tuple[str, ...], ...] = ()
    sentences: tuple[tuple[str, int, int], ...] = ()
    most_words: int | None = None
