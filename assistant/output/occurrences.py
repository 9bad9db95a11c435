"""What ``find`` found, as the object that ``find --json`` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistant.retrieval.find import FindResult


def found_to_dict(found: FindResult, *, count: bool = False) -> dict[str, Any]:
    """Return what was found; ``count`` leaves ``matches`` out. Offsets count code points."""
    kept = asdict(found)
    if count:
        del kept["matches"]
    return kept
