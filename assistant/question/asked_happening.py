"""What the question before says has happened, where no noun names it: for "When was that?".

"Who was arrested in Arle?" answered by "Ada Berg" gives "When was it that Ada Berg was arrested in Arle?".
"""

from __future__ import annotations

import re

from assistant.question.conversation_topics import Topic, asked_name
from assistant.text.phrases import phrases

_WHEN_WAS_THAT = re.compile(
    r"^(?P<word>when|where)(?: exactly)? "
    r"(?:(?:was|is) (?:that|this|it)|did (?:that|this|it) (?:happen|take place|occur))$",
    re.I,
)
_DID = re.compile(
    r"^(?:(?:who|whom|what|when|where|why|how|(?:which|what)\s+[\w-]+)\s+)?did\s+(?P<rest>\S.*)$", re.I
)
_MANY = re.compile(r"^how many\s+(?P<rest>\S.*)$", re.I)
_WHO = re.compile(r"^(?P<asked>who|(?:which|what)\s+[\w-]+)\s+(?P<rest>[a-z]\S*.*)$", re.I)
_COPULA = re.compile(r"^(?:is|are|was|were)\s+(?:(?:the|an?|his|her|its|their)\b|(?-i:[A-Z]))", re.I)
_DONE = re.compile(r"^(?:was|were|has|have|had)\b|^[a-z]+ed\b", re.I)


def when_that_was(question: str, topic: Topic) -> str | None:
    """Ask when or where it was that what the question before asks about was done; None for other follow-ups.

    None, too, where a noun names an event, and where the question before asks how things are.
    """
    when = _WHEN_WAS_THAT.match(question)
    if when is None or topic.event:
        return None
    asked = topic.question.rstrip("?!. ")
    if did := _DID.match(asked):
        return f"{when['word']} did {did['rest']}"
    if (many := _MANY.match(asked)) and "v" in phrases(many["rest"]).kinds:
        return f"{when['word']} was it that {many['rest']}"
    who, doer = _WHO.match(asked), asked_name(topic)
    if who is None or doer is None or _COPULA.match(who["rest"]) or not _tells_deed(who["rest"]):
        return None
    several = phrases(doer).kinds.endswith("s")
    done = re.sub(r"^was\b", "were", who["rest"]) if several else who["rest"]
    return f"{when['word']} was it that {doer} {done}"


def _tells_deed(predicate: str) -> bool:
    """Return True for a predicate in the past: "stepped down", "was arrested"."""
    return bool(_DONE.match(predicate)) or phrases(f"somebody {predicate}").kinds[1:2] == "v"
