"""How well pages are read: our reader and trafilatura side by side on folders of public benchmarks.

    SCRAPINGHUB=… HTMLDATE=… FUNDUS=… python -m benchmarks.reading

SCRAPINGHUB holds ``ground-truth.json`` and ``html/ID.html.gz`` (scrapinghub/article-extraction-benchmark);
HTMLDATE files ``eval*.json`` ({address: {"file", "date"}}) and the pages that they name, in any folder below;
FUNDUS files ``NAME.json`` ({version: {"authors", "publishing_date", "title", "body"}}) beside ``NAME_….html.gz``.
What is not given is left out. Prints a JSON object: for each folder and reader its figures, and words per second.
"""

from __future__ import annotations

import gzip
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.ingest.formats.decode import decode_text, stated_charset
from assistant.ingest.formats.html import read_html
from assistant.ingest.metadata.documents import UnreadableError, to_article

SHINGLE = 4


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and what is known of it; what is not known is None."""

    markup: str
    url: str | None
    text: str | None = None
    date: str | None = None
    authors: frozenset[str] | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader found on a page."""

    text: str = ""
    date: str | None = None
    authors: frozenset[str] = frozenset()
    title: str | None = None


def ours(page: Page) -> Said:
    """Read a page as ingesting does."""
    try:
        document = read_html(page.markup)
        fields = {**document.fields, **({"url": page.url} if page.url else {})}
        article = to_article(type(document)(document.text, fields), fallback_id="page", path="")
    except UnreadableError:
        return Said()
    day = article.published.isoformat() if article.published else None
    return Said(article.text, day, frozenset(article.authors), article.title)


def theirs(page: Page) -> Said:
    """Read a page with trafilatura's default settings."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(page.markup, url=page.url, with_metadata=True)
    if found is None:
        return Said()
    names = (found.author or "").split("; ")
    return Said(found.text or "", found.date, frozenset(name for name in names if name), found.title)


def scrapinghub(folder: Path) -> Iterator[Page]:
    """Yield the pages of the benchmark of article extraction."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for name, known in truth.items():
        yield Page(_markup(folder / "html" / f"{name}.html.gz"), known.get("url"), text=known["articleBody"])


def htmldate(folder: Path) -> Iterator[Page]:
    """Yield the pages of the evaluation of dates."""
    files = {path.name: path for path in folder.rglob("*") if path.is_file()}
    for index in sorted(folder.rglob("eval*.json")):
        for url, known in json.loads(index.read_text(encoding="utf-8")).items():
            if known["file"] in files:
                yield Page(_markup(files[known["file"]]), url, date=known["date"])


def fundus(folder: Path) -> Iterator[Page]:
    """Yield the pages of the tests of hand-written parsers."""
    for index in sorted(folder.rglob("*.json")):
        versions = json.loads(index.read_text(encoding="utf-8"))
        pages = sorted(index.parent.glob(f"{index.stem}_*.html.gz"))
        for path, known in zip(pages, versions.values(), strict=False):
            body = known.get("body")
            yield Page(
                _markup(path),
                known.get("url"),
                text=body if isinstance(body, str) else None,
                date=str(known["publishing_date"])[:10] if known.get("publishing_date") else None,
                authors=frozenset(known["authors"]) if "authors" in known else None,
                title=known.get("title"),
            )


SETS: Mapping[str, Callable[[Path], Iterator[Page]]] = {
    "SCRAPINGHUB": scrapinghub,
    "HTMLDATE": htmldate,
    "FUNDUS": fundus,
}


def measured(pages: list[Page], read: Callable[[Page], Said]) -> dict[str, float]:
    """Return a reader's figures on pages: of each thing known, how many are right, wrong, missing; text as F1."""
    started = time.perf_counter()
    said = [read(page) for page in pages]
    seconds = time.perf_counter() - started
    figures: dict[str, float] = {"pages": len(pages)}
    scores = [
        overlap(page.text, one.text) for page, one in zip(pages, said, strict=True) if page.text is not None
    ]
    if scores:
        precision, recall = (sum(score[place] for score in scores) / len(scores) for place in (0, 1))
        figures |= {"precision": round(precision, 4), "recall": round(recall, 4)}
        figures["f1"] = round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0
    for name in ("date", "authors", "title"):
        pairs = [
            (getattr(page, name), getattr(one, name))
            for page, one in zip(pages, said, strict=True)
            if getattr(page, name) is not None
        ]
        if pairs:
            figures[f"{name}_right"] = sum(known == found for known, found in pairs)
            figures[f"{name}_wrong"] = sum(known != found and bool(found) for known, found in pairs)
            figures[f"{name}_none"] = sum(known != found and not found for known, found in pairs)
    words = sum(len(one.text.split()) for one in said)
    return {**figures, "words_per_second": round(words / seconds) if seconds else 0}


def overlap(known: str, found: str) -> tuple[float, float]:
    """Return precision and recall of a text by its runs of four words, each counted as often as it stands."""
    first, second = _shingles(known), _shingles(found)
    shared = sum((first & second).values())
    return (
        shared / sum(second.values()) if second else float(not first),
        shared / sum(first.values()) if first else 1.0,
    )


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = text.split()
    return Counter(tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)) if words)


def _markup(path: Path) -> str:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return decode_text(data, stated_charset(data))


def main() -> None:
    """Measure on the folders that the environment names, and print the figures."""
    figures = {}
    for name, load in SETS.items():
        if folder := os.environ.get(name):
            pages = list(load(Path(folder)))
            figures[name.lower()] = {"ours": measured(pages, ours), "trafilatura": measured(pages, theirs)}
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
