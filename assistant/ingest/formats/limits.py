"""What may be read of a file, and what its readers yield."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.ingest.metadata.documents import Document, UnreadableError


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be read, in bytes: of one article, and of a file that holds many and is read whole."""

    article_bytes: int
    file_bytes: int


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """What stands at a place of a file: a document, or why there is none.

    ``row`` is the line of a .jsonl, the row of a table or the place in a list or archive, from 1; it is 0 where
    the file is one article. ``name`` is that of a file in an archive. ``document`` is None where a row begins
    whose reading may take long, so that a reader that dies of it is known to have died of that row.
    ``skipped`` says why a file in an archive is passed over.
    """

    row: int
    document: Document | UnreadableError | None = None
    name: str = ""
    skipped: str = ""


def too_large(limit: int) -> UnreadableError:
    """Return the error of what is over the limit for one article, in bytes."""
    return UnreadableError(f"larger than {limit:,} bytes (setting ASSISTANT_ARTICLE_BYTES)")
