"""The names, numbers, dates and quotations of a text, in forms that can be compared across spellings."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.text.tokens import MONTHS, NUMBER_WORDS, STOP_WORDS, names, stem, tokens

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS.split("|")[:12], 1)}
MONTH_NUMBERS |= {name[:3]: number for name, number in MONTH_NUMBERS.items()} | {"sept": 9}
_MONTH = (
    r"(?P<month>" + "|".join(sorted((name.title() for name in MONTH_NUMBERS), key=len, reverse=True)) + ")"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)\b",
        rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}\b\.?(?:,?\s+{_YEAR}\b)?",
        rf"\b{_MONTH}\b\.?\s+{_DAY}\b(?:,?\s+{_YEAR}\b)?",
        rf"\b{_MONTH}\b\.?,?\s+(?:of\s+)?{_YEAR}\b",
        rf"\b(?:[Ii]n|[Ss]ince|[Ll]ast|[Tt]his|[Nn]ext|[Ee]arly|[Ll]ate|[Bb]y|[Uu]ntil|[Dd]uring|[Ff]rom)\s+{_MONTH}\b",
        rf"\b(?!May|Mar){_MONTH}\b",
        r"\b(?P<weekday>" + "|".join(name.title() for name in WEEKDAYS) + r")\b",
        rf"(?<![\d.,]){_YEAR}\b(?![,.]\d)",
    )
)
RELATIVE = re.compile(r"\b(?:yesterday|today|tonight|tomorrow|ago)\b", re.I)
SINGLE = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
} | {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
SCALES = {"hundred": 100, "dozen": 12, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
VAGUE = frozenset(f"{name}s" for name in SCALES)
_FIGURE = re.compile(
    r"(?<![A-Za-z\d])\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?:\.\d+)?(?!\d)"
    r"|(?<![A-Za-z\d])\d+(?:[.,]\d+)?|per\scent\b|[A-Za-z]+|%",
    re.I,
)
_QUOTATION = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|(?<!\w)‘([^‘’]+)’(?!\w)|«([^«»]+)»")
_ABBREVIATION = re.compile(r"\s*\(([A-Z]{2,8})\)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as far as it is stated; ``weekday`` is 0 for Monday."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def is_part_of(self, other: Moment) -> bool:
        """Tell whether the other date states all that this one does, alike."""
        return (
            self.year in {None, other.year}
            and self.month in {None, other.month}
            and self.day in {None, other.day}
            and self.weekday in {None, other.weekday}
        )


def moments(text: str) -> tuple[list[Moment], str]:
    """Find the dates that a text states, and the text without them."""
    found = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            parts = {name: value for name, value in match.groupdict().items() if value}
            month = parts.get("month")
            found.append(
                Moment(
                    year=int(parts["year"]) if "year" in parts else None,
                    month=(int(month) if month.isdigit() else MONTH_NUMBERS[month.lower()])
                    if month
                    else None,
                    day=int(parts["day"]) if "day" in parts else None,
                    weekday=WEEKDAYS.index(parts["weekday"].lower()) if "weekday" in parts else None,
                )
            )
        text = pattern.sub(" ; ", text)
    return found, text


def day(date: datetime.date) -> Moment:
    """Describe a calendar day in full."""
    return Moment(date.year, date.month, date.day, date.weekday())


def resolved(stated: Iterable[Moment], text: str, published: datetime.date | None) -> Iterator[Moment]:
    """Yield dates as an article states them and, where its own date tells, in full.

    A weekday, "yesterday" and "today" are the last such day up to publication; a month without a year is the
    last such month up to it.
    """
    for moment in stated:
        year = moment.year
        if published and not year and moment.month:
            year = published.year - (moment.month > published.month)
        if published and moment.weekday is not None:
            yield day(published - datetime.timedelta((published.weekday() - moment.weekday) % 7))
        if year and moment.month and moment.day:
            try:
                yield day(datetime.date(year, moment.month, moment.day))
            except ValueError:
                continue
        yield Moment(year, moment.month, moment.day, moment.weekday)
    if published:
        yield day(published)
        if re.search(r"\byesterday\b", text, re.I):
            yield day(published - datetime.timedelta(1))


def quantities(text: str) -> set[str]:
    """Find the numbers of a text by value: "twenty-five" and "25" are one, "25%" and "25 percent" another.

    "One" alone is no number, so often is it none; "dozens" stands for itself.
    """
    found: set[str] = set()
    run: list[str] = []
    end = 0
    for match in _FIGURE.finditer(text):
        word = match.group().lower()
        near = re.fullmatch(r"[\s-]*", text[end : match.start()]) is not None
        if run and near and re.fullmatch(r"%|per\s?cent", word):
            found.add(f"{_value(run)}%")
            run = []
        elif word == "and" and run and run[-1] in SCALES:
            pass
        elif word[0].isdigit() or word in SINGLE or word in SCALES:
            if run and not (near and _continues(run, word)):
                found |= _whole(run)
                run = []
            run.append(word)
        else:
            found |= _whole(run)
            run = []
            if word in VAGUE:
                found.add(word)
        end = match.end()
    return found | _whole(run)


def name_words(text: str) -> list[tuple[str, bool]]:
    """List the capitalised words of names, each with whether it alone begins the text."""
    found: list[tuple[str, bool]] = []
    for span in names(text):
        words = [token.text for token in tokens(span.text)]
        alone = len(words) == 1 and not any(character.isalnum() for character in text[: span.start])
        found.extend(
            (word, alone)
            for word in words
            if word[0].isupper() and word.lower() not in STOP_WORDS and word.lower() not in NUMBER_WORDS
        )
    return found


def abbreviations(text: str) -> dict[str, frozenset[str]]:
    """Learn from "Long Name (LN)" which stems an abbreviation, itself stemmed, stands for."""
    spans = {span.end: span for span in names(text)} if "(" in text else {}
    known = {}
    for match in _ABBREVIATION.finditer(text):
        span = spans.get(match.start())
        if span:
            words = frozenset(stem(token.text) for token in tokens(span.text) if token.text[0].isupper())
            known[stem(match.group(1))] = words
    return known


def quotations(text: str) -> list[str]:
    """List what stands in quotation marks, without the punctuation at its end."""
    return [
        next(part for part in match.groups() if part).strip().rstrip(".,;:!?…")
        for match in _QUOTATION.finditer(text)
    ]


def _continues(run: list[str], word: str) -> bool:
    """Tell whether a word goes on with the number begun: "twenty" with "five", "two" with "thousand"."""
    if word in SCALES:
        return run[-1] not in SCALES or SCALES[run[-1]] < SCALES[word]
    if word[0].isdigit() or run[-1][0].isdigit():
        return False
    return run[-1] in SCALES or (SINGLE[run[-1]] >= 20 and SINGLE[word] < 10)


def _whole(run: list[str]) -> set[str]:
    return {f"{_value(run)}"} if run and run != ["one"] else set()


def _value(run: list[str]) -> float:
    total = current = 0.0
    for word in run:
        if word[0].isdigit():
            grouped = re.sub(r"[, \u00a0\u202f](?=\d{3}(?!\d))", "", word)
            current += float(grouped.replace(",", "."))
        elif word in SINGLE:
            current += SINGLE[word]
        elif SCALES[word] < 1000:
            current = (current or 1) * SCALES[word]
        else:
            total += (current or 1) * SCALES[word]
            current = 0
    return total + current
