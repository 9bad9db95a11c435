"""An answer and all that it is made of."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Literal

from assistant.types.articles import Article, Hit
from assistant.types.questions import Kind, Period, Turn

Outcome = Literal[
    "answered",
    "sources_differ",
    "about_corpus",
    "courtesy",
    "declined",
    "not_in_corpus",
    "outside_period",
    "not_stated",
    "false_premise",
    "unsupported_language",
]


Mark = Literal["quoted", "checked", "compare", "doubtful"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of an article: ``article.text[start:end] == quote``, always.

    ``speaker`` says them, as the article has it (its publisher where nobody is quoted), to the degree ``stance``.
    """

    number: int
    article: Article
    start: int
    end: int
    quote: str
    speaker: str | None = None
    stance: str | None = None

    @property
    def page(self) -> int | None:
        """The page of the source on which the quote starts, from 1; None where it has no pages."""
        return self.article.page_at(self.start)


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """Words of a statement, ``text[start:end]``, that its quotations do not hold, and why they are marked."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer and the citations it rests on; ``supported`` is None until checked.

    ``support`` is the judge's probability that the quotations support it, None where no judge read it. ``mark``
    is how far it was checked. ``drawn`` is True for what is concluded from several statements.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    supported: bool | None = None
    support: float | None = None
    mark: Mark | None = None
    marked: tuple[MarkedWords, ...] = ()
    speaker: str | None = None
    stance: str | None = None
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list or count, with its citations; ``article`` is the id of the article it stands for."""

    text: str
    citations: tuple[Citation, ...] = ()
    article: str | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a table; an empty text means that no article states it."""

    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One thing compared: its label, and as many cells as the table has columns."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A comparison: a row a thing compared, a column a source or attribute."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A short answer with its probability, kept also when the answer is withheld."""

    text: str
    confidence: float
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One of several values that sources give, with who says so.

    ``claims`` counts what ``independent_sources`` report: a speaker whom several of them quote makes one claim,
    each outlet in its own name another; 0: not known.
    """

    value: str
    speaker: str | None = None
    stance: str | None = None
    published: datetime.date | None = None
    citations: tuple[Citation, ...] = ()
    independent_sources: int = 1
    claims: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """Something that articles report and date.

    ``period`` is when it took place; ``words`` say so in the first of ``citations``, of which each article has one.
    Near-duplicate articles count once among ``independent_sources``.
    """

    period: Period
    words: str
    citations: tuple[Citation, ...]
    independent_sources: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What the articles say in reply to a question, or that they do not.

    ``notes`` are the program's own remarks, never cited; ``removed`` holds statements that failed
    the check; ``timings`` maps a stage to milliseconds; ``final`` is False for a snapshot that a
    later one may replace. ``independent_sources`` counts those that carry the answer, near-duplicates
    once; 0 where there is none. ``items`` may be capped: ``items_total`` is how many there are. ``missing`` names
    the parts of the question that the articles do not answer, beside what they do. ``steps`` tell what a chat model
    looked up, a line each. ``written_by`` is the chat model that wrote it, None for the built-in answerer.
    """

    question: str
    standalone_question: str
    outcome: Outcome
    answered: bool
    short: str | None = None
    confidence: float = 0.0
    text: str = ""
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    sides: tuple[Side, ...] = ()
    events: tuple[Event, ...] = ()
    notes: tuple[str, ...] = ()
    removed: tuple[Statement, ...] = ()
    hits: tuple[Hit, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)
    final: bool = True
    independent_sources: int = 0
    kind: Kind = "short"
    items: tuple[Item, ...] = ()
    items_total: int = 0
    table: Table | None = None
    missing: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    written_by: str | None = None

    @property
    def turn(self) -> Turn:
        """The question, standing alone, and the answer, to be passed on as history."""
        return Turn(self.standalone_question, self.text, self.kind, tuple(item.text for item in self.items))
