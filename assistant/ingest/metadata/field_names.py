"""The names under which sources keep the fields of an article."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from typing import Any

FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "_id", "uuid", "guid", "article_id", "doc_id", "document_id"),
    "title": ("title", "headline", "name", "heading", "subject"),
    "published": (
        "published", "datepublished", "date_published", "published_at", "publishedat", "publish_date",
        "publication_date", "published_date", "published_on", "published_time", "pub_date", "pubdate",
        "date", "timestamp", "datetime", "time", "datetime_published", "date_publish",
    ),
    "modified": ("datemodified", "date_modified", "modified"),
    "publisher": (
        "publisher", "source", "site", "site_name", "sitename", "source_name", "source_domain", "outlet",
        "publication", "newspaper", "media", "provider", "domain", "hostname",
    ),
    "authors": ("authors", "author", "byline", "by", "creator", "writer", "writers", "reporter"),
    "url": (
        "url", "link", "canonical_url", "canonical", "permalink", "uri", "source_url", "article_url",
        "web_url", "external_url", "href",
    ),
    "text": (
        "text", "body", "content", "article", "article_text", "articlebody", "article_body", "full_text",
        "fulltext", "maintext", "main_text", "content_text", "content_html", "body_text", "plain_text",
        "story", "document", "raw_text", "html", "description", "summary",
    ),
    "language": ("language", "lang", "inlanguage"),
}  # fmt: skip

_KINDS = ("article", "story", "news", "post", "item", "document", "page")
# How columns name the time of publication otherwise: "pub_ts", "published_utc", "time_published".
_PUBLISHED_KEY = re.compile(
    r"(?:date|time)?(?:pub|publish|published|publication)"
    r"(?:date|day|time|at|on|ts|stamp|utc|gmt|local|iso|epoch|unix|ms|sec|seconds)*"
)


def field_key(name: str) -> str:
    """Return a field's name by which its spellings are one: "Full text" is "fullText", "Author(s)" "authors"."""
    bare = name.strip().lower().replace("(s)", "s")
    return ("_" if bare.startswith("_") else "") + re.sub(r"[\W_]+", "", bare)


@functools.cache
def keys_of(field_name: str) -> tuple[str, ...]:
    """Return the keys under which sources keep a field, likeliest first; those that say of what it is, last."""
    keys = [field_key(name) for name in FIELD_NAMES[field_name]]
    return tuple(dict.fromkeys([*keys, *(kind + key for kind in _KINDS for key in keys)]))


def field_value(field_name: str, by_key: Mapping[str, Any]) -> Any:
    """Return what is stated for a field, or None."""
    keys: Iterable[str] = keys_of(field_name)
    if field_name == "published":
        keys = [*keys, *filter(_PUBLISHED_KEY.fullmatch, by_key)]
    return next((by_key[key] for key in keys if key in by_key), None)
