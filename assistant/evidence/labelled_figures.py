"""Figures with the name that each belongs to: "Ostermoor 27 points, Varnholt 25", "61 per cent in Arle, 58 in Ash".

Clauses in a row leave out what they share: the verb, the unit. What a clause lacks it has from the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.evidence.figures import amounts
from assistant.text.dates import dates
from assistant.text.numbers import Number, find_numbers
from assistant.text.phrases import phrases, proper_names
from assistant.text.sentences import split_sentences
from assistant.text.tokens import stem
from assistant.types import Article

BULLET = re.compile(r"^\s*(?:[-*•–·▪]|\(?\d{1,3}[.)])\s+")
_LABEL_CLAUSES = re.compile(r"\s*[;:,](?!\d)\s*(?:and\s+)?|\s+(?:and|but|while|whereas|against|before)\s+")
_MORE_OR_LESS = re.compile(
    r"\s*(?:[\w’'-]+\s+){0,2}?(?:more|fewer|less|ahead|behind|higher|lower|above|below|up|down)\b", re.I
)
_LABEL_KINDS = frozenset(("count", "percent", "points", "currency", "measure", "name"))
_BARE_KINDS = frozenset(("count", "name"))
_FIGURE_AFTER = re.compile(r"\s*(?:[a-z][\w’'-]*\s+){0,3}?(?:in|with|at|for|by|from|of|to)\s+(?:the\s+)?$")
_LABEL_TAIL = re.compile(r"(?:\s+[a-z][\w’'-]*){0,2}$")
_SINGLE = re.compile(r"\s+(?P<noun>[a-z]{3,})\b")
NEXT_WITHIN, GOES_ON_WORDS = 2, 8
"""A sentence so near and so short has the unit of the one before: "Arle has 34 boats. Lesk is next at 24"."""
LONGEST = 80
"""Sentences of an article that are looked at."""


@dataclass(frozen=True, slots=True)
class LabelledFigure:
    """A name and the figure that a sentence gives it; ``start`` and ``end`` bound the sentence in its article.

    ``unit`` holds the stems that stand for what is counted; it and the measure are those of the clause before where
    a clause has none.
    """

    label: str
    figure: str
    value: float
    unit: frozenset[str]
    percent: bool
    measure: str
    start: int = 0
    end: int = 0

    def comparable(self, other: LabelledFigure) -> bool:
        """Return True for figures of one unit."""
        same = bool(self.unit & other.unit) or self.unit == other.unit
        return same and self.percent == other.percent


def of_article(article: Article, near: int = 0) -> list[LabelledFigure]:
    """Find the labelled figures of an article, a list or a sequel sharing one unit; ``near`` is a place in it."""
    sentences = list(split_sentences(article.text))
    first = next((at for at, one in enumerate(sentences) if one.end > near), 0)
    first = max(0, min(first - LONGEST // 2, len(sentences) - LONGEST))
    found: list[LabelledFigure] = []
    for one in sentences[first : first + LONGEST]:
        text = article.text[one.start : one.end]
        listed = bool(BULLET.match(text) or BULLET.match(article.text[: one.end].rpartition("\n")[2]))
        goes_on = (
            bool(found)
            and 0 <= one.start - found[-1].end <= NEXT_WITHIN
            and len(text.split()) <= GOES_ON_WORDS
        )
        before = found[-1] if found and (listed or goes_on) else None
        found += [replace(each, start=one.start, end=one.end) for each in labelled_figures(text, before)]
    return found


def labelled_figures(sentence: str, before: LabelledFigure | None = None) -> list[LabelledFigure]:
    """Find the figures of a sentence that stand with a name; ``before`` lends its unit to one without."""
    bullet = BULLET.match(sentence)
    at = bullet.end() if bullet else 0
    numbers = [one for one in _numbers(sentence) if one.start >= at]
    units = {one.end: (one.unit, one.percent, one.measure) for one in amounts(sentence)}
    clauses = list(_clauses(sentence, at))
    follows = any(_name_after(sentence, start, end, numbers) for start, end in clauses)
    found: list[LabelledFigure] = []
    last = before
    label: str | None = None
    for start, end in clauses:
        own = [one for one in numbers if start <= one.start < end]
        if own:
            before_it, rest = sentence[start : own[0].lead], sentence[own[-1].end : end]
            name = subject_name(rest if follows else before_it)
            label = name or (label if _label_goes_on(before_it) and not proper_names(rest) else None)
        else:
            label = subject_name(sentence[start:end]) or label
        for one in own:
            if not label or _MORE_OR_LESS.match(sentence[one.end : end]):
                continue
            unit, percent, measure = units.get(one.end, (frozenset[str](), False, ""))
            single = _SINGLE.match(sentence, one.end) if one.low == one.high == 1 else None
            if single and not unit:
                unit = frozenset({stem(single["noun"])})
            elif last is not None and not (unit or percent or measure) and one.kind in _BARE_KINDS:
                unit, percent, measure = last.unit, last.percent, last.measure
            written = sentence[one.lead : one.end]
            last = LabelledFigure(label, written, float(one.low), unit, percent, measure)
            found.append(last)
    return found


def held_by(
    thing: set[str], figures: Sequence[LabelledFigure], stems_of_label: Sequence[set[str]]
) -> list[int]:
    """Return the places of the figures whose label a thing names, by their stems: whole, or by a part of it."""
    whole = [at for at, words in enumerate(stems_of_label) if words and words == thing]
    return whole or [
        at for at, words in enumerate(stems_of_label) if words and (words <= thing or thing <= words)
    ]


def _label_goes_on(before_figure: str) -> bool:
    """Return True where what stands before a figure leaves its subject to the clause before: "lost", or nothing."""
    return not before_figure.strip() or phrases(before_figure).kinds[:1] == "v"


def _numbers(sentence: str) -> list[Number]:
    taken = [(span.start, span.end) for span in dates(sentence)]
    return [
        one
        for one in find_numbers(sentence)
        if one.kind in _LABEL_KINDS
        and not (one.start and sentence[one.start - 1] in "-–" and one.kind == "name")  # "Skylab-2"
        and not any(start < one.end and one.start < end for start, end in taken)
    ]


def _clauses(sentence: str, at: int) -> Iterator[tuple[int, int]]:
    for found in _LABEL_CLAUSES.finditer(sentence, at):
        yield at, found.start()
        at = found.end()
    yield at, len(sentence)


def _name_after(sentence: str, start: int, end: int, numbers: Sequence[Number]) -> bool:
    """Return True where a clause begins with its figure and its name follows: "58 in Millhill"."""
    own = next((one for one in numbers if start <= one.start < end), None)
    if own is None or sentence[start : own.lead].strip():
        return False
    name = subject_name(sentence[own.end : end])
    return name is not None and bool(
        _FIGURE_AFTER.fullmatch(sentence[own.end : sentence.index(name, own.end)])
    )


def subject_name(clause: str) -> str | None:
    """Find the name that a clause is about: its first, with the nouns that belong to it ("the Alder dam")."""
    named = proper_names(clause)
    if not named:
        return None
    if len(named) > 1 and clause.lstrip().startswith(named[0]) and " " not in named[0]:
        between = clause[clause.index(named[0]) + len(named[0]) : clause.index(named[1])]
        if re.fullmatch(r"(?:\s+[a-z]+){1,2}\s+", between) and set(phrases(between).kinds) <= {"w", "s"}:
            named = named[1:]  # "Host country Norway"
    start = clause.index(named[0])
    end = start + len(named[0])
    possessed = re.match(r"[’']s?\s+(?=[A-Z])", clause[end:])
    if possessed and len(named) > 1:  # "the Farmers' League"
        end = clause.index(named[1], end) + len(named[1])
    tail = _LABEL_TAIL.match(clause[end:].rstrip())
    if tail and tail.group() and set(phrases(tail.group()).kinds) <= {"w", "s"}:
        end += len(tail.group())
    return clause[start:end]
