"""The variants of a name, learnt from how the articles use them; nothing is known beforehand.

Two words are spellings of one name when they differ in vowels, accents or doubled letters only and keep the
same company; an abbreviation belongs to the name that an article explains it by. Two people never become one:
a given name that differs, or both spellings side by side in one sentence, keeps words apart.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.names.mentions import SHORTEST_NAME_WORD, NameUse, name_key, skeleton, words_of_name
from assistant.text.abbreviations import stands_for
from assistant.text.tokens import STOP_WORDS, letters_apart, stem, tokens

MOST_LONG_FORM_WORDS = 8
# Likeness of the company that two spellings keep, from which they are one name.
SAME_COMPANY = 0.1
# A name that this share of the articles holds is company for every other, once there are a few articles.
COMPANY_SHARE = 0.5
FEW_ARTICLES = 8


@dataclass(frozen=True, slots=True)
class NameGroup:
    """The ways in which one name is written, the most frequent first, and where that is known from."""

    names: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names that are written in several ways; empty until something is learnt.

    ``others`` maps a name, in the form of ``name_key``, to the other ways to write it. ``same`` maps the stem of
    a word to the stems that stand for the same name: spellings, and for a name of several words the one that is
    used for nothing else.
    """

    groups: tuple[NameGroup, ...] = ()
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    same: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def variants(self, text: str) -> tuple[str, ...]:
        """List the other ways to write the names that stand in a text."""
        words, keys = words_of_name(text), name_key(text).split()
        runs = (
            (at, length)
            for length in range(min(MOST_LONG_FORM_WORDS, len(words)), 0, -1)
            for at in range(len(words) - length + 1)
        )
        return tuple(dict.fromkeys(name for run in runs for name in self.others_of(words, keys, *run)))

    def others_of(self, words: Sequence[str], keys: Sequence[str], at: int, length: int) -> tuple[str, ...]:
        """List the other ways to write the name of some words; "Swift" of "Taylor Swift" is not "SWIFT".

        Nor is "now" an abbreviation, or beside words with capitals one in small letters ("Who sells ice in Lesk?").
        ``keys`` are the words in the form of ``name_key``.
        """
        others = self.others.get(" ".join(keys[at : at + length]), ())
        if not others:
            return ()
        beside = [*words[max(0, at - 1) : at], *words[at + length : at + length + 1]]
        named = [word for word in beside if word.istitle() and word.lower() not in STOP_WORDS]
        capitals = any(word != word.lower() for word in words[1:])
        small = words[at].islower() and (capitals or words[at] in STOP_WORDS)
        if length == 1 and ((words[at].istitle() and named) or small):
            return tuple(one for one in others if not stands_for(words[at].upper(), one))
        return others


def learn(uses: Iterable[NameUse], own: Sequence[Sequence[str]] = ()) -> KnownNames:
    """Gather the variants of names over articles; ``own`` are groups of the user's, which are always kept."""
    uses = list(uses)
    groups = [NameGroup(tuple(group), "your file") for group in own]
    groups += _abbreviated(uses)
    groups += _spellings(uses)
    groups += _adjectives(uses)
    others: dict[str, tuple[str, ...]] = {}
    for group in groups:
        for name in group.names:
            key = name_key(name)
            new = tuple(other for other in group.names if name_key(other) != key)
            others[key] = tuple(dict.fromkeys((*others.get(key, ()), *new)))
    return KnownNames(tuple(groups), others, _same_words(groups, uses))


def _abbreviated(uses: Sequence[NameUse]) -> list[NameGroup]:
    """Join an abbreviation with its long names; one that stands for different names is left alone."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for use in uses:
        for short, long in set(use.definitions):
            counts[short][long] += 1
    groups = []
    for short, longs in sorted(counts.items()):
        spelt = [long for long in longs if stands_for(short, long)]
        other = [long for long in longs if long not in spelt and (spelt or longs[long] > 1)]
        if (spelt or other) and all(
            _are_spellings(one, two) for one, two in itertools.combinations(spelt, 2)
        ):
            ordered = sorted([*spelt, *other], key=lambda long: (-longs[long], long))
            groups.append(NameGroup((short, *ordered), "explained in the articles"))
    return groups


def _spellings(uses: Sequence[NameUse]) -> list[NameGroup]:
    """Find words that are spellings of one name: alike in their consonants and in their company."""
    articles: Counter[str] = Counter()
    written: dict[str, Counter[str]] = defaultdict(Counter)
    beside: dict[str, set[str]] = defaultdict(set)
    company: dict[str, Counter[str]] = defaultdict(Counter)
    apart: set[tuple[str, str]] = set()
    for use in uses:
        apart.update(use.together)
        articles.update(use.words.keys())
        for key, (word, inside, around) in use.words.items():
            written[key][word] += 1
            beside[key].update(inside)
            company[key].update(around)
    alike: dict[str, list[str]] = defaultdict(list)
    for key in articles.keys() - {key for use in uses for key in use.common}:
        alike[skeleton(key)].append(key)
    weights = _weights(uses)
    groups = []
    for keys in alike.values():
        merged = [
            (one, other)
            for one, other in itertools.combinations(sorted(keys), 2)
            if (one, other) not in apart
            and _spelt_alike(one, other)
            and _one_person(beside[one], beside[other])
            and _cosine(company[one], company[other], weights) >= SAME_COMPANY
        ]
        for members in _join_pairs(merged):
            ordered = sorted(members, key=lambda key: (-articles[key], key))
            spelt = tuple(written[key].most_common(1)[0][0] for key in ordered)
            groups.append(NameGroup(spelt, "spelt so in the articles"))
    return sorted(groups, key=lambda group: group.names)


def _adjectives(uses: Sequence[NameUse]) -> list[NameGroup]:
    """Join names of several words that differ in one, by the -n that makes a place's name an adjective."""
    written: dict[str, str] = {}
    for use in uses:
        written |= {name_key(phrase): phrase for phrase in use.phrases}
    groups = []
    for key, phrase in sorted(written.items()):
        words = key.split()
        for at, word in enumerate(words):
            other = " ".join([*words[:at], f"{word}n", *words[at + 1 :]])
            if len(word) >= SHORTEST_NAME_WORD - 1 and word[-1] == "a" and other in written:
                groups.append(NameGroup((phrase, written[other]), "written so in the articles"))
    return groups


def _weights(uses: Sequence[NameUse]) -> dict[str, float]:
    """Weigh names as company: the rarer the more, and nothing where half of the articles hold it."""
    counts: Counter[str] = Counter()
    for use in uses:
        counts.update({word for _, _, around in use.words.values() for word in around})
    total = len(uses)
    return {
        word: 0.0 if total >= FEW_ARTICLES and count > COMPANY_SHARE * total else math.log(1 + total / count)
        for word, count in counts.items()
    }


def _cosine(one: Counter[str], other: Counter[str], weights: Mapping[str, float]) -> float:
    def length(company: Counter[str]) -> float:
        return math.sqrt(sum(weights.get(word, 0.0) ** 2 for word in company)) or 1.0

    shared = sum(weights.get(word, 0.0) ** 2 for word in one.keys() & other.keys())
    return shared / (length(one) * length(other))


def _one_person(one: set[str], other: set[str]) -> bool:
    """Tell whether words of names may be one person's: where both have a word beside them, they share one."""
    return not one or not other or any(_spelt_alike(word, another) for word in one for another in other)


def _spelt_alike(one: str, other: str) -> bool:
    """Tell whether two stems are a letter or two apart, and alike but for vowels and doubled letters."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < SHORTEST_NAME_WORD or one[0] != other[0] or skeleton(one) != skeleton(other):
        return False
    return letters_apart(one, other)


def _join_pairs(pairs: Sequence[tuple[str, str]]) -> list[set[str]]:
    groups: list[set[str]] = []
    for pair in pairs:
        touched = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in touched]
        groups.append(set(pair).union(*touched))
    return groups


def _are_spellings(one: str, other: str) -> bool:
    """Tell whether two long names are spellings of one: most of their words are near."""
    words, others = (name_key(long).split() for long in (one, other))
    met = sum(any(word[:3] == another[:3] for another in others) for word in words if len(word) > 2)
    return met >= 0.7 * max(sum(len(word) > 2 for word in words), sum(len(word) > 2 for word in others))


def _same_words(groups: Sequence[NameGroup], uses: Sequence[NameUse]) -> dict[str, frozenset[str]]:
    beside: dict[str, list[frozenset[str]]] = defaultdict(list)
    for use in uses:
        for key, (_, inside, _) in use.words.items():
            beside[key].append(frozenset(inside))
    common = {key for use in uses for key in use.common}
    found: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        stands = {word for name in group.names if (word := _telling_word(name, beside, common))}
        for word in stands:
            found[word] |= stands - {word}
    return {word: frozenset(others) for word, others in found.items() if others}


def _telling_word(name: str, beside: Mapping[str, Sequence[frozenset[str]]], common: set[str]) -> str | None:
    """Choose the word that a name is known by: its only one, or the longest that stands in no other name."""
    words = [stem(token.text) for token in tokens(name) if token.text[0].isupper()]
    if len(words) < 2:
        return words[0] if words else stem(name)
    own = frozenset(words)
    telling = [
        word
        for word in words
        if word not in common and word in beside and all(inside & (own - {word}) for inside in beside[word])
    ]
    return max(telling, key=len, default=None)
