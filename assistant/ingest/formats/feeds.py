"""XML (.rss, .atom, .xml) -> documents: the entries of a feed or of a news sitemap, and articles in NITF."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from assistant.ingest.formats.html import text_of_html
from assistant.ingest.formats.limits import ParsedEntry
from assistant.ingest.formats.opendocument import parsed_xml
from assistant.ingest.metadata.documents import Document, UnreadableError

MOST_ENTRIES = 500
_WHOLE_TEXT = 1000
_ESCAPED_TAG = re.compile(
    r"&(?:amp;)*lt;/?(?:p|div|br|a|b|i|em|strong|ul|li|span|h[1-6]|img|blockquote)\b", re.IGNORECASE
)
_MOST_ESCAPES = 4
_ITEM_MOMENTS = ("firstCreated", "FirstCreated", "contentCreated", "versionCreated", "ThisRevisionCreated")
_LONGEST_SIGNATURE = 60
_ENTRY_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_READ_MORE = re.compile(
    r"(?:\[(?:…|\.{3}|&#8230;|&hellip;)\]|…|\.\.\.)\s*(?:continue reading.*|read more.*)?$", re.IGNORECASE
)


def read_xml(data: bytes, skip: int = 0) -> Iterator[ParsedEntry]:
    """Yield what an XML file holds: a feed's entries, a sitemap's addresses, or the article of a NITF file.

    An entry whose feed holds but its teaser has an address and no text, or a text that is marked as cut short; the
    reader of addresses fetches it.

    Raises:
        UnreadableError: it is none of these, or holds no entry.
    """
    start = data[:4096].lower()
    if b"<nitf" in start or b"<newsml" in start or b"<newsitem" in start:
        yield ParsedEntry(0, _nitf(parsed_xml(data)))
    elif b"<urlset" in start or b"<sitemapindex" in start:
        yield from _sitemap(parsed_xml(data), skip)
    elif b"<tei" in start:
        yield ParsedEntry(0, _tei(parsed_xml(data)))
    else:
        yield from _feed(data, skip)


def _feed(data: bytes, skip: int) -> Iterator[ParsedEntry]:
    import feedparser

    feed = feedparser.parse(io.BytesIO(_shortened(data)), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise UnreadableError("a feed without entries, or XML that is no feed, news sitemap or NITF article")
    # in Atom the authors of a feed are those of its entries; what RSS names there are its editors
    feed_authors = _entry_authors(feed.feed) if feed.version.startswith("atom") else []
    for number, entry in enumerate(feed.entries[:MOST_ENTRIES], start=1):
        if number > skip:
            yield ParsedEntry(number, _feed_entry(entry, feed.feed.get("title"), feed_authors))
    if len(feed.entries) > MOST_ENTRIES:
        error = UnreadableError(f"the entries after the first {MOST_ENTRIES} are not read")
        yield ParsedEntry(MOST_ENTRIES + 1, error)


def _shortened(data: bytes) -> bytes:
    """Return a feed with one entry more than are read: one that holds a whole archive would take minutes."""
    ends = [match.end() for match in _ENTRY_END.finditer(data)]
    return data if len(ends) <= MOST_ENTRIES + 1 else data[: ends[MOST_ENTRIES]] + data[ends[-1] :]


def _feed_entry(entry: Any, feed_title: str | None, feed_authors: Any) -> Document | UnreadableError:
    link = entry.get("link")
    fields: dict[str, Any] = {
        "id": link or entry.get("id"),
        "url": link,
        "title": text_of_html(_unescaped(entry.get("title") or "")).strip() or None,
        "published": entry.get("published") or entry.get("date") or entry.get("updated"),
        "authors": _entry_authors(entry) or (feed_authors if feed_authors != feed_title else []),
        "publisher": feed_title,
    }
    whole = [part.get("value", "") for part in entry.get("content", ())]
    held = whole or [entry.get("summary", "")]
    text = max((text_of_html(_unescaped(part)) for part in held if part), key=len, default="")
    text = _without_signature(text, fields["title"], feed_title)
    cut = bool(_READ_MORE.search(text[-80:]))
    if text and not cut and (whole or len(text) >= _WHOLE_TEXT):
        return Document(text, fields)
    if not link and not text:
        return UnreadableError("an entry without text and without link")
    return Document(text, fields, truncated=True)


def _without_signature(text: str, title: str | None, feed_title: str | None) -> str:
    """Return an entry's text less a last line that says, in whichever language, where the article stood first.

    Such a line names the article and the feed ("The post … appeared first on …"), and has few words besides.
    """
    body, _, last = text.rstrip().rpartition("\n")
    if not body or not title or not feed_title or not all(name in last for name in (title, feed_title)):
        return text
    return body if len(last) - len(title) - len(feed_title) <= _LONGEST_SIGNATURE else text


def _entry_authors(entry: Any) -> Any:
    """Return the authors of an entry; of a single one, as it stands: feedparser knows short domains only."""
    names = [one.get("name") for one in entry.get("authors", ()) if one.get("name")]
    written = entry.get("author") or ""
    return written if len(names) == 1 and written else names


def _unescaped(markup: str) -> str:
    """Return markup whose tags were escaped once too often, or more, as tags."""
    for _ in range(_MOST_ESCAPES):
        if not _ESCAPED_TAG.search(markup):
            break
        markup = html.unescape(markup)
    return markup


def _sitemap(root: etree._Element, skip: int) -> Iterator[ParsedEntry]:
    entries = [one for one in root.iter("{*}url", "{*}sitemap") if one.findtext("{*}loc")]
    if not entries:
        raise UnreadableError("a sitemap without addresses")
    for number, one in enumerate(entries[:MOST_ENTRIES], start=1):
        if number <= skip:
            continue
        address = (one.findtext("{*}loc") or "").strip()
        fields = {
            "id": address,
            "url": address,
            "title": one.findtext(".//{*}news/{*}title"),
            "published": one.findtext(".//{*}publication_date"),
            "publisher": one.findtext(".//{*}publication/{*}name"),
        }
        yield ParsedEntry(
            number, Document("", {name: value for name, value in fields.items() if value}, truncated=True)
        )
    if len(entries) > MOST_ENTRIES:
        error = UnreadableError(f"the addresses after the first {MOST_ENTRIES} are not read")
        yield ParsedEntry(MOST_ENTRIES + 1, error)


def _nitf(root: etree._Element) -> Document:
    """Return the article of a NITF file, which a NewsML item may wrap; notes to editors are no part of it."""
    root = next(root.iter("{*}nitf"), root)
    for path in ("{*}note", "{*}media", "{*}byttl"):
        for one in list(root.iter(path)):
            one.clear(keep_tail=True)
    body = next(root.iter("{*}body.content"), None)
    if body is None:
        body = next(root.iter("{*}body", "{*}inlineXML"), None)
    if body is None:
        raise UnreadableError("news XML without a body of text")
    published = next(
        (one.get("date.publication") for one in root.iter("{*}pubdata") if one.get("date.publication")), None
    )
    issued = next(
        (one.get("norm") for one in root.iter("{*}date.issue", "{*}story.date") if one.get("norm")), None
    )
    # NewsML keeps the day in elements, of the item or of its content
    moments = (
        one.text for tag in _ITEM_MOMENTS for one in root.iter(f"{{*}}{tag}") if one.text and one.text.strip()
    )
    titles = (words for tag in ("hl1", "headline", "title") for words in _all_words(root, tag))
    fields = {
        "title": next(titles, None),
        "published": published or issued or root.findtext(".//{*}story.date") or next(moments, None),
        "authors": "; ".join(_all_words(root, "byline") or _all_words(root, "by")),
        "publisher": next((one.get("name") for one in root.iter("{*}pubdata") if one.get("name")), None)
        or root.findtext(".//{*}itemMeta/{*}provider/{*}name"),
    }
    lines = [_element_words(one) for one in body.iter("{*}p", "{*}hl2", "{*}li") if _element_words(one)]
    return Document(
        "\n\n".join(lines) or _element_words(body), {name: value for name, value in fields.items() if value}
    )


def _all_words(root: etree._Element, tag: str) -> list[str]:
    return [words for one in root.iter(f"{{*}}{tag}") if (words := _element_words(one))]


def _tei(root: etree._Element) -> Document:
    """Return the article of a TEI file, as trafilatura writes it."""
    lines = [_element_words(one) for one in root.iterfind(".//{*}text//{*}p") if _element_words(one)]
    fields = {
        "title": root.findtext(".//{*}titleStmt/{*}title"),
        "published": next(
            (one.get("when") or one.text for one in root.iterfind(".//{*}publicationStmt//{*}date")), None
        ),
        "publisher": root.findtext(".//{*}publicationStmt/{*}publisher"),
        "authors": [one.text for one in root.iterfind(".//{*}titleStmt/{*}author") if one.text],
    }
    if not lines:
        raise UnreadableError("TEI without a paragraph")
    return Document("\n\n".join(lines), {name: value for name, value in fields.items() if value})


def _element_words(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())
