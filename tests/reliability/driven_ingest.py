"""Ingests of articles in editions, run by ``ingest_driver.py`` in processes of their own, and what they left."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

from hashing_embedder import HashingEmbedder
from ingest_driver import settings_of

from assistant.index import Index

DRIVER = Path(__file__).with_name("ingest_driver.py")
TESTS = Path(__file__).parent.parent
EMBEDDER = HashingEmbedder()
ARTICLES = 240
Contents = dict[str, tuple[str, ...]]


def words(seed: str, count: int) -> str:
    draw = random.Random(seed)
    return " ".join("".join(draw.choices("abcdefghiklmnoprstu", k=6)) for _ in range(count))


def write_rows(path: Path, edition: int, order: random.Random | None = None) -> None:
    """Articles of which every second differs between editions, and every tenth is in the first only.

    In another order the file is another, and is read again, though no article in it has changed.
    """
    rows = []
    for number in range(ARTICLES):
        if edition and number % 10 == 0:
            continue
        seed = f"{number} {edition if number % 2 == 0 else 0}"
        text = " ".join(f"{words(f'{seed} {place}', 8).capitalize()}." for place in range(25))
        rows.append(json.dumps({"id": f"row{number}", "title": f"Marker{number}", "text": text}) + "\n")
    if order:
        order.shuffle(rows)
    path.write_text("".join(rows))


def start(index: Path, source: Path, **variables: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(DRIVER), str(index), str(source)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent))), **variables},
    )


def told(lines: str) -> set[tuple[str, str]]:
    """What a run reported; its last line counts only when it is whole."""
    said = [line.split() for line in lines.split("\n")[:-1]]
    return {(words[0], words[1]) for words in said if words[0] in {"added", "updated", "removed"}}


def contents(path: Path) -> Contents:
    """Every article that can be found by its title, with the ids of its passages."""
    found: dict[str, set[str]] = {}
    with Index.open(settings_of(path)) as index:
        numbers = [number for number, _ in index.search_vectors(EMBEDDER.embed_question("any"), 10**6)]
        for stored in index.passages(numbers):
            found.setdefault(stored.article.id, set()).add(stored.passage.id)
        for name, ids in found.items():
            ranked = index.search_words([f"Marker{name.removeprefix('row')}"], 1000)
            assert {one.passage.id for one in index.passages([number for number, _ in ranked])} == ids
        assert set(found) == {one.id for one in index.articles()}
    return {name: tuple(sorted(ids)) for name, ids in found.items()}


def generations(index: Path) -> set[str]:
    folder = index / "generations"
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def wait_for_lines(process: subprocess.Popen[str], lines: int) -> str:
    """Wait until a run has said so many lines, the first of them "begun", or has ended; return them."""
    assert process.stderr
    return "".join(process.stderr.readline() for _ in range(lines))


def check_each_article(
    present: Contents, before: Contents, after: Contents, safe: set[tuple[str, str]]
) -> None:
    """Each article is wholly as it was or wholly as it is to be; what was reported is the latter."""
    for name in present.keys() | before.keys() | after.keys():
        assert present.get(name) in (before.get(name), after.get(name)), f"{name} is neither old nor new"
    for kind, name in safe:
        assert present.get(name) == after.get(name), f"{name} was reported {kind} and is not"
        assert (kind == "removed") == (name not in after)
