"""Words of questions and sentences: tokens, stems and names, without any list of names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before being below
    between both but by can could did do does doing done down during each few for from further had has have
    having he her here hers herself him himself his how i if in into is it its itself just me more most my
    myself no nor not now of off on once only or other our ours ourselves out over own same she should so
    some such than that the their theirs them themselves then there these they this those through to too
    under until up upon us very was we were what when where which while who whom whose why will with within
    without would you your yours yourself please pls tell know say says said according many much long often
    article articles report reports reported since although though despite however even still yet
    happen happened happens list name give 's d ll m re ve t s""".split()
)
TOKEN = re.compile(r"\w+(?:[’'‘]\w+)*(?:-\w+(?:[’'‘]\w+)*)*")
NAME = re.compile(
    r"(?:(?:(?<=\s)|(?<=^)|(?<=[(\[“\"‘'—–-]))(?:[A-ZÀ-ÖØ-Þ][\w’'‘.-]*\w|[A-Z])"
    r"(?:\s+(?:(?:of|the|de|du|la|al|el|ag|ould|bin|van|von|for|and)\s+){0,2}"
    r"(?:[A-ZÀ-ÖØ-Þ][\w’'‘-]*\w|[A-Z]\.?(?=\s)))*)"
)

# what a possessive adds to a word, and a stray apostrophe
POSSESSIVE_END = re.compile(r"[’'‘]s?$")
# letters from which two spellings of a word may differ in two of them
LONG_SPELLING = 8


class Span(NamedTuple):
    """A piece of a text: ``text[start:end]``."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=10_000)
def tokens(text: str) -> tuple[Span, ...]:
    """Find the words of a text; parts of hyphenated words are words of their own."""
    found = []
    for match in TOKEN.finditer(text):
        word, at = match.group(), match.start()
        if "-" not in word:
            found.append(Span(at, match.end(), word))
            continue
        for part in word.split("-"):
            if part:
                found.append(Span(at, at + len(part), part))
            at += len(part) + 1
    return tuple(found)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Reduce a word to its Snowball English stem (Porter 2001), lower-cased, without a possessive."""
    import Stemmer

    plain = unaccented(re.sub(r"[’'‘](?:s|S)?$", "", word))
    return str(Stemmer.Stemmer("english").stemWord(plain)) if plain.isascii() else plain


def unaccented(text: str) -> str:
    """Write a text in small letters, without the accents of western European languages and without apostrophes."""
    return text.lower().translate(_WITHOUT_ACCENTS)


_WITHOUT_ACCENTS = str.maketrans("àáâãäåçèéêëìíîïñòóôõöùúûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy", "’'‘")


def content_words(text: str) -> list[str]:
    """List the words that carry the meaning of a question, in order, without repetition."""
    seen: dict[str, str] = {}
    for token in tokens(text):
        word = POSSESSIVE_END.sub("", token.text)
        if word and word.lower() not in STOP_WORDS:
            seen.setdefault(stem(word), word)
    return list(seen.values())


def names(text: str) -> list[Span]:
    """Find runs of capitalised words; a word that only begins a sentence counts when it is no function word."""
    found = []
    for match in NAME.finditer(text):
        start, end = match.span()
        first = TOKEN.match(text, start)
        while first and first.group().lower() in STOP_WORDS and first.end() < end:
            start = first.end()
            while start < end and not text[start].isalnum():
                start += 1
            first = TOKEN.match(text, start)
        piece = text[start:end]
        if piece and piece.lower() not in STOP_WORDS and piece[0].isupper():
            found.append(Span(start, end, piece))
    return found


def same_word(one: str, other: str) -> bool:
    """Tell whether two stems are one word, or spellings of one name: long, and a letter or two apart."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < 6 or one[:2] != other[:2] or abs(len(one) - len(other)) > 2:
        return False
    return letters_apart(one, other)


def letters_apart(one: str, other: str, most: int | None = None) -> bool:
    """Tell whether at most so many letters must be changed, added or left out to make one word the other.

    ``most`` is 1 unless given, and 2 where both words are long.
    """
    from rapidfuzz.distance import Levenshtein

    allowed = most or (1 if min(len(one), len(other)) < LONG_SPELLING else 2)
    return Levenshtein.distance(one, other, score_cutoff=allowed) <= allowed


def stems(texts: Iterable[str]) -> set[str]:
    """Collect the stems of words."""
    return {stem(text) for text in texts}


def stems_of(text: str) -> set[str]:
    """Collect the stems of a text's words."""
    return {stem(token.text) for token in tokens(text)}
