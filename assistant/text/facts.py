"""The names and quotations of a text, in forms that can be compared across spellings."""

from __future__ import annotations

import re

from assistant.text.english.number_words import NUMBER_WORDS
from assistant.text.tokens import STOP_WORDS, names, tokens

QUOTATION_PATTERN = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|(?<!\w)‘([^‘’]+)’(?!\w)|«([^«»]+)»")


def name_words(text: str) -> list[tuple[str, bool]]:
    """List the capitalised words of names, each with whether it alone begins the text."""
    found: list[tuple[str, bool]] = []
    for span in names(text):
        words = [token.text for token in tokens(span.text)]
        alone = len(words) == 1 and not any(character.isalnum() for character in text[: span.start])
        found.extend(
            (word, alone)
            for word in words
            if word[0].isupper() and word.lower() not in STOP_WORDS and word.lower() not in NUMBER_WORDS
        )
    return found


def quotations(text: str) -> list[str]:
    """List what stands in quotation marks, without the punctuation at its end."""
    return [
        next(part for part in match.groups() if part).strip().rstrip(".,;:!?…")
        for match in QUOTATION_PATTERN.finditer(text)
    ]
