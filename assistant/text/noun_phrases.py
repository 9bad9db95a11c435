"""Reporting verbs, and the noun phrases before and after them, found without a parser."""

from __future__ import annotations

import re
from typing import Literal

Stance = Literal["confirmed", "claimed", "blamed", "denied", "unconfirmed", "reported", "no_claim"]

STANCE_VERBS: tuple[tuple[Stance, str], ...] = (
    (
        "confirmed",
        r"confirm(?:s|ed|ing)?|acknowledg(?:es?|ed|ing)|admit(?:s|ted)?|conced(?:es?|ed)|verif(?:y|ies|ied)",
    ),
    (
        "claimed",
        r"claim(?:s|ed|ing)?|boast(?:s|ed|ing)?|assert(?:s|ed|ing)?|alleg(?:es?|ed|ing)|insist(?:s|ed|ing)?"
        r"|contend(?:s|ed)?|maintain(?:s|ed)?(?=\s*[,.:“\"]|\s+(?:that|it|he|she|they|there)\b"
        r"|\s(?:the|its|their|his|her) (?:[\w’'-]+ ){1,4}?(?:is|are|was|were|ha[sd]|have|did|do|does|will)\b)",
    ),
    ("denied", r"den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|refut(?:es?|ed)|disput(?:es|ed)|dismiss(?:es|ed)"),
    ("blamed", r"blam(?:es?|ed|ing)|accus(?:es?|ed|ing)"),
    ("unconfirmed", r"believ(?:es?|ed)|suspect(?:s|ed)?|thinks?|thought|fear(?:s|ed)|rumou?red"),
    (
        "reported",
        r"said|says?|saying|stat(?:es?|ed|ing)|report(?:s|ed|ing)?|told|announc(?:es?|ed|ing)|declar(?:es?|ed"
        r"|ing)|add(?:s|ed)|not(?:es?|ed)|writes?|wrote|estimat(?:es?|ed)|warn(?:s|ed|ing)?|explain(?:s|ed)"
        r"|disclos(?:es?|ed)|reveal(?:s|ed)|argu(?:es?|ed)|mention(?:s|ed)|counts?|counted|indicat(?:es?|ed)"
        r"|condemn(?:s|ed)|urg(?:es?|ed)|vow(?:s|ed)|pledg(?:es?|ed)|promis(?:es?|ed)|criticis(?:es?|ed)"
        r"|criticiz(?:es?|ed)|prais(?:es?|ed)|describ(?:es?|ed)(?= [^.,;]{1,80} as\b)"
        r"|call(?:s|ed)(?= (?:(?:for|on|it|them|this|that|him|her)\b|the [\w -]{1,40}[“\"]))"
        r"|(?:spoke|speaks?|talk(?:s|ed)) of"
        r"|(?:puts?|gave|gives)(?= (?:the|its|their) (?:[\w-]+ ){0,2}(?:number|toll|count|figure|total|losses)\b)",
    ),
)
VERB = re.compile(
    "|".join(rf"(?P<{stance}>\b(?:{forms})(?![\w-]))" for stance, forms in STANCE_VERBS),
    re.I,
)
# Forms that are nouns as often as verbs: "reports", "the claims".
NOUN_LIKE = re.compile(
    r"(?:reports?|claims?|states?|estimates?|notes?|counts?|fears?|suspects?|blame)$", re.I
)
AUXILIARY = re.compile(
    r"\b(?:(?:has|have|had|was|were|is|are|been|being|be|did|does|do|will|would|also|since|now|later|earlier|already"
    r"|only|reportedly|officially|publicly|repeatedly|still|yet|then|himself|herself|itself|themselves|not|never"
    r"|just|once|again|\w+ly|\w+n[’']t)\s+)+$",
    re.I,
)
BREAKS = frozenset(
    """that while although though but whereas as because when which who whom whose where if since after before until
    then so than is are was were has have had be been do does did will would can could may might must should not
    about how why whether yet""".split()
)
FINITE = frozenset(
    "is are was were has have had do does did will would can could may might must should not".split()
)
RELATIVE_PRONOUN = re.compile(r"\b(?:that|which|who)\b", re.I)
AFTER_BREAKS = BREAKS | frozenset("on during told and or but in it he she they there".split())
NAME_LINKS = frozenset("the a of for in on at and to de du des la le al wal el".split())
INSIDE = frozenset("of for from at to with in".split())
EDGE = re.compile(r"[,;:—–()“”\"!?]|\.\s|\s-\s")
PHRASE_WORD = re.compile(r"[^\s,;:—–()“”\"!?]+")
MOST_PHRASE_WORDS = 14
ARTICLE = re.compile(r"^(?:the|an?|its|their|his|her)\s+", re.I)
OPENING = re.compile(
    r"^(?:(?:however|meanwhile|what|and|but|or|so|yet|still|earlier|later|separately|also)\s+)+"
    r"|^(?:on|in|at|by|after|since|during|last|this)\s+(?:\S+\s+)*?(?=(?:the|an?|its|their|his|her)\s)"
    r"|^(?:on|last|this)\s+\w*day\s+|^(?:last|this)\s+(?:week|month|year)\s+",
    re.I,
)
LONGEST_HALF = 120
"""Characters of a name before the "and" inside it."""
AFTER_THE_NAME = re.compile(
    r"\s+(?:there|here|itself|themselves|himself|herself|first|often|always|sometimes|usually|\w+day"
    r"|(?:on|in) (?:\w+day|an?|its|their|his|her)\b.*)$",
    re.I,
)
_NAMED = r"[A-Z][\w.’'-]*(?!\w)"
_WHOLE = r"(?![A-Z]+\b)[A-Z][\w-]+(?![\w-])"
_LINK = r"(?:(?:of|for) (?:the )?)?"
_HALF = rf"(?:{_NAMED} )+(?:of|for) (?:the )?(?:{_NAMED} )*{_LINK}{_WHOLE}"
_HALF_A_NAME = re.compile(rf"\b{_HALF} $")
ONE_NAME = re.compile(
    rf"(?:the (?:{_LINK}{_NAMED} ){{0,6}}{_LINK}{_WHOLE}|{_HALF})"
    rf" and {_WHOLE}(?: {_NAMED})*(?! (?:{'|'.join(sorted(FINITE))}|[a-z]+ed|[A-Z]\S*)\b)",
)
"""One name with "and" inside: "the Food and Drug Administration", "Office of Management and Budget".

After "according to the" nearly all such runs are one name; without "the", and without "of" or "for" before "and",
they are as often two people or papers, and so are acronyms. What a verb follows begins another clause.
"""
TIME_BEFORE = frozenset("after before since until when as".split())


def phrase_before(sentence: str, at: int) -> tuple[int, int] | None:
    """Find the noun phrase that ends before ``at``, auxiliaries and an inserted apposition passed over."""
    auxiliary = AUXILIARY.search(sentence, 0, at)
    end = len(sentence[: auxiliary.start() if auxiliary else at].rstrip())
    if end and sentence[end - 1] == ",":
        opening = sentence.rfind(",", 0, end - 1)
        if opening <= 0 or end - opening > 120:
            return None
        end = opening
    words: list[re.Match[str]] = []
    dated = False
    for word in reversed(list(PHRASE_WORD.finditer(sentence, 0, end))):
        follows = words[-1].start() if words else end
        plain = word.group().lower()
        gap = sentence[word.end() : follows]
        if (
            len(words) == MOST_PHRASE_WORDS
            or EDGE.search(gap)
            or plain in BREAKS
            or word.group().endswith(".")
        ):
            if plain in FINITE and words:
                relative = list(RELATIVE_PRONOUN.finditer(sentence, 0, word.start()))
                return phrase_before(sentence, relative[-1].start()) if relative else None
            dated = plain in TIME_BEFORE
            break
        if words and VERB.fullmatch(word.group()) and plain[-1] == "d":
            break
        if plain == "and" and not _continues_left(sentence, word.start()):
            named = bool(words) and all(one.group()[0].isupper() for one in words)
            near = max(0, word.start() - LONGEST_HALF)
            if not (named and _HALF_A_NAME.search(sentence, near, word.start())):
                break
        words.append(word)
    while dated and len(words) > 1 and words[-1].group().islower():
        words.pop()
    return _trimmed(sentence, words[-1].start(), end) if words else None


def phrase_after(sentence: str, at: int) -> tuple[int, int] | None:
    """Find the noun phrase that begins at ``at``."""
    words: list[re.Match[str]] = []
    for word in PHRASE_WORD.finditer(sentence, at):
        gap = sentence[words[-1].end() if words else at : word.start()]
        plain = word.group().rstrip(".").lower()
        if EDGE.search(gap) or len(words) == MOST_PHRASE_WORDS:
            break
        if words and (plain in AFTER_BREAKS or (VERB.fullmatch(plain) and not NOUN_LIKE.match(plain))):
            named = [ONE_NAME.match(sentence, one.start()) for one in words[:2]]
            if not (plain == "and" and any(one and one.end() > word.end() for one in named)):
                break
        words.append(word)
        if word.group().endswith(".") and not re.fullmatch(r"(?:[A-Z]\.)+|\w{1,3}\.", word.group()):
            break
    while words and words[-1].group().lower() in INSIDE:
        words.pop()
    if not words:
        return None
    end = words[-1].end()
    return _trimmed(sentence, words[0].start(), end - (sentence[end - 1] == "."))


def _continues_left(sentence: str, at: int) -> bool:
    """Tell "defence and security experts" and "Union of Towns and Ports" from the "and" that begins a clause."""
    clause = re.split(r"[,;:“”\"]", sentence[:at])[-1].split()
    if all(word[0].isupper() or word in NAME_LINKS for word in clause) and len(clause) < MOST_PHRASE_WORDS:
        return bool(clause)
    return 0 < len(clause) <= 5 and not any(word.lower() in BREAKS or VERB.fullmatch(word) for word in clause)


def _trimmed(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """Take openings and the article off a noun phrase."""
    for pattern in (OPENING, ARTICLE):
        match = pattern.match(sentence[start:end])
        if match and match.end() < end - start:
            start += match.end()
    trailing = AFTER_THE_NAME.search(sentence, start, end)
    end = trailing.start() if trailing else end
    return (start, end) if re.search(r"[A-Za-z]", sentence[start:end]) else None
