"""PDF and Word files -> documents: their text in paragraphs, and the metadata that they state."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from assistant.articles.documents import Document, UnreadableError

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_SHORT_LINE = 0.75
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\W*\d+\W*(?:(?:of|/|sur)\W*\d+)?\W*", re.IGNORECASE)
_MACHINE_TITLE = re.compile(
    r"(?:untitled|microsoft|word document|document\d*$)|\.(?:docx?|pdf|indd|qxd|tex|rtf)$", re.I
)
_MACHINE_AUTHOR = re.compile(
    r"(?:python-docx|microsoft\b.*|admin(?:istrator)?|user|owner|author|unknown|root)$", re.I
)
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
    fields = _fields(stated.title if stated else None, stated.author if stated else None)
    return Document("\n".join(_paragraphs(list(_body_lines(pages)))), fields)


def read_docx(data: bytes, most_bytes: int) -> Document:
    """Return the document of a Word file: paragraphs, list items and table rows in their order.

    Raises:
        UnreadableError: it is no Word file, or takes more than ``most_bytes`` unpacked.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(
                entry.file_size
                for entry in archive.infolist()
                if not entry.filename.startswith("word/media/")
            )
        if size > most_bytes:
            raise UnreadableError(f"takes {size:,} bytes unpacked, more than {most_bytes:,}")
        opened = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError) as error:
        raise UnreadableError(f"not a Word file: {error}") from None
    properties = opened.core_properties
    fields = _fields(properties.title, properties.author)
    lines: list[str] = []
    for block in opened.iter_inner_content():
        if isinstance(block, Table):
            lines.extend(["", *_rows(block), ""])
        elif (block.style.name if block.style else "") == "Title" and not lines:
            fields["title"] = block.text
        else:
            lines.extend(_paragraph(block))
    return Document("\n".join(lines), fields)


def _fields(title: Any, author: Any) -> dict[str, Any]:
    """Return the title and author that a file's properties state, unless its program wrote them."""
    fields: dict[str, Any] = {}
    if isinstance(title, str) and " " in title.strip() and not _MACHINE_TITLE.search(title.strip()):
        fields["title"] = title
    if isinstance(author, str) and not _MACHINE_AUTHOR.match(author.strip()):
        fields["authors"] = author
    return fields


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


def _paragraph(paragraph: Paragraph) -> list[str]:
    style = (paragraph.style.name or "") if paragraph.style else ""
    text = paragraph.text.strip()
    properties = paragraph._p.pPr
    if text and ("List" in style or (properties is not None and properties.numPr is not None)):
        return [f"- {text}"]
    if style.startswith(("Heading", "Title", "Subtitle")):
        return ["", text]
    return [text, ""]


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells = dict.fromkeys(cell.text.strip() for cell in row.cells)
        yield " | ".join(" ".join(text.split()) for text in cells if text)
