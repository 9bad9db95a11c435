"""The periods that words stand for: "17 September", "last Tuesday", "in May", "three weeks ago".

Days are reckoned by the Gregorian calendar, weeks from Monday to Sunday. What is said by halves is completed
from a reference day: the day on which an article was published, or a question put. Without one a day or month
is of any year, and a weekday of no known one.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.text.facts import MONTH_NUMBERS, SINGLE, WEEKDAYS
from assistant.text.periods import Relation
from assistant.text.resolve_dates import part_of, period_of
from assistant.types import Period

DOUBTFUL = frozenset({"may", "march", "mar", "jan", "dec", "sep", "jun"})
SURE_LEADS = frozenset({"in", "since", "last", "until", "during", "throughout", "this", "next"})
VERBS = (
    "was|is|has|had|will|would|did|does|said|says|took|became|won|lost|left|met|told|faces?|resigned|announced"
    "|promised|called"
)

_MONTH = r"(?P<month>" + "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True)) + r")\b(?:\.(?=,?\s+\d))?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s*(?:-|–|—|to|and)\s*(?P<last>\d{1,2})(?:st|nd|rd|th)?)?"
_YEAR = r"(?P<year>1[6-9]\d\d|20\d\d)(?!\d|-\d|[.,]\d|%)"
_OF_YEAR = rf"(?:,?\s+(?:of\s+)?{_YEAR}|,?\s+(?:of\s+)?(?P<which>last|this|next)\s+year\b)"
_WEEKDAY = r"(?P<weekday>" + "|".join(WEEKDAYS) + r")"
_LEAD = (
    r"(?:\b(?P<lead>in|on|since|after|before|until|till|by|during|throughout|of|from|last|this|next|past|previous"
    r"|between|through)\s+(?:the\s+)?)?"
)
_PART = (
    r"(?:\b(?P<part>early|mid|late|beginning|start|middle|end|(?:first|second)\s+half)"
    r"(?:\s+(?:in|of)(?:\s+the)?)?[\s-]+)?"
)
_COUNT = r"(?P<count>\d{1,3}|a|an|one|couple of|" + "|".join(word for word in SINGLE if word != "zero") + r")"
_UNIT = r"(?P<unit>day|week|weekend|fortnight|month|year|decade)"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_PATTERNS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (kind, anchor, re.compile(pattern, re.I))
    for kind, anchor, pattern in (
        ("iso", "year", r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b"),
        ("day", "month", rf"(?:\b{_WEEKDAY},?\s+)?(?<![\d.,:/-])\b{_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}?"),
        (
            "day",
            "month",
            rf"(?:\b{_WEEKDAY},?\s+)?\b{_MONTH}\s+(?:the\s+)?{_DAY}(?![\d:%]|[.,]\d|\s*[ap]m\b){_OF_YEAR}?",
        ),
        ("month", "month", rf"{_PART}\b{_MONTH}{_OF_YEAR}"),
        ("month", "month", rf"{_LEAD}{_PART}\b{_MONTH}(?!\s+\d)"),
        ("season", "year", rf"\b{_SEASON}\s+(?:of\s+)?{_YEAR}"),
        ("decade", "year", r"\b(?P<year>1[6-9]\d0|20\d0)[’']?s\b"),
        ("year", "year", rf"{_LEAD}{_PART}(?<![\d.,$€£/-])(?:\bthe\s+year\s+)?\b{_YEAR}"),
        (
            "weekday",
            "weekday",
            rf"{_LEAD}\b{_WEEKDAY}\b(?:[’']s\b)?(?:\s+(?:of\s+)?(?P<which>last|this|next)\s+week\b)?",
        ),
        ("ago", "ago", rf"\b{_COUNT}\s+{_UNIT}s?\s+ago\b"),
        ("span", "which", rf"\b(?P<which>last|past|previous)\s+{_COUNT}\s+{_UNIT}s?\b"),
        ("unit", "which", rf"{_PART}\b(?P<which>last|past|previous|this|next)\s+{_UNIT}\b"),
        (
            "near",
            "near",
            r"\b(?P<near>the day before yesterday|yesterday|last night|today|tonight"
            r"|this (?:morning|afternoon|evening)|tomorrow)\b",
        ),
    )
)
# What each pattern cannot do without, in lower case: searching for this first is ten times as quick.
_ANCHORS = {
    "month": re.compile(rf"(?<![a-z])(?:{'|'.join(MONTH_NUMBERS)})(?![a-z])"),
    "year": re.compile(r"(?<!\d)[12]\d\d\d(?!\d)"),
    "weekday": re.compile(rf"(?<![a-z])(?:{'|'.join(WEEKDAYS)})"),
    "ago": re.compile(r"(?<=\s)ago(?![a-z])"),
    "which": re.compile(r"(?<![a-z])(?:last|past|previous|this|next)\s"),
    "near": re.compile(r"yesterday|night|today|this (?:mor|aft|eve)|tomorrow"),
}
_WINDOW = 45
_SPACE = re.compile(r"\s")
_LOWER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_RELATIONS: dict[str, Relation] = {
    "since": "since", "after": "after", "before": "before", "until": "until", "till": "until", "by": "until",
    "from": "since",
}  # fmt: skip
_TELLING_LEADS = frozenset({"last", "this", "next", "past", "previous"})
_THE = re.compile(r"^\s*(?:the\s+)?", re.I)
_BOUNDS = re.compile(
    r"\b(since|after|before|until|till|by|from)\s+(?:the\s+)?"
    r"(?:(?:early|late|mid|start|end|beginning)[\s-]+(?:of\s+)?)?(?:(?:night|morning|evening|week)\s+of\s+)?$",
    re.I,
)
# "since the coordinated attacks on the capital on 17 September": what follows is later, or lasts
_CLAUSE = re.compile(r"\b(since|after|following|before|until)\b[^,.;:!?]*$", re.I)
_WHOLE_OF = re.compile(
    r"\b(?:course|half|week|days|month|events?|night|morning|evening)\s+of\s+(?:the\s+)?$", re.I
)
_DESCRIBES = re.compile(r"(?:\b(?:the|an?|this|that|these|those|of)|[’']s)\s+$", re.I)
_NOUN_FOLLOWS = re.compile(
    r"\s+(?!(?:and|or|but|in|on|at|by|as|to|for|from|with|when|while|which|that|after|before|did|do|does|are|"
    rf"were|have|{VERBS})\b)[A-Za-z]"
)
_FOLLOWED_BY_VERB = re.compile(rf"\s+(?:{VERBS})\b|\s+[a-z]+ed\b|\s+[A-Z]")
_COUNTED = re.compile(r"\s+(?!days\b)[a-z]+s\b")
_ADDRESS = re.compile(
    r"\s+(?:[NSEW]{1,2}\.?\s+)?(?:[A-Z][\w.]*\s+){1,3}"
    r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Hwy|Highway|Way|Parkway|Court|Place)\b"
)


@dataclass(frozen=True, slots=True)
class DatedWords:
    """Words that state a date, at ``text[start:end]``; ``period`` is None where nothing tells which.

    ``completed`` says that the period rests on the reference day and not on the words alone. ``relation`` is
    ``in`` where the words date what the sentence tells, ``of`` where they describe a thing ("the 2015 accord",
    "the attack of 17 September"), and another where they bound it ("since May").
    ``rough`` words ("early May") have no exact first and last day.
    """

    start: int
    end: int
    text: str
    period: Period | None
    relation: Relation = "in"
    completed: bool = False
    rough: bool = False


@lru_cache(maxsize=50_000)
def find_dates(text: str, reference: datetime.date | None = None) -> tuple[DatedWords, ...]:
    """Find the words of a text that state dates, in order; impossible ones ("31 June") are left out."""
    lowered = text.translate(_LOWER)
    windows = {
        anchor: [_window(text, *match.span()) for match in pattern.finditer(lowered)]
        for anchor, pattern in _ANCHORS.items()
    }
    found: list[DatedWords] = []
    taken: list[tuple[int, int]] = []
    for kind, anchor, pattern in _PATTERNS:
        for match in (one for window in windows[anchor] for one in pattern.finditer(text, *window)):
            start, end = match.span()
            if any(one < end and start < other for one, other in taken) or not _is_date(kind, match, text):
                continue
            taken.append((start, end))
            dated = _dated(kind, match, text, reference)
            if dated is not None:
                found.append(dated)
    return tuple(sorted(found, key=lambda one: one.start))


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the surroundings of an anchor, cut at white space."""
    last = _SPACE.search(text, min(end + _WINDOW, len(text)))
    first = text.rfind(" ", 0, max(0, start - _WINDOW)) + 1
    return first, last.start() if last else len(text)


def _is_date(kind: str, match: re.Match[str], text: str) -> bool:
    """Tell a date from a word or figure that only looks like one: a person, a verb, a count."""
    groups = match.groupdict()
    if kind in {"month", "day"}:
        return _is_month(kind, match, text)
    if kind == "year" and not groups["lead"] and not groups["part"]:
        return not (_COUNTED.match(text, match.end()) or _ADDRESS.match(text, match.end()))
    if kind == "weekday":
        return groups["weekday"][0].isupper() or bool(groups["lead"] or groups["which"])
    return True


def _is_month(kind: str, match: re.Match[str], text: str) -> bool:
    """Tell a month from a word that is written alike: "May" may be a person, "march" what soldiers do."""
    groups = match.groupdict()
    capital = groups["month"][0].isupper()
    stated = bool(groups.get("year") or groups.get("which"))
    if kind == "day" or stated:
        return capital or stated or groups["month"].lower() not in DOUBTFUL or match.group()[0].isdigit()
    lead = (groups.get("lead") or "").lower()
    if groups["month"].lower() not in DOUBTFUL:
        return capital or bool(lead or groups.get("part"))
    if groups.get("part"):
        return capital
    if lead == "between":
        return capital and re.match(r"\s+and\s+[A-Z]", text[match.end() :]) is not None
    return lead in (SURE_LEADS if capital else {"in", "since", "last"}) and not (
        _FOLLOWED_BY_VERB.match(text, match.end())
    )


def _dated(kind: str, match: re.Match[str], text: str, reference: datetime.date | None) -> DatedWords | None:
    groups = {name: value.lower() for name, value in match.groupdict().items() if value}
    lead = groups.get("lead", "")
    relation = _relation(match, text, lead)
    try:
        period = period_of(kind, groups, reference)
    except (ValueError, OverflowError):
        return None
    start = match.end("lead") if lead and lead not in _TELLING_LEADS else match.start()
    start = match.end() - len(_THE.sub("", text[start : match.end()]))
    words = DatedWords(start, match.end(), text[start : match.end()], period, relation)
    if period is None:
        return words
    rough = "part" in groups and kind in {"month", "year", "unit"}
    return replace(
        words,
        period=part_of(period, groups["part"]) if rough else period,
        completed=kind in {"weekday", "ago", "span", "unit", "near"}
        or ("year" not in groups and not period.yearless),
        rough=rough or kind == "season",
    )


def _relation(match: re.Match[str], text: str, lead: str) -> Relation:
    before = text[max(0, match.start() - 120) : match.start()]
    described = _NOUN_FOLLOWS.match(text, match.end()) is not None
    if lead in _RELATIONS:
        if described and " the " in match.group().lower():  # "after the 2021 coup": in that year, or later
            return "since" if lead in {"since", "after", "from"} else "until"
        return _RELATIONS[lead]
    if lead and described and " the " in match.group().lower():
        return "of"
    if text.startswith(("'s", "’s"), match.end()) or match.group().endswith(("'s", "’s")):
        return "of"
    if lead == "of" or (_DESCRIBES.search(before) and not _WHOLE_OF.search(before)):
        return "of" if described or lead == "of" or before.rstrip().lower().endswith(" of") else "in"
    return _bounding(before)


def _bounding(before: str) -> Relation:
    bounds = _BOUNDS.search(before)
    if bounds:
        return _RELATIONS[bounds.group(1).lower()]
    clause = _CLAUSE.search(before)
    if clause:
        return "since" if clause.group(1).lower() in {"since", "after", "following"} else "until"
    return "in"
