"""Lists: one item a line, each with its citation, gathered over enumerations, bulleted lists and articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answers.draft import Corpus, Draft
from assistant.answers.quoting import judged, key, plain, words_in
from assistant.answers.short import doubted
from assistant.evidence.gather import Evidence
from assistant.evidence.reading import Reading
from assistant.evidence.sentences import ScoredSentence
from assistant.evidence.thresholds import answer_threshold
from assistant.names import name_key
from assistant.text.dates import dates
from assistant.text.tokens import content_words, names, stems
from assistant.types import Article, Citation, Item, Plan, Statement

SHOWN = 50
"""Items that are listed; ``items_total`` tells how many there are."""
READ = 6
"""Sentences that items are taken from."""
FLOOR = 4.0
"""Log odds below the best sentence down to which one gives items."""
OF_CLASS, POINTED, LONGER, MANY = 2.5, 2.0, 0.25, 6
"""Log odds that a run gains by its class, by what the reader points at, and by each of its first items."""
BESIDE = 2.0
"""Log odds below the likeliest run down to which another adds its items."""
ITEM_WORDS = 7
SURE = 0.3
"""Probability of the reader's words in a run from which they need no word for their class beside them."""
TOLD = 0.6
"""Share of the question's words in the line before a bulleted list that names no class."""
RIVAL = 0.3
"""Share of the likeliest short answer's probability from which another is an item too."""
LENIENT = 0.4
"""Share of the threshold for short answers from which a list is given: that measure knows one answer only."""
QUOTED = 5
LINE_WORDS = 25
FEWEST = 2

_BULLET = re.compile(r"^[ \t]*(?:[-*•–·▪]|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t]+(?P<item>\S.*)$", re.M)
_WORD = r"[^\s,;:.!?()“”\"]+"
_UNIT = rf"(?:{_WORD}|\.(?=\w))(?:\s+{_WORD}){{0,7}}?(?:\s*\([^)]{{1,60}}\))?"
_LAST = rf"(?:{_WORD}|\.(?=\w))(?:\s+{_WORD}){{0,5}}(?:\s*\([^)]{{1,60}}\))?"
_ENUMERATION = re.compile(rf"(?P<run>{_UNIT}(?:\s*[,;]\s*{_UNIT})*\s*,?\s+(?:and|or|as well as)\s+{_LAST})")
_SPLIT = re.compile(r"\s*[,;]\s*(?:and|or|as well as)?\s*|\s+(?:and|or|as well as)\s+")
_CLAUSE = re.compile(
    r"^(?:which|who|whose|that|where|when|it|he|she|they|but|then|has|have|had|is|are|was|were|will|[a-z]+ed)\b|\bothers?\b",
    re.I,
)
_AFTER_NAME = re.compile(
    r"\s+(?:in|on|at|to|for|by|of|from|with|were|was|are|is|have|has|had|will|which|who|that|as|after|before|during|since)\s.*$"
)
_LEAD = re.compile(
    r"^(?:and|or|also|both|the\s+towns?\s+of|in|at|near|from|to|by|of|with|for|against|including|such as|like"
    r"|between|on|as|namely|least|some)\s+",
    re.I,
)


@dataclass(slots=True)
class Found:
    """An item as the articles write it, with the sentences that hold it."""

    text: str
    worth: float
    places: list[tuple[Article, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Run:
    """Items in a row, each with its place in the article; ``named`` where all are names.

    ``sure`` is False where neither the class that is asked for stands beside them nor the reader points at them.
    """

    article: Article
    items: tuple[tuple[str, int, int], ...]
    worth: float
    named: bool
    sure: bool = True


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """List the items that the leading sentences give; None where there are not two."""
    base = judged(plan, evidence, corpus)
    if not base.ranked or not (
        base.answered or base.confidence >= LENIENT * answer_threshold(corpus.settings)
    ):
        return doubted(Draft("list", replace(base, short=None), evidence.retrieval), plan, corpus)
    found = merged(items_found(plan, evidence, base.ranked), corpus)
    if len(found) < FEWEST:
        found = merged(_pointed_at(base), corpus)
    if len(found) < FEWEST:
        return None
    cited: dict[tuple[str, int, int], Citation] = {}
    items = tuple(_item(one, cited) for one in found[:SHOWN])
    quotes = list(cited.values())
    statements = tuple(Statement(plain(one.quote), (one,)) for one in quotes[:QUOTED])
    made = replace(
        base,
        answered=True,
        short=None,
        statements=statements,
        citations=tuple(quotes),
        candidates=tuple(replace(one, citations=()) for one in base.candidates),
    )
    more = f"\n… and {len(found) - SHOWN} more." if len(found) > SHOWN else ""
    text = (
        "\n".join(f"- {one.text} {''.join(f'[{c.number}]' for c in one.citations)}" for one in items) + more
    )
    draft = Draft("list", made, evidence.retrieval, text=text, items=items, items_total=len(found))
    return doubted(draft, plan, corpus)


def items_found(plan: Plan, evidence: Evidence, ranked: Sequence[ScoredSentence]) -> Iterator[Found]:
    """Yield the items of the likeliest bulleted list or enumerations; a list of dates takes dates alone.

    A run of items is the likelier, the likelier its sentence, the more of it the reader points at, and where the
    class that is asked for stands beside it.
    """
    asked = stems(content_words(plan.text))
    wanted = stems(plan.item.split()[-1:]) if plan.item else set()
    dated = bool(wanted & stems(("dates", "days")))
    runs: list[Run] = []
    for one in ranked[:READ]:
        if one.score < ranked[0].score - FLOOR:
            break
        read = evidence.found.get(key(one))
        spans = [(s.start - one.start, s.end - one.start, s.probability) for s in read.spans] if read else []
        worth = one.score + (OF_CLASS if wanted & words_in(one.text) else 0.0)
        runs += [replace(run, worth=run.worth + worth) for run in _runs(one, spans, wanted, dated)]
    for article in {one.article.id: one.article for one in ranked[:READ]}.values():
        runs += [replace(run, worth=run.worth + ranked[0].score) for run in bulleted(article, wanted, asked)]
    runs = sorted((run for run in runs if run.sure), key=lambda run: -run.worth)
    for run in runs:
        if run.worth < runs[0].worth - BESIDE or (run.named != runs[0].named):
            continue
        for text, start, end in run.items:
            if not stems(content_words(text)) <= asked:
                yield Found(text, run.worth, [(run.article, start, end)])


def _runs(
    one: ScoredSentence, spans: Sequence[tuple[int, int, float]], wanted: set[str], dated: bool
) -> Iterator[Run]:
    """Yield the enumerations of a sentence, as far as their parts can be items."""
    if dated:
        days = [found.text for found in dates(one.text)]
        if len(days) >= FEWEST:
            yield Run(one.article, tuple((day, one.start, one.end) for day in days), OF_CLASS, False)
        return
    for found in _ENUMERATION.finditer(one.text):
        parts = enumerated(found.group())
        if len(parts) < FEWEST or any(
            _CLAUSE.search(part) or len(part.split()) > ITEM_WORDS for part in parts
        ):
            continue
        pointed = sum(chance for start, end, chance in spans if start < found.end() and found.start() < end)
        worth = pointed * POINTED + LONGER * min(len(parts), MANY)
        named = all(part[:1].isupper() for part in parts)
        sure = pointed >= SURE or bool(wanted & words_in(one.text))
        yield Run(one.article, tuple((part, one.start, one.end) for part in parts), worth, named, sure)


def _pointed_at(base: Reading) -> Iterator[Found]:
    """Yield the short answers that are likely beside the likeliest."""
    for one in base.candidates:
        if one.citations and one.confidence >= RIVAL * base.candidates[0].confidence:
            yield Found(one.text, 0.0, [(c.article, c.start, c.end) for c in one.citations])


def enumerated(run: str) -> list[str]:
    """Split "the towns of A, B, C and D" into its items; where they are names, the first sheds what leads to it."""
    parts = [part for part in (plain(one) for one in _SPLIT.split(run)) if part]
    if len(parts) < FEWEST:
        return parts
    if all(part[0].isupper() for part in parts[1:]):
        told = names(parts[0])
        parts[0] = parts[0][told[-1].start :] if told else parts[0]
        tail = names(parts[-1])
        parts[-1] = parts[-1][: tail[0].end] if tail and tail[0].start == 0 else parts[-1]
    else:
        parts = [_LEAD.sub("", part) for part in parts]
        parts[-1] = parts[-1] if len(parts[-1].split()) <= 4 else _AFTER_NAME.sub("", parts[-1])
    return [part.strip(" .") for part in parts if part.strip(" .")]


def bulleted(article: Article, wanted: set[str], asked: set[str]) -> Iterator[Run]:
    """Yield the bulleted or numbered lists of an article that the line before them says to be what is asked for."""
    text = article.text
    lines: list[re.Match[str]] = []
    for found in [*_BULLET.finditer(text), None]:
        if found is not None and (not lines or not text[lines[-1].end() : found.start()].strip()):
            lines.append(found)
            continue
        if len(lines) >= FEWEST and all(len(one["item"].split()) <= LINE_WORDS for one in lines):
            before = [line for line in text[: lines[0].start()].splitlines() if line.strip()][-1:]
            told = words_in(f"{article.title or ''} {before[0] if before else ''}")
            if wanted & told or (not wanted and len(asked & told) >= TOLD * len(asked)):
                items = tuple(
                    (one["item"].strip().rstrip(".;,"), one.start("item"), one.end("item")) for one in lines
                )
                share = len(asked & told) / max(1, len(asked))
                named = all(item[0][:1].isupper() for item in items)
                yield Run(article, items, OF_CLASS * (1 + share), named)
        lines = [found] if found is not None else []


def merged(found: Iterator[Found], corpus: Corpus) -> list[Found]:
    """Bring together items that are written in several ways, in the order in which they were found."""
    kept: list[Found] = []
    for one in found:
        variants = {name_key(one.text), *(name_key(other) for other in corpus.names.variants(one.text))}
        words = words_in(one.text)
        same = next(
            (
                other
                for other in kept
                if name_key(other.text) in variants
                or (words and words == words_in(other.text))
                or _part(words, words_in(other.text))
            ),
            None,
        )
        if same is None:
            kept.append(one)
            continue
        same.places += [
            place for place in one.places if place[0].id not in {other[0].id for other in same.places}
        ]
        if len(one.text) > len(same.text) and one.text[:1].isupper() and len(one.text.split()) <= 4:
            same.text, same.places = one.text, one.places
    return kept


def _part(words: set[str], others: set[str]) -> bool:
    """Return True for a name and its part: "Okafor" and "Daniel Okafor"."""
    return bool(words and others) and (words < others or others < words) and min(len(words), len(others)) == 1


def _item(found: Found, cited: dict[tuple[str, int, int], Citation]) -> Item:
    citations = []
    for article, start, end in found.places[:3]:
        quote = article.text[start:end]
        place = (article.id, start, end)
        citations.append(cited.setdefault(place, Citation(len(cited) + 1, article, start, end, quote)))
    return Item(found.text, tuple(citations))
