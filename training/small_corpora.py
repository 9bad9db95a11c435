"""Questions asked over corpora of few articles: what their own article answers, and what nothing there does."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tqdm import tqdm

from assistant.index import Index
from assistant.models.load import load_embedder
from assistant.settings import Settings
from assistant.types import Article
from training.judged_rows import Row, ask_over

# of the questions on the articles of the next corpus, every fourth is asked as well: nothing answers them here
ELSEWHERE = 4


@contextmanager
def small_index(articles: Sequence[Article]) -> Iterator[tuple[Index, Settings]]:
    """Index some articles in a folder that goes with the context."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(index=Path(folder) / "index")
        with Index.open(settings, create=True) as index:
            index.add_articles(articles, load_embedder(settings))
            yield index, settings


def read_small(data: Path, where: Path, held: Sequence[str], size: int) -> list[Row]:
    """Ask every question on the held articles over corpora of ``size`` of them, and some over another."""
    lines = (data / "written" / "train-questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked: dict[str, list[dict[str, Any]]] = {one: [] for one in held}
    for one in map(json.loads, lines):
        if one["article"] in asked:
            asked[one["article"]].append(one)
    with Index.open(Settings(index=where)) as index:
        articles = [index.article(one) for one in sorted(held)]
    groups = [articles[i : i + size] for i in range(0, len(articles), size)]
    rows: list[Row] = []
    for group, others in tqdm(list(zip(groups, [*groups[1:], groups[0]], strict=True)), mininterval=30):
        own = [one for article in group for one in asked[article.id]]
        strange = [one for article in others for one in asked[article.id]][::ELSEWHERE]
        with small_index(group) as (index, settings):
            rows += ask_over(index, settings, [*own, *({**one, "answerable": False} for one in strange)])
    return rows
