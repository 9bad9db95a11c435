"""Whom a question of yes or no names, and what it asks of them: "Did Ada Berg resign?", "Is Jo Lee alive?"."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.text.phrases import AUXILIARIES, phrases
from assistant.text.tokens import STOP_WORDS

_NAMED = re.compile(r"d?(?P<doer>n+(?:[c,]+d?n+)*)(?P<helping>v*?)(?P<deed>[vwes])")
_OWNER = re.compile(r"[’']s?$")


class AskedDeed(NamedTuple):
    """Who is named, and the first word of what is asked of them, as they are written."""

    doer: str
    deed: str


def asked_deed(question: str) -> AskedDeed | None:
    """Find the names after the auxiliary and the word after them; None where somebody is not asked of by name."""
    found = phrases(question)
    for at, word in enumerate(found.words[:-1]):
        if word.text.lower() not in AUXILIARIES:
            continue
        match = _NAMED.match(found.kinds, at + 1)
        while match and found.words[match.start("deed")].text.lower() in STOP_WORDS:
            match = _NAMED.fullmatch(found.kinds, at + 1, match.end("deed") + 1)
        if match is None:
            return None
        doer, deed = found.slice(*match.span("doer")), found.words[match.start("deed")].text
        return None if _OWNER.search(doer) else AskedDeed(doer, deed)
    return None
