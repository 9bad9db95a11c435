"""How one article uses names: what it explains, how it spells them, and what company they keep."""

from __future__ import annotations

import itertools
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.text.abbreviations import definitions
from assistant.text.sentences import split_sentences
from assistant.text.tokens import STOP_WORDS, names, stem, tokens

SHORTEST_NAME_WORD = 6
COMPANY = 12
# Of what goes on for longer without a full stop, such as a table, the beginning is read.
LONGEST_SENTENCE = 1000
MOST_NAME_WORDS = 4
SPLIT = re.compile(r"\s+(?:and|the|for)\s+")
SAID_SAME = re.compile(
    r"\b(?:spel[lt]|also|same|known as|or|variants?|formerly|called|written|transliterat)", re.I
)
SAID_NEAR = 60


@dataclass(frozen=True, slots=True)
class NameUse:
    """How one article uses names: what it explains, and each name word with its company.

    ``definitions`` are (abbreviation, long name); ``words`` maps a stem to its spelling, the words beside it
    within one name, and its company; ``together`` are pairs of like stems that stand in one sentence;
    ``phrases`` are the names of several words, ``common`` the stems that are plain words too.
    """

    definitions: tuple[tuple[str, str], ...] = ()
    words: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    together: tuple[tuple[str, str], ...] = ()
    phrases: tuple[str, ...] = ()
    common: tuple[str, ...] = ()


def name_use(text: str) -> NameUse:
    """Describe how an article uses names."""
    explained: list[tuple[str, str]] = []
    spelt: dict[str, str] = {}
    beside: dict[str, Counter[str]] = defaultdict(Counter)
    company: dict[str, Counter[str]] = defaultdict(Counter)
    together: set[tuple[str, str]] = set()
    phrases: dict[str, str] = {}
    for part in split_sentences(text):
        sentence = text[part.start : min(part.end, part.start + LONGEST_SENTENCE)]
        spans = names(sentence)
        explained.extend(definitions(sentence))
        phrases |= {
            name_key(span.text): span.text for span in spans if 2 <= len(span.text.split()) <= MOST_NAME_WORDS
        }
        here: dict[str, str] = {}
        for piece in (piece for span in spans for piece in SPLIT.split(span.text)):
            inside = [token.text for token in tokens(piece) if token.text[0].isupper()]
            for word in filter(_is_name_word, inside):
                key = stem(word)
                beside[key].update(stem(other) for other in inside if stem(other) != key)
                here[key] = re.sub(r"[’'‘]s?$", "", word)
        spelt |= {key: word for key, word in here.items() if key not in spelt}
        every = {stem(token.text) for span in spans for token in tokens(span.text) if token.text[0].isupper()}
        for key in here:
            company[key].update(every - {key})
        for one, other in itertools.combinations(sorted(here), 2):
            if skeleton(one) == skeleton(other) and not _said_same(text, part.start, part.end):
                together.add((one, other))
    lower = {stem(token.text) for token in tokens(text) if token.text[0].islower()}
    return NameUse(
        tuple(dict.fromkeys(explained)),
        {
            key: (
                word,
                tuple(other for other, _ in beside[key].most_common(COMPANY)),
                tuple(other for other, _ in company[key].most_common(COMPANY)),
            )
            for key, word in spelt.items()
        },
        tuple(sorted(together)),
        tuple(sorted(phrases.values())),
        tuple(sorted(spelt.keys() & lower)),
    )


def use_to_json(use: NameUse) -> str:
    """Write a use of names as JSON."""
    return json.dumps(
        [use.definitions, use.words, use.together, use.phrases, use.common],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def use_from_json(text: str) -> NameUse:
    """Read what ``use_to_json`` wrote; a word is held once, however many articles have it."""
    definitions, words, together, phrases, common = json.loads(text)

    def once(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(sys.intern, texts))

    return NameUse(
        tuple((short, long) for short, long in definitions),
        {
            sys.intern(key): (sys.intern(word), once(beside), once(company))
            for key, (word, beside, company) in words.items()
        },
        tuple((one, other) for one, other in together),
        once(phrases),
        once(common),
    )


def name_key(name: str) -> str:
    """Reduce a name to what all its ways to be typed share: lower case, no accents, no punctuation."""
    return " ".join(map(_folded_letters, words_of_name(name)))


def words_of_name(name: str) -> list[str]:
    """List the words of a name as they are typed, without punctuation and the -s of a possessive."""
    return [one.text for one in tokens(re.sub(r"[’'‘]s\b", "", name)) if _folded_letters(one.text)]


def skeleton(word: str) -> str:
    """Reduce a word to its first letter and consonants, doubled ones once."""
    plain = _folded_letters(word)
    rest = re.sub(r"[aeiouyàáâ]", "", plain[1:])
    return re.sub(r"(.)\1+", r"\1", plain[:1] + rest)


def _is_name_word(word: str) -> bool:
    return len(re.sub(r"[’'‘]s?$", "", word)) >= SHORTEST_NAME_WORD and word.lower() not in STOP_WORDS


def _said_same(text: str, start: int, end: int) -> bool:
    return bool(SAID_SAME.search(text, max(0, start - SAID_NEAR), end + SAID_NEAR))


def _folded_letters(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in folded if letter.isalnum())
