"""Text exports of press databases -> their documents, each with the particulars that its head and foot state.

Such a file holds documents one after another. Each has a headline, some of the lines "412 words", a day, a
publisher, a code, a language and a notice of rights, or labels ("BYLINE:", "LENGTH:", "Load-Date:"); and ends with
"Document ABC…", "End of Document" or a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.ingest.clean.boilerplate import is_sentence
from assistant.ingest.metadata.documents import Document
from assistant.ingest.metadata.publication_date import date_span

_WORDS = re.compile(r"(?:length:\s*)?\d[\d,.]* words", re.IGNORECASE)
_CODE = re.compile(r"[A-Z0-9]{3,10}")
_DOCUMENT_END = re.compile(
    r"(?:Document [A-Z0-9]{6,}[a-z0-9]*|End of Document|_{20,}|-{20,}|={20,})", re.IGNORECASE
)
_DOCUMENT_COUNT = re.compile(r"(?:Document |Page )?\d+ of \d+(?: documents?)?", re.IGNORECASE)
_LABELLED_LINE = re.compile(r"(?P<label>[A-Za-z][A-Za-z -]{2,24}):\s*(?P<value>.*)")
_FIELD_LABELS = {
    "title": ("headline", "title"),
    "authors": ("byline", "author", "authors"),
    "publisher": ("publication title", "source", "publication", "publisher"),
    "published": ("publication date", "date", "publication-date"),
    "url": ("url", "document url"),
}
_TEXT_LABELS = frozenset({"full text", "body", "text"})
_OTHER_LABELS = frozenset(
    (
        "load-date,load date,length,section,dateline,language,subject,graphic,publication-type,journal code,"
        "copyright,pages,document type,proquest document id,issn,place of publication,abstract,"
        "country of publication,publication subject,classification,edition,highlight,database,links,"
        "last updated,location,people,company,publication year,type,document id"
    ).split(",")
)
_LANGUAGE_NAMES = frozenset("english french german spanish arabic portuguese italian dutch".split())
_RIGHTS_LINE = re.compile(r"(?:©|\(c\)|copyright\b).{0,200}|.{0,80}all rights reserved\.?", re.IGNORECASE)
_INVERTED = re.compile(r"^([^,]+), ([^,]+)$")
_HEAD_LINES = 16
# A page, or the time of day.
_NUMBER = re.compile(r"(?:p(?:age|g\.?|\.) ?)?\d+(?:[:.]\d\d)?(?: ?[AP]M)?(?: [A-Z]{3,4})?", re.IGNORECASE)
_EXPORT_HEADINGS = frozenset({"Body", "Classification", "Notes", "Graphic"})
_LONGEST_LABELLESS_LINE = 60


def press_documents(text: str) -> list[Document] | None:
    """Return the documents of an export, or None where a text is none."""
    if not _is_export(text):
        return None
    found = [document for part in _export_parts(text) if (document := _export_document(part)) is not None]
    return found or None


def _is_export(text: str) -> bool:
    head = [line.strip() for line in text[:4000].splitlines() if line.strip()][: 2 * _HEAD_LINES]
    counted = any(_WORDS.fullmatch(line) for line in head)
    ended = any(_DOCUMENT_END.fullmatch(line.strip()) for line in text[-4000:].splitlines())
    labels = {found["label"].lower() for line in head if (found := _LABELLED_LINE.match(line))}
    numbered = any(_DOCUMENT_COUNT.fullmatch(line) for line in head[:2])
    return (
        (counted and (ended or numbered or "load-date" in labels))
        or (numbered and len(labels & _known_labels()) > 1)
        or (bool(labels & {"full text"}) and len(labels & _known_labels()) > 1)
    )


def _field_labels() -> set[str]:
    return {name for names in _FIELD_LABELS.values() for name in names}


def _known_labels() -> set[str]:
    return _field_labels() | _OTHER_LABELS


def _export_parts(text: str) -> Iterator[list[str]]:
    part: list[str] = []
    for raw in text.splitlines():
        line = raw.strip()
        if _DOCUMENT_END.fullmatch(line) or _DOCUMENT_COUNT.fullmatch(line):
            if any(part):
                yield part
            part = []
        else:
            part.append(line)
    if any(part):
        yield part


def _export_document(lines: list[str]) -> Document | None:
    """Return the document of an export's part, or None where it holds no text (a cover sheet, a list of titles)."""
    fields: dict[str, Any] = {}
    body: list[str] = []
    bare: list[str] = []
    end = _end_of_head(lines)
    labelled = any(
        (found := _LABELLED_LINE.fullmatch(line)) and found["label"].lower() in _TEXT_LABELS for line in lines
    )
    for place, line in enumerate(lines):
        label = _LABELLED_LINE.fullmatch(line)
        name = label["label"].lower() if label else ""
        if label and name in _TEXT_LABELS:
            body.append(label["value"])
        elif label and name in _field_labels() and (place < end or labelled):
            field = next(key for key, names in _FIELD_LABELS.items() if name in names)
            if label["value"]:
                fields.setdefault(field, label["value"])
        elif (label and name in _OTHER_LABELS) or _RIGHTS_LINE.fullmatch(line) or line in _EXPORT_HEADINGS:
            continue
        elif place >= end:
            body.append(line)
        elif line:
            bare.append(line)
    text = "\n".join(body).strip()
    if not text:
        return None
    _read_head(bare, fields)
    if labelled and "authors" in fields:
        fields["authors"] = [_INVERTED.sub(r"\2 \1", one.strip()) for one in fields["authors"].split(";")]
    return Document(text, fields)


def _end_of_head(lines: list[str]) -> int:
    """Return the place behind the last line of particulars that stands before the first sentence."""
    end = 0
    for place, line in enumerate(lines):
        label = _LABELLED_LINE.fullmatch(line)
        if label and label["label"].lower() in _TEXT_LABELS:
            return place
        if _is_particular(line) or (label and label["label"].lower() in _known_labels()):
            end = place + 1
        elif is_sentence(line) or place - end > _HEAD_LINES:
            break
    return end


def _is_particular(line: str) -> bool:
    return (
        bool(_WORDS.fullmatch(line) or _CODE.fullmatch(line) or _RIGHTS_LINE.fullmatch(line))
        or line.lower() in _LANGUAGE_NAMES
        or line in _EXPORT_HEADINGS
        or _is_date_line(line)
    )


def _read_head(lines: list[str], fields: dict[str, Any]) -> None:
    """Read the lines without labels: headline, writers, day, publisher, codes, in the order of their database."""
    counted = any(_WORDS.fullmatch(line) for line in lines)
    day = next((line for line in lines if _is_date_line(line)), None)
    before = _name_lines(lines[: lines.index(day)] if day else lines)
    after = _name_lines(lines[lines.index(day) + 1 :] if day else [])
    if day:
        fields.setdefault("published", day)
    if counted:
        title, authors, publisher = before[:1], before[1:], after[:1]
    elif len(before) == 1 and after:
        title, authors, publisher = after[:1], [], before
    else:
        title, authors, publisher = before[:1], [], before[1:2]
    for field, found in (("title", title), ("authors", authors), ("publisher", publisher)):
        if found:
            fields.setdefault(field, found if field == "authors" else found[0])


def _name_lines(lines: list[str]) -> list[str]:
    return [line for line in lines if not _is_particular(line) and not _NUMBER.fullmatch(line)]


def _is_date_line(line: str) -> bool:
    span = date_span(line) if len(line) <= _LONGEST_LABELLESS_LINE else None
    return (
        span is not None
        and span[0] <= 12
        and span[1] - span[0] > len(line) // 3
        and len(line) <= _LONGEST_LABELLESS_LINE
    )
