"""A file -> the documents it holds: the reader of each format, decompression and decoding."""

from __future__ import annotations

import codecs
import gzip
import json
import lzma
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, cast

from assistant.ingest.formats.docx import read_docx
from assistant.ingest.formats.feeds import read_feed
from assistant.ingest.formats.html import read_html, without_markup
from assistant.ingest.formats.markdown import read_markdown
from assistant.ingest.formats.pdf import read_pdf
from assistant.ingest.metadata.documents import Document, UnreadableError, document_from_mapping

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
LIBRARIES: Mapping[str, tuple[str, ...]] = {
    "txt": (),
    "json": (),
    "jsonl": (),
    "md": ("frontmatter", "markdown_it"),
    "html": ("trafilatura",),
    "pdf": ("pypdf",),
    "docx": ("docx",),
    "feed": ("feedparser",),
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
_FEW_WRONG_BYTES = 0.02
_META_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE
)
_WRAPPERS = ("articles", "items", "entries", "data", "results", "documents", "docs", "news", "rows", "hits")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be read, in bytes: of one article, and of a file that holds many and is read whole."""

    article_bytes: int
    file_bytes: int


def format_of(name: str) -> tuple[str, str] | None:
    """Return a file name's format and compression ("", ".gz" or ".xz"), or None where unsupported."""
    path = Path(name.lower())
    compression = path.suffix if path.suffix in _OPENERS else ""
    suffix = Path(path.stem).suffix if compression else path.suffix
    return (SUFFIXES[suffix], compression) if suffix in SUFFIXES else None


def too_large(limit: int) -> UnreadableError:
    """Return the error of what is over the limit for one article, in bytes."""
    return UnreadableError(f"larger than {limit:,} bytes (setting ASSISTANT_ARTICLE_BYTES)")


def documents(
    file: IO[bytes],
    form: str,
    compression: str,
    limits: Limits,
    *,
    skip: int = 0,
    charset: str | None = None,
) -> Iterator[tuple[int, Document | UnreadableError]]:
    """Yield what a file holds, each with its row: the line of a .jsonl, from 1; the place in a list, or 0.

    ``skip`` leaves out the rows up to that number; ``charset`` is the encoding that the sender named.

    Raises:
        UnreadableError: the file as a whole cannot be read.
    """
    try:
        stream = _OPENERS[compression](file) if compression else file
        if form in ROW_FORMATS:
            yield from _rows(stream, skip, limits)
            return
        many = form in ("json", "feed")
        most = max(limits.article_bytes, limits.file_bytes) if many else limits.article_bytes
        data = stream.read(most + 1)
        if len(data) > most:
            raise too_large(most)
    except (gzip.BadGzipFile, lzma.LZMAError, zlib.error, EOFError) as error:
        raise UnreadableError(f"damaged {compression} file: {error}") from None
    if form == "json":
        found = _read_json(data, limits)
        yield from ((row, document) for row, document in found if row > skip or row == 0)
    elif form == "feed":
        yield from read_feed(data)
    elif form == "pdf":
        yield 0, read_pdf(data, limits.article_bytes)
    elif form == "docx":
        yield 0, read_docx(data, 5 * limits.article_bytes)
    elif form == "html":
        yield 0, read_html(decode(data, charset or _meta_charset(data)))
    elif form == "md":
        yield 0, read_markdown(decode(data, charset))
    else:
        yield 0, Document(without_markup(decode(data, charset)))


def decode(data: bytes, charset: str | None = None) -> str:
    """Return the text of bytes: by their mark, as UTF-8, in the encoding named, else in a guessed one.

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
        pass
    as_utf8 = data.decode("utf-8", "replace")
    if sum(map("\x7f".__lt__, as_utf8)) > 4 * as_utf8.count("\ufffd"):
        return as_utf8
    encoding = _known_encoding(charset) or _guessed_encoding(data)
    return data.decode(encoding, "replace")


def _known_encoding(charset: str | None) -> str | None:
    try:
        name = codecs.lookup(charset or "").name
    except LookupError:
        return None
    return "cp1252" if name == "iso8859-1" else name if name != "utf-8" else None


def _guessed_encoding(data: bytes) -> str:
    """Return the likeliest encoding; Windows-1252, the commonest by far, where it is as likely as any."""
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    matches = from_bytes(sample)
    best = matches.best()
    if best is None and sum(map((127).__lt__, sample)) < _FEW_WRONG_BYTES * len(sample):
        return "utf-8"
    if best is None:
        raise UnreadableError("binary data or an unknown encoding, not text")
    rivals = [match for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence)]
    return "cp1252" if any("cp1252" in match.could_be_from_charset for match in rivals) else best.encoding


def _meta_charset(data: bytes) -> str | None:
    named = _META_CHARSET.search(data[:4096])
    return named[1].decode("ascii") if named else None


def _rows(stream: IO[bytes], skip: int, limits: Limits) -> Iterator[tuple[int, Document | UnreadableError]]:
    """Yield the rows of a .jsonl without holding more than one.

    A line over ``limits.article_bytes`` yields the error in its place; one over ten times that ends
    the file.
    """
    number, empty = 0, True
    while line := stream.readline(limits.article_bytes + 1):
        number += 1
        if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise UnreadableError("lines of JSON in UTF-16; save them as UTF-8")
        size = len(line)
        overlong = size > limits.article_bytes and not line.endswith(b"\n")
        while overlong and (rest := stream.readline(1 << 20)):
            size += len(rest)
            if size > 10 * limits.article_bytes:
                raise UnreadableError(f"line {number} is over {size:,} bytes long; what follows is not read")
            if rest.endswith(b"\n"):
                break
        if number <= skip or not line.strip():
            continue
        empty = False
        yield number, too_large(limits.article_bytes) if overlong else _read_row(line)
    if empty and not skip:
        raise UnreadableError("it holds no article")


def _read_row(line: bytes) -> Document | UnreadableError:
    try:
        return _document(_parse_json(line))
    except UnreadableError as error:
        return error
    except Exception as error:  # one damaged row must not cost the others
        return UnreadableError(f"damaged row: {type(error).__name__}: {error}")


def _read_json(data: bytes, limits: Limits) -> Iterator[tuple[int, Document | UnreadableError]]:
    """Yield the one article of an object, or those of a list, which an object may wrap."""
    value = _parse_json(data)
    if isinstance(value, dict):
        wrapped = (value.get(name) for name in _WRAPPERS)
        value = next((items for items in wrapped if isinstance(items, list) and items), value)
    if value == []:
        raise UnreadableError("it holds no article")
    if not isinstance(value, list):
        if len(data) > limits.article_bytes:
            raise too_large(limits.article_bytes)
        yield 0, _document(value)
        return
    for number, item in enumerate(value, start=1):
        try:
            yield number, _document(item)
        except UnreadableError as error:
            yield number, error


def _document(value: Any) -> Document:
    if not isinstance(value, dict):
        raise UnreadableError("not a JSON object with fields")
    document = document_from_mapping(value)
    return replace(document, text=without_markup(document.text))


def _parse_json(data: bytes) -> Any:
    try:
        return json.loads(decode(data), strict=False)
    except RecursionError:
        raise UnreadableError("not valid JSON: nested too deeply") from None
    except ValueError as error:
        raise UnreadableError(f"not valid JSON: {error}") from None
