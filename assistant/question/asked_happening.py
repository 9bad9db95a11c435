"""What the question before says has happened, where no noun names it: for "When was that?".

"Who was arrested in Arle?" answered by "Ada Berg" gives "When was it that Ada Berg was arrested in Arle?". Where
the question only names a thing, "Tell me about Arle", an event that its answer begins with is meant.
"""

from __future__ import annotations

import re

from assistant.question.asking import asks
from assistant.question.conversation_topics import Topic, asked_name
from assistant.text.english.verbs import PAST
from assistant.text.phrases import event_noun, first_sentence, phrases

_WHEN_WAS_THAT = re.compile(
    r"^(?P<word>when|where)(?: exactly)? "
    r"(?:(?:was|is) (?:that|this|it)|did (?:that|this|it) (?:happen|take place|occur))$",
    re.I,
)
_DID = re.compile(
    r"^(?:(?:who|whom|what|when|where|why|how|(?:which|what)\s+[\w-]+)\s+)?did\s+(?P<rest>\S.*)$", re.I
)
_WAS_DONE = re.compile(
    rf"^(?:(?:why|how|where)\s+)?(?P<rest>(?:was|were|has|have|had)\s+.*?\b(?:[a-z]{{2,}}ed|been|{PAST})\b.*)$",
    re.I,
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
    if topic.question.rstrip().endswith("?") and not asks(asked) and phrases(asked).kinds.count("v"):
        return f"{when['word']} was it that {asked}"  # "the strike ended?"
    if again := _asked_of_deed(asked):
        return f"{when['word']} {again}"
    who, doer = _WHO.match(asked), asked_name(topic)
    if who and _COPULA.match(who["rest"]):
        return None
    if who is None or doer is None or not _tells_deed(who["rest"]):
        return _event_told(when["word"], topic)
    several = phrases(doer).kinds.endswith("s")
    predicate = re.sub(r"^was\b", "were", who["rest"]) if several else who["rest"]
    return f"{when['word']} was it that {doer} {predicate}"


def _asked_of_deed(asked: str) -> str | None:
    """Return what follows "when" in a question for the time of the deed that another asks about."""
    if did := _DID.match(asked):
        return f"did {did['rest']}"
    if done := _WAS_DONE.match(asked):
        return f"{done['rest'][0].lower()}{done['rest'][1:]}"
    many = _MANY.match(asked)
    kinds = phrases(many["rest"]).kinds if many else ""
    if many is None or "v" not in kinds:
        return None
    return f"was it that {'people ' if kinds.startswith('v') else ''}{many['rest']}"


def _event_told(word: str, topic: Topic) -> str | None:
    """Ask of the event that the answer begins with, at what both name: "When was the Arle fire?"."""
    told = first_sentence(topic.answer)
    ends = (name.split()[at:] for name in reversed(topic.names) for at in range(len(name.split())))
    named = next((end for words in ends if (end := " ".join(words)) in told), None)
    event = event_noun(told)
    return f"{word} was the {named} {event}" if event and named else None


def _tells_deed(predicate: str) -> bool:
    """Return True for a predicate in the past: "stepped down", "was arrested"."""
    return bool(_DONE.match(predicate)) or phrases(f"somebody {predicate}").kinds[1:2] == "v"
