"""What the words around a date say of it: whether it is one at all, and how it goes with what the sentence says."""

from __future__ import annotations

import re

from assistant.text.english.date_patterns import (
    DOUBTFUL_MONTHS,
    MONTH_FOLLOWS,
    SURE_LEADS,
    VERBS_AFTER_NAMES,
)
from assistant.text.periods import Relation

MONTHS = 12
RELATIONS_IN_TIME: dict[str, Relation] = {
    "since": "since", "after": "after", "before": "before", "until": "until", "till": "until", "by": "until",
    "from": "since",
}  # fmt: skip
_OR_LATER: dict[str, Relation] = {"since": "since", "after": "since", "from": "since"}
_BOUNDS = re.compile(
    rf"\b({'|'.join(RELATIONS_IN_TIME)})\s+(?:the\s+)?"
    r"(?:(?:early|late|mid|start|end|beginning)[\s-]+(?:of\s+)?)?(?:(?:night|morning|evening|week)\s+of\s+)?$",
    re.I,
)
# "since the coordinated attacks on the capital on 17 September": what follows is later, or lasts
_TIME_CLAUSE = re.compile(r"\b(since|after|following|before|until)\b[^,.;:!?]*$", re.I)
_WHOLE_OF = re.compile(
    r"\b(?:course|half|week|days|month|events?|night|morning|evening)\s+of\s+(?:the\s+)?$", re.I
)
# "how many articles from May 2023": of that month, unlike "it applies from May 2023"
_THING_FROM = re.compile(
    r"(?:\b(?:which|how many|the|any|all|these|those|an?|no)\s+[a-z]+\s+|^\W*[a-z]+\s+)"
    r"(?:(?:is|are|were)\s+(?:there\s+)?|(?:do|have)\s+you\s+(?:have\s+|got\s+)?)?$",
    re.I,
)
_ONWARD = re.compile(r"\s+on(?:wards?)?\b", re.I)
_DESCRIBES = re.compile(r"(?:\b(?:the|an?|this|that|these|those|of)|[’']s)\s+$", re.I)
_NOUN_FOLLOWS = re.compile(
    r"\s+(?!(?:and|or|but|in|on|at|by|as|to|for|from|with|when|while|which|that|after|before|did|do|does|are|"
    rf"were|have|{VERBS_AFTER_NAMES})\b)[A-Za-z]"
)
_FOLLOWED_BY_VERB = re.compile(rf"\s+(?:{VERBS_AFTER_NAMES})\b|\s+[a-z]+ed\b|\s+[A-Z]")
_PLURAL_AFTER = re.compile(r"\s+(?!days\b)[a-z]+s\b")
_STREET = re.compile(
    r"\s+(?:[NSEW]{1,2}\.?\s+)?(?:[A-Z][\w.]*\s+){1,3}"
    r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Hwy|Highway|Way|Parkway|Court|Place)\b"
)


def is_date(kind: str, match: re.Match[str], text: str) -> bool:
    """Return False for a word or figure that only looks like a date: a person, a verb, a count."""
    groups = match.groupdict()
    if kind in {"month", "day"}:
        return _means_month(kind, match, text)
    if kind == "years":  # a range ends later than it begins, and 2008-09 is the season, not the month
        year, last = int(groups["year"]), int(groups["last"])
        told = last > MONTHS or text[: match.start()].endswith(("from ", "between "))
        return last > year or last == year % 100 + 1 or (year % 100 < last < 100 and told)
    if kind == "year" and not groups["lead"] and not groups["part"]:
        return not (_PLURAL_AFTER.match(text, match.end()) or _STREET.match(text, match.end()))
    if kind == "weekday":
        return groups["weekday"][0].isupper() or bool(groups["lead"] or groups["which"])
    return True


def _means_month(kind: str, match: re.Match[str], text: str) -> bool:
    """Return False for a word that is written like a month: "May" may be a person, "march" what soldiers do."""
    groups = match.groupdict()
    capital = groups["month"][0].isupper()
    stated = bool(groups.get("year") or groups.get("which"))
    if kind == "day" or stated:
        return (
            capital or stated or groups["month"].lower() not in DOUBTFUL_MONTHS or match.group()[0].isdigit()
        )
    lead = (groups.get("lead") or "").lower()
    if capital and (lead in {"", "from", "between"}) and MONTH_FOLLOWS.match(text, match.end()):
        return True
    if groups["month"].lower() not in DOUBTFUL_MONTHS:
        return capital or bool(lead or groups.get("part"))
    if groups.get("part"):
        return capital
    if lead not in (SURE_LEADS if capital else {"in", "since", "last"}):
        return False
    person = lead in {"since", "until"} or not capital  # "since May took office"
    return not (person and _FOLLOWED_BY_VERB.match(text, match.end()))


def relation_of(match: re.Match[str], text: str, lead: str) -> Relation:
    """Tell whether the words date what the sentence tells, describe a thing, or bound a period."""
    before = text[max(0, match.start() - 120) : match.start()]
    described = _NOUN_FOLLOWS.match(text, match.end()) is not None
    if lead in RELATIONS_IN_TIME:
        if lead == "from" and _THING_FROM.search(before):
            return _of_thing(text[match.end() :])
        coming = (
            described and " the " in match.group().lower()
        )  # "after the 2021 coup": in that year, or later
        return _OR_LATER.get(lead, "until") if coming else RELATIONS_IN_TIME[lead]
    if lead and described and " the " in match.group().lower():
        return "of"
    if text.startswith(("'s", "’s"), match.end()) or match.group().endswith(("'s", "’s")):
        return "of"
    if lead == "of" or (_DESCRIBES.search(before) and not _WHOLE_OF.search(before)):
        return "of" if described or lead == "of" or before.rstrip().lower().endswith(" of") else "in"
    return _bounding(before, text[match.end() :])


def _of_thing(after: str) -> Relation:
    """Tell of a thing "from 2023" whether it is of that year or, with "on" after it, of the time since."""
    return "since" if _ONWARD.match(after) else "in"


def _bounding(before: str, after: str) -> Relation:
    bounds = _BOUNDS.search(before)
    if bounds and bounds.group(1).lower() == "from" and _THING_FROM.search(before[: bounds.start()]):
        return _of_thing(after)
    if bounds:
        return RELATIONS_IN_TIME[bounds.group(1).lower()]
    clause = _TIME_CLAUSE.search(before)
    if clause:
        return "since" if clause.group(1).lower() in {"since", "after", "following"} else "until"
    return "in"
