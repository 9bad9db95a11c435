"""A question as it is understood: its period, filters and plan, and the turns before it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "short",
    "yesno",
    "list",
    "count",
    "compare",
    "superlative",
    "position",
    "why",
    "summary",
    "identity",
    "timeline",
    "latest",
    "corpus",
    "computed",
    "courtesy",
]


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` to ``end``, both included; when ``yearless``, of any year."""

    start: datetime.date
    end: datetime.date
    yearless: bool = False


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    """The period of events that a question asks about, as stated in ``words``.

    ``topic`` is the question without these words. ``completed`` says that the period rests on the day on which
    the question was put, and ``assumed`` that this day was not given and is taken to be today. ``event`` is when
    the event took place that bounds it ("since the coup"), as the articles date it.
    """

    period: Period
    words: str
    topic: str
    completed: bool = False
    assumed: bool = False
    event: Period | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may answer, and when the question is put.

    ``after`` and ``before`` bound the publication date, inclusive; ``asked`` is the day of the question, if known.
    """

    after: datetime.date | None = None
    before: datetime.date | None = None
    publishers: tuple[str, ...] = ()
    asked: datetime.date | None = None

    @property
    def any(self) -> bool:
        """Whether they leave articles out."""
        return bool(self.after or self.before or self.publishers)


@dataclass(frozen=True, slots=True)
class Query:
    """A question with what was understood of it.

    ``text`` is read: it stands alone, or in its ``context``, the questions before it, with which it is searched.
    ``asked_period`` bounds the events, ``filters`` the articles. ``respelled`` is the original with its spelling
    corrected, where that was needed.
    """

    text: str
    original: str
    filters: Filters = Filters()
    names: tuple[str, ...] = ()
    asked_period: AskedPeriod | None = None
    respelled: str | None = None
    context: str = ""

    @property
    def standalone(self) -> str:
        """The question with its context: "How many died? (after: Where was the fire?)"."""
        return f"{self.text} (after: {self.context})" if self.context else self.text

    @property
    def as_typed(self) -> str:
        """The text, without the capitals that the articles give it where it was typed in small letters."""
        typed = self.respelled or self.original
        return typed if typed.casefold() == self.text.casefold() else self.text

    @property
    def shown(self) -> str:
        """The same as it is shown: as it was typed if only capitals differ."""
        return self.standalone if self.context else self.as_typed


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question asks for: its kind, and what its kind needs to know.

    ``parts`` are two or more questions in one, each standing alone. ``things`` are what a comparison compares.
    ``item`` is what a list lists ("towns"), ``topic`` what is spoken of, ``speaker`` whose words are wanted.
    ``article`` is the id or title words of one article that is meant, ``publisher`` an outlet that is named.
    ``most_sentences`` is how long the question wants its answer, None where it does not say.
    """

    kind: Kind
    query: Query
    parts: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    item: str | None = None
    topic: str | None = None
    speaker: str | None = None
    article: str | None = None
    publisher: str | None = None
    most_sentences: int | None = None

    @property
    def text(self) -> str:
        """The question, standing alone."""
        return self.query.text


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its answer, as history for the next.

    ``kind``, ``items``, ``names`` and ``period`` tell what the answer was; from a bare pair of strings they are
    derived anew.
    """

    question: str
    answer_text: str
    kind: Kind | None = None
    items: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    period: Period | None = None
