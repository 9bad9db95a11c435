"""A question as the statement that it asks about, or that an answer to it makes: what a judge reads."""

from __future__ import annotations

import re

_TAG = re.compile(
    r"^\W*(?:is it true that|do the articles say (?:that|whether)|is it confirmed that)\s+", re.IGNORECASE
)
_DOES = r"(?:did|does|do)(?:n[’']t)?"
_AUXILIARY_IS = r"(?:is|are|was|were|has|have|had|will|would|can|could|should|may|might|must)(?:n[’']t)?"
# the auxiliary that a question opens with, alone or after a clause of time or place
_ASKING = re.compile(
    rf"^(?P<before>(?:[^,?]{{3,120}}, +)?)(?:and |but |so )?(?:{_DOES}|{_AUXILIARY_IS}) +",
    re.IGNORECASE,
)
_HOW = r"how (?:many|much|old|long|far|big|large|tall|high|often|fast)"
# what is asked for, up to the auxiliary: "how many people did", "which town was", "when did"
_WANTED = re.compile(
    rf"\b(?P<word>who|whom|whose|what|which|when|where|why|{_HOW}|how)\b(?P<noun>(?: [\w’'$%-]+){{0,5}}?)"
    rf" (?:(?P<does>{_DOES})|(?P<is>{_AUXILIARY_IS}))\b",
    re.IGNORECASE,
)
# the same where the verb follows at once: "who claimed", "which town fell", "how many people died"
_SUBJECT = re.compile(rf"\b(?P<word>who|what|which|{_HOW})\b(?P<noun>(?: [\w’'-]+)?)", re.IGNORECASE)


def as_statement(question: str, answer: str | None = None) -> str:
    """State what a question asks: "It is true that the mayor resign." for "Did the mayor resign?".

    With an answer: "It is true that Anna Lee won the race." for "Who won the race?". Auxiliaries fall away and
    verbs stay as they are: a judge reads past that.
    """
    text = _TAG.sub("", question).strip().rstrip("?!. ")
    if answer is None:
        return f"It is true that {_ASKING.sub(lambda found: found['before'], text, count=1)}."
    return f"It is true that {_answered(text, answer)}."


def _answered(text: str, answer: str) -> str:
    wanted, subject = _WANTED.search(text), _SUBJECT.search(text)
    if wanted and (subject is None or wanted.start() <= subject.start()):
        before, rest = text[: wanted.start()], text[wanted.end() :].strip()
        word, noun = wanted["word"].lower(), wanted["noun"].strip()
        counted = word in {"how many", "how much"}
        told = f"{answer} {noun}" if counted and noun and noun.lower() not in answer.lower() else answer
        if wanted["is"] and (counted or word in {"who", "what", "which", "whose"}):
            return f"{before}{told} {wanted['is']} {rest}"
        return f"{before}{rest}: {told}"
    if subject:
        kept = subject["noun"] if subject["word"].lower().startswith(("who", "how")) else ""
        kept = "" if kept.strip().lower() in answer.lower() else kept
        return f"{text[: subject.start()]}{answer}{kept}{text[subject.end() :]}"
    return f"{text}: {answer}"
