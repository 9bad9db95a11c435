# ruff: noqa: E501 - a pattern to a line
"""Follow-ups that want another kind of answer to the question before: "List them", "Other figures?", "Only since May".

The question before is all that they need, so that a history of bare strings is enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.asked_period import asked_period
from assistant.question.kind import kind_odds
from assistant.text.dates import YEAR_WRITTEN
from assistant.text.phrases import event_phrase
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
    r"^\W*(?:(?:and|ok|okay|please|can you|could you)\s+)*(?:list|name|enumerate|show|give me)\s+(?:me\s+)?(?:them|those|these|all|them all|all of them|the names|their names)(?:\s+all)?(?:\s+please)?\W*$"
    r"|^\W*(?:which|what)\s+(?:ones?|are\s+they)\W*$",
    re.I,
)  # fmt: skip
_MORE = re.compile(
    r"^\W*(?:and\s+)?(?:who|what|where|which|anything|anyone|anybody|any)?\s*(?:else|others?|more)\W*$", re.I
)
_SOURCE = re.compile(
    r"^\W*(?:and\s+)?(?:how\s+do\s+you\s+know(?:\s+(?:that|this|it))?|says\s+who|who\s+says\s+(?:so|that)|(?:what|which)\s+is\s+(?:the|your)\s+source)\W*$",
    re.I,
)
_FRAGMENT = re.compile(r"^\W*(?:and|but)\s+(?:the|an?|in|on|at|for|with|by|from)\s", re.I)
_ONLY = re.compile(
    r"^\W*(?:and\s+)?(?:only|just)\s+(?P<period>(?:since|after|before|until|in|on|from|during|between|for)\s+.+?)\W*$",
    re.I,
)
_OTHER_CLASS = re.compile(
    r"^\W*(?:and\s+)?(?:which|what|are there(?:\s+any)?|any)\s+other\s+(?P<item>[\w-]+)\W*$", re.I
)
_ANSWER_MEANT = r"(?:that|this|it|them|these|those|the\s+answer|all\s+(?:of\s+)?(?:that|this|it))"
_LENGTH_WANTED = r"in\s+(?:a\s+few|one|two|three|four|five|a|\d)\s+(?:short\s+)?(?:sentences?|lines?)"
_SUMMARY = re.compile(
    rf"^\W*(?:(?:and|now|ok|okay|please|can you|could you)\s+)*(?:(?:summari[sz]e|sum\s+up|condense|recap|shorten|sum)(?:\s+{_ANSWER_MEANT})?(?:\s+up)?"
    rf"|(?:give\s+me\s+)?(?:an?\s+|the\s+)?(?:short\s+|brief\s+)?(?:summary|recap)(?:\s+of\s+{_ANSWER_MEANT})?"
    rf"|(?P<short>(?:make\s+it\s+|a\s+bit\s+)?(?:shorter|briefer|more\s+briefly|in\s+short|in\s+brief|(?={_LENGTH_WANTED}))))"
    rf"(?:\s*,?\s*please)?\W*(?:(?P<length>{_LENGTH_WANTED}|one\s+sentence)\W*)?(?:please)?\W*$",
    re.I,
)  # fmt: skip
_FRAME = re.compile(
    r"^\W*(?:please\s+)?(?:summari[sz]e|sum\s+up|recap|outline|brief\s+me\s+on|tell\s+me\s+(?:more\s+)?about|(?:give\s+me\s+)?an?\s+(?:summary|overview)\s+of"
    r"|list|name|compare|who\s+(?:is|are|was|were)|what\s+(?:is|are|was|were)(?:\s+the\s+(?:latest|newest|news)\s+(?:on|about))?)\s+(?P<matter>.+)$",
    re.I,
)  # fmt: skip
_STATED = re.compile(
    r"^\W*what\s+(?:did|does|do|has|have)\s+(?P<speaker>.+?)\s+(?:says?|said|thinks?|thought)\b\s*(?:about|of|on|to)?\s*(?P<topic>.*)$",
    re.I,
)
_WH_WORDS = re.compile(
    r"^\W*(?:(?:in|on|at|by|from|to|of)\s+)?(?:who|whom|what|which|when|where|why|how\s+(?:many|much)|how)\b",
    re.I,
)
_AUXILIARY = re.compile(r"\b(?:did|does|do|is|are|was|were|has|have|had|will|would|can)\s+", re.I)
_CLASS_ASKED = re.compile(
    r"^\W*(?:which|what)\s+(?P<class>[\w’'-]+(?:\s+[\w’'-]+)?)\s+(?P<verb>was|were|is|are|did|do|does|has|have|had|will)\s+(?P<rest>.+)$",
    re.I,
)
_ARTICLES_ON = re.compile(
    r"^(?:articles?|reports?|stories|pieces)\s+(?:mention|name|report|cover|speak|(?:are\s+)?about)\s+(?:of\s+|on\s+)?", re.I
)  # fmt: skip
_WHO_IS = re.compile(r"^\W*[Ww]ho\s+(?:is|are|was|were)\s+(?P<matter>[A-Z].*)$")
_BARE_WH = re.compile(r"^\W*(?:and\s+|but\s+)?(?P<word>why|when|where|how)\W*$", re.I)
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
    summary, asks = _SUMMARY.match(question), _BARE_WH.match(question)
    of_class = _CLASS_ASKED.match(before) if asks else None
    completed = None
    if summary:
        length = (summary["length"] or "").lower() or ("one sentence" if summary["short"] is not None else "")
        length = length if not length or length.startswith("in ") else f"in {length}"
        completed = f"Summarise {matter_of(before)} {length}".strip()
    elif asks and of_class:
        word = asks["word"].capitalize()
        completed = f"{word} {of_class['verb']} {of_class['class']} {of_class['rest']}"
    elif _OTHERS.match(question):
        completed = f"{OTHER_FIGURES}{before}"
    elif only:
        completed = asked_in_period(before, only["period"])
    elif _ASKS_LIST.match(question):
        completed = _HOW_MANY_REST.sub(r"Which \g<rest>", before)
    elif same or _MORE.match(question) or _SOURCE.match(question):
        completed = before
    if (
        completed is None
        and not _FRAGMENT.match(question)
        and kind_odds(question).get("courtesy", 0.0) >= INHERITS_NOTHING
    ):
        return question
    return f"{completed}?" if completed else None


def matter_of(question: str) -> str:
    """Say what a question is about, for a summary: "the ferry merger", "Ada Berg on wages", "towns hit on 1 July"."""
    if stated := _STATED.match(question):
        return f"{stated['speaker']} on {stated['topic']}" if stated["topic"] else stated["speaker"]
    if framed := _FRAME.match(question):
        return re.sub(rf"\s*\b{_LENGTH_WANTED}\b", "", framed["matter"], flags=re.I)
    if re.match(r"^\W*what\s+(?:has\s+|have\s+)?happen", question, re.I):
        return question[0].lower() + question[1:]
    asked = _AUXILIARY.sub("", _WH_WORDS.sub("", question, count=1).strip(), count=1)
    return event_phrase(question) or _ARTICLES_ON.sub("", asked)


def asked_in_period(question: str, period: str) -> str:
    """Ask a question of another period, "since May"; a month in a year that it named stays of that year."""
    if described := _WHO_IS.match(question):
        return f"Summarise {described['matter']} {period}"
    old = asked_period(question, None)
    if old is None:
        return f"{question} {period}"
    year = YEAR_WRITTEN.search(old.words)
    told = period if not year or YEAR_WRITTEN.search(period) else f"{period} {year.group()}"
    return f"{' '.join(old.topic.split())} {told}"
