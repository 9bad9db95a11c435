"""The tense of the verb that goes with a date: "hearings begin Wednesday", "will meet in July"."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

from assistant.text.english.verbs import AHEAD, INTENDED, PAST, PLANNED_PRESENT
from assistant.text.tokens import stem, tokens

Tense = Literal["past", "timetable", "future"]
FARTHEST = 150  # characters between a date and its verb

_CLAUSE_BREAK = re.compile(
    r"[.;:!?“”\"](?=\s|$)|[—–]|\s-\s|,\s+(?:and|but|while|which|who|where|after|though|although)\b", re.I
)
_AHEAD = re.compile(
    rf"\b(?:{AHEAD})\b(?:\s+(?:not|also|now|be|have|\w+ly))*(?:\s+[a-z]+(?:\s+(?:be|to)\s+[a-z]+)?)?", re.I
)
_PAST = re.compile(rf"\b(?:{PAST}|[a-z]{{2,}}ed)\b")
_PRESENT = re.compile(rf"(?<![\w-])(?:{PLANNED_PRESENT})(?![\w-])")


def tense(text: str, start: int, end: int) -> Tense | None:
    """Tell the tense of the verb nearest to the date at ``text[start:end]``; None where its clause has no verb.

    The last verb before the date in its clause decides, else the first one after it. A ``timetable`` is a present
    that may stand for the future: "polls open Tuesday", but also "the minister arrives on 3 May", under a picture.
    """
    first, last = max(0, start - FARTHEST), end + FARTHEST
    left = max((found.end() for found in _CLAUSE_BREAK.finditer(text, first, start)), default=first)
    following = _CLAUSE_BREAK.search(text, end, last)
    before = _verbs(text[left:start])
    if before:
        return max(before)[1]
    after = _verbs(text[end : following.start() if following else last])
    return min(after)[1] if after else None


def _verbs(clause: str) -> list[tuple[int, Tense]]:
    """List where the verbs of a clause end, each with its tense; a longer form hides its parts."""
    ahead = [found.span() for found in _AHEAD.finditer(clause)]
    found: list[tuple[int, Tense]] = [(end, "future") for _, end in ahead]
    patterns: tuple[tuple[re.Pattern[str], Tense], ...] = ((_PRESENT, "timetable"), (_PAST, "past"))
    for pattern, named in patterns:
        for match in pattern.finditer(clause):
            inside = any(start <= match.start() < end for start, end in ahead)
            if not inside and not (named == "timetable" and _no_verb(clause, match)):
                found.append((match.end(), named))
    return found


def _no_verb(clause: str, match: re.Match[str]) -> bool:
    """Return True for a noun or an infinitive: "the start", "did it begin"."""
    before = clause[: match.start()].rstrip().rpartition(" ")[2].lower()
    helped = re.search(
        r"\b(?:did|does|do|would|could|might|used|had|to|let|made)\b[^,]*$", clause[: match.start()], re.I
    )
    return before in _NOT_BEFORE_VERBS or not before or helped is not None


_NOT_BEFORE_VERBS = frozenset(
    """the a an this that these those its his her their our my your of in on at for from with by to first last next
    no each every any some""".split()
)


_INTENDED = re.compile(rf"\b(?:{AHEAD}|{INTENDED})\b", re.I)
_DONE = re.compile(rf"(?:{PAST}|[a-z]+ed)")
_VERB_AFTER = re.compile(
    r"(?:\s+(?:not|also|now|be|been|have|only|soon|then|again|\w+ly))*\s+(?P<verb>[a-z-]+)"
    r"(?:\s+and\s+(?P<other>[a-z-]+))?"
)


_REFUSED_AHEAD = re.compile(
    r"\b(?:won[’']t|(?:will|would|shall)(?:n[’']t|\s+not|\s+never|\s+no\s+longer)|(?:not|never)\s+going\s+to"
    r"|(?:has|have|had)\s+no\s+(?:plans?|intentions?)\s+(?:to|of))\b",
    re.I,
)


def refused_ahead(sentence: str, deeds: Collection[str]) -> bool:
    """Return True when a clause says of one of the ``deeds``, stems of words, that it will not be done."""
    for found in _REFUSED_AHEAD.finditer(sentence):
        ends = _CLAUSE_BREAK.search(sentence, found.end())
        clause = sentence[found.end() : ends.start() if ends else len(sentence)]
        if any(stem(one.text) in deeds for one in tokens(clause)):
            return True
    return False


_CONDITION = re.compile(
    r"\b(?:if|unless|whether|assuming|in case|provided that)\b[^,;:.!?—–]*|^\W*should\s+(?-i:[A-Z])[^,;:.!?—–]*",
    re.I,
)
_DENIED = re.compile(r"(?:\b(?:not|never|without)|n[’']t)\W+(?:\w+\W+){0,2}$", re.I)


def only_on_condition(sentence: str, deed: str) -> bool:
    """Return True when a sentence has a word only where it states a condition: "If Ada wins, ..."."""
    spans = [found.span() for found in _CONDITION.finditer(sentence)]
    told = [one.start for one in tokens(sentence) if stem(one.text) == stem(deed)]
    return bool(told) and all(any(start <= at < end for start, end in spans) for at in told)


def told_and_denied(sentence: str, deed: str) -> bool:
    """Return True when a sentence tells a deed and denies it: "I concede this race, I do not concede the fight"."""
    told = [one.start for one in tokens(sentence) if stem(one.text) == stem(deed)]
    denied = [bool(_DENIED.search(sentence[:at])) for at in told]
    return any(denied) and not all(denied)


def intended(text: str) -> bool:
    """Return True when a text speaks of a plan or of what may be: "The hall will open", "It wants to appeal"."""
    return bool(_INTENDED.search(text))


def only_intended(sentence: str, deeds: Collection[str]) -> bool:
    """Return True when a sentence tells one of the ``deeds``, stems of verbs, as a plan and none as done.

    "The hall is to open in June" tells of no opening; "It opened in May and will close" does.
    """
    planned: set[int] = set()
    for found in _INTENDED.finditer(sentence):
        verb = _VERB_AFTER.match(sentence, found.end())
        planned |= {verb.start(name) for name in ("verb", "other") if verb and verb[name]}
    told = [one for one in tokens(sentence) if stem(one.text) in deeds]
    ahead = {stem(one.text) for one in told if one.start in planned}
    done = any(
        stem(one.text) in ahead and one.start not in planned and _DONE.fullmatch(one.text.lower())
        for one in told
    )
    return bool(ahead) and not done
