"""HTML -> documents: the main text in lines, and the metadata that the page states."""

from __future__ import annotations

import copy
import html
import re
from typing import TYPE_CHECKING, Any

from assistant.ingest.clean.not_articles import why_no_article
from assistant.ingest.formats.html_text import text_of
from assistant.ingest.formats.live_blog import live_blog_text
from assistant.ingest.formats.offers import drop_offers
from assistant.ingest.formats.page_head import site_of, standfirst_of
from assistant.ingest.formats.page_tree import mend
from assistant.ingest.metadata.documents import Document, UnreadableError
from assistant.ingest.metadata.page_authors import shown_authors
from assistant.ingest.metadata.page_dates import is_shown, shown_dates
from assistant.ingest.metadata.page_fields import json_ld_scripts, page_fields
from assistant.ingest.metadata.publication_date import parse_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_ELEMENTS = 10_000
_SHORTEST_MAIN_TEXT = 200
_MARKUP_TAG = re.compile(r"</(?:p|div|span|a|li|ul|h[1-6]|b|i|em|strong)>|<br ?/?>|<p[ >]", re.IGNORECASE)
_BREAKING_TAG = re.compile(r"<(?:p|div|br|li|h[1-6]|tr)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[\da-f]{2,6}|[a-z]{2,8});", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL
)
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)\s*|.{0,200}?\burl:\s*|mirrored from\s+)(?P<url>[^\s]+)",
    re.IGNORECASE | re.DOTALL,
)
_HEAD_CHARACTERS = 4096
_ARTICLE = re.compile(r'"@type"\s*:\s*(?:\[\s*)?"[^"]*(?:Article|Posting|Report)"')
_LIVE_BLOG = re.compile(r'"@type"\s*:\s*(?:\[\s*)?"LiveBlogPosting"')


def without_markup(text: str) -> str:
    """Return a text that may hold HTML without its tags and entities; its own lines stay where no tag breaks."""
    if _MARKUP_TAG.search(text):
        return text_of_html(text if _BREAKING_TAG.search(text) else text.replace("\n", "<br>"))
    return html.unescape(text) if _ENTITY.search(text) else text


def is_page(text: str) -> bool:
    """Return True when a text is a whole page of HTML."""
    return bool(_PAGE_START.match(text[:_HEAD_CHARACTERS]))


def title_of_html(markup: str) -> str | None:
    """Return the first heading of a page, or its title."""
    from lxml import etree

    try:
        root = html_root(markup)
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
        return text_of(html_root(markup))
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
        root = html_root(markup)
    except etree.ParserError:
        return Document("")
    small = sum(1 for _ in root.iter()) <= _MOST_ELEMENTS
    truncated = False
    if small:
        mend(root)
        truncated = drop_offers(root)
    fields = {**_saved_from(markup), **page_fields(root)}
    if not fields.get("publisher") and (site := site_of(root)):
        fields["publisher"] = site
    fields["shown"] = shown_dates(root)
    title = root.find(".//title")
    shown = (title.text or "") if title is not None else ""
    address = fields.get("url")
    days = filter(None, map(parse_date, [*fields["published"], *fields["shown"]]))
    is_live = _holds_json_ld(root, _LIVE_BLOG)
    if entries := live_blog_text(
        root, stated=is_live, shown=f"{shown} {address or ''}", published=next(days, None)
    ):
        return Document(entries, fields if "title" in fields else {**fields, "title": shown})
    published = fields.get("published")
    text = ""
    if small:
        found: Any = trafilatura.bare_extraction(
            copy.deepcopy(root),
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        if found is not None:
            text = text_of(found.body)
            guessed = {"title": found.title, "authors": found.author}
            fields = {**{name: value for name, value in guessed.items() if value}, **fields}
            fields["guessed"] = _credible(root, found.date, address)
    if small and fields.get("authors") in (None, "", [], fields.get("publisher")):
        fields["authors"] = shown_authors(root) or fields.get("authors")
    if "title" not in fields and shown:
        fields["title"] = shown
    if len(text) < _SHORTEST_MAIN_TEXT:
        main = root.find(".//article")
        whole = text_of(root if main is None else main)
        text = whole if len(whole) > 2 * len(text) else text
    kind = "article" if _says_article(root) else ""
    if reason := why_no_article(root, shown, text, {"type": kind, "published": published}):
        raise UnreadableError(reason)
    standfirst = standfirst_of(root) if small else None
    if standfirst and _letters(standfirst) not in _letters(text):
        text = _below_headline(text, standfirst, fields.get("title"))
    return Document(text, fields, truncated)


def _below_headline(text: str, standfirst: str, title: Any) -> str:
    """Return a text with its standfirst in front, behind the line that repeats the headline."""
    first, _, rest = text.partition("\n\n")
    if title and _letters(first) == _letters(str(title)):
        return f"{first}\n\n{standfirst}\n\n{rest}"
    return f"{standfirst}\n\n{text}"


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _credible(root: HtmlElement, guessed: str | None, address: str | None) -> str | None:
    """Return a guessed day where the page's address agrees with its month, or the page shows it."""
    day = parse_date(guessed)
    if day is None:
        return None
    agrees = re.search(rf"(?<!\d){day.year}[/_-]?{day.month:02}(?:\D|\d\d(?!\d))", address or "")
    return guessed if agrees or is_shown(root, day) else None


def _says_article(root: HtmlElement) -> bool:
    """Return True when a page states that it is an article."""
    return any(
        (meta.get("property") or "").lower() == "og:type" and "article" in (meta.get("content") or "").lower()
        for meta in root.iter("meta")
    ) or _holds_json_ld(root, _ARTICLE)


def _holds_json_ld(root: HtmlElement, kind: re.Pattern[str]) -> bool:
    """Return True when a page's JSON-LD holds an object of a kind."""
    return any(kind.search(source) for source in json_ld_scripts(root))


def _saved_from(markup: str) -> dict[str, Any]:
    """Return the address that a browser ("saved from url"), SingleFile or HTTrack left in a comment."""
    found = _SAVED_FROM.search(markup[:_HEAD_CHARACTERS])
    if not found:
        return {}
    url = found["url"].removesuffix("-->")
    return (
        {"url": url if "://" in url else f"https://{url}"} if "." in url and url != "about:internet" else {}
    )


def html_root(markup: str) -> HtmlElement:
    """Return the root of a page's tree, without comments.

    Raises:
        lxml.etree.ParserError: it holds nothing.
    """
    from lxml.html import HTMLParser, document_fromstring

    text = _XML_DECLARATION.sub("", markup.replace("\0", ""))
    return document_fromstring(text, parser=HTMLParser(remove_comments=True, remove_pis=True))
