"""Objects as news interfaces, databases and readers of pages write them -> flat mappings of the usual fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.ingest.metadata.field_names import field_key, keys_of

MOST_DEPTH = 4
_LISTS = (
    "articles", "items", "entries", "data", "results", "documents", "docs", "news", "rows", "hits", "posts",
    "response", "responses", "stories", "records", "feed", "value", "list", "search", "_embedded",
)  # fmt: skip
# Where a producer keeps a field of ours, beside the names of FIELD_NAMES; dots lead into nested objects.
_PATHS: Mapping[str, tuple[str, ...]] = {
    "title": ("headline.main", "title.rendered", "fields.headline", "webTitle", "title.value", "title.text"),
    "text": (
        "content.rendered", "fields.body", "fields.bodyText", "content.content", "body.paragraphs", "plaintext",
        "textContent", "text_content", "full_content", "content.text", "cleaned_text", "article.text",
    ),
    "published": (
        "publishedTime", "published_parsed", "webPublicationDate", "first_publication_date", "dateTimePub",
        "publishing_date", "dateTime", "date_gmt", "issued", "release_date", "seendate", "pub_date",
        "thread.published", "publishedDate", "datePublished", "fields.firstPublicationDate",
    ),
    "publisher": (
        "siteName", "meta_site_name", "source-hostname", "origin.title", "container-title", "source.title",
        "source.name", "feed.title", "publication.name", "thread.site_section_name", "site.name",
        "pageInfo.siteName", "fields.publication", "domain_name", "yoast_head_json.og_site_name",
    ),
    "authors": ("byline.original", "fields.byline", "published_by", "byline.person", "creators", "author_name",
                "_embedded.author", "yoast_head_json.author", "primary_author.name"),
    "url": (
        "webUrl", "resolved_url", "given_url", "originalUrl", "canonicalUrl", "canonical.0.href",
        "alternate.0.href", "URL", "meta_url",
    ),
}  # fmt: skip
_LEADS = ("lead_paragraph", "abstract", "description", "summary", "snippet", "excerpt.rendered", "excerpt", "lead",
          "fields.trailText", "trailText", "summary.content", "preview", "teaser", "standfirst")  # fmt: skip

# A reading list says by these that its description is a note on a link.
_SAVED_LINK = frozenset({"savedat", "saved_at", "time_added", "date_added", "addedat"})


def rows_of(value: Any, *, depth: int = 0) -> list[Any] | None:
    """Return the list of articles that an object wraps, at most four levels deep, or None where it is one article.

    An object of lists of one length is a table by columns, and one whose values are all articles a table by id.
    """
    if isinstance(value, list):
        return value
    if not isinstance(value, Mapping) or depth == MOST_DEPTH:
        return None
    if _has_text(value):
        return _columns(value)
    by_name = {str(name).lower(): item for name, item in value.items()}
    for name in _LISTS:
        inner = by_name.get(name)
        if isinstance(inner, list) and inner and any(isinstance(one, Mapping) for one in inner):
            return _named_after(value, inner)
        if isinstance(inner, Mapping) and (rows := rows_of(inner, depth=depth + 1)):
            return rows
    return _columns(value) or _by_id(value)


def flat(value: Mapping[Any, Any]) -> tuple[dict[str, Any], bool]:
    """Return an object's fields under their usual names, and whether only a lead stands for the text.

    What a producer nests ("title": {"rendered": …}, "_source", Mongo's {"$date": …}) is opened; a page that a
    crawler stored whole stays markup under "html".
    """
    value = _inner_mapping(value)
    fields: dict[str, Any] = {str(name): _plain_value(item) for name, item in value.items()}
    by_key: dict[str, str] = {}
    for name in fields:
        by_key.setdefault(field_key(name), name)
    for field, paths in _PATHS.items():
        found = next((item for path in paths if (item := _at(value, path)) not in (None, "", [], {})), None)
        known = [fields[by_key[key]] for key in keys_of(field) if by_key.get(key) in fields]
        if found is not None and not any(
            _is_plain(one, field) for one in known if one not in (None, "", [], {})
        ):
            for key in keys_of(field):
                fields.pop(by_key.get(key, ""), None)
            fields[field] = _plain_value(found)
        elif found is not None and field == "publisher" and all(_is_host(one) for one in known):
            address = next((one for one in known if str(one).startswith("http")), None)
            rest = {name: item for name, item in fields.items() if name != "publisher"}
            fields = {"publisher": _plain_value(found), **({"url": address} if address else {}), **rest}
    if sections := _sections(value):
        fields["text"] = sections
    only_lead = not _has_text(fields)
    if only_lead:
        leads = [item for path in _LEADS if isinstance(item := _at(value, path), str) and item.strip()]
        for name in _LEADS:
            fields.pop(name, None)
        if leads and not _SAVED_LINK & {name.lower() for name in fields}:
            fields["text"] = max(leads, key=len)
    return fields, only_lead


def _inner_mapping(value: Mapping[Any, Any]) -> Mapping[Any, Any]:
    source = value.get("_source") or value.get("node")
    if isinstance(source, Mapping):
        return {**{name: value[name] for name in ("_id", "id") if name in value}, **source}
    return value


def _plain_value(item: Any) -> Any:
    """Open what wraps one value: {"$date": …}, CSL's date-parts, a person's names."""
    if isinstance(item, Mapping):
        if len(item) == 1 and str(name := next(iter(item))).startswith("$"):
            return _plain_value(item[name])
        parts = item.get("date-parts")
        if isinstance(parts, list) and parts and isinstance(parts[0], list) and len(parts[0]) == 3:
            return "-".join(f"{int(part):02}" for part in parts[0] if isinstance(part, int | str))
        given = next((item[name] for name in ("given", "firstname", "first_name") if item.get(name)), None)
        family = next((item[name] for name in ("family", "lastname", "last_name") if item.get(name)), None)
        if family and "name" not in item:
            return " ".join(str(part) for part in (given, family) if part)
    if isinstance(item, list):
        return [_plain_value(one) for one in item]
    return item


def _at(value: Any, path: str) -> Any:
    for name in path.split("."):
        if isinstance(value, list) and name.isdigit():
            value = value[int(name)] if int(name) < len(value) else None
        elif isinstance(value, Mapping):
            value = value.get(name)
        else:
            return None
    return value


def _is_plain(item: Any, field: str) -> bool:
    """Return True where a value states a field itself, and is no object to open and no number of a writer."""
    if isinstance(item, int) and field in ("authors", "publisher"):
        return False
    if isinstance(item, Mapping):
        return "name" in item or "$date" in item or "date-parts" in item
    return True


def _is_host(item: Any) -> bool:
    return not isinstance(item, str) or ("." in item and " " not in item)


def _has_text(fields: Mapping[Any, Any]) -> bool:
    names = {field_key(str(name)): item for name, item in fields.items()}
    held = (names.get(key) for key in keys_of("text") if not key.endswith(("description", "summary")))
    return any(
        bool(item.strip()) if isinstance(item, str) else isinstance(item, list) and isinstance(item[0], str)
        for item in held
        if item
    )


def _sections(value: Mapping[Any, Any]) -> str | None:
    """Return the text of a body in sections, each with a headline and paragraphs."""
    body = next((item for name in ("body", "content") if isinstance(item := value.get(name), Mapping)), None)
    if body is None or not isinstance(body.get("sections"), list):
        return None
    parts = [*_strings(body.get("summary"))]
    for section in body["sections"]:
        if isinstance(section, Mapping):
            parts += [*_strings(section.get("headline")), *_strings(section.get("paragraphs"))]
    return "\n\n".join(parts) or None


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (one for one in value if isinstance(one, str))


def _by_id(value: Mapping[Any, Any]) -> list[dict[str, Any]] | None:
    if len(value) > 1 and all(isinstance(one, Mapping) and _has_text(one) for one in value.values()):
        return [{"id": str(name), **one} for name, one in value.items()]
    return None


def _columns(value: Mapping[Any, Any]) -> list[dict[str, Any]] | None:
    columns = [list(item.values()) if isinstance(item, Mapping) else item for item in value.values()]
    if len(value) < 2 or not all(isinstance(one, list) and one for one in columns):
        return None
    names = {field_key(str(name)) for name in value}
    if len({len(one) for one in columns}) != 1 or not names & set(keys_of("text")):
        return None
    return [dict(zip(map(str, value), row, strict=True)) for row in zip(*columns, strict=True)]


def _named_after(feed: Mapping[Any, Any], rows: list[Any]) -> list[Any]:
    """Return a JSON Feed's items with its title for their publisher, which they do not state themselves."""
    if "jsonfeed.org" not in str(feed.get("version", "")) or not feed.get("title"):
        return rows
    return [{"publisher": feed["title"], **row} if isinstance(row, Mapping) else row for row in rows]
