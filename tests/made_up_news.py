"""Articles made up for the tests of stores, and what the tests ask of a store."""

import json
import lzma
import random
from pathlib import Path

from hashing_embedder import HashingEmbedder

from assistant.index import Store
from assistant.settings import Settings
from assistant.types import IngestReport

EMBEDDER = HashingEmbedder(256)
SUBJECTS = ("camels", "lorries", "turbines", "vaccines", "elections", "glaciers", "railways", "orchards")


def body(subject: str, sentences: int = 12) -> str:
    """Sentences that all name the subject and otherwise are of words drawn for it."""
    draw = random.Random(subject)
    words = ["".join(draw.choices("abcdefghiklmnoprstu", k=6)) for _ in range(400)]
    return " ".join(
        f"In report {number} of the week, {subject} near district {subject}-{number}: "
        f"{' '.join(draw.choices(words, k=6))}."
        for number in range(sentences)
    )


def page(title: str, published: str | None, publisher: str | None, text: str) -> str:
    front = {"title": title, "published": published, "publisher": publisher}
    lines = [f"{key}: {value}" for key, value in front.items() if value]
    return "---\n" + "\n".join(lines) + "\n---\n\n" + text + "\n"


def write_folder(place: Path) -> Path:
    """Eight articles, one subject each; the first has no date, the even ones are by Demo Wire."""
    (place / "sub").mkdir(parents=True)
    for number, subject in enumerate(SUBJECTS):
        published = f"2025-0{number}-15" if number else None
        publisher = "Demo Wire" if number % 2 == 0 else "Mock Courier"
        path = place / ("sub" if number > 5 else ".") / f"{subject}.md"
        path.write_text(page(f"News of {subject}", published, publisher, body(subject)))
    return place


def settings_of(place: Path | str, exact_passages: int) -> Settings:
    return Settings(index=place, exact_passages=exact_passages, passage_pieces=60, overlap_pieces=10)


def counted(report: IngestReport) -> tuple[int, int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed, report.failed


def ingest(index: Store, *sources: Path, prune: bool = False) -> tuple[int, int, int, int, int]:
    return counted(index.ingest([str(source) for source in sources], EMBEDDER, prune=prune))


def ids_found(index: Store, question: str, k: int = 5, **filters: object) -> list[str]:
    selection = index.select(**filters)  # type: ignore[arg-type]
    dense = index.search_vectors(EMBEDDER.embed_question(question), k, selection)
    return [stored.article.id for stored in index.passages([number for number, _ in dense])]


def worded(index: Store, *words: str, **filters: object) -> set[str]:
    selection = index.select(**filters)  # type: ignore[arg-type]
    ranked = index.search_words(words, 1000, selection)
    return {stored.article.id for stored in index.passages([number for number, _ in ranked])}


def passage_ids(index: Store) -> set[str]:
    numbers = [number for number, _ in index.search_vectors(EMBEDDER.embed_question("any"), 100_000)]
    return {stored.passage.id for stored in index.passages(numbers)}


def rows(path: Path, *subjects: str) -> Path:
    lines = [
        json.dumps({"id": f"row-{subject}", "title": subject, "text": body(subject)}) for subject in subjects
    ]
    path.write_bytes(lzma.compress(("\n".join(lines) + "\n").encode()))
    return path
