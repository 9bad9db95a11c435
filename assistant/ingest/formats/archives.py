"""Archives (.zip, .tar) and web archives (.warc) -> what they hold, each file or response by its own reader."""

from __future__ import annotations

import contextlib
import io
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, Any

from assistant.ingest.formats.decode import decode_text, stated_charset
from assistant.ingest.formats.html import read_html
from assistant.ingest.formats.kinds import COMPANIONS, form_shown, format_of, sniffed, why_skipped
from assistant.ingest.formats.limits import Limits, ParsedEntry
from assistant.ingest.formats.omnivore import fields_in_archive, is_metadata, left_out_of_archive
from assistant.ingest.formats.unzip import read_at_most
from assistant.ingest.metadata.documents import Document, UnreadableError

MOST_MEMBERS = 100_000
MOST_UNPACKED = 40
_HTML_TYPES = ("text/html", "application/xhtml+xml")

_UNPACKING_ERRORS = (
    UnreadableError,
    RuntimeError,
    NotImplementedError,
    zipfile.BadZipFile,
    tarfile.TarError,
    EOFError,
    ValueError,
)

MemberReader = Callable[[IO[bytes], str, str, Limits], Iterator[ParsedEntry]]


def read_zip(file: IO[bytes], limits: Limits, read: MemberReader, skip: int = 0) -> Iterator[ParsedEntry]:
    """Yield what the files of a zip hold; nothing is written to the disk, so no name can lead anywhere.

    Raises:
        UnreadableError: it is no zip.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise UnreadableError(f"not a zip: {error}") from None
    listed = [one for one in archive.infolist() if not one.is_dir()]
    members = [(one.filename, lambda one=one: archive.open(one)) for one in listed]
    folders = {str(folder) for one in listed for folder in PurePosixPath(_safe_name(one.filename)).parents}
    metadata: dict[str, bytes] = {}
    for one in listed:
        if is_metadata(name := _safe_name(one.filename)) and left_out_of_archive(name, folders):
            with contextlib.suppress(*_UNPACKING_ERRORS), archive.open(one) as opened:
                metadata[name] = read_at_most(opened, limits.article_bytes)
    yield from _members(iter(members), limits, read, skip, folders=folders, metadata=metadata)


def read_tar(file: IO[bytes], limits: Limits, read: MemberReader, skip: int = 0) -> Iterator[ParsedEntry]:
    """Yield what the regular files of a tar hold, in one pass; links and devices in it are not followed.

    Raises:
        UnreadableError: it is no tar.
    """
    try:
        with tarfile.open(fileobj=file, mode="r|") as archive:
            files = ((one.name, lambda one=one: archive.extractfile(one)) for one in archive if one.isreg())
            yield from _members(files, limits, read, skip)
    except tarfile.TarError as error:
        raise UnreadableError(f"not a tar, or a damaged one: {error}") from None


def read_warc(file: IO[bytes], limits: Limits, skip: int = 0) -> Iterator[ParsedEntry]:
    """Yield the pages among the responses of a web archive, each with its address and never the day of the crawl.

    Raises:
        UnreadableError: it is no web archive.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = pages = others = 0
    try:
        for record in ArchiveIterator(file):
            if record.rec_type not in ("response", "resource"):
                continue
            number += 1
            if number <= skip:
                continue
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            kind, charset, status = _http(record)
            if kind not in _HTML_TYPES or status not in ("200", ""):
                others += 1
                continue
            pages += 1
            yield ParsedEntry(number, name=address)
            yield ParsedEntry(number, _page(record, address, charset, limits), name=address)
    except ArchiveLoadFailed as error:
        raise UnreadableError(f"not a web archive, or a damaged one: {error}") from None
    if number == 0:
        raise UnreadableError("a web archive without responses")
    if others:
        yield ParsedEntry(
            number + 1,
            name="",
            skipped=f"{others} responses in it are no pages (pictures, scripts, redirects)",
        )
    if pages == 0 and not skip:
        raise UnreadableError("a web archive without a page of HTML")


def _members(
    members: Iterator[tuple[str, Callable[[], IO[bytes] | None]]],
    limits: Limits,
    read: MemberReader,
    skip: int,
    *,
    folders: Collection[str] = (),
    metadata: Mapping[str, bytes] | None = None,
) -> Iterator[ParsedEntry]:
    unpacked = 0
    number = 0
    for number, (stored_name, opened) in enumerate(members, start=1):
        if number > MOST_MEMBERS:
            yield ParsedEntry(
                number, UnreadableError(f"more than {MOST_MEMBERS:,} files; what follows is not read")
            )
            return
        name = _safe_name(stored_name)
        if number <= skip or _hidden(name):
            continue
        known = format_of(name)
        if reason := left_out_of_archive(name, folders):
            yield ParsedEntry(number, name=name, skipped=reason)
            continue
        if known is None and PurePosixPath(name).suffix:
            yield ParsedEntry(number, name=name, skipped=why_skipped(name))
            continue
        yield ParsedEntry(number, name=name)
        try:
            with opened() or io.BytesIO() as member:
                data = read_at_most(member, max(limits.article_bytes, limits.file_bytes))
        except _UNPACKING_ERRORS as error:
            yield ParsedEntry(number, UnreadableError(f"cannot be unpacked: {error}"), name=name)
            continue
        unpacked += len(data)
        if unpacked > MOST_UNPACKED * limits.file_bytes:
            yield ParsedEntry(
                number, UnreadableError(f"unpacks to more than {unpacked:,} bytes; what follows is not read")
            )
            return
        form, compression = known or (sniffed(data) or "", "")
        form = form if compression else form_shown(data, form)
        if not form:
            yield ParsedEntry(number, name=name, skipped=why_skipped(name))
            continue
        stated = fields_in_archive(name, metadata or {})
        for found in _inside(read(io.BytesIO(data), form, compression, limits), number, name):
            yield _with_fields(found, stated) if stated else found
    if number == 0:
        raise UnreadableError("an empty archive")


def _with_fields(found: ParsedEntry, stated: Mapping[str, Any]) -> ParsedEntry:
    if not isinstance(document := found.document, Document):
        return found
    own = {key: value for key, value in document.fields.items() if value}
    return replace(found, document=replace(document, fields={**stated, **own}))


def _inside(found: Iterator[ParsedEntry], number: int, name: str) -> Iterator[ParsedEntry]:
    """Yield what a file of an archive holds, under the file's number and name."""
    try:
        for one in found:
            inner = f"{name}#{one.row}" if one.row and not one.name else f"{name}/{one.name}".rstrip("/")
            yield replace(one, row=number, name=inner)
    except UnreadableError as error:
        yield ParsedEntry(number, error, name=name)
    except MemoryError:
        raise
    except Exception as error:  # one damaged file must not cost the others
        yield ParsedEntry(
            number, UnreadableError(f"damaged: {type(error).__name__}: {error}"[:300]), name=name
        )


def _http(record: object) -> tuple[str, str | None, str]:
    """Return the content type, the character set and the status of a response."""
    headers = getattr(record, "http_headers", None) or getattr(record, "rec_headers", None)
    stated = (headers.get_header("Content-Type") or "").lower() if headers else ""
    kind, *parameters = stated.split(";")
    charset = next((one.split("=", 1)[1].strip(" \"'") for one in parameters if "charset=" in one), None)
    status = headers.get_statuscode() if getattr(record, "http_headers", None) and headers else ""
    return kind.strip(), charset, status or ""


def _page(record: object, address: str, charset: str | None, limits: Limits) -> Document | UnreadableError:
    try:
        data = read_at_most(record.content_stream(), limits.article_bytes)  # type: ignore[attr-defined]
        page = read_html(decode_text(data, charset or stated_charset(data)))
    except UnreadableError as error:
        return error
    except Exception as error:  # one damaged response must not cost the others
        return UnreadableError(f"damaged response: {type(error).__name__}: {error}"[:300])
    stated = {"url": address} if address.startswith("http") else {}
    return Document(page.text, {**page.fields, **stated}, page.truncated)


def _safe_name(name: str) -> str:
    """Return the name of a file in an archive as an id can bear it: no controls, no steps up, no root."""
    name = "".join(
        "_" if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp") else one for one in name
    )
    parts = [one for one in name.replace("\\", "/").split("/") if one not in ("", ".", "..")]
    return "/".join(parts)[:400] or "unnamed"


def _hidden(name: str) -> bool:
    *folders, last = name.split("/")
    return (
        any(one.startswith((".", "__MACOSX")) or one.endswith(COMPANIONS) for one in folders)
        or last.startswith(".")
        or last.lower().startswith("readme.")
    )
