"""A file -> what it holds: decompression, and the reader of its format."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import IO, cast

from assistant.ingest.formats.archives import read_tar, read_warc, read_zip
from assistant.ingest.formats.decode import decode_text, stated_charset
from assistant.ingest.formats.docx import read_docx
from assistant.ingest.formats.epub import read_epub
from assistant.ingest.formats.feeds import read_xml
from assistant.ingest.formats.html import read_html, without_markup
from assistant.ingest.formats.json_files import read_json, read_rows
from assistant.ingest.formats.limits import Limits, ParsedEntry, too_large
from assistant.ingest.formats.mail import read_mail, read_mbox, read_mhtml
from assistant.ingest.formats.markdown import read_markdown
from assistant.ingest.formats.opendocument import read_odt
from assistant.ingest.formats.pdf import read_pdf
from assistant.ingest.formats.plain_text import read_plain_text
from assistant.ingest.formats.press_exports import press_documents
from assistant.ingest.formats.rtf import read_rtf
from assistant.ingest.formats.tables import read_csv, read_parquet, read_xlsx
from assistant.ingest.metadata.documents import Document, UnreadableError

# What each reader imports before the clock of its first file starts.
LIBRARIES: Mapping[str, tuple[str, ...]] = {
    "md": ("frontmatter", "markdown_it"),
    "html": ("trafilatura",),
    "mhtml": ("trafilatura",),
    "warc": ("trafilatura", "warcio"),
    "zip": ("trafilatura",),
    "tar": ("trafilatura",),
    "pdf": ("pypdfium2",),
    "docx": ("docx",),
    "feed": ("feedparser",),
    "xlsx": ("openpyxl",),
    "rtf": ("striprtf",),
}
_MOST_NESTED = 2
_UNPACKED = 5
_OPENERS: dict[str, Callable[..., IO[bytes]]] = {
    ".gz": cast(Callable[..., IO[bytes]], gzip.open),
    ".xz": cast(Callable[..., IO[bytes]], lzma.open),
    ".bz2": cast(Callable[..., IO[bytes]], bz2.open),
}
_WHOLE = frozenset({"json", "feed", "csv", "xlsx", "parquet"})


def documents(
    file: IO[bytes],
    form: str,
    compression: str,
    limits: Limits,
    *,
    skip: int = 0,
    charset: str | None = None,
    depth: int = 0,
) -> Iterator[ParsedEntry]:
    """Yield what a file holds, each with its row.

    ``skip`` leaves out the rows up to that number; ``charset`` is the encoding that the sender named; ``depth``
    counts the archives that the file lies in.

    Raises:
        UnreadableError: the file as a whole cannot be read.
    """
    try:
        # warcio reads compressed records one by one, so that a damaged one costs only itself
        stream = (
            _OPENERS[compression](file) if compression and (form, compression) != ("warc", ".gz") else file
        )
        if form in ("zip", "tar"):
            if depth == _MOST_NESTED:
                raise UnreadableError("an archive within archives; unpack it")
            inside = partial(_read_inside, depth=depth + 1)
            yield from (read_zip if form == "zip" else read_tar)(
                _seekable(stream, form, limits), limits, inside, skip
            )
        elif form == "warc":
            yield from read_warc(stream, limits, skip)
        elif form == "mbox":
            yield from read_mbox(stream, limits, skip)
        elif form == "jsonl":
            yield from read_rows(stream, skip, limits)
        else:
            most = max(limits.article_bytes, limits.file_bytes) if form in _WHOLE else limits.article_bytes
            data = stream.read(most + 1)
            if len(data) > most:
                raise too_large(most)
            yield from _read_whole(data, form, limits, skip, charset)
    except (gzip.BadGzipFile, lzma.LZMAError, zlib.error, EOFError) as error:
        raise UnreadableError(f"damaged {compression or form} file: {error}") from None
    except OSError as error:
        if compression == ".bz2":
            raise UnreadableError(f"damaged {compression} file: {error}") from None
        raise


def _read_whole(
    data: bytes, form: str, limits: Limits, skip: int, charset: str | None
) -> Iterator[ParsedEntry]:
    if not data.strip():
        raise UnreadableError("an empty file")
    unpacked = _UNPACKED * limits.article_bytes
    match form:
        case "json":
            yield from read_json(data, limits, skip)
        case "feed":
            yield from read_xml(data, skip)
        case "csv":
            yield from read_csv(data, limits, skip)
        case "xlsx":
            yield from read_xlsx(data, limits, skip)
        case "parquet":
            yield from read_parquet(data, limits, skip)
        case "epub":
            yield from read_epub(data, unpacked, skip)
        case "pdf":
            yield from read_pdf(data, limits.article_bytes)
        case "txt":
            own = read_plain_text(without_markup(decode_text(data, charset)))
            yield from _parted(own, skip)
        case "docx" | "odt" | "rtf":
            yield from _parted(_read_one(data, form, unpacked, charset), skip)
        case _:
            yield ParsedEntry(0, _read_one(data, form, unpacked, charset))


def _read_one(data: bytes, form: str, unpacked: int, charset: str | None) -> Document:
    packed = {"docx": read_docx, "odt": read_odt}
    as_bytes = {"rtf": read_rtf, "mhtml": read_mhtml, "eml": read_mail}
    if form in packed:
        return packed[form](data, unpacked)
    if form in as_bytes:
        return as_bytes[form](data)
    if form == "html":
        return read_html(decode_text(data, charset or stated_charset(data)))
    return read_markdown(decode_text(data, charset))


def _parted(own: Document, skip: int) -> Iterator[ParsedEntry]:
    """Yield a text, or the documents of the press database that exported it."""
    exported = press_documents(own.text)
    if exported is None:
        yield ParsedEntry(0, own)
    elif len(exported) == 1:
        yield ParsedEntry(0, exported[0])
    else:
        yield from (ParsedEntry(row, one) for row, one in enumerate(exported, start=1) if row > skip)


def _read_inside(
    file: IO[bytes], form: str, compression: str, limits: Limits, *, depth: int
) -> Iterator[ParsedEntry]:
    if form == "doc":
        raise UnreadableError("an old Word file within an archive; unpack it, or save it as .docx")
    yield from documents(file, form, compression, limits, depth=depth)


def _seekable(stream: IO[bytes], form: str, limits: Limits) -> IO[bytes]:
    """Return the stream of a zip, which must be sought in, unpacked into memory where it is compressed again."""
    if form == "tar" or not isinstance(stream, gzip.GzipFile | lzma.LZMAFile | bz2.BZ2File):
        return stream
    import io

    data = stream.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise too_large(limits.file_bytes)
    return io.BytesIO(data)
