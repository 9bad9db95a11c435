"""Lines that only say who wrote, took or owns something, told apart from sentences that begin alike."""

from __future__ import annotations

import re

_PICTURE = (
    r"(?:file\s?photo|photos?|photographs?|photo credits?|image credits?|images?|pictures?|picture credits?|"
    r"photo illustration|crédit photo)"
)
_WORK = re.compile(
    r"\(?(?:(?:report(?:ing|ed)?|written|edit(?:ing|ed)|additional reporting|writing|compiled|translat(?:ion|ed)) "
    r"by:? |[–—-]?\s*contribut(?:ing|ors?|ed)(?: to this (?:report|story|article))?(?: by)?: )",
    re.IGNORECASE,
)
_TAKEN_BY = re.compile(rf"{_PICTURE} (?:by|courtesy(?: of)?|credit|via)\b[\s:]*", re.IGNORECASE)
_CAPTION = re.compile(rf"{_PICTURE}\s*[:|/©]\s*(?P<rest>\S.{{0,400}})", re.IGNORECASE)
_CREDITED = re.compile(
    r"/|©|\b(?:via|courtesy|credit|getty|afp|ap|reuters|epa|handout)\b|(?-i:\bby [A-Z])", re.IGNORECASE
)
_RIGHTS_CREDIT = re.compile(
    r"(?:©|\(c\)\W*(?:\d{4}|[A-Z])|(?i:copyright)\W*(?:©|\(c\)|(?i:by)\b|\d{4}(?!\d))).{0,200}"
)
_RIGHTS_WORD = re.compile(r"(?:copyright\b|\(c\)).{0,200}", re.IGNORECASE)
# Small words that stand between and beside names in a credit.
_NAME_LINKS = frozenset(
    "and et y und in at for of with from the our a an de da di du la le van von der den bin ibn al el via by "
    "additional reporting editing writing staff agencies agency wire wires desk newsroom network correspondent "
    "correspondents reporter reporters writers editors author photographer courtesy contributors handout".split()
)
_WORD_BREAKS = re.compile(r"[\s,;:()/|–—.\]\[&]+")
# What all credits begin with, so that other lines cost one look.
_CREDIT_START = re.compile(
    r"\W*(?:report|edit|writ|addit|compil|contrib|transl|file|photo|image|picture|crédit|©|c\)|copyright)|©",
    re.I,
)
_MOST_WORDS = 40
_FEWEST_CAPTION_WORDS = 8


# "Ada Berg/Reuters People watch …": a credit whose line runs on; all of its words have capitals
_CREDIT_BEFORE = re.compile(
    r"(?:[^\W\d_][\w.’'-]*(?:\s+-\s+|[\s/]+)){1,8}?(?:(?<=/)|(?<=\bfor\s)|(?<=\bvia\s))"
    r"(?:(?i:getty\s+images)|Reuters|USA\sTODAY(?:\sSports)?|[A-Z]{2,5})\s+(?=[A-Z“\"])"
)


def credit_before(sentence: str) -> int:
    """Return how many characters of a sentence are the credit of the picture before it."""
    found = _CREDIT_BEFORE.match(sentence)
    return found.end() if found and _all_names(found.group()) else 0


def is_credit(line: str, *, is_sentence: bool) -> bool:
    """Return True for a line that credits writers or pictures, or states rights, and reports nothing."""
    if not _CREDIT_START.match(line):
        return False
    for lead in (_WORK, _TAKEN_BY):
        found = lead.match(line)
        if found and _all_names(line[found.end() :]):
            return True
    if _RIGHTS_CREDIT.fullmatch(line) or (not is_sentence and _RIGHTS_WORD.fullmatch(line)):
        return True
    caption = _CAPTION.fullmatch(line)
    return caption is not None and not (
        is_sentence
        and (caption["rest"][:1].islower() or caption["rest"].count(" ") + 1 >= _FEWEST_CAPTION_WORDS)
        and not _CREDITED.search(caption["rest"])
    )


def _all_names(words: str) -> bool:
    """Return True when words are names, with capitals, and what joins them."""
    parts = [word for word in _WORD_BREAKS.split(words) if word]
    return len(parts) <= _MOST_WORDS and all(
        word[0].isupper() or word[0].isdigit() or word.casefold() in _NAME_LINKS for word in parts
    )
