"""Compares what was read of a case with what it expects; the keys are those of ``cases/expectations.jsonl``.

``outcome`` is "read", "refused" or "skipped-but-reported" (each name in ``reported`` is an article or is named); a
list means that any is right. ``articles`` counts them. ``title``, ``publisher``, ``published``, ``url``,
``language`` and ``authors`` are what one of the articles states; ``contains``, ``lacks`` and ``counts`` are words
of the text; ``each`` is a list of such objects, each met by some article. Text is compared without regard to case,
spacing, ligatures, soft hyphens and the form of quotes and dashes.
"""

import re
import unicodedata
from pathlib import Path
from typing import Any

from assistant.ingest import ArticleReader, find_sources
from assistant.settings import Settings
from assistant.types import Article, Failure, Skipped, SourceFile

SAME = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "\u00ad": None}
)
CHARACTERS = {"published": 10, "language": 2}


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text.translate(SAME)).translate(SAME).split()).casefold()


def times(words: str, text: str) -> int:
    """Count the words in the text: not inside a longer word, nor as a part of a longer number."""
    wanted = folded(words)
    before = r"(?<!\w)" if re.match(r"\w", wanted) else ""
    after = r"(?!\w)" if re.search(r"\w$", wanted) else ""
    if wanted[0].isdigit():
        before += r"(?<!\d[ ,.])"
    if wanted[-1].isdigit():
        after += r"(?![ ,.]\d{3}(?!\d))"
    return len(re.findall(before + re.escape(wanted) + after, folded(text)))


def any_of(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def read_all(reader: ArticleReader, source: Path) -> list[Article | Failure | Skipped]:
    found: list[Article | Failure | Skipped] = []
    for entry in find_sources([str(source)], Settings()):
        found.extend(reader.read(entry) if isinstance(entry, SourceFile) else [entry])
    return found


def outcome_faults(
    outcome: str, expect: dict[str, Any], found: list[Article | Failure | Skipped]
) -> list[str]:
    articles = [one for one in found if isinstance(one, Article)]
    failures = [one for one in found if isinstance(one, Failure)]
    if outcome == "read":
        return [f"not read: {failures}"] if failures or not articles else []
    if outcome == "refused":
        return (
            [f"not refused: {articles[0].title if articles else 'nothing said'}"]
            if articles or not failures
            else []
        )
    named = {Path(one.path).name for one in found}
    return [f"passed over: {name}" for name in expect.get("reported", []) if name not in named]


def article_faults(expect: dict[str, Any], article: Article) -> list[str]:
    faults = []
    for key in ("title", "publisher", "published", "url", "language"):
        if key in expect:
            told = str(getattr(article, key) or "")[: CHARACTERS.get(key)]
            if folded(told) not in [folded(str(right or "")) for right in any_of(expect[key])]:
                faults.append(f"{key} {told!r}, not {expect[key]!r}")
    if "authors" in expect and sorted(map(folded, article.authors)) != sorted(map(folded, expect["authors"])):
        faults.append(f"authors {article.authors}, not {expect['authors']}")
    return faults


def text_faults(expect: dict[str, Any], articles: list[Article]) -> list[str]:
    text = "\n\n".join(one.text for one in articles)
    with_heads = "\n\n".join([*(one.title or "" for one in articles), text])
    faults = [f"text lacks {words!r}" for words in expect.get("contains", []) if not times(words, text)]
    faults += [
        f"text or title has {words!r}" for words in expect.get("lacks", []) if times(words, with_heads)
    ]
    for words, count in expect.get("counts", {}).items():
        if times(words, text) != count:
            faults.append(f"text has {words!r} {times(words, text)} times, not {count}")
    return faults


def best(expect: dict[str, Any], articles: list[Article], *, with_text: bool) -> list[str]:
    """Return what is wrong with the article that comes nearest."""
    each = [
        article_faults(expect, one) + (text_faults(expect, [one]) if with_text else []) for one in articles
    ]
    return min(each, key=len) if each else ["no such article"]


def faults_of(expect: dict[str, Any], found: list[Article | Failure | Skipped]) -> list[str]:
    articles = [one for one in found if isinstance(one, Article)]
    faults = list(min((outcome_faults(one, expect, found) for one in any_of(expect["outcome"])), key=len))
    if articles and len(articles) != expect.get("articles", len(articles)):
        faults.append(f"{len(articles)} articles, not {expect['articles']}")
    if articles and expect["outcome"] != "refused":
        faults += best(expect, articles, with_text=False)
        faults += text_faults(expect, articles)
        for part in expect.get("each", []):
            faults += [f"[{part.get('title')}] {fault}" for fault in best(part, articles, with_text=True)]
    return faults
