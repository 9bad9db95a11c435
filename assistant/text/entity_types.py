"""What a name stands for, by its own words and those beside it: a person, a place or a group.

No list of names is used, so a lone name without a cue has no type.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.text.english.entity_cues import (
    GROUP_ENDINGS,
    PERSONAL_VERBS,
    PLACE_BEGINNINGS,
    PLACE_ENDINGS,
    PLACING,
    TITLES,
)
from assistant.text.month_names import MONTH_NUMBERS, WEEKDAYS
from assistant.text.tokens import Span

EntityType = Literal["person", "place", "group"]
PEOPLES = ("ans", "ists", "crats")  # "Iowans", "Democrats"
NAME_WORDS = (2, 3)  # of most persons' full names

_AFTER_PLACING = re.compile(rf"\b(?:{PLACING.replace(' ', '|')})\s+(?:the\s+)?$", re.I)
_TITLE_BEFORE = re.compile(r"(?:^|[\s,(])([A-Za-z]+)\.?\s+$")
_DOES = re.compile(rf"(?:,?\s+)(?:{PERSONAL_VERBS})\b|,\s+\d\d,|,\s+(?:the|an?|who)\s")
_REGION = re.compile(r",\s+[A-Z][\w.]+")
_LINK_WORD = re.compile(r"\b(?:of|for|and|the|&)\b", re.I)
_ACRONYM = re.compile(r"[A-Z]{2,}s?|[A-Z]\w*[A-Z]\w*")
_SAYS_AFTER = re.compile(r"\s+(?:said|says|told|added|argued|announced|warned|insisted)\b|,?\s+(?:he|she)\s")
_SAID_BEFORE = re.compile(r"\b(?:said|says|added)\s+$")


def entity_type(text: str, span: Span) -> EntityType | None:  # noqa: PLR0911 - a return a cue
    """Return what the name at a span of a text stands for; None where nothing tells."""
    words = re.findall(r"[\w’'&.-]+", re.sub(r"[’']s?$", "", span.text))
    if not words:
        return None
    last, first = words[-1].lower().rstrip("."), words[0].lower().rstrip(".")
    if first in WEEKDAYS or first in MONTH_NUMBERS:
        return None
    before, after = text[: span.start], text[span.end : span.end + 40]
    titled = _TITLE_BEFORE.search(before)
    if (
        last in GROUP_ENDINGS
        or last.endswith(PEOPLES)
        or (_LINK_WORD.search(span.text) and {one.lower() for one in words} & GROUP_ENDINGS)
    ):
        return "group"
    if last in PLACE_ENDINGS and len(words) > 1:
        return "place"
    if first in TITLES or (titled and titled[1].lower() in TITLES):
        return "person"
    if _AFTER_PLACING.search(before) or (first in PLACE_BEGINNINGS and len(words) > 1):
        return "place"
    if _ACRONYM.fullmatch(span.text) or (before.lower().endswith("the ") and len(words) > 1):
        return "group"
    plain = len(words) in range(NAME_WORDS[0], NAME_WORDS[1] + 1) and not _LINK_WORD.search(span.text)
    if plain and not any(word.isupper() and len(word) > len("J.") for word in words):
        return "place" if _REGION.match(after) and not _DOES.match(after) else "person"
    if _DOES.match(after) or _SAYS_AFTER.match(after) or _SAID_BEFORE.search(before):
        return "person"
    return None
