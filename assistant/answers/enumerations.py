"""Enumerations in articles: "A, B and C", what follows a colon, and bulleted or numbered lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.quoting import without_credit, words_in
from assistant.evidence.announced import announced_with, announcement
from assistant.evidence.labelled_figures import of_article, subject_name
from assistant.evidence.sentences import ScoredSentence
from assistant.ingest.clean.credits import credit_before
from assistant.text.dates import dates
from assistant.text.phrases import phrases, proper_names
from assistant.text.tokens import STOP_WORDS, names
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
FEWEST_ITEMS = 2

_BULLETED_LINE = re.compile(r"^[ \t]*(?:[-*•–·▪]|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t]+(?P<item>\S.*)$", re.M)
_BULLET_LEAD = re.compile(r"^(?:[-*•–·▪]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")
_LISTED_WORD = r"(?:[“\"][^“”\"]{1,60}[”\"]|(?:[A-Z]\.){1,4}(?=[\s,;])|[^\s,;:.!?()“”\"]+)"
_ITEM_WORDS = rf"(?:{_LISTED_WORD}|\.(?=\w)|,(?=\d))(?:\s+{_LISTED_WORD}){{0,7}}?(?:\s*\([^)]{{1,60}}\))?"
_LAST = rf"(?:{_LISTED_WORD}|\.(?=\w))(?:\s+{_LISTED_WORD}){{0,5}}(?:\s*\([^)]{{1,60}}\))?"
_ENUMERATION = re.compile(
    rf"(?P<run>{_ITEM_WORDS}(?:\s*[,;]\s*{_ITEM_WORDS})*\s*,?\s+(?:and|or|as well as)\s+{_LAST})"
)
_INTRODUCES = re.compile(
    r"\b(?:namely|including|such\s+as|among\s+them|(?:consist(?:s|ed)?|made\s+up)\s+of|compris(?:es?|ed)|includ(?:es?|ed))\s+(?=\S)",
    re.I,
)
_COLON = re.compile(r":\s+(?P<run>[^:\n]+?)\s*[.!?]?\s*$")
_SPLIT = re.compile(r"\s*[,;](?!\d)\s*(?:(?:and|or|as well as)\s)?\s*|\s+(?:and|or|as well as)\s+")
_QUOTED = re.compile(r"“[^”]{1,60}”|\"[^\"]{1,60}\"")
_SPACE = re.compile(r"\s")
_CLAUSE_BREAKS = re.compile(r"\s*;\s*(?:(?:and|or)\s)?\s*")
_CLAUSE_WORD = re.compile(
    r"^(?:which|who|whose|that|where|when|it|he|she|they|but|then|has|have|had|is|are|was|were|will|[a-z]+ed)\b|\bothers?\b",
    re.I,
)
_AFTER_NAME = re.compile(
    r"\s+(?:in|on|at|to|for|by|of|from|with|were|was|are|is|have|has|had|will|which|who|that|as|after|before|during|since)\s.*$"
)
_PREDICATE = re.compile(
    r"\s+(?:(?:all|both|each)\s+[a-z]|(?:is|are|was|were|has|have|had|must|may|might|can|could|will|would|should|does|do|did)\b).*$"
)
_HEAD = re.compile(r"(?P<name>[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){0,3})(?:\s*[,:–(].*)?$")
_FIGURE = re.compile(r"\d")
_ITEM_LEAD = re.compile(
    r"^(?:and|or|also|both|the\s+towns?\s+of|in|at|near|from|to|by|of|with|for|against|including|such as|like"
    r"|between|on|as|namely|least|some)\s+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Run:
    """Items in a row, each with its place in the article; ``named`` where all are names.

    ``start`` and ``end`` bound the words of the article that hold it. ``sure`` is False where neither the class
    that is asked for stands beside them nor the reader points at them, and where items hold a verb.
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

    ``spans`` are what the reader points at: start and end in the sentence, and a probability. The class that is
    ``wanted`` may also stand in the sentence before: "four reservoirs are nearly empty. Lake Mora, ...".
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
    after = _COLON.search(one.text)
    found = [(m.start(), m.end(), enumerated(m["run"]), ITEM_WORDS) for m in _ENUMERATION.finditer(one.text)]
    for lead in _INTRODUCES.finditer(one.text):
        m = _ENUMERATION.match(one.text, lead.end())
        if m:
            found = [each for each in found if each[1] <= m.start() or each[0] >= m.end()]
            found.append((m.start(), m.end(), enumerated(m["run"]), ITEM_WORDS))
    if after:
        listed = _after_colon(after["run"])
        found = [each for each in found if each[1] <= after.start() or len(each[2]) > len(listed)]
        found.append((after.start(), after.end(), listed, LONG_ITEM_WORDS))
    told = words_in(f"{before} {one.text}")
    for start, end, written, most in found:
        parts = _without_introduction(written, wanted)
        if len(parts) < FEWEST_ITEMS or any(
            _CLAUSE_WORD.search(part) or len(part.split()) > most for part in parts
        ):
            continue
        pointed = sum(chance for first, last, chance in spans if first < end and start < last)
        worth = pointed * POINTED + LONGER * min(len(parts), MANY_ITEMS)
        named = all(map(is_named, parts))
        whole = _without_clause(parts)
        tells = not named and any("v" in phrases(item).kinds for item in whole)
        sure = not tells and (pointed >= POINTED_SHARE or bool(wanted & told))
        placed = tuple((item, one.start, one.end) for item in whole)
        yield Run(one.article, placed, worth, named, one.start, one.end, sure)


def is_named(item: str) -> bool:
    """Return True for an item that is or holds a name, or a title in quotation marks."""
    capital = item[:1].isupper() and item.split(maxsplit=1)[0].lower() not in STOP_WORDS
    return capital or item[:1] in '“"' or bool(proper_names(item))


def _without_introduction(parts: list[str], wanted: set[str]) -> list[str]:
    """Leave out what names the class of the items: "Two more towns are hit, Arle and Benholt"."""
    if len(parts) <= FEWEST_ITEMS:
        return parts
    kinds = phrases(parts[0]).kinds
    of_class = wanted & words_in(parts[0]) and "v" in kinds
    of_several = kinds.endswith("s") and not proper_names(parts[0]) and all(map(is_named, parts[1:]))
    return parts[1:] if of_class or of_several else parts


def subjects(parts: Sequence[str]) -> list[str]:
    """Reduce clauses in a row to the names that they are about: "Ada sang, Jo played" gives Ada and Jo.

    What the last of them joins by "and" is part of it. Items that are no clauses, or have no name each, stay.
    """
    kept = list(parts)
    while len(kept) > FEWEST_ITEMS and not proper_names(kept[-1]) and all(map(proper_names, kept[:-1])):
        kept[-2:] = [kept[-2]]
    clauses = [bool(re.search("[v#]", phrases(part).kinds) or _FIGURE.search(part)) for part in kept]
    names_in = [proper_names(part) for part in kept]
    if sum(clauses) < FEWEST_ITEMS or not any(clauses[:-1]) or not all(names_in):
        return list(parts)
    found = []
    for part, named in zip(kept, names_in, strict=True):
        leads = re.match(r"(?:the\s+)?", part, re.I)
        begins = leads is not None and part[leads.end() :].startswith(named[0])
        if not begins and len(named) > 1:
            return list(parts)
        found.append(subject_name(part) or named[0])
    return found


def enumerated(run: str) -> list[str]:
    """Split "the towns of A, B, C and D" into its items; where they are names, the first sheds what leads to it."""
    parts = _split(run)
    if len(parts) < FEWEST_ITEMS:
        return parts
    if (about := subjects(parts)) != parts:
        return about
    if all(part[0].isupper() for part in parts[1:]):
        told = names(parts[0])
        parts[0] = parts[0][told[-1].start :] if told else parts[0]
        tail = names(parts[-1])
        parts[-1] = parts[-1][: tail[0].end] if tail and tail[0].start == 0 else parts[-1]
    else:
        parts = [_ITEM_LEAD.sub("", part) for part in parts]
        if not any(_PREDICATE.search(part) for part in parts[:-1]):
            parts[-1] = _PREDICATE.sub("", parts[-1])
        shorter = parts[-1] if len(parts[-1].split()) <= 4 else _AFTER_NAME.sub("", parts[-1])
        parts[-1] = shorter if proper_names(shorter) or not proper_names(parts[-1]) else parts[-1]
    return [part.strip(" .") for part in parts if part.strip(" .")]


def _without_clause(parts: list[str]) -> list[str]:
    """Cut the clause that leads to the first of some noun phrases: "They sold bread, tea and salt"."""
    cut = phrases(parts[0])
    last = cut.kinds.rfind("v") + 1
    if not 0 < last < len(cut.words) or any("v" in phrases(part).kinds for part in parts[1:]):
        return parts
    item = _ITEM_LEAD.sub("", cut.slice(last, len(cut.words)))
    adverb = item.endswith("ly") and " " not in item
    return parts[1:] if adverb and len(parts) > FEWEST_ITEMS else [item, *parts[1:]]


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
        share = len(asked & words_in(lead)) / max(1, len(asked))
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


def _split(run: str) -> list[str]:
    """Split a run at its commas and "and", but not within quotation marks: "Salt and Iron" is one title."""
    parts = _SPLIT.split(_QUOTED.sub(lambda found: _SPACE.sub("\x00", found.group()), run))
    return [part for part in (one_line(one.replace("\x00", " ")) for one in parts) if part]


def _after_colon(run: str) -> list[str]:
    """Split what follows a colon: at semicolons where it has any, else as an enumeration."""
    parts = _CLAUSE_BREAKS.split(run) if ";" in run else _split(run)
    if not any(_PREDICATE.search(part) for part in parts[:-1]):
        parts[-1] = _PREDICATE.sub("", parts[-1])
    return subjects([part for part in (one_line(one).strip(" .") for one in parts) if part])
