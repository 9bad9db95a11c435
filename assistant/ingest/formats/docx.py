"""Word files -> documents: their text in paragraphs, and the metadata that they state."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.ingest.metadata.documents import Document, UnreadableError
from assistant.ingest.metadata.file_properties import stated_properties

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph


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
    fields = stated_properties(properties.title, properties.author)
    lines: list[str] = []
    for block in opened.iter_inner_content():
        if isinstance(block, Table):
            lines.extend(["", *_rows(block), ""])
        elif (block.style.name if block.style else "") == "Title" and not lines:
            fields["title"] = block.text
        else:
            lines.extend(_paragraph(block))
    return Document("\n".join(lines), fields)


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
