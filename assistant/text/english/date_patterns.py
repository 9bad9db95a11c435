"""The forms in which English writes a date: a kind, an anchor and a pattern each, in the order of trial.

The groups of a pattern are the parts that ``relative_dates.period_of`` reckons with. The anchor is what the pattern
cannot do without; searching for the anchor first is ten times as quick.
"""

from __future__ import annotations

import re

from assistant.text.english.number_words import BELOW_HUNDRED
from assistant.text.month_names import MONTH_NUMBERS, WEEKDAYS

MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
WEEKDAY = "|".join(WEEKDAYS)
CALENDAR = re.compile(rf"(?:{MONTH}|{WEEKDAY})\b", re.I)
_MONTH_GROUP = rf"(?P<month>{MONTH})\b(?:\.(?=,?\s+\d))?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s*(?:-|–|—|to|and)\s*(?P<last>\d{1,2})(?:st|nd|rd|th)?)?"
_YEAR_GROUP = r"(?P<year>1[6-9]\d\d|20\d\d)(?!\d|-\d|[.,]\d|%)"
_WHICH_YEAR = r"\s+(?:of\s+)?(?P<which>last|this|next)\s+year\b"
_OF_YEAR = rf"(?:,?\s+(?:of\s+)?{_YEAR_GROUP}|,?{_WHICH_YEAR})"
_WEEKDAY_GROUP = rf"(?P<weekday>{WEEKDAY})"
_LEAD_WORD = (
    r"(?:\b(?P<lead>in|on|since|after|before|until|till|by|during|throughout|of|from|last|this|next|past|previous"
    r"|between|through)\s+(?:the\s+)?)?"
)
_PART = (
    r"(?:\b(?P<part>early|mid|late|beginning|start|middle|end|(?:first|second)\s+half)"
    r"(?:\s+of(?:\s+the)?|(?:(?<=early)|(?<=late))\s+in(?:\s+the)?)?[\s-]+)?"
)
_UNIT_COUNT = (
    r"(?P<count>\d{1,3}|a|an|one|couple of|"
    + "|".join(word for word in BELOW_HUNDRED if word != "zero")
    + r")"
)
_UNIT_GROUP = r"(?P<unit>day|week|weekend|fortnight|month|year|decade)"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"

PATTERNS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (kind, anchor, re.compile(pattern, re.I))
    for kind, anchor, pattern in (
        # 2024-09-17, 2024/09/17
        (
            "iso",
            "year",
            r"(?<![\w-])(?P<year>\d{4})(?P<mark>[-/])(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?![\w-])",
        ),
        # 17/09/2024, 9/17/2024, 17.09.2024
        (
            "numeric",
            "year",
            r"(?<![\w/.-])(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)"
            r"(?P<year>(?:19|20)\d\d)(?![\w/-]|\.\d)",
        ),
        # 17 September 2024, 17th of September
        (
            "day",
            "month",
            rf"(?:\b{_WEEKDAY_GROUP},?\s+)?(?<![\d.,:/-])\b{_DAY}\s+(?:of\s+)?{_MONTH_GROUP}{_OF_YEAR}?",
        ),
        # Tuesday, September 17, 2024
        (
            "day",
            "month",
            rf"(?:\b{_WEEKDAY_GROUP},?\s+)?\b{_MONTH_GROUP}\s+(?:the\s+)?{_DAY}(?![\d%]|:\d|[.,]\d|\s*[ap]m\b){_OF_YEAR}?",
        ),
        # early September 2024, September of last year
        ("month", "month", rf"{_PART}\b{_MONTH_GROUP}{_OF_YEAR}"),
        # in May, late June
        ("month", "month", rf"{_LEAD_WORD}{_PART}\b{_MONTH_GROUP}(?!\s+\d)"),
        # Q3 2024, the third quarter of last year
        (
            "quarter",
            "quarter",
            rf"(?<!fiscal )\b(?:(?-i:Q)(?P<quarter>[1-4])\b{_OF_YEAR}?"
            rf"|(?P<ordinal>first|second|third|fourth|final|last)[\s-]quarter"
            rf"(?:,?\s+(?:of\s+)?(?P<in_year>(?:19|20)\d\d)\b|{_WHICH_YEAR.replace('which', 'in_which')}))",
        ),
        # autumn 2019
        ("season", "year", rf"\b{_SEASON}\s+(?:of\s+)?{_YEAR_GROUP}"),
        # the early 1990s
        ("decade", "year", rf"{_PART}\b(?P<year>1[6-9]\d0|20\d0)[’']?s\b"),
        # the ’90s
        ("decade", "short decade", rf"{_PART}(?<!\w)[’'‘](?P<decade>[2-9]0)s\b"),
        # 2016–2019, the 2023/24 season
        (
            "years",
            "year",
            r"(?<![\w.,$€£/-])(?P<year>1[6-9]\d\d|20\d\d)\s?[-–—/]\s?"
            r"(?P<last>(?:1[6-9]|20)\d\d|\d\d)(?![\w/%-]|[.,]\d)",
        ),
        # in 2012, late 2021
        (
            "year",
            "year",
            rf"{_LEAD_WORD}{_PART}(?:(?<=mid-)|(?<![\d.,$€£/-]))(?:\bthe\s+year\s+)?\b{_YEAR_GROUP}",
        ),
        # on Tuesday, Tuesday of last week
        (
            "weekday",
            "weekday",
            rf"{_LEAD_WORD}\b{_WEEKDAY_GROUP}\b(?:[’']s\b)?(?:\s+(?:of\s+)?(?P<which>last|this|next)\s+week\b)?",
        ),
        # three weeks ago
        ("ago", "ago", rf"\b{_UNIT_COUNT}\s+{_UNIT_GROUP}s?\s+ago\b"),
        # the past 48 hours, the last ten days
        (
            "span",
            "which",
            rf"\b(?P<which>last|past|previous)\s+{_UNIT_COUNT}\s+(?P<unit>hour|day|week|weekend|fortnight|month|year"
            r"|decade)s?\b",
        ),
        # earlier this week, the end of last month
        (
            "unit",
            "which",
            rf"(?:\b(?P<side>earlier|later)\s+(?=this\b)|{_PART})\b(?P<which>last|past|previous|this|next)\s+{_UNIT_GROUP}\b",
        ),
        # over the weekend
        (
            "weekend",
            "weekend",
            r"\b(?P<lead>over|during|at|on|throughout|through)\s+the\s+(?P<weekend>weekend)\b"
            r"(?!\s+(?:of|before|after)\b)",
        ),
        (
            "near",
            "near",
            r"\b(?P<near>the day before yesterday|yesterday|last night|today|tonight"
            r"|this (?:morning|afternoon|evening)|tomorrow)\b",
        ),
    )
)
ANCHORS = {
    "month": re.compile(rf"(?<![a-z])(?:{'|'.join(MONTH_NUMBERS)})(?![a-z])"),
    "year": re.compile(r"(?<!\d)[12]\d\d\d(?!\d)"),
    "quarter": re.compile(r"(?<![a-z])q[1-4](?!\w)|[\s-]quarter(?![a-z])"),
    "short decade": re.compile(r"[’'‘][2-9]0s"),
    "weekday": re.compile(rf"(?<![a-z])(?:{WEEKDAY})"),
    "ago": re.compile(r"(?<=\s)ago(?![a-z])"),
    "which": re.compile(r"(?<![a-z])(?:last|past|previous|this|next)\s"),
    "weekend": re.compile(r"the\s+weekend"),
    "near": re.compile(r"yesterday|night|today|this (?:mor|aft|eve)|tomorrow"),
}
# Months that are written like another word or a name, and the words before them that leave no doubt.
DOUBTFUL_MONTHS = frozenset({"may", "march", "mar", "jan", "dec", "sep", "jun"})
SURE_LEADS = frozenset({"in", "since", "last", "until", "during", "throughout", "this", "next"})
# Words that say which one of its kind is meant: they belong to the date.
TELLING_LEADS = frozenset({"last", "this", "next", "past", "previous"})
# Verbs that follow a person called May or a person's name, where a noun would follow a date.
VERBS_AFTER_NAMES = (
    "was|is|has|had|will|would|did|does|said|says|took|became|won|lost|left|met|told|faces?|resigned|announced"
    "|promised|called"
)
# "2 September – 4 October", "from Monday to Friday", "between May and July"
JOINING = re.compile(r"\s*(?:to|until|till|through|thru|[-–—])\s*(?:the\s+)?", re.I)
AND = re.compile(r"\s*,?\s*and\s+(?:the\s+)?", re.I)
BETWEEN_DATES = re.compile(r"\bbetween\s+(?:the\s+)?$", re.I)
MONTH_FOLLOWS = re.compile(
    rf"\s*(?:-|–|—|to|until|through|and|or)\s*(?:(?:early|mid|late)[\s-])?(?:{MONTH})\b", re.I
)
