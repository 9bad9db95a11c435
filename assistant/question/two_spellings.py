"""Words that British and American English spell in two ways: a question takes the spelling of the articles.

The pairs are regular: -ise and -ize, -our and -or, -re and -er, -ce and -se, -ogue and -og, -amme and -am, ll and
l, ae or oe and e. What a rule makes of any other word is no word, which no article holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.index import Store
from assistant.text.tokens import POSSESSIVE_END, STOP_WORDS, tokens

SHORTEST = 5
_ENDS_OF_VERB = r"(?=(?:e[ds]?|ers?|ing|ations?)$)"
_ENDS = r"(?=(?:s|ed|ing|able|ful|ite|ites|al|hood|hoods)?$)"
_ONE_VOWEL = "e"
_RULES = (
    (rf"(?<=[a-z]{{2}})is{_ENDS_OF_VERB}", rf"(?<=[a-z]{{2}})iz{_ENDS_OF_VERB}", "is", "iz"),
    (r"ys(?=(?:e[ds]?|ing)$)", r"yz(?=(?:e[ds]?|ing)$)", "ys", "yz"),
    (rf"our{_ENDS}", rf"or{_ENDS}", "our", "or"),
    (r"(?<=[bt])re(?=s?$)", r"(?<=[bt])er(?=s?$)", "re", "er"),
    (r"ence(?=s?$)", r"ense(?=s?$)", "ence", "ense"),
    (r"ogue(?=s?$)", r"og(?=s?$)", "ogue", "og"),
    (r"amme(?=s?$)", r"am(?=s?$)", "amme", "am"),
    (r"ll(?=(?:ed|ers?|ing)$)", r"(?<!l)l(?=(?:ed|ers?|ing)$)", "ll", "l"),
    (r"[ao]e(?=[a-z]{2})", None, "ae", _ONE_VOWEL),
)
_PAIRS = tuple(
    (re.compile(found), other)
    for british, american, first, second in _RULES
    for found, other in ((british, second), (american, first))
    if found
)
"""What is found in a word, and what stands there in the other spelling."""
_AFTER_SYLLABLE = re.compile(r"[aeiouy][a-z]*[^aeiouy]")


def spelt_otherwise(word: str, *, anywhere: bool = False) -> Iterator[str]:
    """Yield the other spellings of a word in small letters: "traveled" for "travelled"; none for "filled".

    What is spelt otherwise stands after a first syllable, if it is not the vowel of one ("oestrogen"), or
    ``anywhere``.
    """
    for pattern, other in _PAIRS:
        found = pattern.search(word)
        if found and (anywhere or other == _ONE_VOWEL or _AFTER_SYLLABLE.search(word[: found.start()])):
            yield f"{word[: found.start()]}{other}{word[found.end() :]}"


def spelt_as_in(index: Store, question: str) -> str:
    """Return a question with the words that the articles mostly spell in the other way spelt as they do.

    Names stay: "Labour" is a party.
    """
    changed = question
    for token in reversed(tokens(question)):
        word = POSSESSIVE_END.sub("", token.text)
        if len(word) < SHORTEST or not (word.isascii() and word.isalpha() and word.islower()):
            continue
        others = list(spelt_otherwise(word)) if word not in STOP_WORDS else []
        if not others:
            continue
        counts = index.word_counts([word, *others])
        best = max(others, key=lambda other: counts[other])
        if counts[best] > counts[word]:
            changed = f"{changed[: token.start]}{best}{changed[token.start + len(word) :]}"
    return changed
