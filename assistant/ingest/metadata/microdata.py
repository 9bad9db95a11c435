"""What a page states in microdata (``itemprop``) or RDFa (``property``) of its article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant.ingest.formats.html_text import lengths_of
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


def stated_in_microdata(root: HtmlElement, title: str = "") -> dict[str, Any]:
    """Return what the page's own article states in microdata; its authors are a list of names.

    Of several articles that is the one whose headline is the page's (``title``), else the one that holds the first
    headline (h1) or a body, else the longest: teasers are short and stand about it.
    """
    scopes = [one for one in root.iter() if _is_article_scope(one)]
    lengths = lengths_of(root) if len(scopes) > 1 else {}
    scope = max(scopes, key=lambda one: (*_marks_of_own(one, title), lengths.get(one, 0)), default=None)
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


def is_of_teaser(element: HtmlElement) -> bool:
    """Return True for what stands in an article's scope, which ``stated_in_microdata`` reads or passes over."""
    scope = next((one for one in element.iterancestors() if _is_scope(one)), None)
    return scope is not None and _is_article_scope(scope)


def _marks_of_own(scope: HtmlElement, title: str) -> tuple[bool, bool]:
    own = list(_own_properties(scope))
    headline = next((_property_value(one) for one in own if "headline" in _property(one)), "").casefold()
    has_body = scope.find(".//h1") is not None or any("articlebody" in _property(one) for one in own)
    return bool(headline) and " ".join(title.split()).casefold().startswith(headline), has_body


def _is_article_scope(element: HtmlElement) -> bool:
    kind = (element.get("itemtype") or element.get("typeof") or "").lower().rstrip("/")
    return _is_scope(element) and kind.endswith(ARTICLE_TYPES)


def _is_scope(element: HtmlElement) -> bool:
    return element.get("itemscope") is not None or element.get("typeof") is not None


def _own_properties(scope: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements with a property of a scope, and not of one that lies within it."""
    waiting = list(reversed(scope))
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        if _property(element):
            yield element
        if not _is_scope(element):
            waiting.extend(reversed(element))


def _property(element: HtmlElement) -> list[str]:
    stated = element.get("itemprop") or element.get("property") or ""
    return [name.rpartition(":")[2] for name in stated.lower().split()]


def _property_value(element: HtmlElement) -> str:
    stated = element.get("content") or element.get("datetime") or element.get("title")
    return " ".join((stated or element.text_content()).split())


def _scope_name(element: HtmlElement) -> str:
    """Return the name that a person or organisation gives in its own scope, else the words of the element."""
    if not _is_scope(element):
        return _property_value(element)
    parts = {name: _property_value(one) for one in _own_properties(element) for name in _property(one)}
    return parts.get("name") or " ".join(
        parts[name] for name in ("givenname", "additionalname", "familyname") if parts.get(name)
    )
