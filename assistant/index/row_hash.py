"""Hashes of rows, by which a store notices that a disk has altered them."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence

from assistant.types import Article


def row_hash(values: Iterable[object]) -> bytes:
    """Hash the values of an article's row, lengths and types included (16 bytes, BLAKE2b)."""
    parts = []
    for value in values:
        part = str(value).encode("utf-8", "surrogatepass")
        parts += [f"{type(value).__name__} {len(part)} ".encode(), part]
    return hashlib.blake2b(b"".join(parts), digest_size=16).digest()


def article_hash(article: Article, recipe: str) -> str:
    """Hash what an article says, on which pages, and how it is cut; where it was read does not count."""
    said = (article.id, article.text, article.title, article.publisher, article.authors)
    pages = (article.pages,) if article.pages else ()
    return row_hash((*said, article.published, article.url, article.language, recipe, *pages)).hex()


def passage_hash(fields: Sequence[object], vector: bytes) -> int:
    """Return the checksum of a passage's number, article, id, start, end and vector.

    CRC-32: it guards against a failing disk, not a forger.
    """
    return zlib.crc32(vector, zlib.crc32(" ".join(map(str, fields)).encode()))
