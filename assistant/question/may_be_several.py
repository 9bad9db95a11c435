"""Questions that leave open how many things they ask for: "Who was killed?", not "Which town was hit?"."""

from __future__ import annotations

import re

from assistant.question.things_compared import OPENING_AUXILIARY
from assistant.text.phrases import phrases

_OPEN = re.compile(
    rf"^\W*(?:(?:and|but|so)\s+)*(?:(?:by|to|from|with|for|of|at|in|on|against)\s+)?"
    rf"(?:(?P<who>who|whom)\s+(?P<does>\S.*)|(?P<what>what)\s+(?:else\s+)?(?P<is>{OPENING_AUXILIARY})\s+(?P<rest>\S.*)"
    r"|(?:which|what)\s+(?P<class>\S.*))$",
    re.I,
)
_ONE = re.compile(
    r"^(?:is|was|[’']s|are|were)\s+(?:(?:the|an?|his|her|its|their|this|that)\b|(?-i:[A-Z]))"
    r"|^(?:is|was)\s+\w+\W*$|\b(?:first|last|most|least|\w{3,}est)\b",
    re.I,
)
_ONE_THING = re.compile(r"^(?:the|an?|his|her|its|their|this|that|(?-i:[A-Z])\S*)\b", re.I)
_SEVERAL = re.compile(r"[nw#]{0,3}s")
_COPULA = frozenset({"is", "was", "are", "were"})


def may_be_several(question: str) -> bool:
    """Return True where a question may be answered by one thing or by several, for all that it says itself."""
    found = _OPEN.match(question)
    if found is None:
        return False
    if found["who"]:
        return not _ONE.search(found["does"])
    if found["class"]:
        return _SEVERAL.match(phrases(found["class"]).kinds) is not None
    return not (found["what"] and found["is"].lower() in _COPULA and _ONE_THING.match(found["rest"]))
