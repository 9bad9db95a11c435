"""RSS and Atom feeds -> their entries: documents where the feed holds the whole text, else their links."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from assistant.ingest.formats.html import text_of_html
from assistant.ingest.metadata.documents import Document, UnreadableError

MOST_ENTRIES = 500
_WHOLE_TEXT = 1000


def read_feed(data: bytes) -> Iterator[tuple[int, Document | UnreadableError]]:
    """Yield the entries of a feed, numbered from 1; one whose text is empty is to be fetched from its URL.

    Raises:
        UnreadableError: it is no feed, or holds no entry.
    """
    import feedparser

    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise UnreadableError("a feed without entries, or not a feed")
    for number, entry in enumerate(feed.entries[:MOST_ENTRIES], start=1):
        yield number, _document(entry, feed.feed.get("title"))
    if len(feed.entries) > MOST_ENTRIES:
        yield MOST_ENTRIES + 1, UnreadableError(f"the entries after the first {MOST_ENTRIES} are not read")


def _document(entry: Any, feed_title: str | None) -> Document | UnreadableError:
    link = entry.get("link")
    fields: dict[str, Any] = {
        "id": link or entry.get("id"),
        "url": link,
        "title": text_of_html(entry.get("title") or "") or None,
        "published": entry.get("published") or entry.get("updated"),
        "authors": [author.get("name") for author in entry.get("authors", ()) if author.get("name")],
    }
    held = [part.get("value", "") for part in entry.get("content", ())] or [entry.get("summary", "")]
    text = max((text_of_html(part) for part in held if part), key=len, default="")
    if len(text) >= _WHOLE_TEXT or (entry.get("content") and text and not link):
        return Document(text, {**fields, "publisher": feed_title})
    if not link:
        return UnreadableError("an entry without text and without link")
    return Document("", fields)
