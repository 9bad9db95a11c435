"""What news interfaces, databases and table programs answer -> the articles in it, one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.ingest.formats.field_shapes import flat, has_text
from assistant.ingest.metadata.field_names import field_key, keys_of, text_keys

MOST_DEPTH = 4
_LISTS = (
    "articles", "items", "entries", "data", "results", "documents", "docs", "news", "rows", "hits", "posts",
    "response", "responses", "stories", "records", "feed", "value", "list", "search", "_embedded",
)  # fmt: skip


def rows_of(value: Any, *, depth: int = 0) -> list[Any] | None:
    """Return the list of articles that an object wraps, at most four levels deep, or None where it is one article.

    An object of lists of one length is a table by columns, and one whose values are all articles a table by id. A
    list of another name counts where a row of it states headline and text.
    """
    if isinstance(value, list):
        return value
    if not isinstance(value, Mapping) or depth == MOST_DEPTH:
        return None
    if has_text(value):
        return _columns(value)
    return _named_rows(value, depth) or _columns(value) or _by_id(value) or _unnamed_rows(value, depth)


def _named_rows(value: Mapping[Any, Any], depth: int) -> list[Any] | None:
    by_name = {str(name).lower(): item for name, item in value.items()}
    for name in _LISTS:
        inner = by_name.get(name)
        if isinstance(inner, list) and inner and any(isinstance(one, Mapping) for one in inner):
            return _named_after(value, inner)
        if isinstance(inner, Mapping) and (rows := rows_of(inner, depth=depth + 1)):
            return rows
    return None


def _unnamed_rows(value: Mapping[Any, Any], depth: int) -> list[Any] | None:
    if _states_article(value):
        return None
    for inner in value.values():
        if isinstance(inner, list) and any(map(_states_article, inner)):
            return inner
        if isinstance(inner, Mapping):
            rows = [inner] if _states_article(inner) else rows_of(inner, depth=depth + 1)
            if rows:
                return rows
    return None


def _states_article(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    fields, only_lead = flat(value)
    return not only_lead and any(field_key(name) in keys_of("title") for name in fields)


def _by_id(value: Mapping[Any, Any]) -> list[dict[str, Any]] | None:
    if len(value) > 1 and all(isinstance(one, Mapping) and has_text(one) for one in value.values()):
        return [{"id": str(name), **one} for name, one in value.items()]
    return None


def _columns(value: Mapping[Any, Any]) -> list[dict[str, Any]] | None:
    """Return the rows of a table that is kept by columns, or as names of columns and rows of cells."""
    names, cells = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(cells, list) and all(isinstance(one, list) for one in cells):
        return [dict(zip(map(str, names), row, strict=False)) for row in cells]
    columns = [list(item.values()) if isinstance(item, Mapping) else item for item in value.values()]
    if len(value) < 2 or not all(isinstance(one, list) and one for one in columns):
        return None
    keys = {field_key(str(name)) for name in value}
    if len({len(one) for one in columns}) != 1 or not keys & set(text_keys(keys)):
        return None
    return [dict(zip(map(str, value), row, strict=True)) for row in zip(*columns, strict=True)]


def _named_after(feed: Mapping[Any, Any], rows: list[Any]) -> list[Any]:
    """Return a JSON Feed's items with its title for their publisher, and its authors where they state none."""
    if "jsonfeed.org" not in str(feed.get("version", "")):
        return rows
    stated = {"publisher": feed.get("title"), "authors": feed.get("authors") or feed.get("author")}
    common = {name: value for name, value in stated.items() if value}
    return [
        {**common, **row, **({"authors": row["author"]} if row.get("author") else {})}
        if isinstance(row, Mapping)
        else row
        for row in rows
    ]
