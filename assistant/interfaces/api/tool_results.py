"""What the MCP tools return, as types that clients are told; made of what ``output.to_json`` writes.

An answer may come with further fields, which readers ignore.
"""

from __future__ import annotations

from pydantic import BaseModel, Field


class StatementResult(BaseModel):
    """A sentence of an answer; ``citations`` are numbers of the answer's citations."""

    text: str
    supported: bool | None
    citations: list[int]


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
    short: str | None = Field(description="The shortest words that answer.")
    confidence: float
    text: str
    statements: list[StatementResult]
    citations: list[CitationResult]
    candidates: list[CandidateResult]
    sides: list[SideResult]
    events: list[EventResult]
    notes: list[str] = Field(description="Remarks of the program, not of the articles.")
    removed: list[StatementResult] = Field(description="Statements that failed the check.")
    hits: list[HitResult]
    timings_ms: dict[str, float]


class SearchResult(BaseModel):
    """Passages, best first."""

    hits: list[HitResult]


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
