"""Articles cut into runs of sentences, and the quiz questions that have their answers there."""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistant.text.sentences import split_sentences
from assistant.text.tokens import content_words, stem
from training.variants import MOST_WORDS, Example, lengthened, occurrences, taken_out


@dataclass(slots=True)
class Window:
    """A run of sentences of an article; ``sentences`` are their offsets in ``text``."""

    article: int
    title: str
    text: str
    sentences: list[tuple[int, int]]
    stems: set[str] = field(default_factory=set)


def windows(number: int, title: str, text: str, chance: random.Random) -> Iterator[Window]:
    """Cut an article into runs of whole sentences of differing length."""
    group: list[tuple[int, int]] = []
    words, budget = 0, chance.randint(40, MOST_WORDS)
    for one in split_sentences(text):
        count = len(text[one.start : one.end].split())
        if group and words + count > budget:
            yield _window(number, title, text, group)
            group, words, budget = [], 0, chance.randint(40, MOST_WORDS)
        if count <= MOST_WORDS:
            group.append((one.start, one.end))
            words += count
    if group:
        yield _window(number, title, text, group)


def quiz(
    data: Path, all_windows: list[Window], by_url: dict[str, list[int]], chance: random.Random
) -> list[Example]:
    """Pair the RealTimeQA questions with passages of the articles found for them, by the answer's words."""
    frequency: Counter[str] = Counter()
    for one in all_windows:
        frequency.update(one.stems)
    examples = []
    for line in (data / "realtimeqa" / "train-questions.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        if not row["contains_answer"]:
            continue
        asked = {stem(word) for word in content_words(row["question"])}
        weight = {word: math.log(len(all_windows) / (1 + frequency[word])) for word in asked}
        total = sum(weight.values()) or 1.0
        with_answer, without = [], []
        for url in row["retrieved"]:
            for i in by_url.get(url, ()):
                one = all_windows[i]
                share = sum(weight[word] for word in asked & one.stems) / total
                spans = occurrences(one.text, row["answers"])
                (with_answer if spans else without).append((share + 0.01 * chance.random(), i, spans))
        with_answer.sort(key=lambda found: -found[0])
        without.sort(key=lambda found: -found[0])
        best = with_answer[0][0] if with_answer else 0.0
        for share, i, spans in with_answer[:4]:
            if share >= 0.4 and share >= 0.7 * best:
                one = all_windows[i]
                gold = Example(
                    row["question"], one.title, one.text, nearest_to_question(one, spans, asked), "quiz"
                )
                examples.append(gold)
                if without:
                    examples.append(lengthened(gold, all_windows[without[0][1]].text, chance))
                bare = taken_out(gold)
                if bare:
                    examples.append(bare)
        if best >= 0.4:
            for _, i, _ in without[:4]:
                one = all_windows[i]
                examples.append(Example(row["question"], one.title, one.text, [], "quiz-other"))
        evidence = row["evidence_text"].strip()[:1200]
        spans = occurrences(evidence, row["answers"])
        if spans:
            title = next((all_windows[i].title for url in row["retrieved"] for i in by_url.get(url, ())), "")
            examples.append(Example(row["question"], title, evidence, spans, "quiz"))
    return [one for one in examples if one.spans or one.source != "quiz"]


def nearest_to_question(
    window: Window, spans: list[tuple[int, int]], asked: set[str]
) -> list[tuple[int, int]]:
    """Keep the occurrences in the sentence that shares most with the question."""

    def shared(span: tuple[int, int]) -> int:
        a, b = next(((a, b) for a, b in window.sentences if a <= span[0] < b), (0, len(window.text)))
        return len(asked & {stem(word) for word in content_words(window.text[a:b])})

    scores = [shared(span) for span in spans]
    return [span for span, score in zip(spans, scores, strict=True) if score == max(scores)]


def _window(number: int, title: str, text: str, group: list[tuple[int, int]]) -> Window:
    start, end = group[0][0], group[-1][1]
    body = text[start:end]
    stems = {stem(word) for word in content_words(body)}
    return Window(number, title, body, [(a - start, b - start) for a, b in group], stems)
