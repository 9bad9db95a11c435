"""The names that most articles mention, and whether each is a person's or a place's, by the words around it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

from assistant.answers.draft import Corpus
from assistant.retrieval.find import occurrences, spellings_of, words_of
from assistant.text.english.date_patterns import CALENDAR
from assistant.text.tokens import STOP_WORDS, names

ARTICLES_SAMPLED = 400
"""Articles, evenly spaced over time, in which names are looked for; the names found are counted in all articles."""
READ_CHARACTERS = 4000
CANDIDATES = 20
PLACE_SHARE = 0.3
"""Least share of occurrences after "in", "near", "at" that makes a name a place's."""
PERSON_SHARE = 0.08
"""Least share of occurrences beside a verb of saying or after a title that makes a name a person's."""
WITH_ARTICLE_SHARE = 0.2
"""Share of occurrences after "the" from which a name is no person's: "the White House"."""

NameKind = Literal["person", "place"]
AFTER_PREPOSITION = re.compile(
    r"\b(?:in|near|at|around|outside|across|inside|north of|south of|east of|west of)\s+$"
)
_AFTER_ARTICLE = re.compile(r"\b[Tt]he\s+$")
_CONTRACTION = re.compile(r"\w+[’'‘](?:m|d|t|re|ve|ll)\b", re.I)
_SPEAKS = re.compile(
    r"^,?\s+(?:\w+\s+)?(?:said|says|told|added|wrote|argued|tweeted|explained|insisted|warned)\b"
)
_TITLED_NAME = re.compile(
    r"(?i:mr|mrs|ms|dr|sir|president|minister|senator|captain|colonel|general|coach|leader|mayor|prof|professor|judge"
    r"|governor|secretary|chief|king|queen|prince|princess|pope)\.?(?:\s+of\s+[A-Z]\w+)?\s+(?=[A-Z])"
)


def frequent_names(corpus: Corpus, kind: NameKind | None = None) -> list[tuple[str, int]]:
    """List the names that most articles mention, each with its number of articles, the most frequent first.

    Candidates come from ``ARTICLES_SAMPLED`` articles; the numbers are exact and over all articles and spellings.
    """
    every = [one for one in corpus.index.articles() if not one.removed]
    every.sort(key=lambda one: (str(one.published), one.id))
    read = every[:: max(1, len(every) // ARTICLES_SAMPLED)][:ARTICLES_SAMPLED]
    seen: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    speaks: Counter[str] = Counter()
    with_article: Counter[str] = Counter()
    held: Counter[str] = Counter()
    lower: set[str] = set()
    for one in read:
        text = corpus.index.article(one.id).text[:READ_CHARACTERS]
        here = set()
        lower |= set(re.findall(r"\b[a-z]{3,}\b", text))
        for span in names(text):
            titled = max((one.end() for one in _TITLED_NAME.finditer(span.text)), default=0)
            name = re.sub(r"[’'‘]s?$", "", span.text[titled:])
            if "." in name and text[span.end : span.end + 1] == ".":
                name += "."  # the last one of "U.S."
            if len(name) < 3 or CALENDAR.match(name) or "\n" in name or " and " in name:
                continue
            here.add(name)
            seen[name] += 1
            before = text[max(0, span.start - 12) : span.start]
            placed[name] += bool(AFTER_PREPOSITION.search(before))
            with_article[name] += bool(_AFTER_ARTICLE.search(before))
            speaks[name] += bool(titled or _SPEAKS.search(text[span.end : span.end + 24]))
        held.update(here)
    usable = [
        name
        for name, _ in held.most_common()
        if not _CONTRACTION.match(name)
        and name.lower() not in lower | STOP_WORDS
        and (kind is None or kind == _name_kind(name, seen, placed, speaks, with_article))
    ]
    counts: dict[str, int] = {}
    taken: set[tuple[str, ...]] = set()
    for name in usable[:CANDIDATES]:
        if tuple(words_of(name)) in taken:
            continue
        spellings = spellings_of(name, corpus.names)
        taken |= {tuple(words_of(one)) for one in spellings}
        counts[name] = len(occurrences(spellings, corpus.index))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _name_kind(
    name: str,
    seen: Counter[str],
    placed: Counter[str],
    speaks: Counter[str],
    with_article: Counter[str],
) -> NameKind | None:
    if placed[name] >= PLACE_SHARE * seen[name]:
        return "place"
    if " of " in name or with_article[name] >= WITH_ARTICLE_SHARE * seen[name]:
        return None
    return "person" if " " in name and speaks[name] >= PERSON_SHARE * seen[name] else None
