"""Gathers what the reader is trained on: questions, passages, and where in them the answers stand.

    python -m training.reader_data DATA OUT [--made 120000]

Sources: SQuAD 2.0 (``squad2/``), Natural Questions with gold passages and QED (``nq/``), the RealTimeQA questions
up to June 2024 with the articles that a search returned for them (``realtimeqa/train-*``, distant supervision),
and questions made of the sentences of those articles (``made_questions``). Unanswerable pairs: SQuAD's own, the
passages most like the question that hold no answer, the passage with the answering sentence taken out, and the
question with a name exchanged. Every fourth Wikipedia title is kept apart for development.
"""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
import math
import pickle
import random
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.text.sentences import split_sentences
from assistant.text.tokens import content_words, stem
from training.made_questions import Made, make, unasked
from training.variants import (
    MOST_WORDS,
    Example,
    cropped,
    exchanged,
    lengthened,
    occurrences,
    taken_out,
    variants,
)

SEED = 20240917
DEV_SHARE = 0.25
TAGGER = Path(__file__).parent / "tag_sentences.js"


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


def squad(data: Path, chance: random.Random) -> tuple[list[Example], list[Example]]:
    """Read SQuAD 2.0: examples to train on, and those of the titles kept apart, whole."""
    rows = [json.loads(line) for line in (data / "squad2" / "questions.jsonl").open(encoding="utf-8")]
    titles = sorted({row["title"] for row in rows})
    random.Random(SEED).shuffle(titles)
    apart = set(titles[: int(len(titles) * DEV_SHARE)])
    train, dev = [], []
    contexts: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["context"] not in contexts[row["title"]]:
            contexts[row["title"]].append(row["context"])
    for row in rows:
        spans = sorted({(a["answer_start"], a["answer_start"] + len(a["text"])) for a in row["answers"]})
        title = row["title"].replace("_", " ")
        example = Example(row["question"], title, row["context"], spans, "squad2")
        if row["title"] in apart:
            dev.append(example)
            continue
        answers = [row["context"][a:b] for a, b in spans]
        others = [c for c in contexts[row["title"]] if c != row["context"] and not occurrences(c, answers)]
        train += variants(example, others, chance)
        if spans and others:
            asked = set(map(stem, content_words(row["question"])))
            other = max(
                chance.sample(others, min(12, len(others))),
                key=lambda c: len(asked & set(map(stem, content_words(c)))),
            )
            train.append(cropped(Example(row["question"], title, other, [], "squad2-other"), chance))
    return train, dev


def natural(data: Path, chance: random.Random) -> tuple[list[Example], list[Example]]:
    """Read Natural Questions and QED with gold passages; a sixth of the titles is kept apart."""
    found = []
    with gzip.open(data / "nq" / "nq-open-oracle.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            context = row["ctxs"][0]
            spans = occurrences(context["text"], row["answers"])
            if spans:
                found.append(Example(row["question"], context["title"], context["text"], spans, "nq"))
    seen = {one.question for one in found}
    for line in (data / "nq" / "qed-dev.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        text = row["paragraph_text"]
        spans = [
            (a["start"], a["end"])
            for group in row["original_nq_answers"]
            for a in group
            if text[a["start"] : a["end"]].strip() and a["end"] - a["start"] < 120
        ]
        if spans and row["question_text"] not in seen:
            found.append(Example(row["question_text"], row["title_text"], text, sorted(set(spans)), "qed"))
    titles = sorted({one.title for one in found})
    random.Random(SEED).shuffle(titles)
    apart = set(titles[: len(titles) // 6])
    vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=True, dtype=np.float32)
    texts = vectorizer.fit_transform([one.text for one in found])
    likeness = vectorizer.transform([one.question for one in found]) @ texts.T
    train, dev = [], []
    for number, one in enumerate(found):
        answers = [one.text[a:b] for a, b in one.spans]
        row = likeness[number]
        order = row.indices[np.argsort(-row.data)][:20]
        negatives = [
            Example(one.question, found[i].title, found[i].text, [], "nq-other")
            for i in order
            if found[i].title not in apart
            and found[i].text != one.text
            and not occurrences(found[i].text, answers)
        ][:2]
        if one.title in apart:
            dev += [one, *negatives[:1]]
        else:
            train += variants(one, [negative.text for negative in negatives], chance)
            train += [cropped(negative, chance) for negative in negatives]
    return train, dev


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
                gold = Example(row["question"], one.title, one.text, _near(one, spans, asked), "quiz")
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


def _near(window: Window, spans: list[tuple[int, int]], asked: set[str]) -> list[tuple[int, int]]:
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


def _cut(job: tuple[int, str, str]) -> list[Window]:
    number, title, text = job
    return list(windows(number, title, text[:60_000], random.Random(SEED + number)))


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
            return [Example(question, other.title, other.text, _near(other, spans, asked), "made-elsewhere")]
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


def main() -> int:
    """Gather the examples and write them as pickles: ``train.pkl`` and ``dev.pkl``."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--made", type=int, default=120_000)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    chance = random.Random(SEED)
    squad_train, squad_dev = squad(arguments.data, chance)
    natural_train, natural_dev = natural(arguments.data, chance)
    labelled = squad_train + natural_train
    _save(arguments.out / "labelled-wikipedia.pkl", labelled)
    _save(arguments.out / "dev.pkl", squad_dev + natural_dev)
    jobs, urls = [], []
    with lzma.open(arguments.data / "realtimeqa" / "train-articles.jsonl.xz", "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            row = json.loads(line)
            jobs.append((number, row["title"] or "", row["text"]))
            urls.append(row["id"])
    with Pool(2) as pool:
        cut = pool.map(_cut, jobs, chunksize=64)
    all_windows = [window for group in cut for window in group]
    print(len(all_windows), "windows", flush=True)
    by_url: dict[str, list[int]] = defaultdict(list)
    for i, window in enumerate(all_windows):
        by_url[urls[window.article]].append(i)
    asked = quiz(arguments.data, all_windows, by_url, chance)
    _save(arguments.out / "labelled-quiz.pkl", asked)
    vectorizer = TfidfVectorizer(
        stop_words="english", sublinear_tf=True, max_df=0.02, min_df=2, dtype=np.float32
    )
    matrix = vectorizer.fit_transform([f"{one.title} {one.text}" for one in all_windows])
    examples = made(all_windows, arguments.made, vectorizer, matrix, chance)
    _save(arguments.out / "made.pkl", examples)
    return 0


def _save(path: Path, examples: list[Example]) -> None:
    print(
        path.name,
        len(examples),
        dict(Counter(f"{one.source}{'' if one.spans else ' (none)'}" for one in examples)),
        flush=True,
    )
    with path.open("wb") as file:
        pickle.dump(examples, file)


if __name__ == "__main__":
    sys.exit(main())
