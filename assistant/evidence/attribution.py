"""Who says a sentence, and how firmly: speakers and stances, by the grammar of reporting verbs.

An outlet speaks for itself unless the words around a statement attribute it: "officials said …",
"…, said the mayor", "according to …", "was claimed by …", "it has been reported that …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.text.noun_phrases import (
    ARTICLE,
    BREAKS,
    INSIDE,
    NOUN_LIKE,
    OPENING,
    PHRASE_WORD,
    STANCE_VERBS,
    TIME_BEFORE,
    VERB,
    Stance,
    phrase_after,
    phrase_before,
)
from assistant.text.sentences import split_sentences
from assistant.text.tokens import STOP_WORDS
from assistant.types import Article

OBJECT = re.compile(
    r"\s+(?:that|the|a|an|at|its|their|his|her|it|they|he|she|there|some|about|more|\d)\b", re.I
)
PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+ly\s+|also\s+|first\s+|since\s+)*$", re.I)
NEGATED = re.compile(r"\b(?:not|never|n[’']t)\s+(?:\w+ly\s+|yet\s+)*$|n[’']t\s+$", re.I)
PRONOUN = re.compile(r"(?:it|he|she|they|we|i|who|which|this|these|those|others|some)$", re.I)
# "I", "I've always": whoever is quoted, however the phrase goes on.
FIRST_PERSON = re.compile(r"(?:(?:And|But|So) )?(?:I|[Ww]e|[Mm]y|[Oo]ur)(?:[’'](?:ve|m|re|d|ll))?\b")
PERSONAL = frozenset({"he", "she", "who"})
QUOTATION = re.compile(r"[“\"‘']")
NEAR = 900
"""Characters before a sentence among which its pronoun's antecedent is looked for."""
PARTICIPLE_OF_NOUN = re.compile(r"\b(?:an?|the|its|their|his|her|previously|newly|most)\s+$", re.I)
PERSON = re.compile(r"[A-Z][\w’'-]+(?: [A-Z]\.)?(?: [A-Z][\w’'-]+)+")
# Pronouns that bring in people whom nothing before has named.
NEWCOMERS = re.compile(r"(?:these|those|others|some)$", re.I)
# What is said, where a phrase ought to name who says it.
SAYING = re.compile(r"(?:reports?|claims?|estimates?|statements?|counts?|notes?|fears?|blame)$", re.I)
SPEAKING = (
    r"army|military|forces?|government|ministry|minister|police|officials?|authorities|spokes(?:man|woman|person)"
    r"|group|president|leader|sources?|witness(?:es)?|residents?|agency|organi[sz]ation|junta|commander|company"
    r"|colonel|general|officers?|court|hospital|mayor|governor|embassy|mission|movement|party"
)
SPEAKER = re.compile(rf"\b(?:{SPEAKING})\b", re.I)
INSTITUTION = re.compile(
    rf"(?:\b[\w-]+(?:[’']s)? ){{0,3}}\b(?:{SPEAKING})\b(?!\s+(?!has|is|was|says)[a-z]+s\b)(?!-)", re.I
)
ACCORDING = re.compile(
    r"\b(?:according to|by the (?:estimates?|count|tally|account|figures|reckoning) of|in the words of)\s+",
    re.I,
)
BY_ACCOUNT = re.compile(
    r"\b(?:by|in)\s+((?:[\w-]+\s+){0,4}?[\w-]+)[’']s?\s+(?:account|telling|version|words)\b", re.I
)
HEARSAY_PLACE = re.compile(
    r"\s+(?:elsewhere|locally|in the press|in (?:some|other|local) (?:reports|media))\b", re.I
)
TURN = re.compile(r"[;]|,\s+(?:but|while|whereas|although|though|however|yet)\b", re.I)
SUBORDINATE = re.compile(r"\b(?:while|although|though|whereas)\s+(?:\S+\s+){0,8}$", re.I)
DOUBT = re.compile(
    r"\b(?:may|might) (?:also )?have\b|\bpossibl[ey]\b|\bsuspect|\b(?:believed|thought|feared|rumoured) to\b"
    r"|\bfeared\b|\balleged|\breportedly\b|\bunconfirmed\b|\b(?:could|can) not be (?:\w+ )?"
    r"(?:verified|confirmed|established)|\bunverified\b|\bremains? unknown\b",
    re.I,
)
TRAILING_WORDS = 6


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says ``sentence[start:end]``: the speaker in the article's words, or None for the outlet itself."""

    start: int
    end: int
    stance: Stance
    speaker: str | None = None
    rank: int = 0


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


def claims(sentence: str) -> list[Claim]:
    """List the parts of a sentence that somebody says, with the speaker; the outlet says the rest."""
    found = [*_by_verb(sentence), *_according(sentence)]
    starts = sorted(one.start for one in found if one.rank == 2)
    return [
        one
        if one.rank < 2
        else Claim(
            one.start,
            min([one.end, *(_clause_start(sentence, at) for at in starts if at > one.start)]),
            one.stance,
            one.speaker,
            one.rank,
        )
        for one in found
    ]


def _by_verb(sentence: str) -> Iterator[Claim]:
    for verb in VERB.finditer(sentence):
        stance: Stance = next(name for name, _ in STANCE_VERBS if verb.group(name))
        before = sentence[: verb.start()]
        if PASSIVE.search(before):
            yield from _passive(sentence, verb, stance)
            continue
        if NEGATED.search(before):
            if stance != "confirmed":
                continue
            stance = "unconfirmed"
        if PARTICIPLE_OF_NOUN.search(before) or (
            NOUN_LIKE.match(verb.group()) and not _is_verb(sentence, verb)
        ):
            continue
        inverted = re.search(r"[,”\"’?!]\s*$", before) and phrase_after(sentence, verb.end())
        subject = phrase_before(sentence, verb.start())
        if inverted and (subject is None or re.search(r"[,”\"]\s*$", before)):
            words = sentence[slice(*inverted)]
            if _can_speak(sentence, inverted) and verb.group().lower() != "told":
                yield Claim(0, verb.start(), stance, words, 1)
                continue
        if subject is None or re.search(r"\b(?:to|and|by|of|the|an?)$", sentence[slice(*subject)], re.I):
            continue
        rest = re.split(r"[,.;]", sentence[verb.end() :], maxsplit=1)[0]
        left = sentence[: subject[0]].rstrip()
        left = re.sub(r"\b(?:the|an?)$", "", left, flags=re.I).rstrip()
        if left.endswith((",", "”", '"')) and len(left.split()) > 1 and _is_short(rest):
            yield Claim(
                _turn_before(sentence, subject[0]), len(sentence), stance, sentence[slice(*subject)], 1
            )
        else:
            yield Claim(
                verb.end(), _scope_end(sentence, subject[0], verb.end()), stance, sentence[slice(*subject)], 2
            )


def _passive(sentence: str, verb: re.Match[str], stance: Stance) -> Iterator[Claim]:
    """Read "was claimed by X", "it has been reported elsewhere that …", "is said to …"."""
    agent = re.match(r"\s+(?:\w+\s+){0,2}?by\s+", sentence[verb.end() :])
    start, end = _turn_before(sentence, verb.start()), _turn_after(sentence, verb.end())
    if agent and (phrase := phrase_after(sentence, verb.end() + agent.end())):
        yield Claim(start, end, stance, sentence[slice(*phrase)], 1)
        return
    place = HEARSAY_PLACE.match(sentence, verb.end())
    negated = re.search(r"\b(?:not|never)\b", sentence[max(0, verb.start() - 12) : verb.start()])
    if re.search(r"\bit\s+(?:\w+\s+){1,3}$", sentence[: verb.start()], re.I):
        start = verb.end()
    words = f"{verb.group()}{place.group()}" if place else None
    yield Claim(start, end, "unconfirmed" if negated else stance, words, 2 if start == verb.end() else 0)


def _according(sentence: str) -> Iterator[Claim]:
    for match in ACCORDING.finditer(sentence):
        phrase = phrase_after(sentence, match.end())
        if phrase:
            words = sentence[slice(*phrase)]
            stance: Stance = "unconfirmed" if re.search(r"\bunconfirmed\b", words, re.I) else "reported"
            yield Claim(
                _turn_before(sentence, match.start()), _turn_after(sentence, match.end()), stance, words, 1
            )
    for match in BY_ACCOUNT.finditer(sentence):
        words = ARTICLE.sub("", match.group(1))
        yield Claim(
            _turn_before(sentence, match.start()), _turn_after(sentence, match.end()), "reported", words, 1
        )


def _is_verb(sentence: str, verb: re.Match[str]) -> bool:
    """Return True for "Reuters reports." and "they claim that", not for "the reports" and a name."""
    if verb.group()[0].isupper():
        return False
    before = PHRASE_WORD.findall(sentence[: verb.start()])
    if not before or re.fullmatch(
        r"(?:the|an?|its|their|his|her|to|of|some|other|these|such|no|for|early)", before[-1], re.I
    ):
        return False
    after = sentence[verb.end() :]
    named = before[-1][0].isupper() and verb.group().lower().endswith("s")
    plural = before[-1].lower().endswith("s") or before[-1].lower() in {
        "they",
        "we",
        "it",
        "he",
        "she",
        "who",
    }
    return bool(
        PRONOUN.match(before[-1])
        or (named and re.match(r"\W*$|\s*[,.]", after))
        or ((named or plural) and OBJECT.match(after))
    )


def _can_speak(sentence: str, phrase: tuple[int, int]) -> bool:
    """Return True for "said the mayor of the town", not for "said the town was safe"."""
    words = sentence[slice(*phrase)]
    if any(map(str.isdigit, words)) or not (words[0].isupper() or SPEAKER.search(words)):
        return False
    following = PHRASE_WORD.match(sentence, phrase[1] + 1)
    return (
        following is None
        or following.group().lower() not in BREAKS
        or following.group().lower() in TIME_BEFORE
    )


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


def _is_short(rest: str) -> bool:
    return (
        len(rest.split()) <= TRAILING_WORDS and not any(map(str.isdigit, rest)) and " that " not in f"{rest} "
    )


def _scope_end(sentence: str, subject: int, at: int) -> int:
    if SUBORDINATE.search(sentence[:subject]) or re.search(
        r"\b(?:while|although|though|whereas)\s+(?:the\s+|an?\s+)?$", sentence[:subject], re.I
    ):
        comma = re.search(r",(?!\d)", sentence[at:])
        return at + comma.start() if comma else len(sentence)
    return _turn_after(sentence, at)


def _turn_before(sentence: str, at: int) -> int:
    return max((match.end() for match in TURN.finditer(sentence, 0, at)), default=0)


def _turn_after(sentence: str, at: int) -> int:
    match = TURN.search(sentence, at)
    return match.start() if match else len(sentence)


def _clause_start(sentence: str, at: int) -> int:
    """Find the start of the clause whose verb ends at ``at``: after the last comma, or at the verb."""
    comma = max(sentence.rfind(",", 0, at), sentence.rfind(";", 0, at))
    return comma if comma >= 0 else at


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
