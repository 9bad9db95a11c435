"""Word files -> documents: their final text in paragraphs, and the metadata that they state."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant.ingest.formats.opendocument import parsed_xml
from assistant.ingest.formats.unzip import opened_zip
from assistant.ingest.metadata.documents import Document, UnreadableError
from assistant.ingest.metadata.file_properties import stated_properties

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WORD_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr", _FALLBACK})
_WRAPPERS = frozenset(
    {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"}
)
_BREAKS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_NOTE_PARTS = {"/word/footnotes.xml": f"{_W}footnoteReference", "/word/endnotes.xml": f"{_W}endnoteReference"}
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")

Notes = dict[tuple[str, str], str]


def read_docx(data: bytes, most_bytes: int) -> Document:
    """Return the document of a Word file: paragraphs, list items and table rows in their order.

    Tracked insertions are in, deletions and comments out; a footnote stands after the paragraph that refers to it.

    Raises:
        UnreadableError: it is no Word file, or takes more than ``most_bytes`` unpacked.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    opened_zip(data, "Word", most_bytes).close()
    try:
        opened = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise UnreadableError(f"not a Word file: {error}") from None
    properties = opened.core_properties
    fields = stated_properties(properties.title, properties.author)
    styles = {style.style_id: style.name or "" for style in opened.styles}
    notes = _read_notes(opened)
    lines: list[str] = []
    for block in _block_elements(opened.element.body):
        if block.tag == f"{_W}tbl":
            lines.extend(["", *_table_rows(block, notes), ""])
        elif _style(block, styles) == "Title" and not lines:
            fields["title"] = _element_text(block)
        else:
            lines.extend(_paragraph_lines(block, _style(block, styles)))
            for note in _notes_of(block, notes):
                lines.extend([note, ""])
    return Document("\n".join(lines), fields)


def _block_elements(parent: Any) -> Iterator[Any]:
    """Yield the paragraphs and tables below an element, also those in content controls and tracked insertions."""
    waiting = [iter(parent)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in _WRAPPERS:
            waiting.append(iter(child))


def _element_text(element: Any) -> str:
    from lxml import etree

    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start",))
    for _, one in walk:
        if one.tag in _WORD_LEFT_OUT:
            walk.skip_subtree()
        elif one.tag == f"{_W}t":
            parts.append(one.text or "")
        elif one.tag in _BREAKS:
            parts.append(_BREAKS[one.tag])
        elif one.tag == f"{_W}p" and parts:
            parts.append("\n")
    return "".join(parts).strip()


def _style(paragraph: Any, styles: dict[str, str]) -> str:
    named = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return styles.get(named.get(f"{_W}val"), "") if named is not None else ""


def _paragraph_lines(paragraph: Any, style: str) -> list[str]:
    text = _element_text(paragraph)
    if text and ("List" in style or paragraph.find(f"{_W}pPr/{_W}numPr") is not None):
        return [f"- {text}"]
    if style.startswith(("Heading", "Title", "Subtitle")):
        return ["", text]
    return [text, ""]


def _table_rows(table: Any, notes: Notes) -> Iterator[str]:
    """Yield the rows of a table, cell by cell: equal cells stay, a merged cell is one."""
    for row in table.iter(f"{_W}tr"):
        cells = [" ".join(_element_text(cell).split()) for cell in row.iterchildren(f"{_W}tc", f"{_W}sdt")]
        yield " | ".join(cells)
        yield from _notes_of(row, notes)


def _read_notes(opened: WordDocument) -> Notes:
    notes: Notes = {}
    for part in opened.part.package.iter_parts():
        reference = _NOTE_PARTS.get(str(part.partname))
        if reference is None:
            continue
        for note in parsed_xml(part.blob).iter(f"{_W}footnote", f"{_W}endnote"):
            text = _element_text(note)
            if text and note.get(f"{_W}type") not in _SEPARATORS:
                notes[reference, note.get(f"{_W}id") or ""] = text
    return notes


def _notes_of(element: Any, notes: Notes) -> Iterator[str]:
    for one in element.iter(*_NOTE_PARTS.values()):
        if text := notes.get((one.tag, one.get(f"{_W}id") or "")):
            yield text
