"""Questions on which the judging reader's findings are weighed: what was read for each, and what is right."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from assistant.evaluation.matching import token_f1
from assistant.evidence.features import log_odds
from assistant.evidence.gather import examine
from assistant.evidence.short_answers import from_spans
from assistant.evidence.windows import OUTRANKED, read_features
from assistant.index import Index
from assistant.models.load import judging_reader, load_embedder
from assistant.names import known_names
from assistant.question.understand import understand
from assistant.retrieval.search import retrieve
from assistant.settings import Settings

RIGHT = 0.6
Place = tuple[str, int]


@dataclass(slots=True)
class Row:
    """A question, what was read for it, and what is right."""

    question: dict[str, Any]
    half: int
    evidence: Any
    right: set[Place] = field(default_factory=set)

    @property
    def answerable(self) -> bool:
        """Whether its article answers it."""
        return bool(self.question["answerable"])


def read_all(data: Path, where: Path, held: set[str], part: str) -> list[Row]:
    """Ask every question on the held articles over the index."""
    lines = (data / "written" / f"{part}-questions.jsonl").read_text(encoding="utf-8").splitlines()
    chosen = [one for one in map(json.loads, lines) if not held or one["article"] in held]
    settings = Settings(index=where)
    with Index.open(settings) as index:
        return ask_over(index, settings, tqdm(chosen, mininterval=30))


def ask_over(index: Index, settings: Settings, questions: Iterable[dict[str, Any]]) -> list[Row]:
    """Ask questions over an index, and keep what was read for each."""
    embedder, reader = load_embedder(settings), judging_reader()
    names = known_names(index, settings)
    rows = []
    for one in questions:
        query = understand(one["question"], settings)
        found = retrieve(query, index, embedder, settings, k=settings.reread, names=names)
        evidence = examine(query, found, embedder, reader, settings, settings.hits, reader)
        right = {
            (s.article.id, s.start)
            for s in evidence.ranked
            if one["answerable"]
            and s.article.id == one["article"]
            and any(min(s.end, b) - max(s.start, a) > 0 for a, b in one["sentences"])
        }
        rows.append(Row(one, zlib.crc32(one["article"].encode()) // 10 % 2, evidence, right))
    return rows


def was_judged(row: Row, one: Any) -> bool:
    """Return True where the judging reader read a sentence, and not the small one alone."""
    read = row.evidence.found.get((one.article.id, one.start))
    return read is not None and read.answering is not None


def described(one: Any, found: Any) -> list[float]:
    """Describe a sentence; its score by words was moved by the ranking, so that it is computed anew."""
    row = read_features(one, found[one.article.id, one.start])
    row[0] = float(log_odds("sentence", [one.features])[0])
    return row


def gathered_of(row: Row, ranked: list[Any]) -> list[Any]:
    """Gather the short answers of a row as they now rank, those that were judged."""
    return from_spans(row.evidence.asked, ranked, row.evidence.found)


def is_right(row: Row, text: str) -> bool:
    """Return True when a short answer is the one expected."""
    short = row.question["short"]
    return bool(row.answerable and short and token_f1(text, [short]) >= RIGHT)


def rescored(row: Row, weights: list[float]) -> list[Any]:
    """Rank the sentences that were read, those that the judging reader read with their new scores."""
    found = row.evidence.found
    judged = [one for one in row.evidence.ranked if was_judged(row, one)]
    if not judged:
        return []
    odds = np.array([described(one, found) for one in judged]) @ np.array(weights)[1:] + weights[0]
    again = [replace(one, score=float(score)) for one, score in zip(judged, odds, strict=True)]
    most = float(odds.max()) - OUTRANKED
    again += [
        replace(one, score=min(one.score, most))
        for one in row.evidence.ranked
        if (one.article.id, one.start) in found and not was_judged(row, one)
    ]
    return sorted(again, key=lambda one: -one.score)
