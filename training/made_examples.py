"""Examples of questions that rules made: with passages that answer them, and with those that do not."""

from __future__ import annotations

import json
import random
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.text.tokens import content_words, stem
from training.made_questions import Made, make, unasked
from training.news_passages import Window, nearest_to_question
from training.variants import Example, exchanged, occurrences, taken_out

TAGGER = Path(__file__).parent / "tag_sentences.js"


def tag(sentences: Sequence[str]) -> list[list[list[str]]]:
    """Tag sentences with ``tag_sentences.js`` (needs node, wink-nlp and wink-eng-lite-web-model)."""
    joined = "\n".join(re.sub(r"[\n\r\u2028\u2029\x85\x0b\x0c\x1c-\x1e]", " ", one) for one in sentences)
    done = subprocess.run(["node", str(TAGGER)], input=joined.encode(), capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.decode().split("\n") if line]


def made(
    all_windows: list[Window],
    count: int,
    vectorizer: TfidfVectorizer,
    matrix: csr_matrix,
    chance: random.Random,
) -> list[Example]:
    """Make questions of windows, and pair each with passages that answer it and that do not."""
    chosen = chance.sample(range(len(all_windows)), min(len(all_windows), int(count / 2.2)))
    sentences = [(i, a, b) for i in chosen for a, b in all_windows[i].sentences]
    tagged = tag([all_windows[i].text[a:b] for i, a, b in sentences])
    if len(tagged) != len(sentences):
        raise RuntimeError(f"{len(sentences)} sentences, {len(tagged)} tagged")
    found: list[tuple[int, int, int, Made]] = []
    lacking: list[Example] = []
    for (i, a, b), tokens in zip(sentences, tagged, strict=True):
        questions = make(all_windows[i].text[a:b], tokens, chance)
        found += [(i, a, b, one) for one in chance.sample(questions, min(2, len(questions)))]
        for text in unasked(all_windows[i].text, all_windows[i].text[a:b], tokens, chance):
            lacking.append(Example(text, all_windows[i].title, all_windows[i].text, [], "made-unasked"))
    chance.shuffle(found)
    found = found[:count]
    print(len(found), "questions made", flush=True)
    neighbours = similar([one.question for _, _, _, one in found[: count // 2]], vectorizer, matrix)
    examples: list[Example] = chance.sample(lacking, min(len(lacking), len(found) // 10))
    for number, (i, a, b, one) in enumerate(found):
        window = all_windows[i]
        answer = window.text[a:b][one.start : one.end]
        question = varied(one.question, chance)
        if number < len(neighbours):
            elsewhere = [j for j in neighbours[number] if all_windows[j].article != window.article]
            kept = [all_windows[j] for j in elsewhere] if one.kind != "where" else []
            examples += told_elsewhere(question, answer, kept)
            hard = [
                j for j in neighbours[number] if j != i and not occurrences(all_windows[j].text, [answer])
            ]
            if hard and chance.random() < 0.5:
                other = all_windows[hard[0]]
                examples.append(Example(question, other.title, other.text, [], "made-other"))
                if chance.random() < 0.4:
                    continue
        drawn = chance.random()
        span = (a + one.start, a + one.end)
        if drawn < 0.62:
            examples.append(Example(question, window.title, window.text, [span], f"made-{one.kind}"))
        elif drawn < 0.82:
            bare = taken_out(Example(question, window.title, window.text, [span], "made"))
            if bare:
                examples.append(bare)
        else:
            changed = exchanged(question, window.text, all_windows[chance.choice(chosen)].text, chance)
            if changed and answer.lower() not in changed.lower():
                examples.append(Example(changed, window.title, window.text, [], "made-exchanged"))
    return examples


def told_elsewhere(question: str, answer: str, others: Sequence[Window]) -> list[Example]:
    """Find the first passage of another article that shares most of a question's words, and the answer."""
    asked = {stem(word) for word in content_words(question)}
    for other in others:
        spans = occurrences(other.text, [answer])
        if spans and len(asked & other.stems) >= 0.6 * max(1, len(asked)):
            return [
                Example(
                    question,
                    other.title,
                    other.text,
                    nearest_to_question(other, spans, asked),
                    "made-elsewhere",
                )
            ]
    return []


def varied(question: str, chance: random.Random) -> str:
    """Write a question as people do: now and then without its mark or capital."""
    if chance.random() < 0.15:
        question = question.rstrip("?")
    if chance.random() < 0.1:
        question = question.lower()
    return question


def similar(questions: Sequence[str], vectorizer: TfidfVectorizer, matrix: csr_matrix) -> list[list[int]]:
    """Find for each question the ten passages most like it by TF-IDF."""
    found = []
    transposed = matrix.T.tocsr()
    for at in range(0, len(questions), 500):
        scores = vectorizer.transform(questions[at : at + 500]) @ transposed
        for i in range(scores.shape[0]):
            row = scores.indices[scores.indptr[i] : scores.indptr[i + 1]]
            data = scores.data[scores.indptr[i] : scores.indptr[i + 1]]
            top = np.argpartition(-data, min(10, len(data) - 1))[:10] if len(data) else []
            found.append([int(row[j]) for j in sorted(top, key=lambda j: -data[j])])
    return found
