"""What a page states of its article: in JSON-LD, in its meta elements, in microdata."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from assistant.ingest.metadata.authors import authors_in
from assistant.ingest.metadata.json_ld import stated_in_json_ld
from assistant.ingest.metadata.microdata import is_of_teaser, stated_in_microdata
from assistant.ingest.metadata.publication_date import parse_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# How the meta elements are named that state the day of publication, on whichever system a page was made.
_PUBLISHED_META = re.compile(
    r"^(?!.*(?:modif|updat|expir|event|copyright|_gmt))(?:.*(?:publish|pub[-_]?date|issued|date[-_.]?posted|posted[-_.]?date|"
    r"date[-_.]?created|release[-_]date|display-?date).*|date|dc[.:]date|dcterms[.:](?:date|created)|created|"
    r"citation_(?:online_)?date|sailthru[.]date|article[.]created|ptime|pdate|timestamp)$"
)
_META_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "headline", "dc.title", "citation_title"),
    "publisher": ("og:site_name", "publisher", "dc.publisher", "application-name"),
    "authors": ("author", "article:author", "dc.creator", "parsely-author", "citation_author", "byl"),
    "url": ("og:url",),
    "language": ("og:locale", "language"),
}  # fmt: skip


def page_fields(root: HtmlElement) -> dict[str, Any]:
    """Return the fields stated in a page's JSON-LD (schema.org), else in its meta elements."""
    fields: dict[str, Any] = {}
    content: dict[str, str] = {}
    writers: dict[str, list[str]] = defaultdict(list)
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if not name and meta.get("itemprop") and not is_of_teaser(meta):
            name = (meta.get("itemprop") or "").lower()
        value = (meta.get("content") or "").strip()
        content.setdefault(name, value)
        if value and name in _META_NAMES["authors"] and not value.startswith("http"):
            writers[name].append(value)
    for field, names in _META_NAMES.items():
        if value := next((content[name] for name in names if content.get(name)), None):
            fields[field] = value
    fields.pop("authors", None)
    if named := next((writers[name] for name in _META_NAMES["authors"] if writers[name]), None):
        fields["authors"] = named if len(named) > 1 else named[0]
    if days := [value for name, value in content.items() if value and _PUBLISHED_META.search(name)]:
        fields["published"] = min(days, key=lambda value: parse_date(value) is None)
    for link in root.iter("link"):
        if link.get("rel") == "canonical" and link.get("href"):
            fields["url"] = link.get("href")
    heading = root.find(".//h1")
    title = fields.get("title") or ("" if heading is None else heading.text_content())
    data = stated_in_json_ld(json_ld_scripts(root), title=title, url=fields.get("url"))
    marked = stated_in_microdata(root, title)
    days = [stated["published"] for stated in (data, fields, marked) if stated.get("published")]
    fields = {**marked, **fields, **data, "published": days}
    if isinstance(written := fields.get("authors"), str) and not authors_in(written):
        del fields["authors"]
    language = root.get("lang")
    return fields if not language else {"language": language, **fields}


def json_ld_scripts(root: HtmlElement) -> Iterator[str]:
    """Yield the scripts of a page that hold JSON-LD."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower().startswith("application/ld+json"):
            yield script.text or ""
