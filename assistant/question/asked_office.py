"""Who holds an office: "Who is the mayor of Arle?", "Norland's prime minister"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.text.english.countries import countries

_ROLE = (
    r"president|prime minister|premier|chancellor|king|queen|emperor|chief executive(?: officer)?|ceo|cfo"
    r"|chair(?:man|woman|person)?|governor|mayor|secretary of (?:state|defen[cs]e)|secretary[ -]general"
    r"|(?:foreign|defen[cs]e|finance|health|interior|home|education) (?:minister|secretary)|attorney general"
    r"|ambassador|(?:head )?coach|manager|commissioner|speaker|supreme leader|leader|director(?:[ -]general)?"
    r"|police chief|captain"
)
_OFFICE = rf"(?P<office>(?:(?:vice|deputy)[ -])?(?:{_ROLE}))"
_NOW = r"(?:(?:the|current|present|new)\s+)*"
_WHO = r"^\W*who(?:[’']s|\s+is)\s+(?:now\s+)?"
_END = r"(?:\s+(?:now|today))?\W*$"
_ASKED = (
    re.compile(rf"{_WHO}{_NOW}{_OFFICE}\s+(?:of|for|at)\s+(?:the\s+)?(?P<body>\S.*?){_END}", re.I),
    re.compile(rf"{_WHO}(?:the\s+)?(?P<body>(?!the\s)\S.*?)(?:[’']s?)?\s+{_NOW}{_OFFICE}{_END}", re.I),
    re.compile(rf"^\W*{_NOW}{_OFFICE}\s+of\s+(?:the\s+)?(?P<body>\S.*?){_END}", re.I),
)
_OTHER_TIME = re.compile(r"\b(?:who|in \d{4}|during)\b")
_SAME_OFFICE = {
    "ceo": ("ceo", "chief executive", "chief executive officer"),
    "prime minister": ("prime minister", "premier", "pm"),
    "chairman": ("chairman", "chair", "chairwoman"),
    "head coach": ("head coach", "coach"),
    "governor": ("governor", "gov."),
    "leader": ("leader", "supreme leader"),
}
MOST_BODY_WORDS = 6


@dataclass(frozen=True, slots=True)
class Office:
    """An office by its ``names``, whose it is ("norland"), and ``adjectives`` of that, in small letters."""

    names: tuple[str, ...]
    bodies: tuple[str, ...]
    adjectives: tuple[str, ...] = ()


def asked_office(question: str) -> Office | None:
    """Return the office whose holder a question asks for, as things stand; None where it asks for none."""
    for pattern in _ASKED:
        found = pattern.match(question)
        body = found["body"].lower() if found else ""
        if found and 0 < len(body.split()) <= MOST_BODY_WORDS and not _OTHER_TIME.search(body):
            office = re.sub(r"\s+", " ", found["office"].lower())
            same = next((names for names in _SAME_OFFICE.values() if office in names), (office,))
            return Office(tuple(dict.fromkeys((office, *same))), *_forms(body))
    return None


def _forms(body: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of a country, and its adjective with its short forms; of a team its last word too."""
    for country, (adjective, short) in countries().items():
        if body in {country, adjective, *short}:
            return (country, *short), (adjective, *short)
    nickname = body.rsplit(maxsplit=1)[-1]
    return ((body, nickname) if " " in body and nickname.endswith("s") else (body,)), ()
