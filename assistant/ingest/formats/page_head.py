"""What stands about the headline of a page and belongs to its article: the standfirst, the name of the site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_STANDFIRST = re.compile(
    r"(?:^|[-_\s])(?:stand-?first|dek|deck|lede|chapo|chapeau|sub-?(?:title|headline|heading|head)|vorspann|teaser-?text|"
    r"sous-?titre|entradilla|sumario|bajada|sottotitolo|occhiello|ingress|intro)(?:$|[-_\s])",
    re.IGNORECASE,
)
_NOT_STANDFIRST = re.compile(
    r"author|byline|\bbio\b|caption|credit|date|time|meta|share|social|promo|newsletter|subscri|cookie|breadcrumb|kicker|"
    r"comment|audio|listen|disclaimer|notice|alert",
    re.IGNORECASE,
)
_FEWEST_WORDS = 6
_MOST_WORDS = 80
_NEAR = 3
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*$")
_TITLE_BREAK = re.compile(r"\s+[|–—:·»«-]+\s+")
_MOST_NAME_WORDS = 6


def standfirst_of(root: HtmlElement) -> str | None:
    """Return the standfirst: the text right behind the first headline that ends as a sentence or is named as such.

    It is no byline, and nothing in it is a link alone.
    """
    heading = root.find(".//h1")
    if heading is None:
        return None
    beside = heading
    while beside.getnext() is None and beside.getparent() is not None and len(beside.getparent()) == 1:
        beside = beside.getparent()
    for element in list(beside.itersiblings("p", "div", "h2", "h3", "span"))[:_NEAR]:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        words = " ".join(element.text_content().split())
        named = bool(_STANDFIRST.search(names))
        if (_NOT_STANDFIRST.search(names) and not named) or len(element.findall(".//p")) > 1:
            continue
        if not _FEWEST_WORDS <= len(words.split()) <= _MOST_WORDS or _is_link(element, words):
            continue
        if named or (_SENTENCE_END.search(words) and element.tag != "span"):
            return words
        if element.tag == "p":
            return None
    return None


def site_of(root: HtmlElement) -> str | None:
    """Return the name of the site: what the page's title has behind the headline, where the page bears it.

    It is its own where a link to the home page, or a notice of rights, bears it.
    """
    title, heading = root.find(".//title"), root.find(".//h1")
    shown = " ".join(title.text_content().split()) if title is not None else ""
    headline = " ".join(heading.text_content().split()) if heading is not None else ""
    if not headline or not shown.casefold().startswith(headline.casefold()):
        return None
    name = _TITLE_BREAK.split(shown[len(headline) :])[-1].strip()
    if not name or len(name.split()) > _MOST_NAME_WORDS or not name[:1].isupper():
        return None
    folded = name.casefold()
    for link in root.iter("a"):
        home = re.fullmatch(r"(?:https?://[^/]+)?/?(?:index\.\w+)?", link.get("href") or "#")
        words = {link.get("title") or "", " ".join(link.text_content().split())}
        words |= {picture.get("alt") or "" for picture in link.iter("img")}
        if home and folded in {one.casefold() for one in words}:
            return name
    notices = re.findall(r"(?:©|\bcopyright\b)[^\n]{0,80}", root.text_content(), re.IGNORECASE)
    return name if any(folded in notice.casefold() for notice in notices) else None


def _is_link(element: HtmlElement, words: str) -> bool:
    return any(" ".join(link.text_content().split()) == words for link in element.iter("a"))
