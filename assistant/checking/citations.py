"""Finds the words of an article that a statement rests on: those a model quotes, or those that match best."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.text.english.number_words import NUMBER_WORDS
from assistant.text.instructions import orders
from assistant.text.sentences import Sentence, split_sentences
from assistant.text.tokens import STOP_WORDS, content_words, names, stem, stems, stems_of, tokens
from assistant.types import Article, Citation, Hit, Statement

CITED_SENTENCES = 3
FEW_WORDS = 3
# A quotation of fewer words is shown with the rest of its sentence.
SHORTEST_QUOTE = 5
# Characters that one citation may span.
LONGEST_QUOTE = 1200
# The likeness (0 to 100) from which words that a model gives as a quotation are a changed copy of the article's.
NEARLY = 85.0

_NOT_COMPARED = frozenset("\"'“”‘’«»‹›„`*_[]()")
# what may stand at the ends of a quotation that does not stand there in the article
_LOOSE = " .,;:!?-"
_DASHES = dict.fromkeys("‐‑‒–—−", "-")


def find_quote(words: str, article: Article, within: tuple[int, int] | None = None) -> tuple[int, int] | None:
    """Find where an article says given words, case, spaces, quotation marks and dashes aside; None if it does not.

    An occurrence inside ``within`` is preferred. Words left out ("…", "...") split the quotation: each part must
    stand there, in order, and the span covers them all.
    """
    wanted = [_comparable(part)[0].strip(_LOOSE) for part in words.replace("...", "…").split("…")]
    parts = [part for part in wanted if part]
    if not parts:
        return None
    text, places = _comparable(article.text)
    if (
        within
        and (found := _spanned(parts, text, places, bisect_left(places, within[0])))
        and found[1] <= within[1]
    ):
        return found
    return _spanned(parts, text, places, 0)


def find_changed_quote(words: str, hit: Hit) -> tuple[int, int] | None:
    """Find the words of a passage that a misquotation is near to, in whole words; None if there are none."""
    from rapidfuzz import fuzz

    if len(words.split()) < SHORTEST_QUOTE:
        return None
    text = hit.passage.text
    near = fuzz.partial_ratio_alignment(words, text, score_cutoff=NEARLY)
    if near is None:
        return None
    start, end = near.dest_start, near.dest_end
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return hit.passage.start + start, hit.passage.start + end


def citation(article: Article, start: int, end: int) -> Citation:
    """Cite words of an article by their place; fewer than five are widened to their sentence."""
    if len(article.text[start:end].split()) < SHORTEST_QUOTE:
        around = [one for one in sentences_of(article.text) if one.start < end and start < one.end]
        if around:
            start, end = around[0].start, around[-1].end
    return Citation(0, article, start, end, article.text[start:end])


def cite(words: str, hit: Hit) -> list[Citation]:
    """Find the sentences of a passage that best match words, three at most; neighbours become one citation.

    A further sentence is taken when it adds a name, a figure or two other words that are missing so far. One that
    gives orders is never taken.
    """
    wanted = stems(content_words(words))
    telling = {stem(word) for word in _capital_words(words)} | {word for word in wanted if word[0].isdigit()}
    parts = _sentence_parts(hit.passage.text)
    chosen: set[int] = set()
    while len(chosen) < CITED_SENTENCES:
        gains = [len(wanted & part.stems) + len(wanted & telling & part.stems) for part in parts]
        best = max(range(len(parts)), key=lambda index: (gains[index], -index), default=-1)
        if best < 0 or gains[best] < (2 if chosen else 1):
            break
        chosen.add(best)
        wanted = wanted - parts[best].stems
    citations: list[Citation] = []
    base, text = hit.passage.start, hit.article.text
    for index in sorted(chosen):
        start, end = base + parts[index].start, base + parts[index].end
        if citations and index - 1 in chosen:
            start = citations.pop().start
        citations.append(Citation(0, hit.article, start, end, text[start:end]))
    return citations


def with_question(words: str, question: str) -> str:
    """Read an answer of a word or two together with its question, so that it can be matched to its source."""
    return words if len(content_words(words)) >= FEW_WORDS else f"{question} {words}"


def numbered(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Give the citations of statements numbers from 1, in order; the same words have one number."""
    numbers: dict[tuple[str, int, int], int] = {}
    renumbered = []
    for statement in statements:
        citations = []
        for one in statement.citations:
            place = (one.article.id, one.start, one.end)
            citations.append(replace(one, number=numbers.setdefault(place, len(numbers) + 1)))
        renumbered.append(replace(statement, citations=tuple(dict.fromkeys(citations))))
    return tuple(renumbered)


def exact(citations: Sequence[Citation]) -> bool:
    """Return True when every quotation stands in its article where the citation says."""
    return all(one.article.text[one.start : one.end] == one.quote for one in citations)


@lru_cache(maxsize=256)
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Split a text into sentences, once."""
    return tuple(split_sentences(text))


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    stems: frozenset[str]


@lru_cache(maxsize=1024)
def _sentence_parts(passage: str) -> tuple[_Part, ...]:
    return tuple(
        _Part(
            one.start, one.end, frozenset(stem(token.text) for token in tokens(passage[one.start : one.end]))
        )
        for one in split_sentences(passage)
        if not one.heads and not orders(passage[one.start : one.end])
    )


@lru_cache(maxsize=512)
def _comparable(text: str) -> tuple[str, tuple[int, ...]]:
    """Write a text so that quotations compare: lower case, single spaces, no quotation marks; with each place."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if letter in _NOT_COMPARED:
            continue
        if letter.isspace() and (not letters or letters[-1] == " "):
            continue
        lowered = " " if letter.isspace() else letter.lower()
        letters.append(_DASHES.get(letter, lowered if len(lowered) == 1 else letter))
        places.append(place)
    return "".join(letters), tuple(places)


def _spanned(parts: Sequence[str], text: str, places: Sequence[int], at: int) -> tuple[int, int] | None:
    """Find the parts of a quotation one after the other, and return the span of all in the unfolded text."""
    starts = []
    for part in parts:
        at = _find_whole_words(text, part, at)
        if at < 0:
            return None
        starts.append(at)
        at += len(part)
    start, end = places[starts[0]], places[at - 1] + 1
    return (start, end) if end - start <= LONGEST_QUOTE else None


def _find_whole_words(text: str, part: str, at: int) -> int:
    """Return where words stand in a text from ``at`` on, not as a piece of longer ones; -1 if nowhere."""
    while (at := text.find(part, at)) >= 0:
        if not text[at - 1 : at].isalnum() and not text[at + len(part) : at + len(part) + 1].isalnum():
            return at
        at += 1
    return -1


def _capital_words(text: str) -> Iterator[str]:
    """Yield the capitalised words of a text's names that tell something."""
    for span in names(text):
        for token in tokens(span.text):
            lower = token.text.lower()
            if token.text[0].isupper() and lower not in STOP_WORDS and lower not in NUMBER_WORDS:
                yield token.text


def stems_held(citations: Sequence[Citation]) -> set[str]:
    """Return the stems of the words that quotes hold."""
    return stems_of(" ".join(one.quote for one in citations))
