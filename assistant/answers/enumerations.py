"""Enumerations in articles: "A, B and C", what follows a colon, and bulleted or numbered lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.quoting import words_in
from assistant.evidence.sentences import ScoredSentence
from assistant.text.dates import dates
from assistant.text.tokens import names
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
LINE_WORDS = 25
FEWEST_ITEMS = 2

_BULLETED_LINE = re.compile(r"^[ \t]*(?:[-*•–·▪]|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t]+(?P<item>\S.*)$", re.M)
_LISTED_WORD = r"(?:[“\"][^“”\"]{1,60}[”\"]|[^\s,;:.!?()“”\"]+)"
_ITEM_WORDS = rf"(?:{_LISTED_WORD}|\.(?=\w)|,(?=\d))(?:\s+{_LISTED_WORD}){{0,7}}?(?:\s*\([^)]{{1,60}}\))?"
_LAST = rf"(?:{_LISTED_WORD}|\.(?=\w))(?:\s+{_LISTED_WORD}){{0,5}}(?:\s*\([^)]{{1,60}}\))?"
_ENUMERATION = re.compile(
    rf"(?P<run>{_ITEM_WORDS}(?:\s*[,;]\s*{_ITEM_WORDS})*\s*,?\s+(?:and|or|as well as)\s+{_LAST})"
)
_COLON = re.compile(r":\s+(?P<run>[^:\n]+?)\s*[.!?]?\s*$")
_SPLIT = re.compile(r"\s*[,;](?!\d)\s*(?:(?:and|or|as well as)\s)?\s*|\s+(?:and|or|as well as)\s+")
_CLAUSES = re.compile(r"\s*;\s*(?:(?:and|or)\s)?\s*")
_CLAUSE_WORD = re.compile(
    r"^(?:which|who|whose|that|where|when|it|he|she|they|but|then|has|have|had|is|are|was|were|will|[a-z]+ed)\b|\bothers?\b",
    re.I,
)
_AFTER_NAME = re.compile(
    r"\s+(?:in|on|at|to|for|by|of|from|with|were|was|are|is|have|has|had|will|which|who|that|as|after|before|during|since)\s.*$"
)
_ITEM_LEAD = re.compile(
    r"^(?:and|or|also|both|the\s+towns?\s+of|in|at|near|from|to|by|of|with|for|against|including|such as|like"
    r"|between|on|as|namely|least|some)\s+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Run:
    """Items in a row, each with its place in the article; ``named`` where all are names.

    ``start`` and ``end`` bound the words of the article that hold it. ``sure`` is False where neither the class
    that is asked for stands beside them nor the reader points at them.
    """

    article: Article
    items: tuple[tuple[str, int, int], ...]
    worth: float
    named: bool
    start: int
    end: int
    sure: bool = True


def runs_in(
    one: ScoredSentence, spans: Sequence[tuple[int, int, float]], wanted: set[str], *, dated: bool
) -> Iterator[Run]:
    """Yield the enumerations of a sentence, as far as their parts can be items; with ``dated``, its dates.

    ``spans`` are what the reader points at: start and end in the sentence, and a probability.
    """
    if dated:
        days = [found.text for found in dates(one.text)]
        if len(days) >= FEWEST_ITEMS:
            items = tuple((day, one.start, one.end) for day in days)
            yield Run(one.article, items, OF_CLASS, False, one.start, one.end)
        return
    after = _COLON.search(one.text)
    found = [(m.start(), m.end(), enumerated(m["run"]), ITEM_WORDS) for m in _ENUMERATION.finditer(one.text)]
    if after:
        found.append((after.start(), after.end(), _after_colon(after["run"]), LONG_ITEM_WORDS))
    for start, end, parts, most in found:
        if len(parts) < FEWEST_ITEMS or any(
            _CLAUSE_WORD.search(part) or len(part.split()) > most for part in parts
        ):
            continue
        pointed = sum(chance for first, last, chance in spans if first < end and start < last)
        worth = pointed * POINTED + LONGER * min(len(parts), MANY_ITEMS)
        named = all(part[:1].isupper() for part in parts)
        sure = pointed >= POINTED_SHARE or bool(wanted & words_in(one.text))
        items = tuple((part, one.start, one.end) for part in parts)
        yield Run(one.article, items, worth, named, one.start, one.end, sure)


def enumerated(run: str) -> list[str]:
    """Split "the towns of A, B, C and D" into its items; where they are names, the first sheds what leads to it."""
    parts = [part for part in (one_line(one) for one in _SPLIT.split(run)) if part]
    if len(parts) < FEWEST_ITEMS:
        return parts
    if all(part[0].isupper() for part in parts[1:]):
        told = names(parts[0])
        parts[0] = parts[0][told[-1].start :] if told else parts[0]
        tail = names(parts[-1])
        parts[-1] = parts[-1][: tail[0].end] if tail and tail[0].start == 0 else parts[-1]
    else:
        parts = [_ITEM_LEAD.sub("", part) for part in parts]
        parts[-1] = parts[-1] if len(parts[-1].split()) <= 4 else _AFTER_NAME.sub("", parts[-1])
    return [part.strip(" .") for part in parts if part.strip(" .")]


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
            told = words_in(f"{article.title or ''} {before[0] if before else ''}")
            items = tuple(
                (one["item"].strip().rstrip(".;,"), one.start("item"), one.end("item")) for one in lines
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


def _after_colon(run: str) -> list[str]:
    """Split what follows a colon: at semicolons where it has any, else as an enumeration."""
    parts = _CLAUSES.split(run) if ";" in run else _SPLIT.split(run)
    return [part for part in (one_line(one).strip(" .") for one in parts) if part]
