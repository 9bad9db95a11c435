"""Mail (.eml, .mbox) and pages saved as one MIME file (.mht, .mhtml) -> documents."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import Message
from typing import IO, Any

from lxml.etree import ParserError

from assistant.ingest.formats.decode import decode_text, stated_charset
from assistant.ingest.formats.html import html_root, read_html
from assistant.ingest.formats.html_text import text_of
from assistant.ingest.formats.limits import Limits, ParsedEntry, too_large
from assistant.ingest.formats.mail_text import forwarded, visible, without_mail_lines
from assistant.ingest.metadata.documents import Document, UnreadableError

_LATE = 0.5
_FORWARD_MARKS = re.compile(r"^(?:(?:fwd?|re|aw|wg|tr|rv|i)\s*:\s*)+", re.IGNORECASE)
_FROM_LINE = b"From "


def read_mhtml(data: bytes) -> Document:
    """Return the document of a page that a browser saved as one MIME file, with the address it stood at.

    Raises:
        UnreadableError: it is no such file, or has no part of HTML.
    """
    message = _message(data)
    page = next(
        (one for one in message.walk() if one.get_content_type() in ("text/html", "application/xhtml+xml")),
        None,
    )
    if page is None:
        raise UnreadableError("not a saved page: it has no part of HTML")
    held = _bytes_of(page)
    document = read_html(decode_text(held, page.get_content_charset() or stated_charset(held)))
    address = _header(message, "Snapshot-Content-Location") or _header(page, "Content-Location")
    stated = {"url": address} if address and address.startswith("http") else {}
    return Document(document.text, {**stated, **document.fields}, document.truncated)


def read_mail(data: bytes) -> Document:
    """Return the document of one message: its text read once, its sender as publisher.

    Raises:
        UnreadableError: it is no mail, or holds no text.
    """
    message = _message(data)
    if not any(message.get(name) for name in ("From", "Date", "Subject")):
        raise UnreadableError("not mail: it names no sender, day or subject")
    within, text = forwarded(_message_text(message))
    name, address = email.utils.parseaddr(within.get("from") or _header(message, "From"))
    subject = within.get("subject") or _header(message, "Subject")
    fields: dict[str, Any] = {
        "title": _FORWARD_MARKS.sub("", subject),
        "published": within.get("date") or _header(message, "Date"),
        "publisher": name or address.rpartition("@")[2],
        "id": _header(message, "Message-ID").strip("<> "),
    }
    return Document(without_mail_lines(text), {key: value for key, value in fields.items() if value})


def read_mbox(stream: IO[bytes], limits: Limits, skip: int = 0) -> Iterator[ParsedEntry]:
    """Yield the messages of a mailbox, one in memory at a time.

    Raises:
        UnreadableError: it is no mailbox.
    """
    number, size = 0, 0
    lines: list[bytes] = []
    before = b"\n"
    for line in stream:
        if line.startswith(_FROM_LINE) and not before.strip():
            if number > skip:
                yield ParsedEntry(number, _one(lines, size, limits))
            number, lines, size = number + 1, [], 0
        else:
            size += len(line)
            if size <= limits.article_bytes:
                lines.append(line[1:] if line.startswith(b">From ") else line)
        before = line
        if number == 0:
            raise UnreadableError("not a mailbox: it does not begin with a line “From …”")
    if number == 0:
        raise UnreadableError("an empty mailbox")
    if number > skip:
        yield ParsedEntry(number, _one(lines, size, limits))


def _one(lines: list[bytes], size: int, limits: Limits) -> Document | UnreadableError:
    if size > limits.article_bytes:
        return too_large(limits.article_bytes)
    try:
        return read_mail(b"".join(lines))
    except UnreadableError as error:
        return error
    except Exception as error:  # one damaged message must not cost the others
        return UnreadableError(f"damaged message: {type(error).__name__}: {error}")


def _message(data: bytes) -> Message:
    return email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n \t"), policy=email.policy.default)


def _message_text(message: Message) -> str:
    """Return the text of a message: its plain part, unless the part of HTML holds much more."""
    plain, markup = "", ""
    for one in message.walk():
        if one.is_multipart() or one.get_filename() or one.get_content_disposition() == "attachment":
            continue
        kind = one.get_content_type()
        if kind not in ("text/plain", "text/html"):
            continue
        held = _bytes_of(one)
        text = decode_text(held, one.get_content_charset() or stated_charset(held)) if held.strip() else ""
        if kind == "text/plain":
            plain = plain or text
        else:
            markup = markup or _shown_text(text)
    text = markup if len(plain.split()) < _LATE * len(markup.split()) else plain
    if not text.strip():
        raise UnreadableError("mail without a text")
    return text.replace("\r\n", "\n")


def _shown_text(markup: str) -> str:
    try:
        return text_of(visible(html_root(markup)))
    except ParserError:
        return ""


def _bytes_of(part: Message) -> bytes:
    held = part.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""


def _header(message: Message, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (
        ValueError,
        IndexError,
        TypeError,
        AttributeError,
    ):  # the library stumbles over some damaged headers
        return ""
