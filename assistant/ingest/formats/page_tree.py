"""A page's tree, mended before its text is looked for: split bodies joined, corrections kept, tooltips out."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from assistant.ingest.formats.html_text import lengths_of
from assistant.text.corrections import LONGEST_CORRECTION, states_correction

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BODY = re.compile(
    r"(?:^|[-_])(?:article|story|post|entry|content|news|main|page)?[-_]*"
    r"(?:body|text|content|paragraphs?|chunk|bodytext)(?:$|[-_\d])",
    re.IGNORECASE,
)
_NOT_BODY = re.compile(
    r"comment|repl(?:y|ies)|teaser|related|recommend|promo|sidebar|footer|header|nav|caption|newsletter|subscri|"
    r"share|social|author|byline|\bbio\b|advert|\bads?\b|cookie|modal|popup|widget|menu",
    re.IGNORECASE,
)
_TIP = re.compile(r"(?:^|[-_])(?:tip|tips|tooltip|tooltips|popover|hovercard|tippy)(?:$|[-_])", re.IGNORECASE)
_BOXES = ("aside", "footer", "section", "div", "details", "small", "p")
_KEPT = "data-kept-correction"
_LONGEST_ASIDE = 5000
_SOON = 80
_FEWEST_PARAGRAPH_WORDS = 15
_SHORTEST_NAME = 3


def mend(root: HtmlElement) -> None:
    """Change a page's tree in place."""
    _drop_tooltips(root)
    _keep_corrections(root)
    _join_bodies(root)


def names_of(element: HtmlElement) -> str:
    """Return the class and id of an element."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _drop_tooltips(root: HtmlElement) -> None:
    """Take out what shows only under the pointer: tooltips, and in a link what repeats the link's own words."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element is root or element.getparent() is None:
            continue
        is_tip = element.get("role") == "tooltip" or any(
            _TIP.search(one) for one in names_of(element).split()
        )
        if is_tip and not element.findall(".//p"):
            element.drop_tree()
        elif element.tag == "a":
            own = " ".join((element.text or "").split())
            for child in list(element):
                if len(own) > _SHORTEST_NAME and " ".join(child.text_content().split()).startswith(own):
                    child.drop_tree()


def _keep_corrections(root: HtmlElement) -> None:
    """Make plain paragraphs of the boxes that state a correction, which lie beside the text of an article."""
    lengths = lengths_of(root)
    for element in list(root.iter(*_BOXES)):
        if root not in element.iterancestors() or lengths[element] > _LONGEST_ASIDE:
            continue
        text = " ".join(" ".join(element.itertext()).split())
        if not text or len(text) > LONGEST_CORRECTION or not states_correction(text[:_SOON]):
            continue
        if _holds_corrections(element, text):
            continue
        ancestors = {parent.tag for parent in element.iterancestors()}
        beside = element.tag not in ("div", "section", "p") or ancestors & {"aside", "footer"}
        if beside or _NOT_BODY.search(names_of(element)) or not ancestors & {"article", "main"}:
            _as_paragraph(root, element, text)


def _holds_corrections(box: HtmlElement, text: str) -> bool:
    """Return True when the corrections in a box are boxes in it, with more than a heading beside one of them."""
    inner = [" ".join(" ".join(one.itertext()).split()) for one in box.iter(*_BOXES) if one is not box]
    stating = [one for one in inner if states_correction(one[:_SOON])]
    return bool(stating) and not any(text.endswith(one) for one in stating[:1])


def _as_paragraph(root: HtmlElement, box: HtmlElement, text: str) -> None:
    """Put a correction among the paragraphs of its article: where it stands, else behind the last one."""
    from lxml.html import Element

    article = next((one for one in box.iterancestors() if one.tag == "article"), None)
    before: list[HtmlElement] = []
    after: list[HtmlElement] = []
    passed = False
    for element in (root if article is None else article).iter():
        passed = passed or element is box
        if element.tag == "p" and _is_body_paragraph(element) and box not in element.iterancestors():
            (after if passed else before).append(element)
    if not before and not after:
        return
    paragraph = Element("p")
    paragraph.text = text
    box.drop_tree()
    paragraph.set(_KEPT, "")
    if before:
        last = before[-1]
        while (following := last.getnext()) is not None and following.get(_KEPT) is not None:
            last = following
        last.addnext(paragraph)
    else:
        after[0].addprevious(paragraph)


def _is_body_paragraph(paragraph: HtmlElement) -> bool:
    return len(paragraph.text_content().split()) >= _FEWEST_PARAGRAPH_WORDS and not any(
        parent.tag in ("aside", "footer", "nav", "header") or _NOT_BODY.search(names_of(parent))
        for parent in paragraph.iterancestors()
        if parent.tag not in ("body", "html")
    )


def _join_bodies(root: HtmlElement) -> None:
    """Move the parts of a body that lies in several like containers of one article into the first of them."""
    groups: dict[tuple[object, ...], list[HtmlElement]] = defaultdict(list)
    for element in root.iter("div", "section"):
        key = _body_key(element)
        if key and any(_is_body_paragraph(one) for one in element.iterchildren("p")):
            article = next((one for one in element.iterancestors() if one.tag == "article"), None)
            groups[(key, article)].append(element)
    for (_, article), parts in groups.items():
        outer = [one for one in parts if not any(parent in parts for parent in one.iterancestors())]
        if len(outer) < 2 or (article is None and _headlines_between(root, outer)):
            continue
        for part in outer[1:]:
            for child in list(part):
                outer[0].append(child)


def _body_key(element: HtmlElement) -> str | None:
    """Return what marks a container as (a part of) an article's body."""
    if "articlebody" in (element.get("itemprop") or "").lower():
        return "articleBody"
    names = (element.get("class") or "").split()
    if _NOT_BODY.search(" ".join(names)):
        return None
    return next(
        (f"{element.tag}.{name.rstrip('0123456789-_')}" for name in names if _BODY.search(name)), None
    )


def _headlines_between(root: HtmlElement, parts: list[HtmlElement]) -> bool:
    """Return True when a headline stands after the first part: another article begins there."""
    started = False
    for element in root.iter():
        started = started or element is parts[0]
        if element is parts[-1]:
            return False
        if started and element.tag == "h1":
            return True
    return False
