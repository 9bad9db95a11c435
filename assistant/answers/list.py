"""Lists: one item a line, each with its citation, gathered over enumerations, bulleted lists and articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answers.draft import Corpus, Draft
from assistant.answers.quoting import judged, key, plain, words_in
from assistant.answers.short import doubted
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence
from assistant.names import name_key
from assistant.text.tokens import content_words, dates, names, stem, stems
from assistant.types import Article, Citation, Item, Plan, Statement

SHOWN = 50
"""Items that are listed; ``items_total`` tells how many there are."""
READ = 6
"""Sentences that items are taken from."""
FLOOR = 4.0
"""Log odds below the best sentence down to which one gives items."""
LIKELY_SPAN = 0.15
"""Probability from which the reader's words are an item."""
QUOTED = 5
NEAR = 1500
"""Characters after a sentence within which a bulleted list belongs to it."""
LINE_WORDS = 25
FEWEST = 2

_BULLET = re.compile(r"^[ \t]*(?:[-*•–·▪]|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t]+(?P<item>\S.*)$", re.M)
_WORD = r"[^\s,;:.!?()“”\"]+"
_UNIT = rf"(?:{_WORD}|\.(?=\w))(?:\s+{_WORD}){{0,7}}?(?:\s*\([^)]{{1,60}}\))?"
_ENUMERATION = re.compile(rf"(?P<run>{_UNIT}(?:\s*[,;]\s*{_UNIT})*\s*,?\s+(?:and|or|as well as)\s+{_UNIT})(?=[\s,;:.!?”\"]|$)")
_SPLIT = re.compile(r"\s*[,;]\s*(?:and|or|as well as)?\s*|\s+(?:and|or|as well as)\s+")
_LEAD = re.compile(r"^(?:and|or|also|both|the\s+towns?\s+of|in|at|near|from|to|by|of|with|for|against|including|such as|like|between|on|as|namely)\s+", re.I)


@dataclass(slots=True)
class Found:
    """An item as the articles write it, with the sentences that hold it."""

    text: str
    worth: float
    places: list[tuple[Article, int, int]] = field(default_factory=list)


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """List the items that the leading sentences give; None where there are not two."""
    base = judged(plan, evidence, corpus)
    if not base.ranked or not base.answered:
        return doubted(Draft("list", replace(base, short=None), evidence.retrieval), plan, corpus)
    found = merged(items_found(plan, evidence, base.ranked), corpus)
    if len(found) < FEWEST:
        return None
    cited: dict[tuple[str, int, int], Citation] = {}
    items = tuple(_item(one, cited) for one in found[:SHOWN])
    quotes = list(cited.values())
    statements = tuple(Statement(plain(one.quote), (one,)) for one in quotes[:QUOTED])
    made = replace(
        base,
        short=None,
        statements=statements,
        citations=tuple(quotes),
        candidates=tuple(replace(one, citations=()) for one in base.candidates),
    )
    more = f"\n… and {len(found) - SHOWN} more." if len(found) > SHOWN else ""
    text = "\n".join(f"- {one.text} {''.join(f'[{c.number}]' for c in one.citations)}" for one in items) + more
    draft = Draft("list", made, evidence.retrieval, text=text, items=items, items_total=len(found))
    return doubted(draft, plan, corpus)


def items_found(plan: Plan, evidence: Evidence, ranked: Sequence[ScoredSentence]) -> Iterator[Found]:
    """Yield the items of the leading sentences: of a bulleted list, an enumeration, or what the reader points at.

    Where the best sentence gives names, the others give names too; a list of dates takes dates alone.
    """
    asked = stems(content_words(plan.text))
    named: bool | None = None
    dated = plan.item is not None and stem(plan.item.split()[-1]) in {stem("dates"), stem("days")}
    best = ranked[0].score
    for at, one in enumerate(ranked[:READ]):
        if one.score < best - FLOOR:
            break
        listed = list(bulleted(one)) if at < 2 else []
        for text, start, end in listed:
            yield Found(text, one.score, [(one.article, start, end)])
        if listed:
            continue
        read = evidence.found.get(key(one))
        spans = [(s.start - one.start, s.end - one.start, s.probability) for s in read.spans] if read else []
        texts = list(_of_sentence(one.text, spans, at == 0))
        if named is None and texts:
            named = all(text[:1].isupper() for text in texts)
        for text in texts:
            fits = (not named or text[:1].isupper()) and (not dated or bool(dates(text)))
            if fits and not stems(content_words(text)) <= asked:
                yield Found(text, one.score, [(one.article, one.start, one.end)])


def _of_sentence(sentence: str, spans: Sequence[tuple[int, int, float]], best: bool) -> Iterator[str]:
    """Yield the items of a sentence: of the enumeration that the reader's words lie in, else those words."""
    likely = [(start, end, chance) for start, end, chance in spans if chance >= LIKELY_SPAN]
    runs = [(found.start(), found.end()) for found in _ENUMERATION.finditer(sentence)]
    touched = [run for run in runs if any(start < run[1] and run[0] < end for start, end, _ in likely)]
    if not touched and best and not likely:
        touched = runs[-1:]
    for first, last in touched:
        yield from enumerated(sentence[first:last])
    outside = [one for one in likely if not any(one[0] < last and first < one[1] for first, last in touched)]
    for start, end, _ in sorted(outside, key=lambda one: -one[2])[:1]:
        inner = _ENUMERATION.fullmatch(sentence[start:end])
        yield from enumerated(sentence[start:end]) if inner else [sentence[start:end]]


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
    return [part.strip(" .") for part in parts if part.strip(" .")]


def bulleted(one: ScoredSentence) -> Iterator[tuple[str, int, int]]:
    """Yield the lines of the bulleted or numbered list that a sentence stands before or in."""
    text = one.article.text
    start = text.rfind("\n\n", 0, one.start) + 1
    inside = bool(_BULLET.match(text, text.rfind("\n", 0, one.start) + 1))
    if not inside and not re.search(r":\s*$", one.text):
        return
    run: list[tuple[str, int, int]] = []
    for found in _BULLET.finditer(text, start if inside else one.end, one.end + NEAR):
        if run and text[run[-1][2] : found.start()].strip():
            if any(first <= one.start < last for _, first, last in run) or not inside:
                break
            run = []
        if len(found["item"].split()) <= LINE_WORDS:
            run.append((found["item"].strip().rstrip(".;,"), found.start("item"), found.end("item")))
    yield from run if len(run) >= FEWEST else ()


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
                if name_key(other.text) in variants or (words and words == words_in(other.text)) or _part(words, words_in(other.text))
            ),
            None,
        )
        if same is None:
            kept.append(one)
            continue
        same.places += [place for place in one.places if place[0].id not in {other[0].id for other in same.places}]
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
