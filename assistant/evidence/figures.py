"""The figures of a sentence with what they count: value, bounds, the thing counted and what befell it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.text.facts import SCALES, VAGUE, quantities
from assistant.text.tokens import NUMBER_WORDS, dates, numbers, stem, tokens

BEFORE = re.compile(
    r"\b(?:at least|at most|more than|fewer than|less than|no fewer than|over|under|as many as|as high as|as few as"
    r"|up to|(?:an )?estimated|nearly|almost|about|around|some|roughly|approximately|close to|only|just)\s+$",
    re.I,
)
ROUGH = re.compile(r"\b(?:nearly|almost|about|around|some|roughly|approximately|close to|estimated)\b", re.I)
RANGE = re.compile(r"\s*(?:–|—|-|\bto\b)\s*")
YEAR = re.compile(r"(?:1[89]|20)\d\d")
MANY = re.compile(
    r"\b(?P<times>tens|dozens|hundreds) of (?P<scale>hundreds|thousands|millions|billions)\b", re.I
)
TIMES = {"tens": (20.0, 99.0), "dozens": (24.0, 99.0), "hundreds": (200.0, 999.0)}
VAGUE_BOUNDS = {
    "dozens": (24.0, 99.0),
    "hundreds": (200.0, 999.0),
    "thousands": (2_000.0, 9_999.0),
    "millions": (2e6, 9.99e8),
    "billions": (2e9, 9.99e11),
}
ROUGHLY = 0.1

# What may befall those who are counted; a figure belongs to the one that its own clause names.
OUTCOMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{forms})\b", re.I))
    for name, forms in (
        (
            "safe",
            r"unharmed|unhurt|safe|rescued|accounted for|turned up|freed|released|survived|survivors?|found alive",
        ),
        ("missing", r"missing|unaccounted|cannot be found|disappeared|lost contact"),
        ("hurt", r"wounded|wounding|wounds|injur(?:ed|ing|ies|y)|hurt"),
        (
            "dead",
            r"kill(?:s|ed|ing)?|dead|deaths?|die[sd]?|dying|fatal(?:ly|ities|ity)?|perish(?:ed)?|slain|massacred?|toll"
            r"|los(?:t|e|es|ing)(?! (?:their|his|her|its)\b)|cost|lives|murdered|executed|neutrali[sz]ed",
        ),
        (
            "taken",
            r"kidnapp?(?:ed|ing)|abduct(?:ed|ions?)|hostages?|seiz(?:ed|ing)|captured|detained"
            r"|arrest(?:ed|s)|carried off",
        ),
        ("uprooted", r"displaced|fled|flee|uprooted|refugees?|left their homes"),
    )
)
# Words for those who are counted that stand for one another.
UNITS: tuple[frozenset[str], ...] = tuple(
    frozenset(map(stem, words.split()))
    for words in (
        "soldiers troops servicemen personnel gendarmes members men",
        "militants insurgents jihadists fighters attackers assailants gunmen terrorists rebels extremists members",
        "civilians villagers residents bystanders",
        "people persons lives victims dead casualties men women",
        "police policemen officers",
        "children boys girls pupils students",
    )
)
PEOPLE = UNITS[3]
# Those who are members or men may be of any of the groups; soldiers are no insurgents.
COUNTS = frozenset(map(stem, "number numbers toll figure figures count total".split()))
ANY = frozenset(map(stem, "members men women".split()))
SEGMENT = re.compile(
    r"[;:()]|,(?!\d)|\b(?:while|whereas|although|though|but|when|after)\b"
    r"|\band\b(?=\s+(?:that\s+)?(?:at least |more than |over |as many as |some |about |around |up to |nearly )?"
    rf"(?:\d|(?:{'|'.join(sorted(NUMBER_WORDS))})\b))",
    re.I,
)
OTHERS = re.compile(r"\s+(?:others?|more)\b", re.I)
TOTAL = re.compile(r"\b(?:number|numbers|count|total) of (?:[\w’'-]+ ){0,2}?([a-z]{3,}s)\b")
JOINED = re.compile(r"(?:\s+[\w’'-]+){1,4},?(?:\s+and)?\s+")
# "30 are missing", "four wounded", "has risen to 19": a figure for people who are not named.
BARE = re.compile(r"\s*(?:$|[.,;:!?)”]|(?:are|were|is|was|remain|have|had|still)\b)")
UNIT_WORDS = 5


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure: ``sentence[start:end] == text``, its value between ``low`` and ``high``, what it counts.

    ``unit`` holds the stems that stand for the counted thing, empty where no noun is near; ``outcome`` what
    befell it, None where the sentence does not say. A ``bare`` figure stands without a noun.
    """

    start: int
    end: int
    text: str
    low: float
    high: float
    unit: frozenset[str]
    outcome: str | None
    rough: bool = False
    percent: bool = False
    bare: bool = False

    def agrees(self, other: Amount) -> bool:
        """Tell whether two figures may be one: equal, within one another's range, or a tenth apart when rough."""
        if self.percent != other.percent:
            return False
        if self.low <= other.high and other.low <= self.high:
            return True
        gap = max(self.low, other.low) - min(self.high, other.high)
        return (self.rough or other.rough) and gap <= ROUGHLY * max(self.high, other.high)


def amounts(sentence: str) -> list[Amount]:
    """Find the figures of a sentence that count something, dates and bare years left out.

    Of figures in a row ("49 civilians and 15 soldiers died") those without a word of their own for what befell
    them share their neighbour's.
    """
    found = sorted(_amounts(sentence), key=lambda one: one.start)
    for at in range(len(found) - 2, -1, -1):
        between = sentence[found[at].end : found[at + 1].start]
        if found[at].outcome is None and JOINED.fullmatch(between):
            found[at] = replace(found[at], outcome=found[at + 1].outcome)
    for at in range(1, len(found)):
        between = sentence[found[at - 1].end : found[at].start]
        if found[at].outcome is None and JOINED.fullmatch(between):
            found[at] = replace(found[at], outcome=found[at - 1].outcome)
    return found


def clause(sentence: str, start: int, end: int) -> str:
    """Return the clause that a figure stands in."""
    return sentence[slice(*_segment(sentence, start, end))]


def _amounts(sentence: str) -> list[Amount]:
    found: list[Amount] = []
    for start, end, values in _figures(sentence):
        unit = _unit(sentence, start, end)
        if found and (OTHERS.match(sentence, end) or not unit):
            unit = found[-1].unit
        if YEAR.fullmatch(sentence[start:end]) and not unit:
            continue
        before = BEFORE.search(sentence, 0, start)
        first = before.start() if before else start
        found.append(
            Amount(
                first,
                end,
                sentence[first:end],
                min(values),
                max(values),
                unit,
                _outcome(sentence, start, end),
                rough=bool(before and ROUGH.search(before.group())),
                bare=not unit and bool(BARE.match(sentence, end) or _names_outcome(sentence[end:])),
                percent=sentence[start:end].endswith(("%", "cent")),
            )
        )
    return found


def _figures(sentence: str) -> Iterator[tuple[int, int, list[float]]]:
    """Find each figure's place and its bounds: one value, a range ("10 to 15"), or a vague word's."""
    taken = [(span.start, span.end) for span in dates(sentence)]
    for match in MANY.finditer(sentence):
        low, high = TIMES[match["times"].lower()]
        scale = SCALES[match["scale"].lower().removesuffix("s")]
        taken.append(match.span())
        yield *match.span(), [low * scale, high * scale]
    spans = [
        (span.start, span.end, values)
        for span in numbers(sentence)
        if not any(start < span.end and span.start < end for start, end in taken)
        and (values := _values(span.text))
    ]
    at = 0
    while at < len(spans):
        start, end, values = spans[at]
        at += 1
        if at < len(spans) and RANGE.fullmatch(sentence[end : spans[at][0]]):
            end, values = spans[at][1], [*values, *spans[at][2]]
            at += 1
        yield start, end, values


def outcome_of(question: str) -> str | None:
    """Tell what befell those whom a question counts; None when it names nothing, or several things."""
    named = {name for name, pattern in OUTCOMES if pattern.search(question)}
    return named.pop() if len(named) == 1 else None


def unit_of(word: str) -> frozenset[str]:
    """Collect the stems that stand for what a stem counts, itself among them."""
    found = frozenset({word}).union(*(group for group in UNITS if word in group))
    return found if word in ANY else found - ANY


def counted_in(question: str, focus: str) -> frozenset[str]:
    """Collect the stems for what a question counts: its focus, or for "the number of soldiers", the soldiers."""
    if focus not in COUNTS:
        return unit_of(focus)
    known = frozenset().union(*UNITS)
    words = [stem(token.text) for token in tokens(question)]
    found = next((word for word in words[words.index(focus) + 1 :] if word in known), None)
    return unit_of(found) if found else frozenset()


def _values(text: str) -> list[float]:
    found: list[float] = []
    for value in quantities(text):
        if value in VAGUE_BOUNDS:
            found.extend(VAGUE_BOUNDS[value])
        elif value not in VAGUE:
            found.append(float(value.rstrip("%")))
    return found


def _unit(sentence: str, start: int, end: int) -> frozenset[str]:
    """Find what is counted: the noun that follows the figure, or the one before it in its clause."""
    left, right = _segment(sentence, start, end)
    known = frozenset().union(*UNITS)
    following = [stem(token.text) for token in tokens(sentence[end:right])[:UNIT_WORDS]]
    preceding = [stem(token.text) for token in reversed(tokens(sentence[left:start]))]
    total = TOTAL.search(sentence, left, start)
    if total:
        return unit_of(stem(total.group(1)))
    noun = re.match(r"\s+((?:[\w’'-]+\s+){0,2}?[a-z]{3,}s)\b", sentence[end:right])
    word = next((word for word in following if word in known), None)
    if word is None and noun:
        word = stem(noun.group(1).split()[-1])
    word = word or next((word for word in preceding if word in known), None)
    return unit_of(word) if word else frozenset()


def _outcome(sentence: str, start: int, end: int) -> str | None:
    """Find what befell: named nearest after the figure in its clause, else before it, else in the sentence."""
    left, right = _segment(sentence, start, end)
    for text, at in ((sentence[end:right], -1), (sentence[left:start], 1)):
        found = [(at * match.start(), name) for name, form in OUTCOMES for match in form.finditer(text)]
        if found:
            return max(found)[1]
    return None


def _names_outcome(text: str) -> bool:
    return any(form.match(text.lstrip()) for _, form in OUTCOMES)


def _segment(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Find the clause around a figure."""
    left = max((match.end() for match in SEGMENT.finditer(sentence, 0, start)), default=0)
    right = next((match.start() for match in SEGMENT.finditer(sentence, end)), len(sentence))
    return left, right
