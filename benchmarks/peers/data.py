"""The articles, questions and passages of the comparison, drawn from RealTimeQA by a fixed seed."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from assistant.ingest import UnreadableError, document_from_mapping, to_article
from assistant.ingest.passages import split_passages
from assistant.models.load import load_embedder
from assistant.settings import Settings
from benchmarks.peers.rows import read_rows, write_rows
from benchmarks.peers.vectors import base_vectors

SEED = 20_250_701
LONGEST_WORDS = 4000
EVIDENCE = 2
SENTENCES = 30
SHARE_OF_EVIDENCE = 0.6

Row = dict[str, Any]


def write_subset(source: Path, folder: Path, articles: int) -> None:
    """Write ``articles.jsonl`` and ``questions.jsonl``: a part of RealTimeQA dev that is quick to embed.

    Questions whose answer stands in an article are drawn, with up to two such articles each, until
    these make three fifths of the articles; the rest are drawn from all. Articles over 4,000 words
    are left out.
    """
    chance = random.Random(SEED)
    by_id = {
        row["id"]: row
        for row in read_rows(source / "dev-articles.jsonl.xz")
        if len(row["text"].split()) <= LONGEST_WORDS
    }
    asked = [row for row in read_rows(source / "dev-questions.jsonl") if row["evidence"]]
    chance.shuffle(asked)
    chosen: dict[str, Row] = {}
    questions: list[Row] = []
    for row in asked:
        evidence = [name for name in row["evidence"] if name in by_id][:EVIDENCE]
        if len(chosen) + len(evidence) > articles * SHARE_OF_EVIDENCE:
            break
        if evidence:
            chosen.update({name: by_id[name] for name in evidence})
            questions.append(row)
    others = [name for name in by_id if name not in chosen]
    chance.shuffle(others)
    chosen.update({name: by_id[name] for name in others[: articles - len(chosen)]})
    rows = list(chosen.values())
    chance.shuffle(rows)
    folder.mkdir(parents=True, exist_ok=True)
    write_rows(folder / "articles.jsonl", rows)
    write_rows(folder / "questions.jsonl", questions)


def made_up(rows: list[Row]) -> Iterator[Row]:
    """Make articles without end, each of sentences that are drawn from all articles by a fixed seed."""
    chance = random.Random(SEED)
    pool = [sentence for row in rows for sentence in row["text"].replace("\n", " ").split(". ")]
    for number in itertools.count():
        text = ". ".join(chance.choices(pool, k=SENTENCES))
        yield {"id": f"made-up-{number}", "title": chance.choice(rows)["title"], "text": text}


def write_scale(source: Path, folder: Path, sizes: list[int]) -> None:
    """Write a folder for each size: articles, their passages (at least so many) and the base of vectors.

    The passages are those that this assistant cuts, for all systems. Where the articles do not suffice, further
    ones are made of their sentences.
    """
    settings = Settings()
    embedder = load_embedder(settings)
    questions = [row for row in read_rows(source / "dev-questions.jsonl") if row["evidence"]]
    random.Random(SEED).shuffle(questions)
    articles: list[Row] = []
    passages: list[str] = []
    seen: set[str] = set()
    pending = sorted(sizes)
    rows = [row for part in ("dev", "train") for row in read_rows(source / f"{part}-articles.jsonl.xz")]
    for row in itertools.chain(rows, made_up(rows)):
        if not pending:
            break
        if row["id"] in seen:
            continue
        seen.add(row["id"])
        try:
            article = to_article(document_from_mapping(row), fallback_id=row["id"], path="")
        except UnreadableError:
            continue
        articles.append(row)
        passages.extend(one.text for one in split_passages(article, embedder.count_pieces, settings))
        if len(passages) >= pending[0]:
            out = folder / str(pending.pop(0))
            out.mkdir(parents=True, exist_ok=True)
            write_rows(out / "articles.jsonl", articles)
            write_rows(out / "passages.jsonl", ({"text": text} for text in passages))
            write_rows(out / "questions.jsonl", questions)
            base = folder / str(min(sizes)) / "base.npy"
            np.save(out / "base.npy", np.load(base) if base.exists() else base_vectors(passages))
