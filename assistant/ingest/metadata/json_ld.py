"""What a page states in JSON-LD (schema.org): its own article's title, day, authors and publisher."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

ARTICLE_TYPES = ("article", "posting", "report")
_PAGE_TYPES = ("webpage",)
_KEYS = {"title": "headline", "published": "datePublished", "authors": "author", "publisher": "publisher"}
_OTHER_KEYS = {"author": "creator"}
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|(?://)?\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$"
)
# What editors leave in a script that JSON does not allow: comments, and a comma behind the last item.
_STRING_OR_COMMENT = re.compile(r'("(?:\\.|[^"\\])*+")|/\*.*?\*/|(?<!:)//[^\n]*|<!--|-->', re.DOTALL)
_STRING_OR_LAST_COMMA = re.compile(r'("(?:\\.|[^"\\])*+")|,(?=\s*[}\]])', re.DOTALL)
_BETWEEN = " \t\r\n,;"
_MOST_OBJECTS = 2000
_MOST_SCRIPT = 500_000


def stated_in_json_ld(
    sources: Iterable[str], *, title: str | None = None, url: str | None = None
) -> dict[str, Any]:
    """Return what the scripts of a page state of its article; names that they leave open are left out.

    An article comes before a page; of several articles, that of the page's own title or address, else the first.
    What is referred to by ``@id`` is looked up among all objects of the page.
    """
    objects = [one for source in sources for one in _objects(_script_values(source))]
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
            stated = one.get(key) or one.get(_OTHER_KEYS.get(key, key))
            value = _entity_names(stated, by_id) if field in ("authors", "publisher") else _literal(stated)
            if value and field not in fields:
                fields[field] = value
    return fields


def _script_values(source: str) -> list[Any]:
    """Return the values of a script; it may be escaped as markup, hold comments, or several values in turn."""
    if len(source) > _MOST_SCRIPT:
        return []
    while (bare := _WRAPPING.sub("", source)) != source:
        source = bare
    if "&quot;" in source and '"' not in source:
        source = html.unescape(source)
    decoder = json.JSONDecoder(strict=False)
    try:
        return [decoder.decode(source)]
    except (ValueError, RecursionError):
        pass
    for rule in (_STRING_OR_COMMENT, _STRING_OR_LAST_COMMA):
        source = rule.sub(lambda found: found[1] or " ", source)
    values: list[Any] = []
    place = 0
    while rest := source[place:].lstrip(_BETWEEN):
        place = len(source) - len(rest)
        try:
            value, place = decoder.raw_decode(source, place)
        except (ValueError, RecursionError):
            break
        values.append(value)
    return values


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


def _literal(value: Any) -> Any:
    """Return a value, which may stand in an object with its type or language, or as the first of several."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value.get("@value") if isinstance(value, dict) else value


def _entity_names(value: Any, by_id: Mapping[str, dict[str, Any]]) -> Any:
    """Return the names of persons or organisations, looked up by id and put together from their parts.

    A single name stays a text, which may name several.
    """
    stated = value if isinstance(value, list) else [value]
    names = [name for one in stated for name in _names_of_entity(one, by_id)]
    found = [
        one.strip() for one in names if isinstance(one, str) and one.strip() and not one.startswith("http")
    ]
    return found[0] if found and not isinstance(value, list) and len(names) == 1 else found


def _names_of_entity(value: Any, by_id: Mapping[str, dict[str, Any]]) -> list[Any]:
    if isinstance(value, dict):
        value = {**by_id.get(str(value.get("@id", "")), {}), **value}
        parts = (value.get("givenName"), value.get("additionalName"), value.get("familyName"))
        value = value.get("name") or value.get("@value") or " ".join(str(part) for part in parts if part)
    return value if isinstance(value, list) else [value]
