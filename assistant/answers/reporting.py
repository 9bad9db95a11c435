"""Which sentences report: whole ones that tell news, and not the reader what to do; and which lean on others."""

from __future__ import annotations

import re

from assistant.text.corrections import is_editors_note, states_correction

SHORTEST, LONGEST = 5, 60
"""Words of a sentence that reports."""
_ENDS = re.compile(r"[.!…][”\"’')\]]*$")
_POINTS = re.compile(
    r"(?:here|sign\s+up|subscribe|click|watch|follow)\b|for\s+(?:the\s+latest|more|live|full|updates)\b"
    r"|.*\blive\s+(?:updates?|coverage|blog)\b"
    r"|.*\b(?:reached\s+out|requests?\s+for\s+comment|requesting\s+comment)\b",
    re.I,
)
"""What tells nothing of the matter: "Here's what to know", "The firm did not answer requests for comment"."""
_QUOTED = re.compile(r"[“\"].*?[”\"]")
_ADDRESSES = re.compile(r"\b(?:I|[Yy]ou|[Yy]our|[Ww]e|[Oo]ur|us|[Mm]y|me)\b")
"""What a writer says to the reader, outside quotations."""
_LEANING = re.compile(
    r"^[“\"‘'(]?(?:he|she|it|they|this|these|that|those|his|her|their|its|but|and|so|however|also)\b", re.I
)


def leans(text: str) -> bool:
    """Return True when a sentence leans on the one before it: "He did not say why"."""
    return bool(_LEANING.match(text))


def reports(text: str) -> bool:
    """Return True for a whole sentence that tells news: no note of the editor's, no words to the reader."""
    fits = SHORTEST <= len(text.split()) <= LONGEST and _ENDS.search(text) and not _POINTS.match(text)
    told = _QUOTED.sub("", text)
    whole = not re.search(r"[“”\"]", told) and not _ADDRESSES.search(told)
    return bool(fits) and whole and not states_correction(text) and not is_editors_note(text)
