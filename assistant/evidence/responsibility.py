"""Who claimed a deed and who is blamed: acts of claiming, denying and blaming, with the words that state them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.evidence.claims import PRONOUN
from assistant.text.noun_phrases import ARTICLE, Stance, phrase_after, phrase_before
from assistant.text.phrases import subject
from assistant.text.tokens import names, stems_of

DEEDS = (
    r"(?:attacks?|raids?|assaults?|bomb(?:ing|ings)?|ambush(?:es)?|strikes?|killings?|kidnapp?ings?|abductions?|blasts?"
    r"|explosions?|shootings?|massacres?|murders?|assassinations?|operations?|offensives?|hijackings?|incidents?"
    r"|violence|arson|fires?|sabotage|hack(?:ing)?|theft|crash)"
)
SEVERAL_DEEDS = rf"(?:{DEEDS}|series|wave)"
DONE_FORMS = "(?:attacked|raided|bombed|struck|stormed|assaulted|kidnapped|abducted|ambushed)"
RESPONSIBILITY_ASKED = re.compile(
    r"\bclaim(?:s|ed|ing)?\b(?! (?:that|to)\b)|\bresponsib|\bbehind\b|\bcarr(?:y|ied) out\b|\bblam|\baccus"
    rf"|\bwho {DONE_FORMS}\b"
    r"|\bsuspected\b|\bculprits?\b|\b(?:at|whose) fault\b|\b(?:own(?:s|ed)?|admit(?:s|ted)?) (?:up )?to\b"
    r"|\b(?:take[ns]?|took) credit\b",
    re.I,
)
WHO = re.compile(
    r"\b(?:who|whom|whose)\b|\b(?:which|what|any|no) (?:\w+ ){0,2}?(?:groups?|organi[sz]ations?|part(?:y|ies)"
    r"|outfits?|gangs?|networks?|movements?|militias?|factions?|country|countries|side)\b"
    r"|\b(?:any|some)(?: ?one|body)\b|\bnobody\b|\bclaimed by\b",
    re.I,
)
BLAME_ASKED = re.compile(
    r"\bblam|\baccus|\bsuspect|\bculprit|\bfault|\bhold\b.*\bresponsib|\bheld responsib", re.I
)
NOBODY = (
    r"(?P<nobody>\b(?:nobody|no[ -]one|none of (?:the|these|them)(?: \w+)?|none|no (?:\w+ ){0,3}?"
    r"(?:group|groups|organi[sz]ation|organi[sz]ations|party|faction|militia|one|side|individual|movement)))"
)
NO_CLAIM = (
    re.compile(
        NOBODY + r"\s+(?:has|have|had)?\s*(?:so far|yet|immediately|publicly|formally|ever)?\s*(?:to\s+)?"
        r"(?:(?:has|have|had)\s+)?"
        r"(?:claim(?:ed|s)?\b(?! (?:that|to)\b)|(?:taken?|took|accepted?)\s+(?:responsibility|credit)|admitted"
        r"|said\s+(?:that\s+)?(?:it|they)\s+(?:was|were)\s+behind)",
        re.I,
    ),
    re.compile(
        r"(?P<nobody>\bno (?:\w+ ){0,2}?claims?)\s+(?:of responsibility|is known|(?:has|have|had) been made|came)",
        re.I,
    ),
)
NOT_CLAIMED = re.compile(
    r"\b(?:has|have|had|did)(?:\s+not|n[’']t)\s+(?:yet\s+)?(?:claim(?:ed)?\b(?! (?:that|to)\b)"
    r"|taken? responsibility)|\b(?:remains?|went|gone|is|are)\s+(?:still\s+)?unclaimed\b"
    r"|\b(?:has|have) not been claimed\b",
    re.I,
)
CLAIMED = re.compile(
    r"\bclaim(?:s|ed|ing)?\s+(?:full\s+|joint\s+)?(?:responsibility|credit)\b"
    r"|\bclaim(?:s|ed)\s+(?:the|this|that|last|these|those|both|all|several|some|[\w’']+[’']s?)\s+(?:[\w’'-]+\s+){0,4}?"
    rf"{SEVERAL_DEEDS}\b"
    r"|\b(?:took|takes?|taken|accepted)\s+(?:responsibility|credit)\b"
    r"|\bsa(?:id|ys)\s+(?:that\s+)?(?:it|they|its\s+\w+)\s+(?:was|were|is|had been|has)\s+(?:behind|carried out)\b",
    re.I,
)
CLAIMED_BY = re.compile(
    rf"\b{DEEDS}\b[^.;]{{0,60}}?\b(?:was|were|been|are|is)?\s*(?:later\s+)?claimed by\s+|\bthe work of\s+",
    re.I,
)
BLAMED = re.compile(
    r"\b(?:has|have|had)?\s*(?:blam(?:e|es|ed)|accus(?:e|es|ed)|holds?|held|suspect(?:s|ed)?"
    r"|point(?:s|ed)? (?:the|a) finger at)\s+"
    r"(?!(?:on|by|of|for|to)\b)",
    re.I,
)
BLAMED_ON = re.compile(
    rf"\b(?:blamed|pinned)\s+(?:[^.;,]*\b{DEEDS}\s+)?on\s+|\b{DEEDS}\b[^.;,]{{0,50}}\battributed to\s+", re.I
)
TAKING = re.compile(r"\b(?:kidnap|abduct|hostage|seiz)", re.I)
DONE = re.compile(rf"\b{DONE_FORMS}\b", re.I)
CREDIT = re.compile(r"\b(?:claim(?:s|ed|ing)?|tak(?:e|es|en|ing)|took) (?:responsibility|credit)\b", re.I)
TOLD_DEED = re.compile(rf"\b{SEVERAL_DEEDS}\b", re.I)
DEED = re.compile(rf"\b{DEEDS}\b", re.I)
AGENT = re.compile(r"\bby\s+", re.I)


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody claims, denies or blames: ``value`` is ``sentence[start:end]``, the actor or the accused.

    ``speaker`` says so, as the grammar tells; None leaves it to the attribution of the sentence.
    """

    stance: Stance
    start: int
    end: int
    speaker: str | None = None


def asks_for_acts(question: str) -> frozenset[Stance]:
    """Return which acts a question asks for: claiming or blaming, or none."""
    deed = (
        DEED.search(question) or TAKING.search(question) or DONE.search(question) or CREDIT.search(question)
    )
    if not (deed and WHO.search(question) and RESPONSIBILITY_ASKED.search(question)):
        return frozenset()
    blame = bool(BLAME_ASKED.search(question))
    return frozenset({"blamed"}) if blame else frozenset({"claimed", "no_claim", "blamed"})


def claim_told(question: str, sentence: str) -> Literal["asked", "other"] | None:
    """Tell whether a sentence says that the subject of "Did the Front claim the Arle raid?" claimed this deed.

    ``other`` where the sentence does not name what the question names of the deed; None where it tells no claim.
    """
    doer = subject(question)
    if doer is None or BLAME_ASKED.search(question):
        return None
    if not (RESPONSIBILITY_ASKED.search(question) and DEED.search(question)):
        return None
    asked = stems_of(doer)
    if not any(
        asked & stems_of(sentence[one.start : one.end])
        for one in acts(sentence)
        if one.stance == "claimed" and about_taking(question, sentence, one)
    ):
        return None
    called = {word for span in names(question) for word in stems_of(span.text)} - asked
    return "asked" if called <= stems_of(sentence) else "other"


def acts(sentence: str) -> Iterator[Act]:
    """Find the acts of a sentence: who claims a deed, that nobody does, who is blamed for it."""
    silent = [match for pattern in NO_CLAIM for match in pattern.finditer(sentence)]
    for match in silent:
        yield Act("no_claim", *match.span("nobody"))
    for match in NOT_CLAIMED.finditer(sentence):
        if not any(one.start() <= match.start() < one.end() for one in silent):
            yield Act("no_claim", *match.span())
            silent.append(match)
    for match in CLAIMED.finditer(sentence):
        if any(one.start() <= match.start() < one.end() for one in silent):
            continue
        if phrase := phrase_before(sentence, match.start()):
            yield from _act("claimed", sentence, phrase, speaks=True)
    for match in CLAIMED_BY.finditer(sentence):
        if phrase := phrase_after(sentence, match.end()):
            yield from _act("claimed", sentence, phrase, speaks="claimed" in match.group())
    yield from _blamed(sentence)


def about_taking(question: str, sentence: str, act: Act) -> bool:
    """Return True when an act and a question are both about an abduction, or both not."""
    asked = bool(TAKING.search(question))
    start = max(sentence.rfind(";", 0, act.start), 0)
    end = sentence.find(";", act.end)
    words = sentence[start : end if end >= 0 else len(sentence)]
    told = bool(TAKING.search(words))
    return told if asked and TOLD_DEED.search(words) else told <= asked


def _blamed(sentence: str) -> Iterator[Act]:
    for match in BLAMED.finditer(sentence):
        phrase = phrase_after(sentence, match.end())
        if phrase is None:
            continue
        verb = match.group().strip().lower()
        rest = sentence[phrase[1] : phrase[1] + 40]
        if (
            verb.endswith(("hold", "holds", "held"))
            and "responsib" not in sentence[match.end() : match.end() + 120]
        ):
            continue
        if verb.endswith(("suspect", "suspects", "suspected")) and not re.match(r"\s+of\b", rest):
            continue
        subject = phrase_before(sentence, match.start())
        yield from _act("blamed", sentence, _blamed_phrase(sentence, phrase), by=subject)
    for match in BLAMED_ON.finditer(sentence):
        if phrase := phrase_after(sentence, match.end()):
            agent = AGENT.search(sentence, phrase[0])
            by = phrase_after(sentence, agent.end()) if agent else None
            subject = phrase_before(sentence, match.start())
            yield from _act(
                "blamed", sentence, _blamed_phrase(sentence, phrase), by=by or (None if agent else subject)
            )


def _blamed_phrase(sentence: str, phrase: tuple[int, int]) -> tuple[int, int]:
    """Cut the phrase for the blamed before "for the raids" and "of the raids"."""
    found = re.search(r"\s+(?:for|of having|of)\s", sentence[slice(*phrase)])
    return (phrase[0], phrase[0] + found.start()) if found else phrase


def _act(
    stance: Stance,
    sentence: str,
    phrase: tuple[int, int],
    *,
    speaks: bool = False,
    by: tuple[int, int] | None = None,
) -> Iterator[Act]:
    """Make an act of a noun phrase that holds a name: the last name, which comes after what describes it."""
    words = sentence[slice(*phrase)]
    found = [
        span for span in names(words) if not re.match(r"-\w", words[span.end :]) and not span.text.isdigit()
    ]
    if not found:
        return
    start, end = phrase[0] + found[-1].start, phrase[0] + found[-1].end
    speaker = sentence[start:end] if speaks else sentence[slice(*by)] if by else None
    if speaker and PRONOUN.match(speaker):
        speaker = None
    yield Act(stance, start, end, ARTICLE.sub("", speaker) if speaker else None)
