"""What a page states in JSON-LD (schema.org): its own article's title, day, authors and publisher."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

ARTICLE_TYPES = ("article", "posting", "report")
_PAGE_TYPES = ("webpage",)
_KEYS = {"title": "headline", "published": "datePublished", "authors": "author", "publisher": "publisher"}
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|(?://)?\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$"
)
_MOST_OBJECTS = 2000


def stated_in_json_ld(
    sources: Iterable[str], *, title: str | None = None, url: str | None = None
) -> dict[str, Any]:
    """Return what the scripts of a page state of its article; names that they leave open are left out.

    An article comes before a page; of several articles, that of the page's own title or address, else the first.
    What is referred to by ``@id`` is looked up among all objects of the page.
    """
    objects = [one for source in sources for one in _objects(_script_value(source))]
    by_id: dict[str, dict[str, Any]] = {}
    for one in objects:
        known = by_id.setdefault(str(one.get("@id", "")), {})
        known.update({name: value for name, value in one.items() if name not in known})
    by_id.pop("", None)
    articles = [one for one in objects if _has_type(one, ARTICLE_TYPES)]
    own = [one for one in articles if _is_own(one, title, url)]
    fields: dict[str, Any] = {}
    for one in [*(own or articles)[:1], *(one for one in objects if _has_type(one, _PAGE_TYPES))]:
        for field, key in _KEYS.items():
            value = _entity_names(one.get(key), by_id) if field in ("authors", "publisher") else one.get(key)
            if value and field not in fields:
                fields[field] = value
    return fields


def _script_value(source: str) -> Any:
    while (bare := _WRAPPING.sub("", source)) != source:
        source = bare
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a value, outer ones before those that they hold."""
    waiting = [value]
    for item in waiting:
        if len(waiting) > _MOST_OBJECTS:
            return
        if isinstance(item, list):
            waiting.extend(item[:100])
        elif isinstance(item, dict):
            yield item
            waiting.extend(one for one in item.values() if isinstance(one, dict | list))


def _has_type(one: Mapping[str, Any], kinds: tuple[str, ...]) -> bool:
    stated = one.get("@type", "")
    names = stated if isinstance(stated, list) else [stated]
    return any(str(name).lower().endswith(kinds) for name in names)


def _is_own(article: Mapping[str, Any], title: str | None, url: str | None) -> bool:
    page = article.get("mainEntityOfPage")
    addresses = {
        str(page.get("@id")) if isinstance(page, dict) else str(page),
        str(article.get("url")),
        str(article.get("@id")),
    }
    own_address = bool(url) and any(
        address.split("#")[0].rstrip("/") == str(url).rstrip("/") for address in addresses
    )
    headline = " ".join(str(article.get("headline") or "").split()).casefold()
    return own_address or bool(title and headline and " ".join(title.split()).casefold().startswith(headline))


def _entity_names(value: Any, by_id: Mapping[str, dict[str, Any]]) -> Any:
    """Return the names of persons or organisations, looked up by id and put together from their parts."""
    names = [_entity_name(one, by_id) for one in (value if isinstance(value, list) else [value])]
    found = [one for one in names if one]
    return found if isinstance(value, list) else (found[0] if found else None)


def _entity_name(value: Any, by_id: Mapping[str, dict[str, Any]]) -> str | None:
    if isinstance(value, dict):
        value = {**by_id.get(str(value.get("@id", "")), {}), **value}
        parts = (value.get("givenName"), value.get("additionalName"), value.get("familyName"))
        value = value.get("name") or " ".join(str(part) for part in parts if part)
    if isinstance(value, list):
        value = value[0] if value else None
    return value.strip() or None if isinstance(value, str) and not value.startswith("http") else None
