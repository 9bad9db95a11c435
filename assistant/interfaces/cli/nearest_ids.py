"""The ids that someone may have meant who gave one that the index does not hold."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from assistant.index import ArticleSummary

IDS_SHOWN = 3


def nearest_ids(wanted: str, articles: Sequence[ArticleSummary]) -> list[str]:
    """Return up to ``IDS_SHOWN`` ids: spelt alike, or of articles whose id or title holds what was given."""
    folded = wanted.casefold()
    by_key = {one.id.casefold(): one.id for one in articles if not one.removed}
    held = [
        one.id
        for one in articles
        if not one.removed and folded and folded in f"{one.id} {one.title or ''}".casefold()
    ]
    alike = [by_key[key] for key in difflib.get_close_matches(folded, by_key, n=IDS_SHOWN)]
    return list(dict.fromkeys([*alike, *held]))[:IDS_SHOWN]
