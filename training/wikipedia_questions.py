"""The questions of SQuAD 2.0 and Natural Questions, with their passages as articles."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from assistant.types import Article


@dataclass(frozen=True)
class Question:
    """A question, the article that answers it, and the spans (start, end) that do; none: unanswerable."""

    text: str
    article: str
    spans: tuple[tuple[int, int], ...]
    title: str


def load(data: Path) -> tuple[dict[str, Article], list[Question]]:
    """Read the passages as articles, and the questions on them."""
    articles: dict[str, Article] = {}
    questions = []

    def article(title: str, text: str) -> str:
        key = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()[:16]
        digest = hashlib.sha256(text.encode()).hexdigest()
        articles.setdefault(key, Article(key, text, title=title, path=f"memory:{key}", sha256=digest))
        return key

    with (data / "squad2" / "questions.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            spans = tuple((a["answer_start"], a["answer_start"] + len(a["text"])) for a in row["answers"])
            questions.append(
                Question(row["question"], article(row["title"], row["context"]), spans, row["title"])
            )
    with gzip.open(data / "nq" / "nq-open-oracle.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            context = row["ctxs"][0]
            lowered = context["text"].lower()
            spans = tuple(
                (lowered.find(answer.lower()), lowered.find(answer.lower()) + len(answer))
                for answer in row["answers"]
                if answer.lower() in lowered
            )
            if spans:
                key = article(context["title"], context["text"])
                questions.append(Question(row["question"] + "?", key, spans, context["title"]))
    return articles, questions
