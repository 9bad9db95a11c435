"""What an ingest has read and not stored yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.types import Article, Passage, SourceFile


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article that waits for its vectors.

    ``read_bytes`` estimates how much of its file, of ``file_size`` bytes, was read for it.
    """

    article: Article
    passages: tuple[Passage, ...]
    content_hash: str
    kind: Literal["added", "updated"]
    read_bytes: int
    file_size: int


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file all of whose articles stand before it in the queue; ``sha256`` is None when some failed."""

    file: SourceFile
    sha256: str | None
    articles: int
    size: int
