"""PDF files -> documents: their text in paragraphs, and the metadata that they state."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from assistant.ingest.metadata.documents import Document, UnreadableError
from assistant.ingest.metadata.file_properties import stated_properties

_SHORT_LINE = 0.75
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\W*\d+\W*(?:(?:of|/|sur)\W*\d+)?\W*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_ITEM = re.compile(r"(?:[-*•–▪●]|\d{1,2}[.)])\s")


def read_pdf(data: bytes, most_characters: int) -> Document:
    """Return the document of a PDF file; its pages' repeated first and last lines are left out.

    Raises:
        UnreadableError: it is encrypted, holds no text (a scan), or more than ``most_characters``.
    """
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("encrypted: it opens with a password only")
    pages: list[list[str]] = []
    size = 0
    for page in reader.pages:
        text = page.extract_text()
        size += len(text)
        if size > most_characters:
            raise UnreadableError(f"holds more than {most_characters:,} characters")
        pages.append([line.strip() for line in text.splitlines()])
    if size == 0:
        raise UnreadableError("no text: its pages may be scanned pictures")
    stated = reader.metadata
    fields = stated_properties(stated.title if stated else None, stated.author if stated else None)
    return Document("\n".join(_paragraphs(list(_body_lines(pages)))), fields)


def _body_lines(pages: list[list[str]]) -> Iterator[str]:
    """Yield the lines of the pages less their numbers and the headers and footers most of them repeat."""
    edges = Counter(
        re.sub(r"\d+", "#", line) for page in pages for line in {*page[:1], *page[-1:]} if len(pages) >= 3
    )
    for page in pages:
        for number, line in enumerate(page):
            edge = number == 0 or number == len(page) - 1
            if edge and (_PAGE_NUMBER.fullmatch(line) or edges[re.sub(r"\d+", "#", line)] > len(pages) / 2):
                continue
            yield line


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Yield the paragraphs that lines of a page form, each followed by an empty line.

    A page breaks lines where they are full. A paragraph ends at an empty line, at a line that ends as a
    sentence and is not full, before an item of a list, and around a short line without an end: a heading.
    """
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    spaced = sum(not line for line in lines) > 0.4 * len(lines)
    lines = [line for line in lines if line] if spaced else lines
    paragraph = lines[0] if lines else ""
    for line, after in pairwise(lines):
        short = len(line) < _SHORT_LINE * width
        ends = bool(_SENTENCE_END.search(line))
        heading = short and not ends and after[:1].isupper() and not line.endswith((",", "-"))
        if not line or not after or (short and ends) or heading or _ITEM.match(after):
            yield paragraph
            yield from [] if heading or _ITEM.match(after) else [""]
            paragraph = after
        elif re.search(r"[^\W\d_]-$", line) and after[:1].islower():
            paragraph = paragraph[:-1] + after
        else:
            paragraph = f"{paragraph} {after}"
    yield paragraph
