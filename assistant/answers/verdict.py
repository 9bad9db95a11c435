"""What a check lets pass of an answer."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.evidence.reading import Reading
from assistant.types import Statement


@dataclass(frozen=True, slots=True)
class CheckedReading:
    """A reading of which every statement has passed, the statements that have not, and remarks on both."""

    reading: Reading
    removed: tuple[Statement, ...] = ()
    notes: tuple[str, ...] = ()
