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
import pickle
import random
import sys
from collections import Counter, defaultdict
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.text.tokens import content_words, stem
from training.made_examples import made
from training.news_passages import Window, quiz, windows
from training.variants import (
    Example,
    cropped,
    occurrences,
    variants,
)

SEED = 20240917
DEV_SHARE = 0.25


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


def _cut(job: tuple[int, str, str]) -> list[Window]:
    number, title, text = job
    return list(windows(number, title, text[:60_000], random.Random(SEED + number)))


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
