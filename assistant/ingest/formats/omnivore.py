"""An export of Omnivore, a folder or packed: texts in content/, their fields in metadata_0_to_20.json, notes."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.ingest.metadata.documents import UnreadableError
from assistant.ingest.parse_request import open_regular

_METADATA = re.compile(r"metadata_\d+_to_\d+\.json")
_TEXTS, _NOTES = "content", "highlights"
_FIELDS = {
    "title": "title",
    "author": "authors",
    "url": "url",
    "publishedAt": "published",
    "siteName": "publisher",
}
_MOST_BYTES = 4_000_000
_ANY_METADATA = ("metadata_0_to_1.json",)


def why_no_articles(name: str, beside: Sequence[str], folders: Sequence[str]) -> str | None:
    """Return why a file or folder of an export holds no article, given the names that stand with it; else None."""
    if _TEXTS not in folders:
        return None
    if _METADATA.fullmatch(name):
        return f"it is read with the articles in {_TEXTS}/, whose fields it states"
    if name == _NOTES and any(map(_METADATA.fullmatch, beside)):
        return "a reader's notes on articles, and no articles"
    return None


def exported_fields(path: str) -> Mapping[str, Any]:
    """Return what an export states of the article in a file of its folder of texts; nothing for other files."""
    file = Path(path)
    return _stated_in(file.parent.parent).get(file.stem, {}) if file.parent.name == _TEXTS else {}


def left_out_of_archive(name: str, folders: Collection[str]) -> str | None:
    """Return why a file of an archive holds no article, given the archive's folders; else None."""
    *above, own = name.split("/")
    for place, one in enumerate([*above, own]):
        within = "/".join(above[:place])
        beside = [folder.rpartition("/")[2] for folder in folders if folder.rpartition("/")[0] == within]
        if reason := why_no_articles(one, _ANY_METADATA, beside):
            return reason
    return None


def fields_in_archive(name: str, metadata: Mapping[str, bytes]) -> Mapping[str, Any]:
    """Return what a packed export states of one of its files, given its files of metadata by their names."""
    folder, _, file = name.rpartition("/")
    above, _, last = folder.rpartition("/")
    if last != _TEXTS:
        return {}
    stated: dict[str, Any] = {}
    for place, data in metadata.items():
        if place.rpartition("/")[0] == above:
            stated |= _fields_by_slug(data).get(Path(file).stem, {})
    return stated


def is_metadata(name: str) -> bool:
    """Return True for the name of a file in which an export states the fields of its articles."""
    return bool(_METADATA.fullmatch(name.rpartition("/")[2]))


@functools.lru_cache(maxsize=4)
def _stated_in(folder: Path) -> dict[str, dict[str, Any]]:
    stated: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.glob("metadata_*_to_*.json")):
        try:
            with open_regular(str(file)) as opened:
                stated |= _fields_by_slug(opened.read(_MOST_BYTES))
        except (UnreadableError, OSError):
            continue
    return stated


@functools.lru_cache(maxsize=4)
def _fields_by_slug(data: bytes) -> dict[str, dict[str, Any]]:
    try:
        rows = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return {
        row["slug"]: {field: row[name] for name, field in _FIELDS.items() if row.get(name)}
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict) and isinstance(row.get("slug"), str)
    }
