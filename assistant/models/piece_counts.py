"""Counts the word pieces of texts by those of their words, each of which is cut once and remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

REMEMBERED_COUNTS = 300_000
LONGEST_REMEMBERED = 40


class PieceCounts:
    """The pieces of words, for a tokenizer that cuts at every space and line break; safe among threads."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, int] = {}

    def count(self, texts: Sequence[str]) -> list[int]:
        """Count the pieces of each text, special ones not included."""
        known = self._known
        if len(known) > REMEMBERED_COUNTS:
            known = self._known = {}
        cut = [text.replace("\n", " ").split(" ") for text in texts]
        counts = {word: known.get(word, -1) for words in cut for word in words}
        unknown = [word for word, count in counts.items() if count < 0]
        for word, pieces in zip(unknown, self._cut(unknown), strict=True):
            counts[word] = pieces
            if len(word) <= LONGEST_REMEMBERED:
                known[word] = pieces
        return [sum(map(counts.__getitem__, words)) for words in cut]

    def _cut(self, words: list[str]) -> list[int]:
        encodings = self._tokenizer.encode_batch_fast(words, add_special_tokens=False) if words else []
        return [len(one.ids) for one in encodings]
