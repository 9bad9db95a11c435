"""Makes further examples of one: other runs of its sentences, its answer taken out, a name or date exchanged.

With few questions asked by people, a reader learns them by heart unless their passages differ each time; and what
people ask in vain differs from what they ask with success by a word or two.
"""

from __future__ import annotations

import calendar
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.text.sentences import split_sentences
from assistant.text.tokens import names

MOST_WORDS = 150
MONTHS, WEEKDAYS = list(calendar.month_name)[1:], list(calendar.day_name)
CALENDAR = re.compile(rf"\b(?:{'|'.join(MONTHS + WEEKDAYS)}|(?:19|20)\d\d)\b")
FIGURE = re.compile(r"(?<![\w.])\d+(?![\w.])")


@dataclass(slots=True)
class Example:
    """A question on ``text``; ``spans`` are its answers there, (start, end): none, and it does not answer."""

    question: str
    title: str
    text: str
    spans: list[tuple[int, int]]
    source: str


def occurrences(text: str, answers: Sequence[str], *, most: int = 6) -> list[tuple[int, int]]:
    """Find where answers stand as whole words, whatever their case."""
    found = []
    for answer in answers:
        plain = answer.strip(" .,;:'\"“”")
        if plain:
            pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, plain.split())) + r"(?!\w)"
            found += [match.span() for match in re.finditer(pattern, text, re.I)]
    return sorted(set(found))[:most]


def variants(example: Example, others: Sequence[str], chance: random.Random) -> Iterator[Example]:
    """Make examples of one asked by a person; ``others`` are texts that do not answer it."""
    yield cropped(example, chance)
    yield cropped(example, chance)
    if others:
        yield lengthened(example, chance.choice(others), chance)
    if example.spans:
        without = taken_out(example)
        if without:
            yield without
        changed = exchanged(example.question, example.text, example.text, chance)
        answers = [example.text[a:b].lower() for a, b in example.spans]
        if changed and chance.random() < 0.5 and not any(answer in changed.lower() for answer in answers):
            yield cropped(
                replace(example, question=changed, spans=[], source=f"{example.source}-exchanged"), chance
            )


def around(text: str, start: int, end: int, chance: random.Random) -> tuple[int, int]:
    """Choose a run of whole sentences that holds [start, end), of random length."""
    sentences = [(one.start, one.end) for one in split_sentences(text)]
    if not sentences:
        return 0, len(text)
    first = max((i for i, one in enumerate(sentences) if one[0] <= start), default=0)
    last = next((i for i, one in enumerate(sentences) if one[1] >= end), len(sentences) - 1)
    last = max(first, last)
    budget = chance.randint(40, MOST_WORDS + 30)

    def length() -> int:
        return len(text[sentences[first][0] : sentences[last][1]].split())

    while length() < budget and (first > 0 or last < len(sentences) - 1):
        if first > 0 and (last == len(sentences) - 1 or chance.random() < 0.5):
            first -= 1
        else:
            last += 1
    return sentences[first][0], sentences[last][1]


def cropped(example: Example, chance: random.Random) -> Example:
    """Keep a run of sentences of a long passage: around its answer, where there is one."""
    if len(example.text.split()) <= 40 or chance.random() < 0.3:
        return example
    at = example.spans[0] if example.spans else (chance.randrange(len(example.text)),) * 2
    start, end = around(example.text, at[0], at[1], chance)
    spans = [(a - start, b - start) for a, b in example.spans if start <= a and b <= end]
    if example.spans and not spans:
        return example
    return replace(example, text=example.text[start:end], spans=spans)


def lengthened(example: Example, other: str, chance: random.Random) -> Example:
    """Put a run of sentences of a text that does not answer before the passage, or after it."""
    short = cropped(example, chance)
    begin = chance.randrange(len(other))
    start, end = around(other, begin, begin, chance)
    more = other[start:end]
    if chance.random() < 0.5:
        return replace(short, text=f"{short.text} {more}")
    ahead = len(more) + 1
    return replace(short, text=f"{more} {short.text}", spans=[(a + ahead, b + ahead) for a, b in short.spans])


def taken_out(example: Example) -> Example | None:
    """Take the sentences out that hold the answer; None where it still stands elsewhere, or little is left."""
    kept = [
        example.text[one.start : one.end]
        for one in split_sentences(example.text)
        if not any(a < one.end and one.start < b for a, b in example.spans)
    ]
    text = " ".join(kept)
    if len(text.split()) < 15 or occurrences(text, [example.text[a:b] for a, b in example.spans]):
        return None
    return replace(example, text=text, spans=[], source=f"{example.source}-taken-out")


def exchanged(question: str, passage: str, elsewhere: str, chance: random.Random) -> str | None:
    """Put another date, number or name for one of the question's; names come from the passage or from elsewhere."""
    days = list(CALENDAR.finditer(question))
    if days and chance.random() < 0.5:
        day = chance.choice(days)
        return question[: day.start()] + _another_day(day.group(), chance) + question[day.end() :]
    figures = list(FIGURE.finditer(question))
    if figures and chance.random() < 0.3:
        figure = chance.choice(figures)
        value = str(max(1, int(figure.group()) + chance.choice([-3, -2, -1, 1, 2, 4, 10])))
        return question[: figure.start()] + value + question[figure.end() :]
    mine = [span for span in names(question) if span.start > 0]
    if not mine:
        return None
    span = chance.choice(mine)
    pool = [
        one.text
        for one in names(passage if chance.random() < 0.6 else elsewhere)
        if one.text.lower() not in question.lower()
        and span.text.lower() not in one.text.lower()
        and abs(len(one.text.split()) - len(span.text.split())) <= 1
    ]
    if not pool:
        return None
    return question[: span.start] + chance.choice(pool) + question[span.end :]


def _another_day(text: str, chance: random.Random) -> str:
    for listed in (MONTHS, WEEKDAYS):
        if text in listed:
            return chance.choice([one for one in listed if one != text])
    return str(int(text) + chance.choice([-3, -2, -1, 1, 2, 3]))
