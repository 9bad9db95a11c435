"""What an ingest tells while it runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from assistant.types import Article, Failure, IngestReport, Skipped

ALMOST = 0.98
EventKind = Literal["added", "updated", "removed", "failed"]


@dataclass(frozen=True, slots=True)
class IngestEvent:
    """An article that is safely in the ledger or out of it, or a failure; and how far the ingest is.

    ``subject`` is the article's id, or the path that failed; ``total_bytes`` counts the files to read, and
    ``done_bytes`` what of them is in the ledger (within a file of many articles, an estimate).
    """

    kind: EventKind
    subject: str
    reason: str | None = None
    done_bytes: int = 0
    total_bytes: int = 0
    passages: int = 0


@dataclass
class Progress:
    """The counts of one ingest so far."""

    on_event: Callable[[IngestEvent], None]
    total_bytes: int = 0
    finished_bytes: int = 0
    begun_bytes: int = 0
    passages: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failures: list[Failure] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    truncated: int = 0

    def advance(self, size: int, file_size: int) -> None:
        """Count bytes of a file that holds more; as they are an estimate, never quite the whole file."""
        self.begun_bytes = min(self.begun_bytes + size, int(ALMOST * file_size))

    def finish(self, file_size: int) -> None:
        """Count a file as done."""
        self.finished_bytes += file_size
        self.begun_bytes = 0

    def tell(self, kind: EventKind, subject: str, reason: str | None = None) -> None:
        """Report one article or failure."""
        done_bytes = self.finished_bytes + self.begun_bytes
        self.on_event(IngestEvent(kind, subject, reason, done_bytes, self.total_bytes, self.passages))

    def fail(self, failure: Failure) -> None:
        """Count a failure and report it."""
        self.failures.append(failure)
        self.tell("failed", failure.path, failure.reason)

    def count(self, article: Article, kind: EventKind) -> None:
        """Count an article that is new or changed, its language, and whether its source cuts it short."""
        self.added += kind == "added"
        self.updated += kind == "updated"
        self.truncated += article.truncated
        if article.language:
            self.languages[article.language] += 1

    def report(self) -> IngestReport:
        """Return the counts."""
        return IngestReport(
            self.added,
            self.updated,
            self.unchanged,
            self.removed,
            tuple(self.failures),
            tuple(self.skipped),
            dict(self.languages),
            self.truncated,
        )
