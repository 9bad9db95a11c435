"""OpenDocument texts (.odt) -> documents: the final text in lines, and the metadata that they state."""

from __future__ import annotations

import itertools
from typing import Any

from lxml import etree

from assistant.ingest.formats.unzip import opened_zip, part
from assistant.ingest.metadata.documents import Document, UnreadableError
from assistant.ingest.metadata.file_properties import stated_properties

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_ODF_LEFT_OUT = frozenset(
    {f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}annotation-end", f"{_TEXT}note-citation"}
)
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_PARENT_STYLE = f"{_STYLE}parent-style-name"
_HEAD_BLOCKS = 8
_MOST_SPACES = 100


def read_odt(data: bytes, most_bytes: int) -> Document:
    """Return the document of an OpenDocument text: deletions and comments out, footnotes after their paragraph.

    Raises:
        UnreadableError: it is none, is encrypted, or takes more than ``most_bytes`` unpacked.
    """
    with opened_zip(data, "OpenDocument", most_bytes) as archive:
        content = parsed_xml(part(archive, "content.xml", most_bytes))
        meta = parsed_xml(part(archive, "meta.xml", most_bytes)) if "meta.xml" in archive.namelist() else None
    body = content.find(f"{_OFFICE}body")
    if body is None:
        raise UnreadableError("not an OpenDocument text, or an encrypted one")
    lines: list[str] = []
    _add_blocks(body, lines)
    fields: dict[str, Any] = {}
    if meta is not None:
        fields = stated_properties(meta.findtext(f".//{DUBLIN_CORE}title"), None)
    if headline := _headline(content, body):
        fields["title"] = headline
    return Document("\n".join(lines), fields)


def _headline(content: etree._Element, body: etree._Element) -> str | None:
    """Return the headline that stands at the head of a text: what a template names its own title is none."""
    titled = {"Title"} | {
        one.get(f"{_STYLE}name")
        for one in content.iter(f"{_STYLE}style")
        if one.get(_PARENT_STYLE) == "Title"
    }
    for block in itertools.islice(body.iter(f"{_TEXT}p", f"{_TEXT}h"), _HEAD_BLOCKS):
        heads = block.tag == f"{_TEXT}h" and block.get(f"{_TEXT}outline-level", "1") == "1"
        words = " ".join(_inline(block)[0].split())
        if words and (heads or block.get(f"{_TEXT}style-name") in titled):
            return words
    return None


def parsed_xml(data: bytes) -> etree._Element:
    """Return the root of an XML text; entities stay closed, and nothing is fetched.

    Raises:
        UnreadableError: it is not XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"damaged XML: {error}") from None
    if root is None:
        raise UnreadableError("damaged XML: it holds no element")
    return root


def _add_blocks(root: etree._Element, lines: list[str]) -> None:
    walk = etree.iterwalk(root, events=("start", "end"))
    items = 0
    for event, element in walk:
        tag = element.tag
        if event == "end":
            items -= tag == f"{_TEXT}list-item"
            continue
        if tag in _ODF_LEFT_OUT:
            walk.skip_subtree()
        elif tag == f"{_TABLE}table-row":
            cells = [one for one in element if one.tag == f"{_TABLE}table-cell"]
            lines.append(" | ".join(" ".join("\n".join(_inline(cell)).split()) for cell in cells))
            walk.skip_subtree()
        elif tag == f"{_TABLE}table":
            lines.append("")
        elif tag == f"{_TEXT}list-item":
            items += 1
        elif tag in (f"{_TEXT}p", f"{_TEXT}h"):
            text, *notes = _inline(element)
            marker = "- " if items and text else ""
            lines += [
                *([""] if tag.endswith("}h") else []),
                marker + text,
                *([] if marker or tag.endswith("}h") else [""]),
            ]
            for note in notes:
                lines += [note, ""]
            walk.skip_subtree()


def _inline(element: etree._Element) -> list[str]:
    """Return the text of a paragraph, and after it that of each footnote in it."""
    texts = [""]
    walk = etree.iterwalk(element, events=("start", "end"))
    in_note = 0
    for event, one in walk:
        place = -1 if in_note else 0
        if event == "start":
            if one.tag == f"{_TEXT}note-body":
                texts.append("")
                in_note += 1
                place = -1
            if one.tag in _ODF_LEFT_OUT:
                walk.skip_subtree()
            elif one.tag == f"{_TEXT}s":
                count = one.get(f"{_TEXT}c", "1")
                texts[place] += " " * min(int(count) if count.isdigit() else 1, _MOST_SPACES)
            elif one.tag == f"{_TEXT}tab":
                texts[place] += " "
            elif one.tag == f"{_TEXT}line-break":
                texts[place] += "\n"
            if one.tag not in _ODF_LEFT_OUT:
                texts[place] += one.text or ""
        else:
            if one.tag == f"{_TEXT}note-body":
                in_note -= 1
            if one is not element:
                texts[-1 if in_note else 0] += one.tail or ""
    return texts
