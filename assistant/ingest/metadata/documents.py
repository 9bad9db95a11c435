"""What a file states about an article, under the names that sources use, -> Article."""

from __future__ import annotations

import datetime
import functools
import hashlib
import html
import itertools
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from assistant.ingest.clean.page_starts import page_starts
from assistant.ingest.clean.text import clean, legible, legible_line
from assistant.ingest.clean.truncation import cut_short
from assistant.ingest.metadata.authors import authors_among, authors_in
from assistant.ingest.metadata.field_names import FIELD_NAMES, field_key, field_value
from assistant.ingest.metadata.language import detect_language
from assistant.ingest.metadata.page_dates import in_local_time
from assistant.ingest.metadata.publication_date import day_in_address, parse_date
from assistant.types import Article

_LONGEST_FIELD = 120
_MOST_AUTHORS = 30
_LONGEST_URL = 2000
_LONGEST_STORED_TITLE = 500
# What interfaces put in the place of an article that is gone: "[Removed]", "[deleted]".
_PLACEHOLDER = re.compile(r"\s*\[[^\W\d_]+(?: [^\W\d_]+){0,3}\]\s*")
# The address of a page's copy in an archive of the web ends with that of the page.
_ARCHIVED = re.compile(r"https?://[^/]*\barchive[^/]*/(?:web/)?\d{4}[\d.-]{0,14}(?:[a-z]{2}_)?/(?=https?://)")
# How note-taking programs write a name that has a note of its own: [[Ada Berg]], [[people/berg|Ada Berg]].
_WIKI_LINK = re.compile(r"\[\[([^\[\]]+)\]\]")


class UnreadableError(Exception):
    """A document holds no article that can be read; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class Document:
    """The raw text of one article and the metadata stated with it, as its format's reader found them.

    ``fields`` has the keys of ``FIELD_NAMES`` (less ``text``), with values of any type. ``truncated`` tells that
    the source holds the beginning of the article only. ``pages`` holds the lines of each printed page.
    """

    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    truncated: bool = False
    pages: Sequence[Sequence[str]] = ()


def document_from_mapping(values: Mapping[Any, Any]) -> Document:
    """Return the document of a mapping whose fields may have any of their common names.

    Raises:
        UnreadableError: no field holds the text.
    """
    by_name: dict[str, Any] = {}
    for name, value in values.items():
        if value not in (None, "", [], {}):
            by_name.setdefault(field_key(str(name)), value)
    found: dict[str, Any] = {}
    for field_name in FIELD_NAMES:
        if (value := field_value(field_name, by_name)) is not None:
            found[field_name] = value
    text = _text_of_value(found.pop("text", None))
    if text is None:
        raise UnreadableError("no field holds the text (expected one named text, body or content)")
    return Document(text, found)


def to_article(document: Document, *, fallback_id: str, path: str, keep_debris: bool = False) -> Article:
    """Return the article of a document: cleaned, its metadata taken from its fields, else from its text.

    The host of its URL stands for a publisher, and the day in it for a day of publication, that are not
    stated otherwise. With ``keep_debris``, a text of which cleaning leaves nothing stays as it is.

    Raises:
        UnreadableError: nothing is left of the text, or a mark as "[Removed]" stands in its place.
    """
    fields = document.fields
    stated_title = _name_of(fields.get("title"))
    if _PLACEHOLDER.fullmatch(document.text):
        raise UnreadableError(f"its publisher took it down: the text is {document.text.strip()}")
    own, truncated = cut_short(document.text, truncated=document.truncated)
    authors = _authors_of(fields.get("authors"))
    cleaned = clean(own, title=stated_title, authors=authors)
    if keep_debris and not cleaned.text:
        cleaned = replace(cleaned, text=legible_line(document.text))
    if not any(character.isalnum() for character in cleaned.text):
        raise UnreadableError("it holds no text")
    language = detect_language(cleaned.text) or _language_of(fields.get("language"))
    day_first = None if language in (None, "en") else True
    url = _url_of(fields.get("url")) or _url_of(fields.get("publisher")) or _url_of(cleaned.url)
    published = _publication_day(fields, cleaned.dates, day_in_address(url), day_first)
    publisher = _name_of(fields.get("publisher"))
    if publisher is None or _url_of(publisher) or len(publisher) > _LONGEST_FIELD:
        publisher = _name_of(cleaned.publisher) or (_host_of(url) if url else None)
    title = stated_title or cleaned.title
    if title and publisher:
        title = re.sub(rf"\s+[|–—-]\s+{re.escape(publisher)}$", "", title, flags=re.IGNORECASE)
    text = cleaned.text
    return Article(
        id=_id_of(fields.get("id")) or fallback_id,
        text=text,
        title=(title or "")[:_LONGEST_STORED_TITLE].strip() or None,
        publisher=publisher,
        authors=_without_publisher(
            authors or _authors_of(cleaned.authors) or _authors_of(fields.get("credited")), publisher
        ),
        published=published,
        url=url,
        language=language,
        path=path,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        truncated=truncated,
        pages=page_starts(document.pages, text),
    )


def _publication_day(
    fields: Mapping[str, Any], in_text: Sequence[str], url_day: datetime.date | None, day_first: bool | None
) -> datetime.date | None:
    """Return the day of publication: stated, else of a line of the text, the address, or shown by the headline.

    A day that was only guessed counts where the address agrees with it or no other day is in sight; that of a
    change counts last, and that of saving never.
    """
    read = functools.partial(parse_date, day_first=day_first)
    shown = [read(day) for day in fields.get("shown") or ()]
    stated = fields.get("published")
    for value in stated if isinstance(stated, list) else [stated]:
        if day := read(value):
            return in_local_time(value, day, [url_day, *shown]) if isinstance(value, str) else day
    days = (*map(read, in_text), url_day, *shown, read(fields.get("guessed")), read(fields.get("modified")))
    return next(filter(None, days), None)


def _text_of_value(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n\n".join(value)
    if isinstance(value, Mapping):
        return next(
            (_text_of_value(value[key]) for key in ("text", "value", "content", "html") if key in value), None
        )
    return None


def _name_of(value: Any) -> str | None:
    """Return a short name; one may be wrapped as schema.org does: {"name": ...}."""
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title")
    if isinstance(value, list) and value:
        return _name_of(value[0])
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        value = str(value)
    if not isinstance(value, str):
        return None
    value = _WIKI_LINK.sub(lambda found: found[1].rsplit("|", 1)[-1], value[: 2 * _LONGEST_STORED_TITLE])
    return legible_line(html.unescape(value)) or None


def _authors_of(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        found = authors_in(legible(html.unescape(value[:2000])))
    elif isinstance(value, Mapping):
        found = authors_among([_name_of(value) or ""])
    elif isinstance(value, Iterable):
        found = authors_among([_name_of(item) or "" for item in itertools.islice(value, _MOST_AUTHORS)])
    else:
        return ()
    names = (_name_of(name) for name in found)
    fit = [one for one in names if one and len(one) <= _LONGEST_FIELD and any(map(str.isalpha, one))]
    return tuple(dict.fromkeys(fit))[:_MOST_AUTHORS]


def _without_publisher(authors: tuple[str, ...], publisher: str | None) -> tuple[str, ...]:
    """Return authors less the publisher, which often stands beside those whom it names."""
    own = (publisher or "").casefold()
    return tuple(one for one in authors if one.casefold() != own) or authors


def _url_of(value: Any) -> str | None:
    if not isinstance(value, str) or len(value) > _LONGEST_URL:
        return None
    url = _ARCHIVED.sub("", legible(value).strip())
    if any(character.isspace() or character in '<>"`\\' for character in url):
        return None
    return url if _host_of(url) else None


def _host_of(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https"):
        return None
    return host.removeprefix("www.") or None


def _language_of(value: Any) -> str | None:
    code = value[:2].lower() if isinstance(value, str) else ""
    return code if re.fullmatch("[a-z]{2}", code) and re.fullmatch(r"[A-Za-z]{2}([-_].*)?", value) else None


def _id_of(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return legible_line(str(value)[:_LONGEST_URL]) or None
