"""An article as news interfaces, databases and readers of pages write it -> a flat mapping of the usual fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.ingest.clean.not_articles import has_prose
from assistant.ingest.formats.rich_text import text_of_blocks
from assistant.ingest.metadata.field_names import field_key, keys_of, text_keys

# Where a producer keeps a field of ours, beside the names of FIELD_NAMES; dots lead into nested objects.
_PATHS: Mapping[str, tuple[str, ...]] = {
    "title": (
        "headline.main.text", "headline.main", "headlines.basic", "title.rendered", "fields.headline", "webTitle",
        "title.value", "title.text",
    ),
    "text": (
        "content.rendered", "fields.body", "fields.bodyText", "content.content", "body.paragraphs", "plaintext",
        "textContent", "text_content", "full_content", "content.text", "cleaned_text", "article.text",
    ),
    "published": (
        "publishedTime", "published_parsed", "webPublicationDate", "first_publication_date", "dateTimePub",
        "publishing_date", "dateTime", "date_gmt", "issued", "release_date", "seendate", "pub_date",
        "thread.published", "publishedDate", "datePublished", "fields.firstPublicationDate", "display_date",
        "firstcreated", "versioncreated",
    ),
    "publisher": (
        "siteName", "meta_site_name", "source-hostname", "origin.title", "container-title", "source.title",
        "source.name", "feed.title", "publication.name", "thread.site_section_name", "site.name",
        "pageInfo.siteName", "fields.publication", "domain_name", "yoast_head_json.og_site_name",
        "ogSiteName", "og:site_name",
    ),
    "authors": ("byline.original", "fields.byline", "published_by", "byline.person", "creators", "author_name",
                "_embedded.author", "yoast_head_json.author", "primary_author.name", "credits.by"),
    "url": (
        "webUrl", "resolved_url", "given_url", "originalUrl", "canonicalUrl", "canonical.0.href",
        "alternate.0.href", "URL", "meta_url", "links.permalink", "links.canonical",
    ),
}  # fmt: skip
_LEADS = ("lead_paragraph", "abstract", "description", "summary", "snippet", "excerpt.rendered", "excerpt", "lead",
          "fields.trailText", "trailText", "summary.content", "preview", "teaser", "standfirst",
          "description.basic")  # fmt: skip
# Objects in which a producer keeps what it states of a row, beside its text.
_NESTED = ("attributes", "metadata", "meta", "fields", "properties")
_HEADLINES = frozenset({"title", "headline", "headlines", "webtitle"})

# A reading list says by these that its description is a note on a link.
_SAVED_LINK = frozenset({"savedat", "saved_at", "time_added", "date_added", "addedat"})


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
    text = _text_in(fields)
    leads = [item for path in _LEADS if isinstance(item := _at(value, path), str) and item.strip()]
    lead = max(leads, key=len, default="")
    # what stands in place of a text ("only in paid plans") has no sentence
    only_lead = text is None or (has_prose(lead) and not has_prose(text))
    if only_lead:
        by_key = {field_key(name): name for name in fields}
        for key in (*map(field_key, _LEADS), *text_keys(by_key)):
            fields.pop(by_key.get(key, ""), None)
        if lead and not _SAVED_LINK & {name.lower() for name in fields}:
            fields["text"] = lead
    elif text:
        fields = {"text": text, **{name: item for name, item in fields.items() if name != "text"}}
    return fields, only_lead


def _inner_mapping(value: Mapping[Any, Any]) -> Mapping[Any, Any]:
    source = value.get("_source") or value.get("node")
    if isinstance(source, Mapping):
        value = {**{name: value[name] for name in ("_id", "id") if name in value}, **source}
    for name in _NESTED:
        if isinstance(inner := value.get(name), Mapping):
            known = {field_key(str(key)) for key, item in value.items() if item not in (None, "", [], {})}
            own = {key: item for key, item in inner.items() if field_key(str(key)) not in known}
            value = {**value, **own}
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


def has_text(fields: Mapping[Any, Any]) -> bool:
    """Return True when an object holds a text of its own, and not its lead alone."""
    return _text_in(fields) is not None


def _text_in(fields: Mapping[Any, Any]) -> str | None:
    """Return the text among the fields of an object, which may be a list of paragraphs or a tree of blocks."""
    by_key: dict[str, Any] = {}
    for name, item in fields.items():
        if item not in (None, "", [], {}):
            by_key.setdefault(field_key(str(name)), item)
    for key in text_keys(by_key):
        item = None if key.endswith(("description", "summary")) else by_key.get(key)
        if isinstance(item, str) and item.strip():
            return item
        if isinstance(item, list) and isinstance(item[0], str) and all(isinstance(one, str) for one in item):
            return "\n\n".join(item)
        if isinstance(item, list | Mapping) and (text := _text_of_body(item)):
            return text
    return None


def _text_of_body(value: Any) -> str | None:
    """Return the text of a tree of blocks; a list whose items have headlines is one of articles."""
    blocks = value if isinstance(value, list) else [value]
    rows = any(
        isinstance(one, Mapping) and _HEADLINES & {str(name).lower() for name in one} for one in blocks
    )
    text = None if rows else text_of_blocks(value)
    return text if text and has_prose(text) else None


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
