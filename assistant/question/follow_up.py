"""Replaces the words of a follow-up that refer, by rules; what it leaves out is left to its context.

Only phrases of an earlier question, and names or counted people of an answer, are filled in; the rest of an answer,
which comes from the client, is never used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.conversation_topics import (
    ANSWER_CHARACTERS,
    QUESTION_CHARACTERS,
    Topic,
    cleaned,
    in_full,
    matter,
    next_topic,
    place_meant,
    recased,
    referent,
)
from assistant.question.own_subject import means_own_subject
from assistant.question.things_compared import LEADING_TO_THING
from assistant.text.english.referring import OWNING, PERSONAL_PRONOUN, without_opening
from assistant.text.english.verbs import BE_DO_HAVE
from assistant.text.phrases import (
    event_noun,
    phrases,
    proper_names,
)
from assistant.types import Turn

TURNS = 10

_BARE = re.compile(r"^(?:why|when|where|how)(?: (?:exactly|not|so|was|is|did|else))*$", re.I)
_WHEN_DID = re.compile(rf"^(?:when|where|why|how)(?= (?:{BE_DO_HAVE}|will|can)\b)", re.I)
_THERE = re.compile(
    r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )\bthere(?=$| (?:on|in|at|and|then)\b)", re.I
)
_SHORT_FORM = re.compile(
    rf"\b(?:the|this|that|these|those) (?!(?:{LEADING_TO_THING}|to|with)\b)(?P<noun>[a-z]+)\b(?![-’'])"
    r"(?! (?:of|on|in|at|against|by|near|from|for|who|that|which|between)\b)"
)
_DEMONSTRATIVE = re.compile(
    r"(?P<before>^(?:is|was|are|were|did|does) |\babout )(?:that|this|those|these)\b"
    r"|\b(?:that|this|those|these)(?=$| (?:in|on|at|by|to|happen|happened|take|took|start|end|begin|affect|mean"
    r"|go|work|change|cause|last|come|occur)\b)",
    re.I,
)
_FOLLOW_UP_PRONOUN = re.compile(rf"\b(?:{PERSONAL_PRONOUN})\b", re.I)
_EVENT_FOLLOWS = re.compile(
    r"^ (?:happen|happened|take place|took place|occur|occurred|start|started|begin|began|end|ended|last|lasted"
    r"|break out|broke out|unfold|held|cancelled|postponed|called off|carried out|planned)\b",
    re.I,
)
_EVENT_BEFORE = re.compile(
    r"\b(?:(?:when|where|why|how) (?:was|is|were|are)|about|to|after|before|during|of|causes?|caused|claims?"
    r"|claimed|behind|for|condemn|condemned|did|do|done) $",
    re.I,
)
_REPORTING = re.compile(r"\b(?:who|which \w+) (?:say|says|said|claim|claims|claimed)(?: that)? $", re.I)
_DUMMY = re.compile(r"\b(?:is|was) it (?:true|likely|possible|clear|known|correct|certain)\b", re.I)
_PARTICLE = re.compile(r" (?!(?:up|in|on|at|by|to|from|with|after|before|and)\b)\w", re.I)


def stand_alone(question: str, history: Sequence[Turn]) -> str:
    """Replace what refers to the turns before a follow-up, oldest first; the last ten count.

    A question that refers to nothing, or is the first, is returned as it is.
    """
    topic: Topic | None = None
    for turn in history[-TURNS:]:
        asked = cleaned(turn.question, QUESTION_CHARACTERS)
        if any(character.isalnum() for character in asked):
            answer = cleaned(turn.answer_text, ANSWER_CHARACTERS)
            asked = recased(asked, answer)
            topic = next_topic(topic, _complete(asked, topic) if topic else asked, answer)
    return _complete(question, topic) if topic and len(question) <= QUESTION_CHARACTERS else question


def _complete(question: str, topic: Topic) -> str:
    bare = without_opening(question.rstrip("?!. "))
    again = _BARE.match(bare) and _WHEN_DID.match(topic.question)
    filled = _asked_again(bare, topic.question) if again else _filled(bare, topic)
    found = _agreeing(" ".join(filled.split()), topic.event)
    return question if found == bare else f"{found[:1].upper()}{found[1:]}?"


def _asked_again(word: str, question: str) -> str:
    """Ask another question word of the same: "Why?" after "When did they leave?"."""
    return _WHEN_DID.sub(word.split(maxsplit=1)[0], question.rstrip("?!. "))


def _agreeing(question: str, happened: str | None) -> str:
    """Put "was that" into the plural where it has become "was the attacks"."""
    if not happened or not (event_noun(happened) or "").endswith("s"):
        return question
    return question.replace(f"was {happened}", f"were {happened}").replace(
        f"is {happened}", f"are {happened}"
    )


def _filled(question: str, topic: Topic) -> str:
    """Replace pronouns, "there", "that" and short forms ("the camp") by what they stand for."""
    place = place_meant(topic)
    text = _THERE.sub(place, question, count=1) if place else question
    text = _SHORT_FORM.sub(lambda found: _in_full(found, text, topic), text)
    that = _DEMONSTRATIVE.search(text)
    if that and (what := matter(topic, roughly=bool(that["before"]))):
        text = f"{text[: that.start()]}{that['before'] or ''}{what}{text[that.end() :]}"
    start = 0
    while found := next(
        (one for one in _FOLLOW_UP_PRONOUN.finditer(text, start) if not _bound(text, one)), None
    ):
        meant, rest = _in_place_of(found, text, topic)
        text = f"{text[: found.start()]}{meant}{rest}"
        start = found.start() + len(meant)
    return text


def _in_full(found: re.Match[str], question: str, topic: Topic) -> str:
    following = phrases(question[found.end() :]).kinds[:1]
    whole = following not in {"w", "s", "n", "e", "#"}
    return (in_full(found.group("noun"), topic) if whole else None) or found.group()


def _in_place_of(found: re.Match[str], question: str, topic: Topic) -> tuple[str, str]:
    """Return what a pronoun stands for, in its case, and the rest of the question after it."""
    before, rest = question[: found.start()], question[found.end() :]
    word = found.group().lower()
    ends = not rest or not rest[0].isspace()
    event_meant = _EVENT_FOLLOWS.match(rest) or (ends and _EVENT_BEFORE.search(before))
    meant = referent(word, topic, event_meant=bool(event_meant))
    if meant is None:
        return found.group(), rest
    owned = re.match(r" ((?:new |own )?[a-z]+)\b", rest)
    if word not in OWNING and not (word == "her" and owned):
        return meant, rest
    if owned and len(meant.split()) > 2:
        return f"the {owned.group(1)} of {meant}", rest[owned.end() :]
    return f"{meant}’" if meant.endswith("s") else f"{meant}’s", rest


def _bound(question: str, found: re.Match[str]) -> bool:
    """Return True when a pronoun means a name in its own question ("Did Italy keep its ..."), or nothing."""
    before, rest = question[: found.start()], question[found.end() :]
    within = _PARTICLE.match(rest) and (proper_names(before) or _REPORTING.search(before))
    return bool(within or _DUMMY.search(question) or means_own_subject(found.group(), before, rest))
