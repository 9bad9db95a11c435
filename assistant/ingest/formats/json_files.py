"""JSON and JSON lines -> documents: one article, a list of them, or what a news interface answers."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from assistant.ingest.clean.not_articles import has_prose
from assistant.ingest.formats.decode import decode_text
from assistant.ingest.formats.field_shapes import flat
from assistant.ingest.formats.html import is_page, read_html, without_markup
from assistant.ingest.formats.limits import Limits, ParsedEntry, too_large
from assistant.ingest.formats.markdown import is_markdown, read_markdown
from assistant.ingest.formats.wrapped_rows import rows_of
from assistant.ingest.metadata.documents import Document, UnreadableError, document_from_mapping

_LINK_ALONE = "a link without the article's text; ingest the address itself"


def read_json(data: bytes, limits: Limits, skip: int = 0) -> Iterator[ParsedEntry]:
    """Yield the one article of an object, or those of a list, which an object may wrap.

    Raises:
        UnreadableError: it is not JSON, or holds no article.
    """
    text = decode_text(data)
    try:
        value = _json_value(text)
    except UnreadableError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines[:2]):
            raise
        try:
            _json_value(lines[0])
        except UnreadableError:
            raise error from None
        yield from _from_lines(text, skip)
        return
    rows = rows_of(value)
    if rows is not None and not rows:
        raise UnreadableError("it holds no article")
    if rows is None:
        if len(data) > limits.article_bytes:
            raise too_large(limits.article_bytes)
        yield ParsedEntry(0, document_of(value))
        return
    for number, item in enumerate(rows, start=1):
        if number > skip:
            yield ParsedEntry(number, _or_error(item))


def read_rows(stream: IO[bytes], skip: int, limits: Limits) -> Iterator[ParsedEntry]:
    """Yield the rows of a .jsonl without holding more than one.

    A line over ``limits.article_bytes`` yields the error in its place; one over ten times that ends
    the file.
    """
    number, empty = 0, True
    while line := stream.readline(limits.article_bytes + 1):
        number += 1
        if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise UnreadableError("lines of JSON in UTF-16; save them as UTF-8")
        size = len(line)
        overlong = size > limits.article_bytes and not line.endswith(b"\n")
        while overlong and (rest := stream.readline(1 << 20)):
            size += len(rest)
            if size > 10 * limits.article_bytes:
                raise UnreadableError(f"line {number} is over {size:,} bytes long; what follows is not read")
            if rest.endswith(b"\n"):
                break
        if number <= skip or not line.strip():
            continue
        empty = False
        yield ParsedEntry(number, too_large(limits.article_bytes) if overlong else _line_document(line))
    if empty and not skip:
        raise UnreadableError("it holds no article")


def document_of(value: Any) -> Document:
    """Return the document of an object with fields, of any shape that ``field_shapes`` knows.

    Raises:
        UnreadableError: it is no object, or no field of it holds a text.
    """
    if not isinstance(value, dict):
        raise UnreadableError("not a JSON object with fields")
    fields, only_lead = flat(value)
    try:
        document = document_from_mapping(fields)
    except UnreadableError:
        if fields.get("title") and fields.get("url"):
            raise UnreadableError(_LINK_ALONE) from None
        raise
    if only_lead and document.fields.get("url") and not has_prose(document.text):
        raise UnreadableError(_LINK_ALONE)
    if is_page(document.text):
        page = read_html(document.text)
        return Document(page.text, {**page.fields, **document.fields}, page.truncated)
    if is_markdown(document.text):
        page = read_markdown(document.text)
        document = replace(document, text=page.text, fields={**page.fields, **document.fields})
    document = replace(document, text=without_markup(document.text))
    return replace(document, truncated=True) if only_lead else document


def _from_lines(text: str, skip: int) -> Iterator[ParsedEntry]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and number > skip:
            yield ParsedEntry(number, _line_document(line.encode()))


def _line_document(line: bytes) -> Document | UnreadableError:
    try:
        value = _json_value(decode_text(line))
    except UnreadableError as error:
        return error
    return _or_error(value)


def _or_error(value: Any) -> Document | UnreadableError:
    try:
        return document_of(value)
    except UnreadableError as error:
        return error
    except Exception as error:  # one damaged row must not cost the others
        return UnreadableError(f"damaged row: {type(error).__name__}: {error}")


def _json_value(text: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"), strict=False)
    except RecursionError:
        raise UnreadableError("not valid JSON: nested too deeply") from None
    except ValueError as error:
        raise UnreadableError(f"not valid JSON: {error}") from None
