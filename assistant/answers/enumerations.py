"""Enumerations in articles: "A, B and C", what follows a colon, and bulleted or numbered lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answers.quoting import without_credit
from assistant.answers.row_items import (
    APPOSED_LAST,
    FEWEST_ITEMS,
    after_colon,
    alike,
    enumerated,
    is_clause,
    is_named,
    split_row,
    tells,
    with_apposed,
    without_clause,
    without_introduction,
)
from assistant.evidence.announced import announced_with, announcement
from assistant.evidence.labelled_figures import of_article
from assistant.evidence.sentences import ScoredSentence
from assistant.ingest.clean.credits import credit_before
from assistant.text.dates import dates
from assistant.text.phrases import phrases, proper_names
from assistant.text.tokens import STOP_WORDS, stems_of
from assistant.text.wording import one_line
from assistant.types import Article

OF_CLASS, POINTED, LONGER, MANY_ITEMS = 2.5, 2.0, 0.5, 6
"""Log odds that a run gains: by its class, by what the reader points at, and by each of its first items."""
ITEM_WORDS, LONG_ITEM_WORDS = 7, 15
"""Words of an item, and of one after a colon."""
POINTED_SHARE = 0.3
"""Probability of the reader's words in a run that makes a word for their class beside it unnecessary."""
TOLD_SHARE = 0.6
"""Share of the question's words in the line before a bulleted list that names no class."""
CHARACTERS_BEFORE = 150
"""Characters before an enumeration in which its class may stand."""
LINE_WORDS = 25

_BULLETED_LINE = re.compile(r"^[ \t]*(?:[-*•–·▪]|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t]+(?P<item>\S.*)$", re.M)
_BULLET_LEAD = re.compile(r"^(?:[-*•–·▪]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")
_LISTED_WORD = r"(?:[“\"][^“”\"]{1,60}[”\"]|(?:[A-Z]\.){1,4}(?=[\s,;])|(?![–—−-]\s)[^\s,;:.!?()“”\"]+)"
_ITEM_WORDS = rf"(?:{_LISTED_WORD}|\.(?=\w)|,(?=\d))(?:\s+{_LISTED_WORD}){{0,7}}?(?:\s*\([^)]{{1,60}}\))?"
_LAST = rf"(?:{_LISTED_WORD}|\.(?=\w))(?:\s+{_LISTED_WORD}){{0,5}}(?:\s*\([^)]{{1,60}}\))?"
_ENUMERATION = re.compile(
    rf"(?P<run>{_ITEM_WORDS}(?:\s*[,;]\s*{_ITEM_WORDS})*\s*[,;]?\s+(?:and|or|as well as)\s+{_LAST})"
)
_JOINED = re.compile(r"\b(?:and|or|as\s+well\s+as)\s")
_FURTHER = re.compile(rf"\s*,\s+(?:and|or|as well as)\s+(?P<item>{_LAST})")
_INTRODUCES = re.compile(
    r"\b(?:namely|including|such\s+as|among\s+them|(?:consist(?:s|ed)?|made\s+up)\s+of|compris(?:es?|ed)|includ(?:es?|ed))\s+(?=\S)",
    re.I,
)
_COLON = re.compile(r":\s+(?P<run>[^:\n]+?)\s*[.!?]?\s*$")
_CLAUSE_WORD = re.compile(
    r"^(?:which|who|whose|that|where|when|it|he|she|they|but|then|has|have|had|is|are|was|were|will)\b|\bothers?\b",
    re.I,
)
_ACCORDING = re.compile(r",\s+according\s+to\s", re.I)
_NAMES_BEFORE = re.compile(r"(?:[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*){0,3},\s+)+$")
"""Names in a row that lead to the row at which the reader points: it marks only so many words."""
_DASH = re.compile(r"\s[–—−-]\s")
_HEAD = re.compile(r"(?P<name>[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){0,3})(?:\s*[,:–(].*)?$")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Run:
    """Items in a row, each with its place in the article; ``named`` where all are names.

    ``start`` and ``end`` bound the words of the article that hold it. ``sure`` is False where neither the class
    that is asked for stands beside them nor the reader points at them, and where items hold a verb; ``pointed``
    where the reader points at them rather than at other words of the sentence; ``answers`` are its log odds that
    the sentence, read alone, answers at all; ``chance`` is a judge's.
    """

    article: Article
    items: tuple[tuple[str, int, int], ...]
    worth: float
    named: bool
    start: int
    end: int
    sure: bool = True
    pointed: bool = False
    answers: float | None = None
    chance: float = 1.0


def runs_in(
    one: ScoredSentence,
    spans: Sequence[tuple[int, int, float]],
    least: float,
    wanted: set[str],
    *,
    dated: bool,
) -> Iterator[Run]:
    """Yield the enumerations of a sentence, as far as their parts can be items; with ``dated``, its dates.

    ``spans`` are what the reader points at: start and end in the sentence, and a probability; from ``least`` on one
    tells where a row begins. The class that is ``wanted`` may also stand in the sentence before: "four reservoirs
    are nearly empty. Lake Mora, ...".
    """
    before = one.article.text[max(0, one.start - CHARACTERS_BEFORE) : one.start]
    shift = credit_before(one.text)
    spans = [(start - shift, end - shift, chance) for start, end, chance in spans]
    one = without_credit(one)
    if dated:
        days = [found.text for found in dates(one.text)]
        if len(days) >= FEWEST_ITEMS:
            items = tuple((day, one.start, one.end) for day in days)
            yield Run(one.article, items, OF_CLASS, False, one.start, one.end)
        return
    told = stems_of(f"{before} {one.text}")
    for row in _rows(one.text, spans, least):
        start, end = row.start, row.end
        parts = alike(without_introduction(row.items, wanted))
        clause = any(_CLAUSE_WORD.search(part) or is_clause(part) or _DASH.search(part) for part in parts)
        if len(parts) < FEWEST_ITEMS or clause or any(len(part.split()) > row.most for part in parts):
            continue
        if _describe_one(parts, first=not one.text[:start].strip()):
            continue
        pointed = sum(chance for first, last, chance in spans if first < end and start < last)
        worth = pointed * POINTED + LONGER * min(len(parts), MANY_ITEMS)
        named = all(map(is_named, parts))
        whole = without_clause(parts)
        sure = (named or not any(map(tells, whole))) and (pointed >= POINTED_SHARE or bool(wanted & told))
        placed = tuple((item, one.start, one.end) for item in whole)
        told_by_reader = any(c >= least for first, last, c in spans if first < end and start < last)
        yield Run(one.article, placed, worth, named, one.start, one.end, sure, told_by_reader)


@dataclass(frozen=True, slots=True)
class _Row:
    """Items in a row of a sentence, between ``start`` and ``end``, of at most so many words each."""

    start: int
    end: int
    items: list[str]
    most: int


def _rows(text: str, spans: Sequence[tuple[int, int, float]], least: float) -> list[_Row]:
    """Find the rows of items in a sentence; where the reader points at several items, they begin where it does."""
    if credited := _ACCORDING.search(text):
        text = text[: credited.start()]
    found = [_row(text, m.start(), m.end()) for m in _ENUMERATION.finditer(text)]
    for lead in _INTRODUCES.finditer(text):
        if m := _ENUMERATION.match(text, lead.end()):
            found = _in_place(found, _row(text, m.start(), m.end()))
    for start, end, chance in spans[:1]:
        joined = _JOINED.search(text[start:end]) and len(split_row(text[start:end])) >= FEWEST_ITEMS
        if chance >= least and joined:
            before = _NAMES_BEFORE.search(text[:start])
            first = before.start() if before else start
            last = max([end, *(one.end for one in found if one.start < end < one.end)])
            found = _in_place(found, replace(_row(text, first, last), most=LONG_ITEM_WORDS))
    if after := _COLON.search(text):
        listed = after_colon(after["run"])
        found = [each for each in found if each.end <= after.start() or len(each.items) > len(listed)]
        found.append(_Row(after.start(), after.end(), listed, LONG_ITEM_WORDS))
    return found


def _describe_one(items: Sequence[str], *, first: bool) -> bool:
    """Return True for words that describe the one who is named last: "Trade and labour expert Ada Berg".

    ``first`` where they begin a sentence: then a capital does not make a name of the first word.
    """
    *before, last = items
    plain = [f"x {item[:1].lower()}{item[1:]}" if first else f"x {item}" for item in before]
    joined = last[:1].islower() and last.split()[0] not in STOP_WORDS
    return joined and bool(proper_names(f"x {last}")) and not any(map(proper_names, plain))


def _row(text: str, start: int, end: int) -> _Row:
    """Cut a row into its items, with what is set beside the last, or joined to it by a further "and"."""
    if apposed := APPOSED_LAST.search(text[start:end]):
        end = start + apposed.start("apposed")
    items = with_apposed(enumerated(text[start:end]), text[start:end], text[end:])
    more = _FURTHER.match(text, end)
    if more and "v" not in phrases(more["item"]).kinds and is_named(more["item"]) == is_named(items[-1]):
        return _Row(start, more.end(), [*items, more["item"]], ITEM_WORDS)
    return _Row(start, end, items, ITEM_WORDS)


def _in_place(found: Sequence[_Row], row: _Row) -> list[_Row]:
    """Put a row in place of those that it meets."""
    return [*(one for one in found if one.end <= row.start or one.start >= row.end), row]


def bulleted(article: Article, wanted: set[str], asked: set[str]) -> Iterator[Run]:
    """Yield the bulleted or numbered lists of an article; ``sure`` where what stands before names what is asked."""
    text = article.text
    lines: list[re.Match[str]] = []
    for found in [*_BULLETED_LINE.finditer(text), None]:
        if found is not None and (not lines or not text[lines[-1].end() : found.start()].strip()):
            lines.append(found)
            continue
        if len(lines) >= FEWEST_ITEMS and all(len(one["item"].split()) <= LINE_WORDS for one in lines):
            before = [line for line in text[: lines[0].start()].splitlines() if line.strip()][-1:]
            told = stems_of(f"{article.title or ''} {before[0] if before else ''}")
            written = [one["item"].strip().rstrip(".;,") for one in lines]
            heads = [_HEAD.match(item) for item in written]
            figures = all(_FIGURE.search(item) for item in written)
            if (wanted or figures) and all(heads):
                written = [head["name"] for head in heads if head]
            items = tuple(
                (item, one.start("item"), one.end("item")) for item, one in zip(written, lines, strict=True)
            )
            share = len(asked & told) / max(1, len(asked))
            yield Run(
                article,
                items,
                OF_CLASS * (1 + share),
                all(item[0][:1].isupper() for item in items),
                lines[0].start() - len(before[0] if before else "") - 1,
                lines[-1].end(),
                bool(wanted & told) or (not wanted and share >= TOLD_SHARE),
            )
        lines = [found] if found is not None else []


def announced_run(one: ScoredSentence, asked: set[str]) -> Iterator[Run]:
    """Yield what a sentence announces, or what it is announced with: the reasons, of "Two reasons were given"."""
    start, places = announced_with(one)
    text = one.article.text
    told = [(_BULLET_LEAD.sub("", one_line(text[a:b])).rstrip(" .;"), a, b) for a, b in places]
    items = tuple(one for one in told if len(one[0].split()) <= LINE_WORDS)
    if len(items) >= FEWEST_ITEMS and len(items) == len(places):
        lead = text[start : places[0][0]].strip()
        announces = announcement(lead)
        share = len(asked & stems_of(lead)) / max(1, len(asked))
        sure = share >= TOLD_SHARE or (announces is not None and announces.noun in asked)
        yield Run(one.article, items, OF_CLASS * (1 + share), False, start, places[-1][1], sure)


def counted_names(article: Article, asked: set[str]) -> Iterator[Run]:
    """Yield the names to which an article gives figures of what a question names: who has seats, goals, cases."""
    figures = [one for one in of_article(article) if one.unit & asked and not one.measure]
    for unit in dict.fromkeys(one.unit for one in figures):
        labels = {one.label: (one.label, one.start, one.end) for one in reversed(figures) if one.unit == unit}
        items = tuple(sorted(labels.values(), key=lambda item: item[1]))
        if len(items) > FEWEST_ITEMS:
            yield Run(article, items, LONGER * min(len(items), MANY_ITEMS), True, items[0][1], items[-1][2])
