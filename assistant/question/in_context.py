"""A follow-up in the context of the questions before it: searched with their words, read as it was typed.

What the conversation's words find is about its matter. There a reader tells what "he", "that" and "how many" mean
better than rules that fill them in: of 78 follow-ups by other authors rules alone answer 22, both ways together 48.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.asking import asks
from assistant.question.conversation_topics import QUESTION_CHARACTERS, cleaned
from assistant.question.follow_up_act import act_of
from assistant.question.own_subject import IMPLICIT_WORDS, names_its_matter
from assistant.text.english.referring import means_person, refers
from assistant.text.tokens import content_words, names
from assistant.types import Turn

CONTEXT_QUESTIONS = 3
"""Most questions of a context."""
STANDING_WORDS = 2
"""Least content words of a question that may stand alone."""

_WHO = re.compile(r"\bwho(?:m|se)?\b", re.I)
_IN_CONTEXT = re.compile(r"^(?P<asked>\S.*?) \(after: (?P<context>.+)\)$")


def split_context(question: str) -> tuple[str, str]:
    """Undo ``Query.standalone``: the question and its context, "" where it has none."""
    found = _IN_CONTEXT.match(question)
    return (found["asked"], found["context"]) if found else (question, "")


def context_of(history: Sequence[Turn]) -> str:
    """Return the last question of a conversation, and those that it follows; "" where they say no matter."""
    asked: list[str] = []
    for turn in reversed(history):
        question, context = split_context(cleaned(turn.question, 2 * QUESTION_CHARACTERS))
        if act_of(question) == "courtesy":
            continue
        for one in (part.rstrip("?!. ") for part in (question, *context.split("; "))):
            if one and not any(one in other for other in asked):
                asked.append(one)
        if context or not depends(question) or len(asked) >= CONTEXT_QUESTIONS:
            break
    context = "; ".join(asked[:CONTEXT_QUESTIONS])
    told = {word for word in content_words(context) if word.isalpha()}
    named = bool(told) and asks(context) and bool(names(context))
    return context if named or len(told) >= STANDING_WORDS else ""


def depends(question: str) -> bool:
    """Return True for a question that cannot be understood without those before it."""
    return refers(question) or not names_its_matter(question)


def may_stand_alone(question: str) -> bool:
    """Return True for a question that refers to no other and has words of its own: "who won the cup"."""
    least = STANDING_WORDS if asks(question) else IMPLICIT_WORDS + 1
    return not refers(question) and len(content_words(question)) >= least


def names_person(question: str, completed: str) -> bool:
    """Return True where a name of two words stands for "he" or "she" in a completed question."""
    own = {span.text for span in names(question)}
    return means_person(question) and any(
        " " in span.text and span.text not in own for span in names(completed)
    )


def person_asked_of(completed: str, history: Sequence[Turn]) -> bool:
    """Return True where a question before asks who, or has the name that a completed one has."""
    asked = " ".join(turn.question for turn in history)
    return bool(_WHO.search(asked)) or any(span.text in asked for span in names(completed))


def asking_words(question: str, context: str) -> str:
    """Return the question that tells what is asked for: of "and in Rome?" the last before it that stands alone."""
    if not context or asks(question):
        return question
    return next((one for one in context.split("; ") if not depends(one)), question)
