"""How corrections, clarifications and withdrawals are worded, and which article they are of."""

from __future__ import annotations

import re

LONGEST_CORRECTION = 1200
_CORRECTION_LABEL = (
    r"(?:corrections?|corrected|clarifications?|retractions?|retracted|withdrawals?|withdrawn|rectificatif|erratum"
    r"|errata)"
)
_HERE = r"this (?:article|story|report|post|piece)"
_CORRECTION = re.compile(
    rf"^\W*{_CORRECTION_LABEL}\b(?:\s*[:.–—-]|\s*\(|\s*,[^:.\n]{{2,40}}:|\s+(?:an|the|this|on|in|a|to)\b|\s+[A-Z“\"])"
    r"|\b(?:an?|the) (?:earlier|previous|original|first|prior) versions? of (?:this|our|"
    r"the (?:article|story|report|post|piece|headline|caption))\b"
    r"|\b(?:an?|the) (?:earlier|previous|prior) versions? (?:\w+ ){0,3}"
    r"(?:said|stated|gave|reported|named|put|wrongly|incorrectly|mis\w+)\b"
    rf"|\b{_HERE} (?:has been|was|is) (?:\w+ )?(?:corrected|amended|clarified|withdrawn|retracted|taken down)\b"
    r"|\b(?:une version (?:antérieure|précédente)|cet article a été (?:corrigé|modifié|retiré))\b",
    re.IGNORECASE,
)
_MISSTATED = re.compile(
    r"\b(?:earlier|previous|original|first|prior)\s+versions?\s+of\b.{0,60}"
    r"\b(?:incorrect|inaccurate|wrong|mistaken|erroneous|mis(?:stat|spel|identif|report|attribut))",
    re.IGNORECASE,
)
_NOTE_LABEL = r"editor[’']?s[’']? notes?"
_NOTICE_TITLE = re.compile(
    rf"^\W*(?:{_CORRECTION_LABEL}|{_NOTE_LABEL})\s*(?:[:–—|-]|\bto\b|\bof\b)\s*(?P<of>.+)$", re.IGNORECASE
)
_SHORTEST_TITLE = 12
_EDITORS_NOTE = re.compile(rf"^\W*{_NOTE_LABEL}\b", re.IGNORECASE)
# what an editor's note says of what was wrong; others tell where a story first appeared
_PUT_RIGHT = re.compile(
    r"\b(?:correct(?:ed|s|ions?)|amend(?:ed|s)|clarif\w+|revised|retract\w*|withdrawn|errors?|mistak\w+|inaccura\w+"
    r"|incorrect\w*|wrong\w*|mis(?:stat|spel|identif)\w+|(?:was|been|is) (?:\w+ )?updated)\b",
    re.IGNORECASE,
)


def is_editors_note(text: str) -> bool:
    """Return True for a note of the editor's on the page: a correction, or where a story first appeared."""
    return bool(_EDITORS_NOTE.match(text))


def states_correction(text: str) -> bool:
    """Return True when a text says that an article was wrong before, is put right, or is withdrawn."""
    return bool(_CORRECTION.search(text) or (is_editors_note(text) and _PUT_RIGHT.search(text)))


def tells_mistake(text: str) -> bool:
    """Return True when a text repeats what an earlier version of an article had wrong: it states nothing."""
    return bool(_MISSTATED.search(text))


def corrections_in(text: str) -> list[tuple[int, int]]:
    """Return where the lines of a text start and end that state a correction."""
    lines = re.finditer(r"[^\n]+", text)
    return [
        line.span() for line in lines if len(line[0]) <= LONGEST_CORRECTION and states_correction(line[0])
    ]


def corrects(notice_title: str | None, notice_text: str, title: str | None) -> bool:
    """Return True when an article's title says that it corrects or withdraws the article of another title.

    "Correction: Gates opened at Kelvary" is of "Gates opened at Kelvary". So is "Editor's note: Gates opened at
    Kelvary", where its text puts something right.
    """
    found = _NOTICE_TITLE.match(notice_title or "")
    if not found or not title:
        return False
    said = f"Editor's note: {notice_text[:LONGEST_CORRECTION]}"
    if is_editors_note(found.group()) and not states_correction(said):
        return False
    of, own = (" ".join(re.findall(r"\w+", words.casefold())) for words in (found["of"], title))
    return of == own or (min(len(of), len(own)) >= _SHORTEST_TITLE and (of in own or own in of))
