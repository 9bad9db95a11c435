"""What the MCP tools return, as types that clients are told; made of what ``output.to_json`` writes.

An answer may come with further fields, which readers ignore.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field


class MarkedWordsResult(BaseModel):
    """Words of a statement, text[start:end], that its quotes do not hold, and why they are marked."""

    start: int
    end: int
    reason: str


class StatementResult(BaseModel):
    """A sentence of an answer; ``citations`` are numbers of the answer's citations."""

    text: str
    supported: bool | None
    citations: list[int]
    support: float | None = None
    mark: str | None = Field(
        None, description="quoted, checked, compare or doubtful; null for built-in answers."
    )
    marked: list[MarkedWordsResult] = []
    speaker: str | None = None
    stance: str | None = None
    drawn: bool = Field(False, description="True for what is concluded from several statements.")


class CitationResult(BaseModel):
    """The exact words of an article: text[start:end] of the article is the quote; ``speaker`` says it."""

    number: int
    article: str
    article_sha256: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    start: int
    end: int
    quote: str
    speaker: str | None
    stance: str | None
    authors: list[str] = Field(default_factory=list, description="Who wrote the article, as far as it says.")
    page: int | None = Field(None, description="The page of a PDF on which the quote starts, from 1.")


class CandidateResult(BaseModel):
    """A short answer with its probability."""

    text: str
    confidence: float
    citations: list[int]


class SideResult(BaseModel):
    """One of several values that sources give, with who says so."""

    value: str
    speaker: str | None
    stance: str | None
    published: str | None
    citations: list[int]
    independent_sources: int
    claims: int = Field(0, description="How many claims these sources report: one speaker makes one claim.")


class EventResult(BaseModel):
    """A dated event, in an answer that tells what happened; ``date`` is its period in words."""

    start: str | None
    end: str | None
    date: str
    words: str
    citations: list[int]
    independent_sources: int


class HitResult(BaseModel):
    """A passage that matches a question; a higher score is better."""

    rank: int
    article: str
    title: str | None
    published: str | None
    start: int
    end: int
    text: str
    score: float


class AnswerResult(BaseModel):
    """What the articles say in reply to a question; where ``answered`` is false, ``text`` says what they lack."""

    question: str
    standalone_question: str
    outcome: str
    answered: bool
    kind: str = Field("short", description="The kind of question: short, yesno, list, count, compare, …")
    short: str | None = Field(description="The shortest words that answer.")
    confidence: float
    text: str
    statements: list[StatementResult]
    citations: list[CitationResult]
    candidates: list[CandidateResult]
    sides: list[SideResult]
    events: list[EventResult]
    items: list[dict[str, Any]] = Field([], description="Entries of a list or count, with their citations.")
    items_total: int = Field(0, description="How many entries there are; the list may be capped.")
    table: dict[str, Any] | None = Field(
        None, description="A comparison: columns, and a row a thing compared."
    )
    notes: list[str] = Field(description="Remarks of the program, not of the articles.")
    removed: list[StatementResult] = Field(description="Statements that failed the check.")
    missing: list[str] = Field([], description="Parts of the question that the articles do not answer.")
    steps: list[str] = Field([], description="What a chat model looked up.")
    written_by: str | None = Field(
        None, description="The chat model that wrote it; null: the built-in answerer."
    )
    hits: list[HitResult]
    timings_ms: dict[str, float]


class SearchResult(BaseModel):
    """Passages, best first."""

    hits: list[HitResult]


class OccurrenceResult(BaseModel):
    """One occurrence: text[start:end] of the article is the quote."""

    article: str
    start: int
    end: int
    quote: str


class OccurrenceCountResult(BaseModel):
    """Occurrences of one publisher, month or article, and in how many articles; null where it is not known."""

    value: str | None
    total: int
    articles: int


class FoundResult(BaseModel):
    """Every occurrence: ``total`` is exact, ``matches`` are the first of them, the newest article's first."""

    query: str
    spellings: list[str]
    total: int
    articles: int
    groups: list[OccurrenceCountResult]
    matches: list[OccurrenceResult]


class ArticleResult(BaseModel):
    """An article; ``sha256`` is the hash of its text in UTF-8."""

    id: str
    title: str | None
    publisher: str | None
    authors: list[str]
    published: str | None
    url: str | None
    language: str | None
    sha256: str
    text: str
