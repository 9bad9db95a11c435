"""Articles and what was found of them, from the files to the hits."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, cleaned; what is not stated in the source is None or empty, never guessed.

    ``sha256`` is the hash of ``text`` in UTF-8, so that anyone can check a quotation against it.
    ``path`` is where it was read: an absolute path or a URL. ``truncated`` tells that its source holds but the
    beginning of the article: a teaser, a paywall's stub, or a page whose order of lines could not be told.
    ``pages`` are the places in ``text`` where the pages of its source begin, from the first; () where it has none.
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
    pages: tuple[int, ...] = ()

    def page_at(self, place: int) -> int | None:
        """Return the number, from 1, of the page that a place of the text stands on; None where there are none."""
        return max(1, bisect_right(self.pages, place)) if self.pages else None


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
