"""What parts of a sentence somebody says, and how firmly: by the grammar of reporting verbs.

"officials said …", "…, said the mayor", "according to …", "was claimed by …", "it has been reported that …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.text.noun_phrases import (
    ARTICLE,
    BREAKS,
    NOUN_LIKE,
    PHRASE_WORD,
    STANCE_VERBS,
    TIME_BEFORE,
    VERB,
    Stance,
    phrase_after,
    phrase_before,
)

OBJECT = re.compile(
    r"\s+(?:that|the|a|an|at|its|their|his|her|it|they|he|she|there|some|about|more|\d)\b", re.I
)
PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+ly\s+|also\s+|first\s+|since\s+)*$", re.I)
NEGATED = re.compile(r"\b(?:not|never|n[’']t)\s+(?:\w+ly\s+|yet\s+)*$|n[’']t\s+$", re.I)
PRONOUN = re.compile(r"(?:it|he|she|they|we|i|who|which|this|these|those|others|some)$", re.I)
PARTICIPLE_OF_NOUN = re.compile(r"\b(?:an?|the|its|their|his|her|previously|newly|most)\s+$", re.I)
SPEAKING = (
    r"army|military|forces?|government|ministry|minister|police|officials?|authorities|spokes(?:man|woman|person)"
    r"|group|president|leader|sources?|witness(?:es)?|residents?|agency|organi[sz]ation|junta|commander|company"
    r"|colonel|general|officers?|court|hospital|mayor|governor|embassy|mission|movement|party"
)
SPEAKER = re.compile(rf"\b(?:{SPEAKING})\b", re.I)
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
TRAILING_WORDS = 6


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says ``sentence[start:end]``: the speaker in the article's words, or None for the outlet itself."""

    start: int
    end: int
    stance: Stance
    speaker: str | None = None
    rank: int = 0


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
