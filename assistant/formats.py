"""A file -> the documents it holds: one reader per format, decompression and decoding."""

from __future__ import annotations

import codecs
import gzip
import json
import lzma
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from assistant.documents import Document, UnreadableError, document_from_mapping

ROW_FORMATS = frozenset({"jsonl"})
SUFFIXES = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_OPENERS: dict[str, Callable[..., IO[bytes]]] = {
    ".gz": cast(Callable[..., IO[bytes]], gzip.open),
    ".xz": cast(Callable[..., IO[bytes]], lzma.open),
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65536
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x7f]")
_MOSTLY_BINARY = 0.05
_NOT_JSON = "not valid JSON"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be read, in bytes: of one article, and of a file that must be held whole."""

    article_bytes: int
    file_bytes: int


def format_of(name: str) -> tuple[str, str] | None:
    """Return a file name's format and compression ("", ".gz" or ".xz"), or None where unsupported."""
    path = Path(name.lower())
    compression = path.suffix if path.suffix in _OPENERS else ""
    suffix = Path(path.stem).suffix if compression else path.suffix
    return (SUFFIXES[suffix], compression) if suffix in SUFFIXES else None


def decompressed(file: IO[bytes], compression: str) -> IO[bytes]:
    """Return a file's bytes, decompressed as they are read."""
    return _OPENERS[compression](file) if compression else file


def decode(data: bytes) -> str:
    """Return the text of bytes in UTF-8, in UTF-16 or UTF-32 with its mark, or in a guessed encoding.

    Raises:
        UnreadableError: the bytes are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    sample = data[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _MOSTLY_BINARY * len(sample):
        raise UnreadableError("binary data, not text")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _decode_guessing(data)


def _decode_guessing(data: bytes) -> str:
    as_utf8 = data.decode("utf-8", "replace")
    wrong = as_utf8.count("\ufffd")
    if sum(character > "\x7f" for character in as_utf8) > 4 * wrong:
        return as_utf8
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:_SAMPLE]).best()
    if guess is None:
        raise UnreadableError("binary data or an unknown encoding, not text")
    return data.decode(guess.encoding, "replace")


def rows(stream: IO[bytes], skip: int, limits: Limits) -> Iterator[tuple[int, bytes | UnreadableError]]:
    """Yield the number (from 1) and the bytes of each line that is not empty, without holding the others.

    A line over ``limits.article_bytes`` yields the error in its place; one over ten times that ends
    the file.
    """
    number = 0
    while line := stream.readline(limits.article_bytes + 1):
        number += 1
        size = len(line)
        overlong = size > limits.article_bytes and not line.endswith(b"\n")
        if overlong:
            while rest := stream.readline(1 << 20):
                size += len(rest)
                if rest.endswith(b"\n"):
                    break
                if size > 10 * limits.article_bytes:
                    reason = f"the line is over {size:,} bytes long; what follows it is not read"
                    yield number, UnreadableError(reason)
                    return
        if number <= skip:
            continue
        if overlong:
            yield number, too_large(limits.article_bytes)
        elif line.strip():
            yield number, line


def too_large(limit: int) -> UnreadableError:
    """Return the error of an article over the limit."""
    return UnreadableError(f"larger than {limit:,} bytes (setting ASSISTANT_ARTICLE_BYTES)")


def read_row(line: bytes) -> Document:
    """Return the document of one line of JSON."""
    value = _parse_json(line)
    if not isinstance(value, dict):
        raise UnreadableError("not a JSON object")
    return document_from_mapping(value)


def read_text(data: bytes) -> Iterator[Document]:
    """Yield the one document of a plain text."""
    yield Document(decode(data))


def read_markdown(data: bytes) -> Iterator[Document]:
    """Yield the one document of a Markdown text, with the fields of its front matter."""
    import frontmatter

    post = frontmatter.loads(decode(data))
    yield document_from_mapping({**post.metadata, "text": post.content})


def read_json(data: bytes) -> Iterator[Document]:
    """Yield the document of a JSON object, or those of a list of objects."""
    value = _parse_json(data)
    for item in value if isinstance(value, list) else [value]:
        yield document_from_mapping(item)


def _parse_json(data: bytes) -> Any:
    try:
        return json.loads(decode(data))
    except RecursionError:
        raise UnreadableError(f"{_NOT_JSON}: nested too deeply") from None
    except ValueError as error:
        raise UnreadableError(f"{_NOT_JSON}: {error}") from None


READERS: dict[str, Callable[[bytes], Iterator[Document]]] = {
    "txt": read_text,
    "md": read_markdown,
    "json": read_json,
}
