"""An element's tree -> its text: blocks and the items of lists on lines of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

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
_BREAK_LETTERS = str.maketrans({_PARAGRAPH: "\n\n", _LINE: "\n", _LIST_ITEM: "\n- "})
_NESTED_ITEM = re.compile(f"{_LIST_ITEM}[{_PARAGRAPH}{_LINE} ]+")


def text_of(root: HtmlElement) -> str:
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
            parts.append(_break_before(tag))
            if tag not in ("ul", "ol", "table", "tr", "row", "list"):
                parts.append(element.text or "")
        else:
            parts.append(_break_before(tag) if tag in _BLOCKS else "")
            if tag in ("td", "th", "cell") and element.getnext() is not None:
                parts.append(" | ")
            if element is not root:
                parts.append(element.tail or "")
    text = " ".join("".join(parts).split())
    return _NESTED_ITEM.sub(_LIST_ITEM, text).translate(_BREAK_LETTERS)


def _break_before(tag: str) -> str:
    if tag in ("li", "item"):
        return _LIST_ITEM
    if tag in _LINES:
        return _LINE
    return _PARAGRAPH if tag in _BLOCKS else ""


def lengths_of(root: HtmlElement) -> dict[HtmlElement, int]:
    """Return how many characters of text each element of a tree holds, in one pass."""
    from lxml import etree

    lengths: dict[HtmlElement, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        own = len(element.text or "") if isinstance(element.tag, str) else 0
        lengths[element] = own + sum(lengths.get(child, 0) + len(child.tail or "") for child in element)
    return lengths
