"""Lines that only say who wrote, took or owns something, told apart from sentences that begin alike."""

from __future__ import annotations

import re

_NAME = r"(?:[^\W\d_a-zß-ÿ][\w.'’&/-]*|[A-Z]{2,}[\w.&/-]*)"
_JOINS = (
    "and|et|y|und|in|at|for|of|with|from|the|our|an?|de|da|di|du|la|le|van|von|der|den|bin|ibn|al|el|via|by|"
    "additional|reporting|editing|writing|staff|agencies|agency|wires?|desk|newsroom|correspondents?|reporters?|"
    "writers?|editors?|author|photographers?|courtesy|contributors?|handout"
)
_NAMES = rf"(?:(?:{_NAME}|(?i:{_JOINS}))[\s,;:()/|–—-]*){{1,30}}\.?"
_WORK = re.compile(
    r"\(?(?i:report(?:ing|ed)?|written|edit(?:ing|ed)|additional reporting|writing|compiled|translat(?:ion|ed)) "
    rf"(?i:by):? {_NAMES}(?:[.;] ?{_NAMES})*\)?\.?"
)
_PICTURE = (
    r"(?i:file\s?photo|photos?|photographs?|photo credits?|image credits?|images?|pictures?|picture credits?|"
    r"photo illustration|crédit photo)"
)
_TAKEN_BY = re.compile(rf"{_PICTURE} (?i:by|courtesy(?: of)?|credit|via)\b[\s:]*(?:{_NAMES}|$)")
_CAPTION = re.compile(rf"{_PICTURE}\s*[:|/©]\s*(?P<rest>\S.{{0,400}})")
_CREDITED = re.compile(
    r"/|©|\b(?:via|courtesy|credit|getty|afp|ap|reuters|epa|handout)\b|(?-i:\bby [A-Z])",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:©|\(c\)\W*(?:\d{4}|[A-Z])|(?i:copyright)\W*(?:©|\(c\)|(?i:by)\b|\d{4}(?!\d))).{0,200}"
)
_RIGHTS_WORD = re.compile(r"(?:copyright\b|\(c\)).{0,200}", re.IGNORECASE)
_FEWEST_WORDS = 8


def is_credit(line: str, *, is_sentence: bool) -> bool:
    """Return True for a line that credits writers or pictures, or states rights, and reports nothing."""
    if _WORK.fullmatch(line) or _TAKEN_BY.fullmatch(line) or _RIGHTS.fullmatch(line):
        return True
    if not is_sentence and _RIGHTS_WORD.fullmatch(line):
        return True
    caption = _CAPTION.fullmatch(line)
    return caption is not None and not (
        is_sentence
        and (caption["rest"][:1].islower() or caption["rest"].count(" ") + 1 >= _FEWEST_WORDS)
        and not _CREDITED.search(caption["rest"])
    )
