"""Names of a question that no article mentions."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from assistant.evidence.features import Matches
from assistant.evidence.sentences import ScoredSentence
from assistant.text.tokens import letters_apart, names, stem, tokens

# letters from which a name that is written otherwise by one of them is taken for misspelt: "Djokovich"
LONG_ENOUGH = 6


def unknown_names(text: str, matches: Matches, ranked: Sequence[ScoredSentence]) -> tuple[str, ...]:
    """List the names of a question of which no article holds a word, in any spelling."""
    rows = {word: row for row, word in enumerate(matches.words) if word in matches.asked.names}
    return tuple(
        span.text
        for span in names(text)
        if (span.start > 0 or " " in span.text)
        and (parts := [rows[stem(token.text)] for token in tokens(span.text) if stem(token.text) in rows])
        and all(matches.words[row] in matches.asked.unknown and matches.table[row].max() < 1 for row in parts)
        and not _misspelt(span.text, ranked)
    )


def _misspelt(name: str, ranked: Sequence[ScoredSentence]) -> bool:
    """Return True when the articles found write a name with one letter more, less or otherwise, or in two words."""
    if len(name) < LONG_ENOUGH:
        return False
    asked = name.casefold()
    texts = dict.fromkeys(text for one in ranked for text in (one.article.title or "", one.text))
    return any(
        other[:1] == asked[:1] and letters_apart(asked, other, 1)
        for text in texts
        for span in names(text)
        for other in _written(span.text.casefold().split())
    )


def _written(words: Sequence[str]) -> Iterator[str]:
    """Yield the words of a name, and each two beside one another as one."""
    yield from words
    yield from map("".join, itertools.pairwise(words))
