"""How many things a question asks for, and of which class: one town, several towns, or as many as there were.

The one home of this: the kind of a question, the class of a list and the rows beside a short answer rest on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.question.asking import OPENING_AUXILIARY, asks
from assistant.question.question_type import asks_for_figures
from assistant.text.english.number_words import SMALL
from assistant.text.phrases import Phrases, phrases

WantedNumber = Literal["one", "several", "open"]
"""``open`` where the question leaves it to the articles: "Who was killed?"."""


@dataclass(frozen=True, slots=True)
class NumberAsked:
    """The number of things that a question asks for, and the noun for them in the plural, where it has one."""

    number: WantedNumber
    item: str | None = None


_BY = r"(?:by|to|from|with|for|of|at|in|on|against|under|through)"
_LEAD = (
    r"^\W*(?:(?:and|but|so|also|please|pls|can\s+you|could\s+you|i\s+(?:need|want))\s+)*"
    r"(?:[^?]{3,100}?,\s+(?:and\s+)?)??"
    rf"(?:(?:[a-z]+s\s+)?{_BY}\s+(?=which|what|who))?"
    r"(?:(?:in|on|during|by|since|after|before|at|as\s+of)\s+(?:[\w’'-]+\s+){1,4}?(?=(?:which|what|who)\s))?"
)
_REQUEST = (
    r"(?:list|name|names\s+of|enumerate|identify|itemi[sz]e|mention|set\s+out|write\s+down|rattle\s+off"
    r"|(?:give|show|tell|get)(?:\s+(?:me|us))?)"
)
_REQUESTED = re.compile(rf"{_LEAD}{_REQUEST}\s+(?P<class>\S.*)$", re.I)
_NAMED_WHOLE = re.compile(rf"{_LEAD}(?P<class>(?:all|every|each)\s+\S.*)$", re.I)
_OF_CLASS = re.compile(rf"{_LEAD}(?:which|what|whose)\s+(?!{OPENING_AUXILIARY}\b)(?P<class>\S.*)$", re.I)
_NAMED_CLASS = re.compile(rf"{_LEAD}which\s+(?P<class>(?-i:[A-Z])\S*s\s+\S.*)$", re.I)
"""A class with a name, "which Democrats voted": by the verb after it, as against "which Jets player"."""
_THOSE_THAT_ARE = re.compile(
    rf"{_LEAD}(?:which|what|who)\s+(?:are|were)\s+(?!(?-i:[A-Z]))(?P<class>\S.*)$", re.I
)
_WHO = re.compile(rf"{_LEAD}(?:who|whom)\s+(?P<does>\S.*)$", re.I)
_WHAT = re.compile(
    rf"{_LEAD}what\s+(?:(?:else|all|exactly)\s+)?(?P<is>{OPENING_AUXILIARY})\s+(?P<rest>\S.*)$", re.I
)
_ELSE = re.compile(rf"{_LEAD}(?:who|whom|what|where)\s+(?:else|all)\b", re.I)
_EVERYONE = re.compile(
    rf"{_LEAD}(?:{_REQUEST}\s+)?(?:(?:all|of|the)\s+)*(?:everyone|everybody|persons|who\s+(?:all|else))\b",
    re.I,
)
_DETERMINER = r"(?:the|an?|his|her|its|their|this|that)"
_ONE = re.compile(
    rf"^(?:is|was|[’']s|are|were)\s+(?:{_DETERMINER}\b|(?-i:[A-Z]))"
    r"|^(?:is|was)\s+\w+\W*$|\b(?:first|last|most|least|\w{3,}est)\b",
    re.I,
)
_ONE_THING = re.compile(rf"^(?:{_DETERMINER}|(?-i:[A-Z])\S*)\b", re.I)
_COPULA = frozenset({"is", "was", "are", "were"})
_BEFORE_CLASS = re.compile(r"^(?:(?:me|us|all|of|the|those|some|other|further|more|every|each)\s+)+", re.I)
_KINDS_OF = re.compile(r"(?:\w+\s+){0,2}?(?:kinds|types|sorts|forms|varieties)\s+of\s+(?P<of>[\w-]+)", re.I)
_WITHOUT_S = frozenset("people men women children media species".split())
_SINGULAR_IN_S = frozenset("news series politics economics diabetes headquarters".split())
_COUNT = re.compile(rf"^(?:\d+|{'|'.join(SMALL)}|several)\s+", re.I)
_OPENING_NOUN = re.compile(r"[A-Z][a-z]+s\s+(?:for|of|at|in|on|to|by|from)\s")
_DONE_TO = re.compile(r"v[nwe]*sv")
"""A participle before a plural that a verb follows: "rescued miners went", as against "caused fires in Arle"."""
_ROLES = re.compile(r"[a-z]{2,}(?:er|or|ee|ist)s$")
"""Nouns for those who do or are something."""
_AFTER_ROLES = re.compile(r"\W*$|\s+(?:of|for|in|at|on|to|from|who|that)\s")
MOST_WORDS_OF_CLASS = 5
_PLURAL_END = re.compile(r"[^’'s]s$")
_AFTER_PLURAL = frozenset("are were have".split())
_AFTER_NOUN = _AFTER_PLURAL | frozenset(
    "of that which who has had is was do does did will would can could on in".split()
)


@lru_cache(maxsize=256)
def number_asked(question: str) -> NumberAsked:
    """Find how many things a question asks for, from its own words alone."""
    text = question.strip()
    if _EVERYONE.match(text):
        return NumberAsked("several", "everyone")
    noun = _class_asked(text)
    if noun is not None:
        return NumberAsked("several", noun) if noun else NumberAsked("one")
    if _ELSE.match(text):
        return NumberAsked("open" if text.lower().startswith("what") else "several")
    if asks(text):
        return NumberAsked("open" if _is_open(text) else "one")
    keywords = (
        None if asks_for_figures(text) else plural_class(_without_capital(text))
    )  # "towns hit by the flood"
    return NumberAsked("open" if keywords else "one", keywords)


def _without_capital(text: str) -> str:
    """Begin keywords that open with a noun before a preposition without a capital: "Nominees for the prize"."""
    opened = _OPENING_NOUN.match(text)
    return f"{text[0].lower()}{text[1:]}" if opened else text


def _class_asked(text: str) -> str | None:
    """Return the plural class that a question names, "" for one in the singular; None where it names none."""
    if named := _NAMED_CLASS.match(text):
        cut = phrases(named["class"])
        if cut.kinds.startswith("nv") and _PLURAL_END.search(cut.words[0].text):
            return cut.words[0].text.lower()
    for pattern in (_REQUESTED, _NAMED_WHOLE, _OF_CLASS, _THOSE_THAT_ARE):
        if found := pattern.match(text):
            noun = plural_class(found["class"])
            if noun or pattern is not _THOSE_THAT_ARE:
                return noun or ""
    return None


def _is_open(text: str) -> bool:
    if who := _WHO.match(text):
        return not _ONE.search(who["does"])
    what = _WHAT.match(text)
    return what is not None and not (what["is"].lower() in _COPULA and _ONE_THING.match(what["rest"]))


def asks_for_several(question: str) -> bool:
    """Return True where a question itself says that it wants several things: "Which towns were hit?"."""
    return number_asked(question).number == "several"


def names_roles(question: str) -> bool:
    """Return True for keywords that name those of a role: "bloc members", "sponsors of the race"."""
    asked = number_asked(question)
    named = question.lower().partition(asked.item)[2] if asked.number == "open" and asked.item else None
    return named is not None and bool(_ROLES.search(asked.item or "")) and bool(_AFTER_ROLES.match(named))


def plural_class(words: str) -> str | None:
    """Return the plural noun that a phrase begins with, with what stands before it; None for a singular one.

    "towns were hit" -> "towns", "senior teams have" -> "senior teams"; "senator wants the ban"
    is of one thing: what follows the "s" tells a verb from a noun.
    """
    words = _BEFORE_CLASS.sub("", words)
    if of := _KINDS_OF.match(words):
        return of["of"].lower()
    cut = phrases(words)
    for at, word in enumerate(cut.words[:MOST_WORDS_OF_CLASS]):
        lower, kind = word.text.lower(), cut.kinds[at]
        if _is_plural(cut, at):
            return _COUNT.sub("", cut.slice(0, at + 1)).lower()
        participle = kind == "v" and (
            lower.endswith("ing") or (not at and lower.endswith("ed") and _DONE_TO.match(cut.kinds))
        )
        stands_before = kind in "nw#e" or word.text.isupper() or participle
        if not stands_before:
            return None
    return None


def _is_plural(cut: Phrases, at: int) -> bool:
    """Return True for a plural noun before a verb, a preposition or nothing; a name by what agrees with it."""
    lower, kind, before = cut.words[at].text.lower(), cut.kinds[at], cut.kinds[:at]
    if lower in _WITHOUT_S:
        return cut.kinds[at + 1 : at + 2] != "s"  # "media outlets"
    if not _PLURAL_END.search(lower) or lower in _SINGULAR_IN_S:
        return False
    following = cut.words[at + 1].text.lower() if at + 1 < len(cut.words) else ""
    if kind == "n":
        return "#" in before or following in _AFTER_PLURAL
    if kind == "v":
        return following in _AFTER_NOUN
    done_to = cut.kinds[at + 1 : at + 2] in {"d", "n", "#"}  # "company buys the ferries"
    return not (at and done_to and "#" not in before)
