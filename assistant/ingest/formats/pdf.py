"""PDF files -> documents: their text in paragraphs, and the metadata that they state."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from assistant.ingest.formats.limits import ParsedEntry
from assistant.ingest.formats.pdf_layout import PrintedLine, page_lines
from assistant.ingest.formats.plain_text import with_whole_words
from assistant.ingest.metadata.documents import Document, UnreadableError
from assistant.ingest.metadata.file_properties import stated_properties
from assistant.ingest.metadata.publication_date import date_span

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_SHORT_LINE = 0.75
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\W*\d+\W*(?:(?:of|/|sur)\W*\d+)?\W*", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_ITEM_START = re.compile(r"(?:[-*•–▪●]|\d{1,2}[.)])\s")
_CLOCK = re.compile(r"\d:\d\d")
_MOST_PAGES = 2000
_MOST_SCANNED_PAGES = 50
_SCAN_SCALE = 2.5
_OCR_REMEDY = "install Tesseract (Debian: tesseract-ocr), which then recognises them"


def read_pdf(data: bytes, most_characters: int) -> Iterator[ParsedEntry]:
    """Yield the document of a PDF file; running heads and page numbers are left out, columns read one by one.

    Pages that are pictures are recognised by Tesseract where it is installed, each in its own time.

    Raises:
        UnreadableError: it is encrypted, holds no text, or more than ``most_characters``.
    """
    import pypdfium2

    try:
        opened = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise UnreadableError(
            "encrypted: it opens with a password only" if locked else f"damaged PDF: {error}"
        ) from None
    try:
        pages: list[list[PrintedLine]] = []
        size = 0
        for number in range(min(len(opened), _MOST_PAGES)):
            pages.append(_lines_of_page(opened[number]))
            size += sum(len(line.text) for line in pages[-1])
            if size > most_characters:
                raise UnreadableError(f"holds more than {most_characters:,} characters")
        fields = _pdf_fields(opened)
        if days := _days_of_heads(pages):
            fields["shown"] = days
        if size:
            body = list(_body_lines(pages))
            text = with_whole_words("\n".join(_paragraphs([line for lines in body for line in lines])))
            yield ParsedEntry(
                0, Document(text, fields, pages=[[line.text for line in lines] for lines in body])
            )
            return
        recognised: list[str] = []
        for text in _recognised(opened):
            recognised.append(text)
            yield ParsedEntry(0)
        if not any(text.strip() for text in recognised):
            raise UnreadableError("no text: its pages are pictures in which no words are recognised")
        printed = [text.splitlines() for text in recognised]
        yield ParsedEntry(0, Document(with_whole_words("\n\n".join(recognised)), fields, pages=printed))
    finally:
        opened.close()


def _lines_of_page(page: PdfPage) -> list[PrintedLine]:
    text_page = page.get_textpage()
    try:
        return page_lines(text_page)
    finally:
        text_page.close()
        page.close()


def _pdf_fields(opened: PdfDocument) -> dict[str, Any]:
    stated = opened.get_metadata_dict()
    return stated_properties(stated.get("Title"), stated.get("Author"))


def _recognised(opened: PdfDocument) -> Iterator[str]:
    """Yield the text of each scanned page, as Tesseract reads it."""
    program = shutil.which("tesseract")
    if program is None:
        raise UnreadableError(f"no text: its pages may be scanned pictures; {_OCR_REMEDY}")
    if len(opened) > _MOST_SCANNED_PAGES:
        raise UnreadableError(
            f"a scan of {len(opened)} pages; more than {_MOST_SCANNED_PAGES} are not recognised, split it"
        )
    from assistant.ingest.formats.scans import text_of_picture

    for number in range(len(opened)):
        yield text_of_picture(program, opened[number].render(scale=_SCAN_SCALE, grayscale=True))


def _body_lines(pages: list[list[PrintedLine]]) -> Iterator[list[PrintedLine]]:
    """Yield the lines of each page less its number and the heads and feet that most of them repeat."""
    edges = _edges(pages)
    for page in pages:
        highest = max((line.top for line in page), default=0.0)
        lowest = min((line.bottom for line in page), default=0.0)
        own = []
        for line in page:
            edge = line.top > highest - 2 * line.size or line.bottom < lowest + 2 * line.size
            repeated = edges[_shape(line)] > max(1.0, len(pages) / 2)
            if not (edge and (_PAGE_NUMBER.fullmatch(line.text) or repeated)):
                own.append(line)
        yield own


def _edges(pages: list[list[PrintedLine]]) -> Counter[str]:
    """Count on how many pages a line stands among the first or last two, digits left out of account."""
    return Counter(
        key for page in pages for key in {_shape(line) for line in (*page[:2], *page[-2:])} if len(pages) > 1
    )


def _days_of_heads(pages: list[list[PrintedLine]]) -> list[str]:
    """Return the day in words that heads or feet of most pages print: a paper's, while a browser adds a clock."""
    edges = _edges(pages)
    days: Counter[str] = Counter()
    for page in pages:
        for line in (*page[:2], *page[-2:]):
            span = date_span(line.text) if edges[_shape(line)] > 1 and not _CLOCK.search(line.text) else None
            day = line.text[span[0] : span[1]] if span else ""
            days[day] += any(one.isalpha() for one in day)
    return [day for day, count in days.most_common(1) if count > len(pages) / 2]


def _shape(line: PrintedLine) -> str:
    return re.sub(r"\d+", "#", line.text)


def _paragraphs(lines: Sequence[PrintedLine]) -> Iterator[str]:
    """Yield the paragraphs that lines of a page form, each followed by an empty line.

    A page breaks lines where they are full. A paragraph ends where a wider space, another size of type or another
    column follows (unless its sentence plainly goes on there), at a line that ends as a sentence and is not full,
    before an item of a list, and around a short line without an end: a heading.
    """
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    paragraph = lines[0].text if lines else ""
    for before, line in pairwise(lines):
        text, after = before.text, line.text
        short = len(text) < _SHORT_LINE * width
        ends = bool(_PARAGRAPH_END.search(text))
        goes_on = not ends and after[:1].islower() and abs(line.size - before.size) < 1
        heading = short and not ends and after[:1].isupper() and not text.endswith((",", "-"))
        if (line.opens and not goes_on) or (short and ends) or heading or _ITEM_START.match(after):
            yield paragraph
            yield from [] if (heading and not line.opens) or _ITEM_START.match(after) else [""]
            paragraph = after
        elif re.search(r"[^\W\d_][-\u00ad]$", text) and after[:1].isalpha():
            paragraph = f"{paragraph}\n{after}"
        else:
            paragraph = f"{paragraph} {after}"
    yield paragraph
