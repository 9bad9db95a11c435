"""A question or statement with a text, as the judging reader is taught on it, and runs of a text's sentences."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.evaluation.examples import open_text
from assistant.text.sentences import split_sentences

SUPPORTED, CONTRADICTED, NEITHER, NOT_SUPPORTED = range(4)
WORD = re.compile(r"\w+")

Span = tuple[int, int]
Source = dict[str, Any]


@dataclass(slots=True)
class Row:
    """A question ("q") or statement ("s") with a title and a text.

    ``label``: 1 and 0 for a question that the text answers or not; of a statement SUPPORTED, CONTRADICTED, NEITHER,
    or NOT_SUPPORTED where the set does not say which of the last two. ``verdict``: 0 yes, 1 no, -1 for no such
    question. ``spans`` and ``evidence`` are offsets in the text of the short answer and of the sentences that
    answer, None where they are not known. Statements of one ``pair`` differ in little: the supported one should be
    the likelier. ``chance``: how likely a statement is supported, as another model says; it stands for the label.
    """

    asked: str
    title: str
    text: str
    task: str
    label: int
    source: str
    verdict: int = -1
    spans: list[Span] | None = None
    evidence: list[Span] | None = None
    pair: int = -1
    chance: float | None = None


class Text:
    """A text cut into sentences, from which runs can be taken."""

    def __init__(self, text: str, title: str = "") -> None:
        self.title, self.text = title, text
        self.sentences = [(one.start, one.end) for one in split_sentences(text)]

    def overlapping(self, spans: Sequence[Sequence[int]]) -> list[int]:
        """Return the numbers of the sentences that share something with spans."""
        return [
            number
            for number, (start, end) in enumerate(self.sentences)
            if any(min(end, b) > max(start, a) for a, b in spans)
        ]

    def run(
        self, keep: Sequence[int], words: int, chance: random.Random, drop: Sequence[int] = ()
    ) -> tuple[str, dict[int, Span]] | None:
        """Take the sentences ``keep`` and others around them, to so many words, without those of ``drop``.

        Returns the run and where each sentence lies in it; None where nothing is left.
        """
        left = [number for number in range(len(self.sentences)) if number not in drop]
        places = [left.index(number) for number in keep if number in left]
        if not places:
            return None
        first, last = min(places), min(max(places), min(places) + 12)
        lengths = [len(self.text[slice(*self.sentences[number])].split()) for number in left]
        while sum(lengths[first : last + 1]) < words and (first > 0 or last < len(left) - 1):
            if first > 0 and (last == len(left) - 1 or chance.random() < 0.5):
                first -= 1
            else:
                last += 1
        run, where = "", {}
        for number in left[first : last + 1]:
            part = " ".join(self.text[slice(*self.sentences[number])].split())
            run += " " if run else ""
            where[number] = (len(run), len(run) + len(part))
            run += part
        return run, where


def load(path: Path) -> list[Source]:
    """Read JSON lines, compressed or not."""
    with open_text(path) as file:
        return [json.loads(line) for line in file]


def occurrences(text: str, answers: Sequence[str]) -> list[Span]:
    """Find answers as whole words."""
    found = []
    for answer in (" ".join(one.split()) for one in answers):
        if answer:
            found += [m.span() for m in re.finditer(rf"(?<!\w){re.escape(answer)}(?!\w)", text)]
    return found
