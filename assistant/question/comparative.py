# ruff: noqa: E501 - a pattern to a line
"""Comparatives: "Which storm was stronger, A or B?" asks of each the same: "How strong was the storm A?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question.two_times import two_times
from assistant.text.english.comparatives import ASKED_BY, IRREGULAR, LOWEST_WANTED, MANNER
from assistant.text.tokens import content_words, stems

FEWEST_THINGS = 2
_GRADE = r"(?:(?:much|far|even|the)\s+)*(?P<grade>(?:more|less)\s+[a-z-]+|[a-z]{2,}er|better|worse)\b"
_MORE = r"(?P<more>more|fewer|less)\b"
_CHOICE = (
    re.compile(
        r"^(?:which|what|who)\b(?P<rest>.+?)\s*(?:,|:|\s[–—-])\s*(?P<things>\S.*?\s+or\s+\S.*)$", re.I
    ),
    re.compile(
        r"^(?:between\s+)?(?P<things>\S.*?\s+(?:or|and)\s+\S.*?)\s*(?:,|:)\s*(?:which|what|who)\b(?P<rest>.+)$",
        re.I,
    ),
)
_CLASS = r"^(?:(?P<of>\s+of\s.*?)|\s+one)?\s+(?P<class>(?:[\w’'-]+\s+){0,3}?)"
_IS = re.compile(rf"{_CLASS}(?P<verb>is|are|was|were)\s+{_GRADE}(?P<tail>.*)$", re.I)
_DOES = re.compile(
    rf"{_CLASS}(?P<verb>[a-z]+)\s+(?:{_MORE}(?P<tail>.*)|(?P<manner>{'|'.join(MANNER)})\b(?P<after>.*))$",
    re.I,
)
_IS_EITHER = re.compile(
    rf"^(?P<verb>is|are|was|were)\s+(?P<things>\S.*?\s+or\s+\S.*?)\s+{_GRADE}(?!\s+than\b)(?P<tail>.*)$", re.I
)
_DOES_EITHER = re.compile(
    rf"^(?P<aux>did|do|does|has|have|will)\s+(?P<things>\S.*?\s+or\s+\S.*?)\s+(?P<verb>[a-z]+)\s+{_MORE}(?!\s+than\b)(?P<tail>.*)$",
    re.I,
)
_HAS_EITHER = re.compile(
    rf"^(?:did|do|does|has|have|will)\s+(?P<things>\S.*?\s+or\s+\S.*?)\s+[a-z]+\s+(?:a|the)\s+{_GRADE}\s+(?P<noun>[a-z].*)$",
    re.I,
)
_THEN = re.compile(rf"^(?P<aux>did|do|does)\s+(?P<one>\S.*?)\s+(?P<verb>[a-z]+)\s+{_MORE}(?P<tail>.*)$", re.I)
_MORE_OF = re.compile(rf"^(?P<aux>did|do|does|have|has|were|are|will)\s+{_MORE}(?P<tail>\s.+)$", re.I)
_PREPOSITION = r"(?:in|at|on|during|from|of|for|to|by)"
_OF_EITHER = re.compile(
    rf"^(?P<asked>.+?)(?P<by>\s+{_PREPOSITION})?\s+(?P<things>(?:the\s+)?[A-Z\d].*?\s+or\s+\S.*)$"
)
_BY = re.compile(rf"^{_PREPOSITION}\s+")
_OR = re.compile(r"\s*(?:,\s*or\b|,|\bor\b|\band\b)\s*", re.I)
_THE_ONE = re.compile(r"^(?:the\s+ones?|that|those|this)\b", re.I)
_ONE_LAST = re.compile(r"\bones?$")
_ONLY_NAME = re.compile(r"^[A-Z][\w’'.-]*(?:\s+\d+)?$")


@dataclass(frozen=True, slots=True)
class Graded:
    """The things that a comparative sets against each other, the question put to each, and which end wins."""

    things: tuple[str, ...]
    questions: tuple[str, ...]
    least: bool


def graded(question: str) -> Graded | None:
    """Find what a comparative asks of each of several things; None for a question without one."""
    text = question.strip().rstrip("?!. ")
    return _at_two_times(text) or _either(text) or _counted_of_either(text) or _choice(text)


def asks_least(word: str) -> bool:
    """Return True for a comparative or superlative that wants the lowest figure: "younger", "fewest"."""
    superlative = re.sub(r"er\b", "est", word, flags=re.I)
    return bool(re.search(rf"\b(?:less|least|{'|'.join(LOWEST_WANTED)})\b", superlative, re.I))


def _choice(text: str) -> Graded | None:
    for pattern in _CHOICE:
        found = pattern.match(text)
        things = _split(found["things"]) if found else []
        asked = (_IS.match(found["rest"]) or _DOES.match(found["rest"])) if found else None
        if asked is None or len(things) < FEWEST_THINGS:
            continue
        kind = "" if asked["of"] else asked["class"].strip()
        things = [class_for_one(one, kind) for one in things]
        full = [of_class(one, kind) for one in things]
        if "grade" in asked.groupdict():
            return _of_grade(things, full, asked["verb"], asked["grade"], asked["tail"])
        how, tail = f"how {base(asked['manner'] or asked['more'])}", asked["after"]
        if asked["more"]:
            how, tail = _how(asked["more"], asked["tail"])
        questions = tuple(f"{_capital(one)} {asked['verb']} {how}{tail}?" for one in full)
        return Graded(tuple(things), questions, asks_least(asked["more"] or asked["manner"]))
    return None


def _either(text: str) -> Graded | None:
    found = _IS_EITHER.match(text)
    if found and len(things := _split(found["things"])) >= FEWEST_THINGS:
        return _of_grade(things, things, found["verb"], found["grade"], found["tail"])
    found = _DOES_EITHER.match(text)
    if found and len(things := _split(found["things"])) >= FEWEST_THINGS:
        how, tail = _how(found["more"], found["tail"])
        questions = tuple(
            f"{_capital(how)} {found['aux'].lower()} {one} {found['verb']}{tail}?" for one in things
        )
        return Graded(tuple(things), questions, asks_least(found["more"]))
    found = _HAS_EITHER.match(text)
    if found and len(things := _split(found["things"])) >= FEWEST_THINGS:
        questions = tuple(f"How {base(found['grade'])} was the {found['noun']} of {one}?" for one in things)
        return Graded(tuple(things), questions, asks_least(found["grade"]))
    return None


def _at_two_times(text: str) -> Graded | None:
    """Find one thing graded at two times: "Did a ticket cost more in 2023 or in 2024?"."""
    times = two_times(text)
    asked = _of_each(times[1]) if times else None
    if times is None or asked is None:
        return None
    preposition = "in" if times[0][0][-4:].isdigit() else "on"
    questions = tuple(f"{asked[0]} {preposition} {time}?" for time in times[0])
    return Graded(times[0], questions, asks_least(asked[1]))


def _counted_of_either(text: str) -> Graded | None:
    """Find what is counted of each of two things: "Did more people die in Arle or in Corrie?"."""
    asked = _of_each(text)
    found = _OF_EITHER.match(asked[0]) if asked else None
    if asked is None or found is None:
        return None
    things = [_BY.sub("", one) for one in _split(found["things"])]
    questions = tuple(f"{found['asked']}{found['by'] or ''} {one}?" for one in things)
    return Graded(tuple(things), questions, asks_least(asked[1])) if len(things) >= FEWEST_THINGS else None


def _of_each(text: str) -> tuple[str, str] | None:
    """Return the question that a comparative puts to each, and its grade: "Did more people come" or "Did it cost more"."""
    found = _THEN.match(text)
    if found:
        how, tail = _how(found["more"], found["tail"])
        return f"{_capital(how)} {found['aux'].lower()} {found['one']} {found['verb']}{tail}", found["more"]
    found = _MORE_OF.match(text)
    how, tail = _how(found["more"], found["tail"]) if found else ("", "")
    return (
        (f"{_capital(how)} {found['aux'].lower()}{tail}", found["more"])
        if found and tail != found["tail"]
        else None
    )


def _of_grade(things: Sequence[str], full: Sequence[str], verb: str, grade: str, tail: str) -> Graded:
    degree = base(grade)
    other = ASKED_BY.get(degree)
    questions = tuple(
        f"{other.format(thing=one)}{tail}?" if other else f"How {degree} {verb.lower()} {one}{tail}?"
        for one in full
    )
    return Graded(tuple(things), questions, asks_least(grade) or degree == "cheap")


def _how(more: str, tail: str) -> tuple[str, str]:
    """Split "more people in 2018" into what is asked and the rest: "how many people", " in 2018"."""
    counted = re.match(
        r"\s+(?P<noun>(?:[a-z-]+\s+)?(?:[a-z-]+(?<![sui])s|people|men|women|children|money|time)\b)", tail
    )
    if counted is None:
        return "how much", tail
    many = "much" if counted["noun"] in {"money", "time"} or more.lower() == "less" else "many"
    return f"how {many} {counted['noun']}", tail[counted.end() :]


def base(grade: str) -> str:
    """Return the adjective of a comparative: "deadlier" -> "deadly", "bigger" -> "big", "more costly" -> "costly"."""
    word = grade.lower().split()[-1]
    if len(grade.split()) > 1:
        return word
    if word in IRREGULAR:
        return IRREGULAR[word]
    stem = word.removesuffix("er")
    if stem.endswith("i"):
        return f"{stem[:-1]}y"
    if re.search(r"([bdgmnprt])\1$", stem):
        return stem[:-1]
    dropped = re.search(
        r"(?:^|[^aeiou])[aeiou][^aeiouwxy]$|[^aeiou][lr]?[cv]$|[rd]g$|[bcdfgkpt]l$|[ln]s$", stem
    )
    return f"{stem}e" if dropped else stem


def class_for_one(thing: str, kind: str) -> str:
    """Put the class of a thing for the word that stands for it: "the one in Lesk" -> "the quake in Lesk"."""
    if not kind:
        return thing
    return _THE_ONE.sub(f"the {kind}", thing) if _THE_ONE.match(thing) else _ONE_LAST.sub(kind, thing)


def of_class(thing: str, kind: str) -> str:
    """Put the class of a thing before its name of one word: "the storm Ada"."""
    bare = _ONLY_NAME.match(thing) and not stems(content_words(kind)) & stems(content_words(thing))
    return f"the {kind} {thing}" if kind and bare else thing


def _split(things: str) -> list[str]:
    return [one for one in (part.strip(" ,.:") for part in _OR.split(things)) if one]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
