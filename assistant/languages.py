"""The language of a text."""

from __future__ import annotations

import functools
from typing import Any

_SAMPLE = 2000
_SHORTEST = 40


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, or None where it is too short to tell.

    Judged on the first 2,000 characters by py3langid (Lui and Baldwin, 2012, "langid.py").
    """
    sample = text[:_SAMPLE]
    if sum(character.isalpha() for character in sample) < _SHORTEST:
        return None
    language, _ = _identifier().classify(sample)
    return str(language)


@functools.cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
