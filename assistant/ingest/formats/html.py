"""HTML -> documents: the main text in lines, and the metadata that the page states."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from assistant.ingest.clean.not_articles import why_no_article
from assistant.ingest.metadata.documents import Document, UnreadableError
from assistant.ingest.metadata.json_ld import stated_in_json_ld

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_ELEMENTS = 10_000
_SHORTEST_MAIN_TEXT = 200
_TAG = re.compile(r"</(?:p|div|span|a|li|ul|h[1-6]|b|i|em|strong)>|<br ?/?>|<p[ >]", re.IGNORECASE)
_BREAKING_TAG = re.compile(r"<(?:p|div|br|li|h[1-6]|tr)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[\da-f]{2,6}|[a-z]{2,8});", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NOT_TEXT = frozenset(
    "script style noscript template nav header footer aside form button select option iframe svg math head"
    " figure figcaption object embed audio video canvas dialog menu".split()
)
_BLOCKS = frozenset(
    "p div section article main h1 h2 h3 h4 h5 h6 ul ol dl dt dd table blockquote pre hr address body head"
    " list quote ab".split()
)
_LINES = frozenset("br lb tr row li item".split())
_PARAGRAPH, _LINE, _LIST_ITEM = "\x01", "\x02", "\x03"
_MARKS = str.maketrans({_PARAGRAPH: "\n\n", _LINE: "\n", _LIST_ITEM: "\n- "})
_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL
)
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)\s*|.{0,200}?\burl:\s*|mirrored from\s+)(?P<url>[^\s]+)",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 4096
_NESTED_ITEM = re.compile(f"{_LIST_ITEM}[{_PARAGRAPH}{_LINE} ]+")
_META_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "headline", "dc.title", "citation_title"),
    "published": (
        "article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate",
        "publish-date", "publication_date", "dc.date", "dc.date.issued", "dcterms.created", "parsely-pub-date",
        "sailthru.date", "citation_publication_date",
    ),
    "publisher": ("og:site_name", "publisher", "dc.publisher", "application-name"),
    "authors": ("author", "article:author", "dc.creator", "parsely-author", "citation_author", "byl"),
    "url": ("og:url",),
    "language": ("og:locale", "language"),
}  # fmt: skip


def without_markup(text: str) -> str:
    """Return a text that may hold HTML without its tags and entities; its own lines stay where no tag breaks."""
    if _TAG.search(text):
        return text_of_html(text if _BREAKING_TAG.search(text) else text.replace("\n", "<br>"))
    return html.unescape(text) if _ENTITY.search(text) else text


def is_page(text: str) -> bool:
    """Return True when a text is a whole page of HTML."""
    return bool(_PAGE_START.match(text[:_HEAD]))


def title_of_html(markup: str) -> str | None:
    """Return the first heading of a page, or its title."""
    from lxml import etree

    try:
        root = _parse(markup)
    except etree.ParserError:
        return None
    for path in (".//h1", ".//h2", ".//title"):
        found = root.find(path)
        if found is not None and (text := " ".join(found.text_content().split())):
            return text
    return None


def text_of_html(markup: str) -> str:
    """Return the text of a piece of HTML, blocks and list items on lines of their own."""
    from lxml import etree

    try:
        return _text_of(_parse(markup))
    except etree.ParserError:
        return ""


def read_html(markup: str) -> Document:
    """Return the document of a page: its main text as trafilatura finds it, and what its metadata states.

    A page too large for trafilatura, whose time grows faster than the page, and one in which it finds
    nothing give all their text but menus, headers, footers and scripts.

    Raises:
        UnreadableError: the page holds no article.
    """
    import trafilatura
    from lxml import etree

    try:
        root = _parse(markup)
    except etree.ParserError:
        return Document("")
    fields = {**_saved_from(markup), **_stated(root)}
    published = fields.get("published")
    text = ""
    if sum(1 for _ in root.iter()) <= _MOST_ELEMENTS:
        found: Any = trafilatura.bare_extraction(
            _parse(markup),
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        if found is not None:
            text = _text_of(found.body)
            guessed = {"title": found.title, "published": found.date, "authors": found.author}
            fields = {**{name: value for name, value in guessed.items() if value}, **fields}
    title = root.find(".//title")
    if "title" not in fields and title is not None and title.text:
        fields["title"] = title.text
    if len(text) < _SHORTEST_MAIN_TEXT:
        main = root.find(".//article")
        whole = _text_of(root if main is None else main)
        text = whole if len(whole) > 2 * len(text) else text
    kind = "article" if _is_article(root) else ""
    shown = (title.text or "") if title is not None else ""
    if reason := why_no_article(root, shown, text, {"type": kind, "published": published}):
        raise UnreadableError(reason)
    return Document(text, fields)


def _is_article(root: HtmlElement) -> bool:
    """Return True when a page states that it is an article."""
    return any(
        (meta.get("property") or "").lower() == "og:type" and "article" in (meta.get("content") or "").lower()
        for meta in root.iter("meta")
    ) or any(
        re.search(r'"@type"\s*:\s*(?:\[\s*)?"[^"]*(?:Article|Posting|Report)"', source)
        for source in _json_ld_scripts(root)
    )


def _saved_from(markup: str) -> dict[str, Any]:
    """Return the address that a browser ("saved from url"), SingleFile or HTTrack left in a comment."""
    found = _SAVED_FROM.search(markup[:_HEAD])
    if not found:
        return {}
    url = found["url"].removesuffix("-->")
    return (
        {"url": url if "://" in url else f"https://{url}"} if "." in url and url != "about:internet" else {}
    )


def _parse(markup: str) -> HtmlElement:
    from lxml.html import HTMLParser, document_fromstring

    text = _XML_DECLARATION.sub("", markup.replace("\0", ""))
    return document_fromstring(text, parser=HTMLParser(remove_comments=True, remove_pis=True))


def _text_of(root: HtmlElement) -> str:
    """Return the text below an element (HTML, or trafilatura's TEI), walking without recursion."""
    from lxml import etree

    parts: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _NOT_TEXT and not (tag == "head" and element.get("rend")):
                walk.skip_subtree()
                continue
            parts.append(_before(tag))
            if tag not in ("ul", "ol", "table", "tr", "row", "list"):
                parts.append(element.text or "")
        else:
            parts.append(_before(tag) if tag in _BLOCKS else "")
            if tag in ("td", "th", "cell") and element.getnext() is not None:
                parts.append(" | ")
            if element is not root:
                parts.append(element.tail or "")
    text = " ".join("".join(parts).split())
    return _NESTED_ITEM.sub(_LIST_ITEM, text).translate(_MARKS)


def _before(tag: str) -> str:
    if tag in ("li", "item"):
        return _LIST_ITEM
    if tag in _LINES:
        return _LINE
    return _PARAGRAPH if tag in _BLOCKS else ""


def _stated(root: HtmlElement) -> dict[str, Any]:
    """Return the fields stated in a page's JSON-LD (schema.org), else in its meta elements."""
    fields: dict[str, Any] = {}
    content: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content.setdefault(name, meta.get("content") or "")
    for field, names in _META_NAMES.items():
        value = next((content[name] for name in names if content.get(name)), None)
        if value and not (field == "authors" and value.startswith("http")):
            fields[field] = value
    for link in root.iter("link"):
        if link.get("rel") == "canonical" and link.get("href"):
            fields["url"] = link.get("href")
    heading = root.find(".//h1")
    title = fields.get("title") or ("" if heading is None else heading.text_content())
    fields.update(stated_in_json_ld(_json_ld_scripts(root), title=title, url=fields.get("url")))
    language = root.get("lang")
    return fields if not language else {"language": language, **fields}


def _json_ld_scripts(root: HtmlElement) -> Iterator[str]:
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower().startswith("application/ld+json"):
            yield script.text or ""
