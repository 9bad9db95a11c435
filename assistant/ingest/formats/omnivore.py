"""A folder that Omnivore exported: texts in content/, their fields in metadata_0_to_20.json, notes beside them."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping, Sequence
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


@functools.lru_cache(maxsize=4)
def _stated_in(folder: Path) -> dict[str, dict[str, Any]]:
    stated: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.glob("metadata_*_to_*.json")):
        try:
            with open_regular(str(file)) as opened:
                rows = json.loads(opened.read(_MOST_BYTES))
        except (UnreadableError, OSError, ValueError, RecursionError):
            continue
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, dict) and isinstance(row.get("slug"), str):
                stated[row["slug"]] = {field: row[name] for name, field in _FIELDS.items() if row.get(name)}
    return stated
