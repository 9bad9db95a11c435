"""Finds every occurrence of a word, name or phrase in the articles, and counts them.

The full-text index names the articles that can hold one; their texts are then read from end to end, so that the
counts are exact and words that overlapping passages repeat count once. Case, accents and what stands between
words (white space, hyphens, apostrophes) make no difference; whole words match, with or without a possessive.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import numpy as np

from assistant.errors import QuestionError
from assistant.index import Store, check_publishers
from assistant.names import KnownNames, name_key
from assistant.text.tokens import POSSESSIVE_END, tokens
from assistant.types import Article

GroupedBy = Literal["publisher", "month", "article"]

QUOTED_PHRASE = re.compile(r"[\"“”](.+)[\"“”]")
# what may stand between two words of a phrase; a blank line ends a paragraph and with it the phrase
BETWEEN_WORDS = r"(?:(?!\n\s*\n)[\W_]){1,4}"
MARKS = "[\u0300-\u036f]*"
# letters with diacritics, and these themselves, lie between
FIRST_FOLDED, LAST_FOLDED = 0xC0, 0x2000


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence: ``quote`` is ``text[start:end]`` of the article with the id ``article``."""

    article: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class OccurrenceCount:
    """Occurrences of one publisher, month or article, and in how many articles; None where it is not known."""

    value: str | None
    total: int
    articles: int


@dataclass(frozen=True, slots=True)
class FindResult:
    """What was found: ``spellings`` are the ways to write it that were looked for, ``articles`` a number."""

    query: str
    spellings: tuple[str, ...]
    total: int
    articles: int
    groups: tuple[OccurrenceCount, ...] = ()
    matches: tuple[Occurrence, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleOccurrences:
    """An article and where the words stand in it, as (start, end) pairs of its text."""

    article: Article
    spans: tuple[tuple[int, int], ...]


def find(
    phrase: str,
    index: Store,
    names: KnownNames,
    *,
    by: GroupedBy | None = None,
    after: datetime.date | None = None,
    before: datetime.date | None = None,
    publishers: Sequence[str] = (),
    count: bool = False,
) -> FindResult:
    """Find every occurrence of a phrase; with ``count`` only their numbers.

    A name is found in all its spellings, one in quotation marks only as it is written. ``by`` groups the numbers;
    ``after`` and ``before`` bound the publication date, inclusive.

    Raises:
        QuestionError: the phrase holds no word, no date is within the bounds, or no article is by a publisher.
    """
    if by is not None and by not in get_args(GroupedBy):
        raise QuestionError(f"occurrences are grouped by publisher, month or article, not by {by!r}")
    if after and before and after > before:
        raise QuestionError(f"no date is both after {after} and before {before}; exchange the two")
    if publishers:
        check_publishers(publishers, index.publishers())
    spellings = spellings_of(phrase, names)
    held = occurrences(spellings, index, after=after, before=before, publishers=publishers)
    return FindResult(
        query=phrase,
        spellings=spellings,
        total=sum(len(one.spans) for one in held),
        articles=len(held),
        groups=count_by_group(held, by) if by else (),
        matches=()
        if count
        else tuple(
            Occurrence(one.article.id, start, end, one.article.text[start:end])
            for one in held
            for start, end in one.spans
        ),
    )


def spellings_of(phrase: str, names: KnownNames) -> tuple[str, ...]:
    """List the phrase and its other spellings, each once; of one in quotation marks only itself.

    Raises:
        QuestionError: it holds no word.
    """
    text = POSSESSIVE_END.sub("", " ".join(phrase.split()))
    quoted = QUOTED_PHRASE.fullmatch(text)
    text = quoted.group(1) if quoted else text
    if not words_of(text):
        raise QuestionError(
            'there is nothing to find; name a word, a name or a phrase, as "state of emergency"'
        )
    written = [text] if quoted else [text, *_rewritten(text, names)]
    return tuple({tuple(words_of(one)): one for one in reversed(written)}.values())[::-1]


def words_of(text: str) -> list[str]:
    """List the words of a text as the full-text index tells them apart, without case and accents."""
    plain = unicodedata.normalize("NFD", text.lower())
    return re.findall(r"[^\W_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def occurrences(
    spellings: Sequence[str],
    index: Store,
    *,
    after: datetime.date | None = None,
    before: datetime.date | None = None,
    publishers: Sequence[str] = (),
) -> list[ArticleOccurrences]:
    """Find the articles that hold any of the spellings, newest first, and where."""
    pattern = pattern_of(spellings)
    held = []
    phrases = [words_of(spelling) for spelling in spellings]
    first_words = {words[0] for words in phrases}
    selection = index.select(after=after, before=before, publishers=publishers)
    for article in index.articles_with(phrases, selection):
        if spans := spans_of(pattern, first_words, article.text):
            held.append(ArticleOccurrences(article, spans))
    return sorted(held, key=lambda one: (-_published_ordinal(one.article), one.article.id))


def pattern_of(spellings: Sequence[str]) -> re.Pattern[str]:
    """Write a pattern for whole words in any case, with any accents; of two spellings the longer one matches."""
    forms = sorted(
        {tuple(words_of(spelling)) for spelling in spellings}, key=lambda words: (-len(words), words)
    )
    return re.compile("|".join(_phrase_pattern(words) for words in forms))


def spans_of(
    pattern: re.Pattern[str], first_words: Collection[str], text: str
) -> tuple[tuple[int, int], ...]:
    """Return where a pattern of phrases with these first words stands in a text, as ``finditer`` does, but sooner.

    In a text without letters with diacritics a phrase can stand only where its first word does, as it is.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    accented = ((codes >= FIRST_FOLDED) & (codes < LAST_FOLDED)).any()
    if accented or not all(map(str.isascii, first_words)):
        return tuple(match.span() for match in pattern.finditer(text))
    spans: list[tuple[int, int]] = []
    for place in sorted(_places(first_words, text.encode("latin-1", "replace").lower())):
        found = pattern.match(text, place) if not spans or place >= spans[-1][1] else None
        if found:
            spans.append(found.span())
    return tuple(spans)


def _places(words: Iterable[str], letters: bytes) -> Iterator[int]:
    """Yield where words stand in small letters, a byte each."""
    for word in map(str.encode, words):
        place = letters.find(word)
        while place >= 0:
            yield place
            place = letters.find(word, place + 1)


def count_by_group(held: Sequence[ArticleOccurrences], by: GroupedBy) -> tuple[OccurrenceCount, ...]:
    """Count by publisher or article, the most first, or by month, in order of time; the unknown last."""
    totals: dict[str | None, list[int]] = defaultdict(list)
    for one in held:
        totals[VALUE[by](one.article)].append(len(one.spans))
    counts = [OccurrenceCount(value, sum(found), len(found)) for value, found in totals.items()]
    if by == "month":
        return tuple(sorted(counts, key=lambda one: (one.value is None, one.value or "")))
    return tuple(sorted(counts, key=lambda one: (one.value is None, -one.total, one.value or "")))


VALUE: Mapping[GroupedBy, Callable[[Article], str | None]] = {
    "publisher": lambda article: article.publisher,
    "month": lambda article: f"{article.published:%Y-%m}" if article.published else None,
    "article": lambda article: article.id,
}


def _rewritten(text: str, names: KnownNames) -> list[str]:
    """Write a phrase with each other spelling of each name in it; the longest names are taken."""
    words = [token.text for token in tokens(text)]
    keys = [name_key(word) for word in words]
    for length in range(len(words), 0, -1):
        found = []
        for at in range(len(words) - length + 1):
            others = names.others_of(words, keys, at, length)
            found += [" ".join([*words[:at], other, *words[at + length :]]) for other in others]
        if found:
            return found
    return []


def _phrase_pattern(words: Sequence[str]) -> str:
    # The first letter stands before the test of what precedes it: "re" then skips to where it can stand.
    first = _letter(words[0][0])
    rest = BETWEEN_WORDS.join("".join(_letter(letter) + MARKS for letter in word) for word in words)
    return rf"{first}(?<![^\W_]{first}){rest.removeprefix(first)}(?![^\W_])"


def _letter(letter: str) -> str:
    accented = _accented().get(letter, ())
    return f"[{''.join(map(re.escape, sorted({letter, letter.upper(), *accented})))}]"


@lru_cache(maxsize=1)
def _accented() -> Mapping[str, Sequence[str]]:
    """Map each letter to those that are it with diacritics, in either case."""
    found: dict[str, list[str]] = defaultdict(list)
    for character in map(chr, range(FIRST_FOLDED, LAST_FOLDED)):
        plain = words_of(character)
        if len(plain) == 1 and len(plain[0]) == 1 and plain[0] != character:
            found[plain[0]].append(character)
    return found


def _published_ordinal(article: Article) -> int:
    return article.published.toordinal() if article.published else 0
