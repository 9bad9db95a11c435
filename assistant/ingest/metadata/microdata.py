"""What a page states in microdata (``itemprop``): its article's title, day, authors and publisher."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant.ingest.metadata.json_ld import ARTICLE_TYPES

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PROPERTIES = {
    "title": "headline",
    "published": "datepublished",
    "authors": "author",
    "publisher": "publisher",
}
_NAME_FIELDS = frozenset({"authors", "publisher"})


def stated_in_microdata(root: HtmlElement) -> dict[str, Any]:
    """Return what the first article in a page's microdata states; its authors are a list of names."""
    scope = next((one for one in root.iter() if _is_article_scope(one)), None)
    if scope is None:
        return {}
    fields: dict[str, Any] = {}
    for field, wanted in _PROPERTIES.items():
        values = [
            _scope_name(one) if field in _NAME_FIELDS else _property_value(one)
            for one in _own_properties(scope)
            if wanted in _property(one)
        ]
        if found := list(dict.fromkeys(value for value in values if value)):
            fields[field] = found if field == "authors" else found[0]
    return fields


def _is_article_scope(element: HtmlElement) -> bool:
    kind = (element.get("itemtype") or "").lower().rstrip("/")
    return element.get("itemscope") is not None and kind.endswith(ARTICLE_TYPES)


def _own_properties(scope: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements with a property of a scope, and not of one that lies within it."""
    waiting = list(reversed(scope))
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        if element.get("itemprop"):
            yield element
        if element.get("itemscope") is None:
            waiting.extend(reversed(element))


def _property(element: HtmlElement) -> list[str]:
    return (element.get("itemprop") or "").lower().split()


def _property_value(element: HtmlElement) -> str:
    stated = element.get("content") or element.get("datetime") or element.get("title")
    return " ".join((stated or element.text_content()).split())


def _scope_name(element: HtmlElement) -> str:
    """Return the name that a person or organisation gives in its own scope, else the words of the element."""
    if element.get("itemscope") is None:
        return _property_value(element)
    parts = {name: _property_value(one) for one in _own_properties(element) for name in _property(one)}
    return parts.get("name") or " ".join(
        parts[name] for name in ("givenname", "additionalname", "familyname") if parts.get(name)
    )
