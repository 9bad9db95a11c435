# ruff: noqa: E501 - a pattern to a line
"""The things that a question compares, and in which respect."""

from __future__ import annotations

import re

from assistant.question.asking import OPENING_AUXILIARY
from assistant.question.question_type import asks_for_figures
from assistant.question.two_times import two_times
from assistant.text.phrases import phrases

VERBS_OF_VIEWS = "say|think|make|propose|want|claim|demand|promise|argue|believe|recommend|suggest|see"
"""Verbs with what somebody says or wants."""
LEADING_TO_THING = "of|in|at|from|for|by|on"
"""Prepositions before the thing of which something is asked: "the tolls of Arle"."""
MOST_THINGS = 4
"""Most things that are compared."""
DATED_THINGS = 2
"""Things that are one thing at two times."""

_JOINING_WORDS = (
    re.compile(r"\s+(?:versus|vs?\.?|against|compared\s+(?:with|to))\s+", re.I),
    re.compile(r"\s*(?:,\s*and\b|,|\band\b|\bor\b)\s*", re.I),
    re.compile(r"\s+(?:with|to)\s+", re.I),
)
_HOW_THEY = re.compile(r"^how\s+(?:do|did|does)\s+they\s+(?:differ|compare|disagree)\b\s*", re.I)
_WITH_ANOTHER = re.compile(r"^(?P<one>\S.*?\band\b.+?)\s+with\s+(?P<two>(?:the\s|[A-Z]).+)$")
_COMPARED = (
    re.compile(r"\bdifferences?\s+between\s+(?P<things>.+)$", re.I),
    re.compile(r"^\W*(?:please\s+)?(?:compare|contrast)\s+(?P<things>.+?\s(?:and|with|to|versus|vs?\.?|against)\s.+?)(?:\s+(?P<topic>(?:by|on|over|as to|in terms of|when it comes to)\s+\S.*|in\s+(?:the\s+)?\S+(?:\s+\S+)?))?$", re.I),
    re.compile(rf"\bhow\s+{OPENING_AUXILIARY}\s+(?P<things>.+?)\s+(?:differ|compare|disagree|contrast)\b(?P<topic>.*)$", re.I),
    re.compile(rf"\bhow\s+{OPENING_AUXILIARY}\s+(?P<things>.+?\s+and\s+.+?)\s+(?P<topic>(?:describe|see|judge|explain|account for|view|report)\b.*)$", re.I),
    re.compile(r"^(?P<topic>(?:which|who|what)\b.+?)(?:,|:)\s*(?P<things>.+?\s+or\s+.+)$", re.I),
    re.compile(rf"^what\s+{OPENING_AUXILIARY}\s+(?P<things>.+?\s+and\s+.+?)\s+(?P<topic>(?:say|think|make|propose|want|claim|report)\b.*)$", re.I),
    re.compile(r"^(?P<topic>[^:]{3,60}):\s*(?P<things>.+?\s+(?:and|against|versus|vs\.?)\s+.+)$", re.I),
    re.compile(r"^(?P<things>.+?\s+(?:vs?\.?|versus|against|compared\s+(?:with|to))\s+.+?)(?:(?::\s*|,\s+(?=(?-i:[a-z])))(?P<topic>.+))?$", re.I),
    re.compile(r"^(?P<things>.+?\s+and\s+.+?)(?::\s*(?P<topic>.+)|\s+(?:side by side|compared|in comparison))$", re.I),
)  # fmt: skip
_SHARED = re.compile(
    rf"^(?P<topic>(?:the\s+|what\s+)?[\w’'-]+(?:\s+[\w’'-]+){{0,5}}?\s+(?:{LEADING_TO_THING}))\s+(?P<things>.+)$",
    re.I,
)
_LED = re.compile(rf"^(?P<by>{LEADING_TO_THING}|to|with)\s+(?=\S)", re.I)
_PLACED = re.compile(r"\sin\s.+(?:\band\b|,)", re.I)
_NAME_FIRST = re.compile(r"^(?:the\s+)?[A-Z]")
_HEADED = re.compile(
    rf"^(?P<head>[a-z][\w-]*(?:\s+[a-z][\w-]*){{0,2}}?\s+(?:{LEADING_TO_THING}))\s+(?P<name>(?:the\s+)?[A-Z].*)$"
)
_JOINED_LAST = re.compile(rf"\s+(?:{LEADING_TO_THING})$", re.I)
_POSSESSED = re.compile(r"^(?P<things>.+?)[’']s\s+(?P<topic>[a-z].*)$")

_BOTH_OWN = re.compile(r"^(?P<one>.+?)[’']s?\s+and\s+(?P<two>.+?)[’']s?\s+(?P<topic>.+)$")
_WHAT_BOTH = re.compile(
    r"^(?:what|how)\s+(?P<one>.+?)\s+and\s+(?P<two>[A-Z]\S*(?:\s+[A-Z]\S*)*|\S+)\s+(?P<topic>[a-z].*)$"
)

_DIFFERS_FROM = re.compile(
    rf"\bhow\s+{OPENING_AUXILIARY}\s+(?P<one>.+?)\s+(?:differ|compare|contrast|(?:stack|measure)\s+up)s?(?:\s+(?P<respect>in\s+\S+(?:\s+\S+)?))?\s+(?:from|with|to|against)\s+(?P<two>.+)$",
    re.I,
)
_OWN = re.compile(
    rf"^(?P<name>(?:(?!\b(?:{LEADING_TO_THING}|to|with)\b).)+?)(?:[’']s|(?<=s)[’'])\s+(?P<topic>[a-z].*)$"
)
_OWNER = re.compile(r"[’']s?$")
_OWN_HEAD = re.compile(r"^the\s+[a-z][\w-]*\s+(?:of|on|in|at|from|by|against)\s+\S", re.I)
_OF_THAT = re.compile(r"^(?:that|those)\s+(?:of|in|at|from|for|by)\s+", re.I)
_PERIOD = r"(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+)?(?:19|20)\d\d"
_ONLY_PERIOD = re.compile(rf"^(?:in\s+|of\s+)?(?P<period>{_PERIOD})$", re.I)
_PERIOD_LAST = re.compile(rf"^(?P<topic>.+?)\s+(?:in\s+|of\s+)?(?P<period>{_PERIOD})$", re.I)

_BARE_ADJECTIVE = re.compile(r"^[Tt]he\s+[a-z-]+$")
_ADJECTIVE_NOUN = re.compile(r"^[Tt]he\s+[a-z-]+\s+(?P<noun>[a-z].*)$")
_TURN = re.compile(r"^(?P<word>as|in|at|by|with|for|before|after|under|from)\s+\S", re.I)
_ONLY_NAME = re.compile(r"^(?:the\s+)?(?:[A-Z][\w’'.-]*\s*)+$")
_NAME_TAIL = re.compile(r"^(?P<name>(?:the\s+)?(?:[A-Z][\w’'.-]*\s+)+)(?P<topic>[a-z].*)$")


def comparison(text: str) -> tuple[tuple[str, ...], str | None]:
    """Find the things that a question compares, and in which respect: "the tolls of A and B" -> (A, B), "the tolls of"."""
    text = text.rstrip("?!. ")
    times = two_times(text)
    if times:
        return times
    apart = _DIFFERS_FROM.search(text)
    if apart:
        both, of = _set_apart(apart["one"], apart["two"].strip(" ,:"))
        return both, of or apart["respect"]
    for pattern in _COMPARED:
        found = pattern.search(text)
        if not found:
            continue
        topic = (found.groupdict().get("topic") or "").strip(" ,.:") or None
        phrase = found["things"].strip(" ,.:")
        if topic and topic.lower().startswith("in ") and _PLACED.search(phrase):
            phrase, topic = f"{phrase} {topic}", None  # "the fire in Arle and the flood in Cole"
        elif topic and topic.lower().startswith("on ") and phrases(phrase).kinds.endswith("e"):
            phrase, topic = f"{phrase} {topic}", None  # "the raid on Arle with the attack on Cole"
        shared = _SHARED.match(phrase) or _POSSESSED.match(phrase)
        if (
            shared
            and any(join.search(shared["things"]) for join in _JOINING_WORDS)
            and _alike(shared["things"])
        ):
            phrase = shared["things"]
            led = shared.groupdict()["topic"].split()[-1]
            phrase = re.sub(rf"(?<=\band )(?:{led})\s+", "", phrase, flags=re.I)
            topic = f"{_JOINED_LAST.sub('', shared['topic'])} {topic}" if topic else shared["topic"]
        phrase, topic = _factored(phrase, topic)
        things = [
            _OF_THAT.sub("", re.sub(r"^(?:both|either|of)\s+", "", one.strip(" ,.:"), flags=re.I))
            for one in _split_joined(phrase)
        ]
        things, topic = _led_alike([one for one in things if one], topic)
        if len(things) >= 2:
            things, topic = things_in_full(things[:MOST_THINGS], topic)
            return tuple(things), _HOW_THEY.sub("", topic or "") or None
    return (), None


def _set_apart(one: str, two: str) -> tuple[tuple[str, ...], str | None]:
    """Find in which respect one thing is set against another: "A's view of it" and "B's", "the toll of A" and "that of B"."""
    own, shared = _OWN.match(one), _SHARED.match(one)
    if own:
        other = None if _OWNER.search(two) else _OWN.match(two)
        return (own["name"], other["name"] if other else _OWNER.sub("", two)), own["topic"]
    if shared and _OF_THAT.match(two):
        return (shared["things"], _OF_THAT.sub("", two)), shared["topic"]
    return (one, two), None


def _led_alike(things: list[str], topic: str | None) -> tuple[list[str], str | None]:
    """Take the preposition off things that share it: "wages for A and for B" are the wages for each."""
    led = [_LED.match(one) for one in things[1:]]
    shared = {found["by"].lower() for found in led if found}
    if len(shared) != 1 or not all(led):
        return things, topic
    by = shared.pop()
    rest = [one[found.end() :] for one, found in zip(things[1:], led, strict=True) if found]
    own = _LED.match(things[0])
    if own and own["by"].lower() == by:
        return [things[0][own.end() :], *rest], f"{topic or ''} {by}".strip()
    if topic and topic.lower().split()[-1] == by:
        return [things[0], *rest], topic
    head, joined, first = things[0].rpartition(f" {by} ")
    return ([first, *rest], f"{topic or head}{joined}".strip()) if joined and not topic else (things, topic)


def things_in_full(things: list[str], topic: str | None) -> tuple[list[str], str | None]:
    """Give each thing what it shares with another and leaves out, and the topic what only the last one holds.

    "The old" and "the new house" are two houses, "the house as planned" and "as built" one house twice; "Lake Mora"
    and "Lake Sen water level" are two lakes.
    """
    headed = _HEADED.match(things[0])
    if headed and topic and all(map(_NAME_FIRST.match, things[1:])):
        things, topic = [headed["name"], *things[1:]], f"{topic} {headed['head']}"
    first, last = things[0], things[-1]
    bare, whole = _BARE_ADJECTIVE.match(first), _ADJECTIVE_NOUN.match(last)
    turned = _TURN.match(last)
    head = first.lower().rfind(f" {turned['word'].lower()} ") if turned else -1
    tail = _NAME_TAIL.match(last)
    dated, period = _PERIOD_LAST.match(first), _ONLY_PERIOD.match(last)
    if dated and period and len(things) == DATED_THINGS:
        return [dated["period"], period["period"]], f"{topic} {dated['topic']}" if topic else dated["topic"]
    named = all(_ONLY_NAME.match(one) for one in things[:-1])
    if tail and topic is None and named:
        return [*things[:-1], tail["name"].strip()], tail["topic"]
    if topic is None:
        things, topic = _counted(things)
    else:
        things, topic = _shared_noun(things, topic)
    first, last = things[0], things[-1]
    if bare and whole:
        return [f"{one} {whole['noun']}" if _BARE_ADJECTIVE.match(one) else one for one in things], topic
    if head > 0:
        return [first, *(f"{first[:head]} {one}" for one in things[1:])], topic
    return things, topic


def _shared_noun(things: list[str], topic: str) -> tuple[list[str], str]:
    """Give the topic the noun that all things end with: "company figure", "union figure" -> "figure", company, union."""
    parts = [one.rpartition(" ") for one in things]
    nouns = {noun for _, _, noun in parts}
    if len(nouns) > 1 or not all(owner for owner, _, _ in parts) or not asks_for_figures(next(iter(nouns))):
        return things, topic
    return [owner for owner, _, _ in parts], f"{nouns.pop()} of {topic}"


def _counted(things: list[str]) -> tuple[list[str], str | None]:
    """Find what is counted of each thing, where only the first or the last one says so: "deaths A", "B losses"."""
    head, tail = things[0].split(maxsplit=1), things[-1].rsplit(maxsplit=1)
    if len(head) > 1 and asks_for_figures(head[0]) and not any(map(asks_for_figures, things[1:])):
        return [head[1].removeprefix("of ").removeprefix("in "), *things[1:]], head[0]
    if len(tail) > 1 and asks_for_figures(tail[1]) and not any(map(asks_for_figures, things[:-1])):
        return [*things[:-1], tail[0]], tail[1]
    return things, None


def _factored(phrase: str, topic: str | None) -> tuple[str, str | None]:
    """Factor out of a phrase what two things share: "A's and B's share" -> ("A and B", "share")."""
    shared = _BOTH_OWN.match(phrase) or (None if topic else _WHAT_BOTH.match(phrase))
    if shared is None:
        return phrase, topic
    return f"{shared['one']} and {shared['two']}", f"{shared['topic']} {topic or ''}".strip()


def _alike(phrase: str) -> bool:
    """Return False where only a later thing has a head of its own: "the raid on Arle and the fire in Cole" share none."""
    first, *others = _split_joined(phrase)
    return bool(_OWN_HEAD.match(first)) or not any(map(_OWN_HEAD.match, others))


def _split_joined(phrase: str) -> list[str]:
    """Split a phrase at the firmest word that joins: "A v B and C" at "v", "the A and B fires with the C fire" at "with"."""
    pair = _WITH_ANOTHER.match(phrase)
    if pair:
        return [pair["one"], pair["two"]]
    join = next((one for one in _JOINING_WORDS if one.search(phrase)), None)
    return join.split(phrase) if join else [phrase]
