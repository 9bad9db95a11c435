"""Corrects the spelling of a question's words against the words of the corpus itself.

A word is changed only when the corpus does not hold it, it is no usual English word (of the packaged embedder's
vocabulary), and a word of the corpus is one edit away: a letter left out, added, replaced, or two
exchanged (Damerau 1964; Norvig 2007, "How to write a spelling corrector"). Likelier slips cost less, more
frequent words win. Of names and short words only the likeliest slips are corrected.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from assistant.index import Store
from assistant.models.embedder import packaged_words
from assistant.names import KnownNames, name_key
from assistant.question.two_spellings import spelt_otherwise
from assistant.text.tokens import POSSESSIVE_END, STOP_WORDS, names, tokens

SHORTEST_WORD = 5
SHORTEST_NAME = 6
LONG_WORD = 8
"""Least letters of a word in which a replaced consonant is a slip and not another word."""
TRIED = 3
"""How many of the likeliest words are looked up in the texts."""
LOOKED_UP = 10
"""How many passages a word is looked up in."""
FEWEST_PASSAGES = 2
"""Least passages that must hold a word before it replaces another: a slip in the corpus itself stands once. Where
letters were only exchanged or doubled, one is enough."""
COST = 3.0
"""What a full edit costs, in powers of e of a word's frequency."""
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
VOWELS = frozenset("aeiouy")
# letters exchanged or doubled; a vowel left out; a vowel too many or for another; the rest
SLIP, VOWEL_LEFT_OUT, VOWEL, OTHER = 0.2, 0.4, 0.6, 1.0


def respelled(question: str, index: Store, known: KnownNames, publishers: Sequence[str] = ()) -> str:
    """Return the question with its misspelt words corrected; itself where there are none.

    Names in capitals, known names and words of ``publishers`` stay, unless a long one is one letter away from a
    name of the corpus.
    """
    first = tokens(question)[:1]
    named = {
        token.start + span.start
        for span in names(question)
        for token in tokens(span.text)
        if token.text[0].isupper() and (not first or token.start + span.start != first[0].start)
    }
    usual = {name_key(word) for publisher in publishers for word in publisher.split()}
    changed = question
    for token in reversed(tokens(question)):
        word = POSSESSIVE_END.sub("", token.text)
        key = name_key(word)
        name = token.start in named
        short = len(word) in (3, 4) and not VOWELS & set(word.removesuffix("y"))
        if not (word.isascii() and word.isalpha()) or word.isupper():
            continue
        if len(word) < (SHORTEST_NAME if name else SHORTEST_WORD) and (name or not short):
            continue
        if word.lower() in STOP_WORDS or key in usual or known.others.get(key):
            continue
        if index.word_counts([word])[word] or is_usual(word.lower()):
            continue
        dearest = VOWEL_LEFT_OUT if name or short else OTHER if len(word) >= LONG_WORD else VOWEL
        for other in nearest_words(word.lower(), index.vocabulary(), dearest)[:TRIED]:
            better = other.capitalize() if word[0].isupper() else other
            if _stands_in_corpus(better, index, as_name=name):
                changed = f"{changed[: token.start]}{better}{changed[token.start + len(word) :]}"
                break
    return changed


def is_usual(word: str) -> bool:
    """Return True for a usual English word, in British or American spelling: "prise" is "prize" there."""
    return any(porter(one) in packaged_words() for one in (word, *spelt_otherwise(word, anywhere=True)))


def nearest_words(word: str, vocabulary: Mapping[str, int], dearest: float = OTHER) -> list[str]:
    """List the words one edit away from ``word`` whose stems the vocabulary holds, the likeliest first.

    The first letter stays, and a slip costs at most ``dearest``; but a consonant left out is always looked for.
    """
    found = {
        other: cost
        for other, cost in edits(word)
        if cost <= dearest or (dearest == VOWEL and len(other) > len(word))
    }
    scored = [
        (math.log(passages) - COST * found[other], other)
        for other, stem in zip(found, porter_all(list(found)), strict=True)
        if (passages := vocabulary.get(stem, 0)) >= (1 if found[other] <= SLIP else FEWEST_PASSAGES)
    ]
    return [other for _, other in sorted(scored, reverse=True)]


def _stands_in_corpus(word: str, index: Store, *, as_name: bool) -> bool:
    """Return True when a passage that holds a word's stem holds the very word; a name with its capital."""
    rows = [row for row, _ in index.search_words([word], LOOKED_UP)]
    pattern = re.compile(rf"\b{re.escape(word)}\b", 0 if as_name else re.IGNORECASE)
    return any(pattern.search(one.passage.text) for one in index.passages(rows))


def edits(word: str) -> Iterator[tuple[str, float]]:
    """Yield the words one edit from a word, each with the cost of that slip."""
    slips: dict[str, float] = {}
    for at in range(1, len(word) + 1):
        before, after = word[:at], word[at:]
        for letter in ALPHABET:
            doubled = letter in (before[-1:], after[:1])
            cost = SLIP if doubled else VOWEL_LEFT_OUT if letter in VOWELS else OTHER
            _put_slip(slips, before + letter + after, cost)
        if not after:
            continue
        extra = SLIP if after[0] == before[-1] else VOWEL if after[0] in VOWELS else OTHER
        _put_slip(slips, before + after[1:], extra)
        if len(after) > 1:
            _put_slip(slips, before + after[1] + after[0] + after[2:], SLIP)
        for letter in ALPHABET:
            both = letter in VOWELS and after[0] in VOWELS
            _put_slip(slips, before + letter + after[1:], VOWEL if both else OTHER)
    slips.pop(word, None)
    yield from slips.items()


def _put_slip(slips: dict[str, float], word: str, cost: float) -> None:
    slips[word] = min(cost, slips.get(word, cost))


def porter(word: str) -> str:
    """Reduce a word to the stem that the full-text index keeps of it (Porter 1980)."""
    return porter_all([word])[0]


def porter_all(words: Sequence[str]) -> list[str]:
    """Reduce words to their stems."""
    return [str(stem) for stem in _stemmer().stemWords(list(words))]


@lru_cache(maxsize=1)
def _stemmer():  # type: ignore[no-untyped-def]
    import Stemmer

    return Stemmer.Stemmer("porter")
