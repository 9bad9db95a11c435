"""Words of denial."""

from __future__ import annotations

import re

DENIAL = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|fail(?:s|ed)?|den(?:y|ies|ied)|reject(?:s|ed)?"
    r"|refus(?:e|es|ed)|ruled out|instead of|rather than|unlikely|yet to|stopped short|far from)\b|n[’']t\b",
    re.I,
)
