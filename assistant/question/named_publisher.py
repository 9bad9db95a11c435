"""Questions about what a publisher says: only its articles may answer, and its name is not searched for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.question.asked_period import asked_period
from assistant.text.tokens import names
from assistant.types import Query

_PUBLISHING_VERB = r"(?:say|said|report(?:ed)?|write|wrote|written|tell|told|publish(?:ed)?|print(?:ed)?)s?"


def from_publisher(query: Query, publishers: Sequence[str]) -> Query:
    """Narrow a question such as "What does the Gazette say about Lund?" to the articles of that publisher.

    It becomes "What do the articles say about Lund?"; "according to the Gazette" is taken out too.
    """
    for publisher in sorted(publishers, key=len, reverse=True):
        name = rf"(?:the\s+)?[\"“]?{re.escape(publisher)}[\"”]?"
        asks = re.compile(
            rf"\bwhat\s+(?:do|does|did|has|have)\s+{name}\s+{_PUBLISHING_VERB}\s+(?:about|on|of)\b", re.I
        )
        text = asks.sub("What do the articles say about", query.text, count=1)
        text = re.sub(rf",?\s*\baccording\s+to\s+{name}\s*,?\s*", " ", text, count=1, flags=re.I).strip()
        if text == query.text:
            continue
        text = f"{text[0].upper()}{text[1:]}"
        return replace(
            query,
            text=text,
            filters=replace(query.filters, publishers=(publisher,)),
            names=tuple(dict.fromkeys(span.text for span in names(text))),
            asked_period=asked_period(text, query.filters.asked),
        )
    return query
