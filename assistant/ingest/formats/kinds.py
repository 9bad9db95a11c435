"""File names and first bytes -> the format and compression that a file is read as, or why it is not read."""

from __future__ import annotations

import re
from pathlib import Path

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
    ".doc": "doc",
    ".odt": "odt",
    ".rtf": "rtf",
    ".epub": "epub",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".eml": "eml",
    ".mbox": "mbox",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".rdf": "feed",
    ".warc": "warc",
    ".zip": "zip",
    ".tar": "tar",
}
COMPRESSIONS = (".gz", ".xz", ".bz2")
READABLE = (
    ".txt .md .html .mhtml .pdf .docx .doc .odt .rtf .epub .eml .mbox .csv .tsv .xlsx .parquet .json .jsonl "
    ".rss .atom .xml .warc .zip .tar, each also .gz, .xz or .bz2"
)
UNSUPPORTED = f"unsupported kind of file ({READABLE})"
# What holds several articles: each has a row of its own, and a damaged one costs only itself.
MANY = frozenset({"jsonl", "csv", "xlsx", "parquet", "mbox", "warc", "zip", "tar"})

# How browsers of several languages name the folder that they save beside a page.
COMPANIONS = (
    "_files",
    ".fld",
    "-Dateien",
    "_fichiers",
    "_archivos",
    "_bestanden",
    "-filer",
    "_file",
    "_soubory",
)

_WHOLE_NAMES = {
    ".tgz": ("tar", ".gz"),
    ".tbz": ("tar", ".bz2"),
    ".tbz2": ("tar", ".bz2"),
    ".txz": ("tar", ".xz"),
}
_SERVER_SUFFIXES = frozenset({"", ".php", ".asp", ".aspx", ".jsp", ".shtml", ".shtm", ".cgi", ".cfm", ".do"})
_NUMBERED = re.compile(r"\.\d+$|[?@].*$")
_REMEDIES = {
    ".pages": "export it from Pages as .docx",
    ".webarchive": "save the page as .mhtml or .html",
    ".maff": "save the page as .mhtml or .html",
    ".xls": "save it as .xlsx or .csv",
    ".ods": "save it as .xlsx or .csv",
    ".numbers": "export it as .csv",
    ".pst": "export the mail as .mbox or .eml",
    ".msg": "save the mail as .eml",
    ".mobi": "convert it to .epub",
    ".azw3": "convert it to .epub",
    ".djvu": "convert it to .pdf",
    ".pptx": "export it as .pdf",
    ".ppt": "export it as .pdf",
    ".odp": "export it as .pdf",
    ".7z": "unpack it, or pack it as .zip",
    ".rar": "unpack it, or pack it as .zip",
    ".zst": "unpack it, or pack it as .gz",
    ".db": "export its articles as .csv or .jsonl",
    ".sqlite": "export its articles as .csv or .jsonl",
    ".sqlite3": "export its articles as .csv or .jsonl",
}
_STARTS = (
    (b"%pdf-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"warc/1.", "warc"),
    (b"\xd0\xcf\x11\xe0", "doc"),
    (b"<!doctype html", "html"),
    (b"<html", "html"),
    (b"<head", "html"),
    (b"<body", "html"),
)
# What a packed document holds first shows which it is.
_PACKED = (
    (b"mimetypeapplication/epub", "epub"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (b"word/", "docx"),
    (b"xl/", "xlsx"),
)
# Formats under whose suffix programs write others as well: a page or RTF named .doc, a page in place of a .pdf.
_OFTEN_OTHERS = frozenset(
    {"doc", "docx", "pdf", "rtf", "odt", "epub", "html", "mhtml", "txt", "feed", "xlsx"}
)
_SNIFFED = 2048
_FEED_ROOT = re.compile(rb"<(?:rss|feed|rdf:rdf|nitf)\b")
_PAGE_ROOT = re.compile(rb"(?:<\?[^>]*>|<!--.*?-->|<!doctype[^>]*>|\s)*<html\b", re.DOTALL)
_SAVED_PAGE = re.compile(
    rb"^(?:from: <saved by|(?:[\w-]+: [^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?content-type: multipart/related)"
)
_MAIL = re.compile(
    rb"(?:return-path|received|delivered-to|message-id|mime-version|from|date|subject): \S", re.I
)


def format_of(name: str) -> tuple[str, str] | None:
    """Return a file name's format and compression ("", ".gz", ".xz" or ".bz2"), or None where unsupported."""
    path = Path(name.lower())
    if path.suffix in _WHOLE_NAMES:
        return _WHOLE_NAMES[path.suffix]
    compression = path.suffix if path.suffix in COMPRESSIONS else ""
    suffix = Path(path.stem).suffix if compression else path.suffix
    return (SUFFIXES[suffix], compression) if suffix in SUFFIXES else None


def format_of_file(path: str) -> tuple[str, str] | None:
    """Return the format and compression of a file: by its name, unless its first bytes plainly show another format.

    Where a name says nothing, the bytes alone decide: no suffix, one of a web server's programs (".php"), or
    a number or query that a downloader put behind the name ("page.html.1").
    """
    known = format_of(path)
    if known and (known[1] or known[0] not in _OFTEN_OTHERS):
        return known
    if not known and not _says_nothing(Path(path).name):
        return None
    from assistant.ingest.metadata.documents import UnreadableError
    from assistant.ingest.parse_request import open_regular

    try:
        with open_regular(path) as file:
            start = file.read(_SNIFFED)
    except (OSError, UnreadableError):
        return known
    form = form_shown(start, known[0]) if known else sniffed(start)
    return (form, "") if form else None


def form_shown(start: bytes, named: str) -> str:
    """Return the format of a file by its first bytes where they plainly show another than its name says."""
    form = sniffed(start) if named in _OFTEN_OTHERS else None
    return named if form is None or (named, form) in (("mhtml", "html"), ("txt", "mbox")) else form


def sniffed(start: bytes) -> str | None:
    """Return the format that the first bytes of a file show, or None."""
    start = start[:_SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if form := next((form for mark, form in _STARTS if start.startswith(mark)), None):
        return form
    if start.startswith(b"pk\x03\x04"):
        return next((form for mark, form in _PACKED if mark in start), None)
    return _sniffed_text(start)


def _sniffed_text(start: bytes) -> str | None:
    if _SAVED_PAGE.search(start[:_SNIFFED]):
        return "mhtml"
    if start.startswith(b"<") and _FEED_ROOT.search(start):
        return "feed"
    if start.startswith((b"<?xml", b"<!--")) and _PAGE_ROOT.match(start):
        return "html"
    if start.startswith(b"from ") and _MAIL.search(start):
        return "mbox"
    return None


def why_skipped(name: str) -> str:
    """Return why a file that no reader takes is passed over, with the remedy where there is one."""
    suffix = Path(name).suffix.lower()
    if not suffix:
        return "no suffix, and its first bytes are not those of a page, a feed or mail"
    remedy = _REMEDIES.get(suffix)
    return f"{suffix} files are not read" + (f": {remedy}" if remedy else "")


def _says_nothing(name: str) -> bool:
    if Path(name).suffix.lower() in _SERVER_SUFFIXES:
        return True
    bare = _NUMBERED.sub("", name)
    return bare != name and (format_of(bare) is not None or Path(bare).suffix.lower() in _SERVER_SUFFIXES)
