"""Who says what stands at a place of an article, and how firmly.

An outlet speaks for itself unless the words around a statement attribute it (``claims``); who "he" or "it" is
stands in the sentences before.
"""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.evidence.claims import PRONOUN, SPEAKER, SPEAKING, TURN, claims
from assistant.text.noun_phrases import ARTICLE, INSIDE, OPENING, PHRASE_WORD, Stance
from assistant.text.sentences import split_sentences
from assistant.text.tokens import STOP_WORDS
from assistant.types import Article

# "I", "I've always": whoever is quoted, however the phrase goes on.
FIRST_PERSON = re.compile(r"(?:(?:And|But|So) )?(?:I|[Ww]e|[Mm]y|[Oo]ur)(?:[’'](?:ve|m|re|d|ll))?\b")
PERSONAL = frozenset({"he", "she", "who"})
QUOTATION = re.compile(r"[“\"‘']")
NEAR = 900
"""Characters before a sentence among which its pronoun's antecedent is looked for."""
PERSON = re.compile(r"[A-Z][\w’'-]+(?: [A-Z]\.)?(?: [A-Z][\w’'-]+)+")
# Pronouns that bring in people whom nothing before has named.
NEWCOMERS = re.compile(r"(?:these|those|others|some)$", re.I)
# What is said, where a phrase ought to name who says it.
SAYING = re.compile(r"(?:reports?|claims?|estimates?|statements?|counts?|notes?|fears?|blame)$", re.I)
INSTITUTION = re.compile(
    rf"(?:\b[\w-]+(?:[’']s)? ){{0,3}}\b(?:{SPEAKING})\b(?!\s+(?!has|is|was|says)[a-z]+s\b)(?!-)", re.I
)
DOUBT = re.compile(
    r"\b(?:may|might) (?:also )?have\b|\bpossibl[ey]\b|\bsuspect|\b(?:believed|thought|feared|rumoured) to\b"
    r"|\bfeared\b|\balleged|\breportedly\b|\bunconfirmed\b|\b(?:could|can) not be (?:\w+ )?"
    r"(?:verified|confirmed|established)|\bunverified\b|\bremains? unknown\b",
    re.I,
)


def who_says(article: Article, start: int, end: int, place: int) -> tuple[str | None, Stance]:
    """Return who says what stands at ``place`` in the sentence ``article.text[start:end]``, and the stance.

    The speaker is a phrase of the article that names somebody, or its publisher (None where that is not known).
    """
    sentence = article.text[start:end]
    at = place - start
    covering = [one for one in claims(sentence) if one.start <= at < one.end]
    if not covering:
        left = max((match.end() for match in TURN.finditer(sentence, 0, at)), default=0)
        found = TURN.search(sentence, at)
        doubtful = DOUBT.search(sentence, left, found.start() if found else len(sentence))
        return article.publisher, "unconfirmed" if doubtful else "reported"
    claim = max(covering, key=lambda one: (one.rank, one.start))
    if claim.speaker is None or _names_nobody(claim.speaker, opens=sentence.startswith(claim.speaker)):
        return article.publisher, claim.stance
    if _refers(claim.speaker):
        return _antecedent(article, start, start + claim.start, claim.speaker), claim.stance
    return claim.speaker, claim.stance


def _names_nobody(speaker: str, *, opens: bool) -> bool:
    """Return True for "some" and "unconfirmed reports"; ``opens``: the first word has its capital anyway."""
    if _refers(speaker):
        return bool(NEWCOMERS.match(speaker))
    words = PHRASE_WORD.findall(speaker)
    if all(re.split("[’']", word)[0].lower() in STOP_WORDS for word in words):
        return True
    head = next((before for before, word in pairwise(words) if word.lower() in INSIDE), words[-1])
    named = any(word[0].isupper() for word in words[opens:]) or SPEAKER.search(speaker)
    return bool(SAYING.match(head)) and not named


def _antecedent(article: Article, start: int, before: int, pronoun: str) -> str | None:
    """Find who is meant by a pronoun that speaks: the last speaker or institution named before it.

    "He" and "she" are people; "I" and "we" too, where what they say stands in quotation marks, else the outlet.
    """
    own_words = pronoun.lower() not in PERSONAL and QUOTATION.match(article.text, start)
    if pronoun.lower() not in {*PERSONAL, "it", "they"} and not own_words:
        return article.publisher
    near = max(0, start - NEAR)
    text, own = article.text[near:before], start - near
    for sentence in reversed(list(split_sentences(text))):
        words = text[sentence.start : sentence.end]
        named = [one.speaker for one in claims(words) if one.speaker and not _refers(one.speaker)]
        if pronoun.lower() not in {"it", "they"}:
            person = next((one for one in reversed(named) if _is_person(one)), None)
            person = person or next(filter(_is_person, PERSON.findall(words)), None)
            if person:
                return person
            continue
        institutions = [match.group() for match in INSTITUTION.finditer(words)]
        if institutions:
            return ARTICLE.sub("", _noun_phrase(institutions[-1 if sentence.start >= own else 0]))
        if named:
            return named[-1]
    return article.publisher


def _refers(speaker: str) -> bool:
    return bool(PRONOUN.match(speaker) or FIRST_PERSON.match(speaker))


def _is_person(phrase: str) -> bool:
    """Return True for "Ann Bell" and "Bell", not for "the court", "The Guild" and "US officials"."""
    words = phrase.split()
    return words[-1][0].isupper() and not (
        words[-1].isupper() or SPEAKER.search(words[-1]) or " of " in phrase
    )


def _noun_phrase(words: str) -> str:
    """Drop what stands before the article or first capital of a run of words: "In the agency" -> "the agency"."""
    words = OPENING.sub("", words)
    found = re.search(r"(?:\b(?:the|an?|its|their)\s+|\b[A-Z]).*$", words, re.S)
    return found.group() if found else words.rsplit(maxsplit=1)[-1]
