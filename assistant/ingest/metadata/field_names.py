"""The names under which sources keep the fields of an article, in English and in the languages of their readers."""

from __future__ import annotations

import functools
import re
import unicodedata
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
    "authors": ("authors", "author", "byline", "by", "creator", "writer", "writers", "reporter", "authors_byline",
                "author_name", "author_names"),
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
# How people head the columns of their tables in French, German, Spanish, Italian, Portuguese and Arabic.
_TRANSLATED: Mapping[str, tuple[str, ...]] = {
    "title": ("titre", "titel", "titulo", "titolo", "titular", "überschrift", "schlagzeile", "عنوان", "العنوان"),
    "published": (
        "date de publication", "date de parution", "publié le", "datum", "veröffentlicht", "veröffentlicht am",
        "veröffentlichungsdatum", "erscheinungsdatum", "fecha", "fecha de publicación", "publicado", "data",
        "data di pubblicazione", "data de publicação", "تاريخ", "التاريخ", "تاريخ النشر",
    ),
    "publisher": (
        "journal", "éditeur", "quelle", "zeitung", "medium", "herausgeber", "fuente", "medio", "periódico", "fonte",
        "testata", "jornal", "veículo", "مصدر", "المصدر", "الصحيفة",
    ),
    "authors": (
        "auteur", "auteurs", "autor", "autoren", "autorin", "verfasser", "autores", "autora", "autore", "autori",
        "كاتب", "الكاتب", "المؤلف",
    ),
    "url": (
        "lien", "adresse", "adresse web", "webadresse", "enlace", "dirección", "indirizzo", "endereço", "رابط",
        "الرابط",
    ),
    "text": (
        "texte", "contenu", "corps", "texte intégral", "inhalt", "volltext", "artikel", "artikeltext", "texto",
        "contenido", "cuerpo", "testo", "contenuto", "conteúdo", "corpo", "نص", "النص", "المحتوى", "محتوى",
    ),
    "language": ("langue", "sprache", "idioma", "lingua", "اللغة"),
}  # fmt: skip

_KINDS = ("article", "story", "news", "post", "item", "document", "page")
# How columns name the time of publication otherwise: "pub_ts", "published_utc", "time_published".
_PUBLISHED_KEY = re.compile(
    r"(?:first|original)?(?:date|time)?(?:pub|publish|published|publication)"
    r"(?:date|day|time|at|on|ts|stamp|utc|gmt|local|iso|epoch|unix|ms|sec|seconds)*"
)
# How interfaces name the text otherwise, by its form: "body_xhtml", "pageContent", "content_elements", "markdown".
_TEXT_KEY = re.compile(
    r"(?:full|main|plain|raw|clean|cleaned)*(?:article|story|news|post|item|page)?(?:body|content|text|markdown|blocks)"
    r"(?:x?html|text|plain|raw|markdown|md|elements|blocks|nodes)*"
)


def field_key(name: str) -> str:
    """Return a field's name by which its spellings are one: "Full text" is "fullText", "Título" "titulo"."""
    bare = name.strip().lower().replace("(s)", "s")
    if not bare.isascii():
        bare = "".join(one for one in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(one))
    return ("_" if bare.startswith("_") else "") + re.sub(r"[\W_]+", "", bare)


@functools.cache
def keys_of(field_name: str) -> tuple[str, ...]:
    """Return the keys under which sources keep a field, likeliest first; those that say of what it is, last."""
    keys = [field_key(name) for name in FIELD_NAMES[field_name]]
    translated = map(field_key, _TRANSLATED.get(field_name, ()))
    return tuple(dict.fromkeys([*keys, *(kind + key for kind in _KINDS for key in keys), *translated]))


def field_value(field_name: str, by_key: Mapping[str, Any]) -> Any:
    """Return what is stated for a field, or None."""
    keys: Iterable[str] = keys_of(field_name)
    if field_name == "published":
        keys = [*keys, *filter(_PUBLISHED_KEY.fullmatch, by_key)]
    elif field_name == "text":
        keys = text_keys(by_key)
    return next((by_key[key] for key in keys if key in by_key), None)


def text_keys(keys: Iterable[str]) -> list[str]:
    """Return which keys may hold the text, likeliest first: a description comes after every kind of body."""
    named = keys_of("text")
    last = [key for key in named if key.endswith(("description", "summary"))]
    return [*(key for key in named if key not in last), *filter(_TEXT_KEY.fullmatch, keys), *last]
