"""Learns what abbreviations stand for, where a text explains them: "the Union for River Defence (URD)"."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.text.sentences import split_sentences
from assistant.text.tokens import STOP_WORDS, stem, tokens

PIECE = r"(?:[A-ZÀ-ÖØ-Þ][\w’'‘-]*|[a-z]{1,4}[-’'][A-Z][\w’'‘-]*)"
LINK = r"(?:of|for|the|and|in|on|de|du|des|la|le|et|al|wal|el|von|der)"
LONG_NAME = rf"(?P<long>{PIECE}(?:\s+(?:{LINK}\s+){{0,3}}{PIECE}){{1,8}})"
SHORT_NAME = r"(?P<short>[A-Z][A-Za-z]{0,2}[A-Z][A-Za-z]{0,5})"
ABBREVIATION = re.compile(rf"\b{SHORT_NAME}\b")
DEFINED = (
    re.compile(rf"{LONG_NAME}[’'”\"]?\s*\(\s*[“\"‘']?{SHORT_NAME}[”\"’']?\s*[),;]"),
    re.compile(rf"\b{SHORT_NAME}\s*\(\s*{LONG_NAME}\s*\)"),
    # "the Union for River Defence, which is better known as the URD"
    re.compile(
        rf"{LONG_NAME}[’'”\"]?,?\s+(?:[a-z]+\s+){{0,3}}?(?:known?|abbreviated)\s+"
        rf"(?:(?:as|to|by|its|the|their|acronym|initials)\s+){{0,4}}[“\"‘']?{SHORT_NAME}\b"
    ),
)
# Looser forms, in which the letters of the abbreviation must begin the words of the name.
EXPLAINED = (
    # "the Union for River Defence, or URD,"; "the Union for River Defence, the URD,"
    re.compile(rf"{LONG_NAME}[’'”\"]?,\s+(?:or|the|or\s+the)\s+[“\"‘']?{SHORT_NAME}[”\"’']?(?=[,.;)]|$)"),
    # "URD, a militia whose full name is the Union for River Defence"
    re.compile(
        rf"\b{SHORT_NAME}\b[^.;]{{0,60}}?\b(?:stands? for|short for|full name is(?: written)?|in full"
        rf"|(?:acronym|abbreviation|initials) (?:of|for)),?\s+[“\"‘']?(?:the\s+)?{LONG_NAME}"
    ),
)
DESCRIBES = re.compile(r"[’'‘]s?$|-(?:linked|affiliated|aligned|backed|led|based)$")


@lru_cache(maxsize=1_000)
def abbreviations(text: str) -> dict[str, frozenset[str]]:
    """Learn which stems each abbreviation of a text, itself stemmed, stands for."""
    if not ABBREVIATION.search(text):
        return {}
    return {
        stem(short): frozenset(stem(token.text) for token in tokens(long) if token.text[0].isupper())
        for part in split_sentences(text)
        for short, long in definitions(text[part.start : part.end])
    }


def definitions(sentence: str) -> list[tuple[str, str]]:
    """List the abbreviations that a sentence explains, each with its long name."""
    if not ABBREVIATION.search(sentence):
        return []
    found = []
    forms = [(pattern, pattern in DEFINED) for pattern in (*DEFINED, *EXPLAINED)]
    for match, plain in ((match, plain) for pattern, plain in forms for match in pattern.finditer(sentence)):
        short, pieces = match.group("short"), match.group("long").split()
        pieces = pieces[1:] if pieces[0].lower() in STOP_WORDS else pieces
        suffixes = [" ".join(pieces[at:]) for at in range(len(pieces) - 1) if re.match(PIECE, pieces[at])]
        exact = [long for long in suffixes if stands_for(short, long)]
        described = max((at for at, piece in enumerate(pieces) if DESCRIBES.search(piece)), default=-1)
        long = exact[-1] if exact else " ".join(pieces[described + 1 :])
        if short not in pieces and (exact or (plain and len(_capital_initials(long)) > 2)):
            found.append((short, long))
    return found


def stands_for(short: str, long: str) -> bool:
    """Tell whether the letters of an abbreviation begin the words of a name, in order and from the first."""
    letters = [letter.lower() for letter in short if letter.isupper()]
    initials = _capital_initials(long)
    if not initials or initials[0] != letters[0]:
        return False
    at = 0
    for initial in initials:
        at += at < len(letters) and initial == letters[at]
    return at == len(letters)


def _capital_initials(name: str) -> list[str]:
    return [token.text[0].lower() for token in tokens(name) if token.text[0].isupper()]
