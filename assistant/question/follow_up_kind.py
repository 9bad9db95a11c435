# ruff: noqa: E501 - a pattern to a line
"""Follow-ups that want another kind of answer to the question before: "List them", "Other figures?", "Only since May".

The question before is all that they need, so that a history of bare strings is enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.kind import kind_odds
from assistant.types import Turn

INHERITS_NOTHING = 0.5
"""Least probability of courtesy with which a question takes nothing from earlier turns."""
OTHER_FIGURES = "Compare the figures given for this: "
"""How a question for other figures begins, once it stands alone."""
_FIGURE_NOUN = r"(?:figures?|numbers?|estimates?|counts?|tolls?|totals?|versions?|accounts?)"
_OTHERS = re.compile(
    rf"^\W*(?:(?:and|but|so)\s+)*(?:(?:are|is|were|was)\s+there\s+|(?:do|does|did)\s+(?:other|another|different)\s+(?=sources)|any\s+|what\s+)?"
    rf"(?:any\s+)?(?:(?:other|another|different|further|more)\s+(?:[\w-]+\s+)?{_FIGURE_NOUN}|(?:do\s+)?(?:all\s+)?(?:the\s+)?(?:other\s+)?(?:sources|reports|articles)\s+(?:agree|differ|disagree|say\s+the\s+same))\W*$",
    re.I,
)  # fmt: skip
_ASKS_LIST = re.compile(
    r"^\W*(?:(?:and|ok|okay|please|can you|could you)\s+)*(?:list|name|enumerate|show|give me)\s+(?:me\s+)?(?:them|those|these|all|them all|all of them|the names|their names)(?:\s+all)?\W*$"
    r"|^\W*(?:which|what)\s+(?:ones?|are\s+they)\W*$",
    re.I,
)  # fmt: skip
_MORE = re.compile(
    r"^\W*(?:and\s+)?(?:who|what|where|anything|anyone|anybody|any)?\s*(?:else|others?|more)\W*$", re.I
)
_ONLY = re.compile(
    r"^\W*(?:and\s+)?(?:only|just)\s+(?P<period>(?:since|after|before|until|in|on|from|during|between|for)\s+.+?)\W*$",
    re.I,
)
_OTHER_CLASS = re.compile(
    r"^\W*(?:and\s+)?(?:which|what|are there(?:\s+any)?|any)\s+other\s+(?P<item>[\w-]+)\W*$", re.I
)
_HOW_MANY_REST = re.compile(r"^\W*how\s+many\s+(?P<rest>.+?)\W*$", re.I)


def completed_by_kind(question: str, history: Sequence[Turn]) -> str | None:
    """Complete a follow-up that wants another kind of answer; None for any other.

    Thanks and small talk come back unchanged.
    """
    if not history:
        return None
    before = history[-1].question.strip().rstrip("?!. ")
    if not before:
        return None
    only, other = _ONLY.match(question), _OTHER_CLASS.match(question)
    same = other is not None and re.search(rf"\b{re.escape(other['item'])}\b", before, re.I) is not None
    completed = None
    if _OTHERS.match(question):
        completed = f"{OTHER_FIGURES}{before}"
    elif only:
        completed = f"{before} {only['period']}"
    elif _ASKS_LIST.match(question):
        completed = _HOW_MANY_REST.sub(r"Which \g<rest>", before)
    elif same or _MORE.match(question):
        completed = before
    if completed is None and kind_odds(question).get("courtesy", 0.0) >= INHERITS_NOTHING:
        return question
    return f"{completed}?" if completed else None
