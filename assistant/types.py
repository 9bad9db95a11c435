"""The types that travel through the assistant: frozen dataclasses without behaviour of their own.

Offsets count Unicode code points of ``Article.text``; ``end`` is exclusive.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

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

Mark = Literal["quoted", "checked", "compare", "doubtful"]


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, cleaned; what is not stated in the source is None or empty, never guessed.

    ``sha256`` is the hash of ``text`` in UTF-8, so that anyone can check a quotation against it.
    ``path`` is where it was read: an absolute path or a URL. ``truncated`` tells that its source holds but the
    beginning of the article: a teaser, a paywall's stub, or a page whose order of lines could not be told.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime.date | None = None
    url: str | None = None
    language: str | None = None
    path: str = ""
    sha256: str = ""
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file or address to read: its path (absolute, or a URL) and the id of the article it holds."""

    path: str
    article_id: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be read, and why, in one line."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was passed over because no reader takes it, and why, in one line."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Counts of articles after an ingest, what failed, and what was passed over.

    ``languages`` counts the new articles by language, ``truncated`` those that their source cuts short.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    languages: Mapping[str, int] = field(default_factory=dict)
    truncated: int = 0

    @property
    def failed(self) -> int:
        """The number of failures."""
        return len(self.failures)


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences: ``article.text[start:end] == text``, always."""

    id: str
    article_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage with its article; a higher score is better."""

    passage: Passage
    article: Article
    score: float


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
    """A question that stands alone, with what was understood of it.

    ``asked_period`` bounds the events, ``filters`` the articles. ``respelled`` is the original with its spelling
    corrected, where that was needed.
    """

    text: str
    original: str
    filters: Filters = Filters()
    names: tuple[str, ...] = ()
    asked_period: AskedPeriod | None = None
    respelled: str | None = None


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
    """One of several values that sources give, with who says so."""

    value: str
    speaker: str | None = None
    stance: str | None = None
    published: datetime.date | None = None
    citations: tuple[Citation, ...] = ()
    independent_sources: int = 1


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


@dataclass(frozen=True, slots=True)
class Answer:
    """What the articles say in reply to a question, or that they do not.

    ``notes`` are the program's own remarks, never cited; ``removed`` holds statements that failed
    the check; ``timings`` maps a stage to milliseconds; ``final`` is False for a snapshot that a
    later one may replace. ``independent_sources`` counts those that carry the answer, near-duplicates
    once; 0 where there is none. ``items`` may be capped: ``items_total`` is how many there are. ``missing`` names
    the parts of the question that the articles do not answer, beside what they do. ``steps`` tell what a chat model
    looked up, a line each.
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

    @property
    def turn(self) -> Turn:
        """The question, standing alone, and the answer, to be passed on as history."""
        return Turn(self.standalone_question, self.text, self.kind, tuple(item.text for item in self.items))


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
