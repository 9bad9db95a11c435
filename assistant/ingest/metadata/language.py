"""The language of a text."""

from __future__ import annotations

import functools
import re
from typing import Any

_LANGUAGE_SAMPLE = 600
_SHORTEST = 40
_NOT_LETTERS = re.compile(r"[\W\d_]+")


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, or None where it is too short to tell.

    Judged on the first 600 characters by py3langid (Lui and Baldwin, 2012, "langid.py").
    """
    sample = text[:_LANGUAGE_SAMPLE]
    if len(_NOT_LETTERS.sub("", sample)) < _SHORTEST:
        return None
    language, _ = _identifier().classify(sample)
    return str(language)


@functools.cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
