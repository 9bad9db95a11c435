"""Countries by name, from ``countries.json``: their adjectives, and how their names are cut short."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def countries() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Map the name of each country to its adjective and its short forms, all in small letters."""
    rows = json.loads((Path(__file__).parent / "countries.json").read_text(encoding="utf-8"))
    return {
        name.lower(): (row["adjective"].lower(), tuple(one.lower() for one in row.get("short", ())))
        for name, row in rows.items()
    }
