"""How corrections, clarifications and withdrawals are worded."""

from __future__ import annotations

import re

_LABEL = r"(?:corrections?|corrected|clarifications?|editor[’']?s[’']? notes?|rectificatif|erratum|errata)"
_CORRECTION = re.compile(
    rf"^\W*{_LABEL}\b(?:\s*[:.–—-]|\s*\(|\s+(?:an|the|this|on|in|a|to)\b|\s+[A-Z“\"])"
    r"|\b(?:an?|the) (?:earlier|previous|original|first|prior) versions? of (?:this|our|the (?:article|story|report|post|piece|headline|caption))\b"
    r"|\b(?:an?|the) (?:earlier|previous|prior) versions? (?:\w+ ){0,3}"
    r"(?:said|stated|gave|reported|misstated|misidentified|misspelled|named|put|had|wrongly|incorrectly|contained|"
    r"was|mis\w+)\b"
    r"|\bthis (?:article|story|report|post|piece) (?:has been|was) (?:\w+ )?(?:corrected|amended|clarified)\b"
    r"|\b(?:une version (?:antérieure|précédente)|cet article a été (?:corrigé|modifié))\b",
    re.IGNORECASE,
)


def states_correction(text: str) -> bool:
    """Return True when a text says that an article was wrong before, or is put right."""
    return bool(_CORRECTION.search(text))
