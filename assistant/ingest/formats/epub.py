"""EPUB books -> documents: a book of one chapter is an article, one of several an article for each of them."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree

from assistant.ingest.formats.decode import decode_text, stated_charset
from assistant.ingest.formats.html import html_root, title_of_html
from assistant.ingest.formats.html_text import text_of
from assistant.ingest.formats.limits import ParsedEntry
from assistant.ingest.formats.opendocument import DUBLIN_CORE, parsed_xml
from assistant.ingest.formats.unzip import opened_zip, part
from assistant.ingest.metadata.documents import Document, UnreadableError
from assistant.ingest.metadata.file_properties import is_machine
from assistant.ingest.metadata.publication_date import date_span

_PAGE_TYPE = "application/xhtml+xml"
_FRONT_MATTER = (
    "nav",
    "toc",
    "contents",
    "cover",
    "title-page",
    "titlepage",
    "copyright",
    "colophon",
    "index",
)
_SHORTEST_CHAPTER = 40
_NAVIGATION = re.compile(r"(?:^|[-_\s])nav(?:bar|igation)?(?:$|[-_\s])", re.IGNORECASE)
_LONGEST_NAVIGATION = 500


def read_epub(data: bytes, most_bytes: int, skip: int = 0) -> Iterator[ParsedEntry]:
    """Yield the chapters of a book in the order of its spine; its cover and its tables of contents are none.

    Raises:
        UnreadableError: it is no EPUB, is encrypted, holds no text, or takes more than ``most_bytes`` unpacked.
    """
    with opened_zip(data, "EPUB", most_bytes) as archive:
        if "META-INF/encryption.xml" in archive.namelist():
            raise UnreadableError("its chapters are encrypted")
        folder, package = _package(archive, most_bytes)
        book = _package_fields(package)
        chapters = [
            (text, title_of_html(markup))
            for markup in _pages(archive, folder, package, most_bytes)
            if len((text := _chapter_text(markup)).split()) >= _SHORTEST_CHAPTER
        ]
    if not chapters:
        raise UnreadableError("a book without a chapter of text")
    if len(chapters) == 1:
        yield ParsedEntry(0, Document(chapters[0][0], book))
        return
    whole = {"publisher": _without_day(book.get("title") or ""), **book}
    # what a chapter states of itself goes before the day and the makers of the issue that it stands in
    whole["guessed"], whole["credited"] = whole.pop("published", None), whole.pop("authors", None)
    for number, (text, title) in enumerate(chapters, start=1):
        if number > skip:
            yield ParsedEntry(number, Document(text, {**whole, "title": title or book.get("title")}))


def _without_day(title: str) -> str:
    """Return the name of a paper from the title of its issue, less the day in it."""
    span = date_span(title)
    return title[: span[0]].rstrip(" [(,:–—-") if span and span[0] else title


def _chapter_text(markup: str) -> str:
    """Return the text of a chapter without its bars of links to the other ones."""
    try:
        root = html_root(markup)
    except etree.ParserError:
        return ""
    for element in list(root.iter("div", "p", "ul", "table")):
        is_bar = _NAVIGATION.search(element.get("class") or "") and element.getparent() is not None
        if is_bar and len(element.text_content()) <= _LONGEST_NAVIGATION:
            element.drop_tree()
    return text_of(root)


def _package(archive: zipfile.ZipFile, most_bytes: int) -> tuple[str, etree._Element]:
    container = parsed_xml(part(archive, "META-INF/container.xml", most_bytes))
    path = next((one.get("full-path") for one in container.iter("{*}rootfile") if one.get("full-path")), None)
    if not path:
        raise UnreadableError("not an EPUB: its container names no package")
    return posixpath.dirname(path), parsed_xml(part(archive, path, most_bytes))


def _package_fields(package: etree._Element) -> dict[str, Any]:
    first = {
        name: package.findtext(f".//{DUBLIN_CORE}{name}")
        for name in ("title", "date", "language", "publisher")
    }
    fields: dict[str, Any] = {
        "title": first["title"],
        "published": first["date"],
        "language": first["language"],
        "publisher": None if is_machine(first["publisher"] or "") else first["publisher"],
        "authors": [
            one.text for one in package.iter(f"{DUBLIN_CORE}creator") if one.text and not is_machine(one.text)
        ],
        "url": next(
            (one.text for one in package.iter(f"{DUBLIN_CORE}source") if (one.text or "").startswith("http")),
            None,
        ),
    }
    return {name: value for name, value in fields.items() if value}


def _pages(archive: zipfile.ZipFile, folder: str, package: etree._Element, most_bytes: int) -> Iterator[str]:
    items = {one.get("id"): one for one in package.iter("{*}item")}
    there = set(archive.namelist())
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") != _PAGE_TYPE or reference.get("linear") == "no":
            continue
        path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        stem = posixpath.splitext(posixpath.basename(path))[0].lower()
        if "nav" in (item.get("properties") or "").split() or stem in _FRONT_MATTER or path not in there:
            continue
        held = part(archive, path, most_bytes)
        yield decode_text(held, stated_charset(held))
