"""Who does what to whom, who holds which part, whose age it is: "Jo leads Ada" is no yes to "Does Ada lead Jo?"."""

from __future__ import annotations

import itertools
import re
from typing import Literal

from assistant.text.phrases import SETTING_PREPOSITIONS, phrases, proper_names, subject
from assistant.text.tokens import STOP_WORDS, content_words, names, stem, stems_of, tokens

_VERB_BETWEEN = re.compile(r"\s+(?P<verb>[a-z]{3,})(?:\s+(?!by\b)[a-z]+){0,2}?\s+")
_BY = re.compile(r"\s+(?:[a-z]+\s+)?by\b(?!\s+(?:[a-z]+\s+)*\d)")
"""What makes a verb passive: "led by Jo", and not "led by 3 points"."""
_PART_OF = re.compile(
    r"\b(?P<part>[a-z]{4,})\s+of\s+(?:the\s+)?(?P<whose>[a-z][\w’'-]{3,})|(?P<owner>[A-Z][\w-]{3,})[’']s\s+(?P<own>[a-z]{4,})\b",
    re.I,
)
_SAME_START = 4
"""Letters that a name and its adjective share: "Lesk" and "Leskian"."""
_BESIDE = 40
"""Characters between a name and the part that somebody of that name plays."""

_WHO_DID = re.compile(r"^\W*(?:and\s+|so\s+)?who\s+(?P<verb>[a-z]{3,})\s+(?:[a-z]+\s+){0,2}$", re.I)
_CLAUSE_END = re.compile(r"[;:.!?]|,\s+(?:while|but|who|which|after|before)\b")
_OTHER_CLAUSE = re.compile(r";\s|,?\s+(?:while|whereas|whilst)\s+")
_NEXT_CLAUSE = re.compile(r"(?:;|,?\s+(?:and|but|while|whereas|whilst))\s+(?=\S)")
_LEADING_ON = re.compile(r"(?:;|,?\s+(?:and|but|while|whereas|whilst))\s*$")
_DOER = re.compile(r"w[dw]*(?P<name>n+)(?:,[^,v]*,)?v")
"""Kinds of words of a clause, after a stand-in for what is before it."""
_OBJECT = re.compile(r"wd?w{0,2}n")
"""The same of a verb, its object in a name."""
_IT = re.compile(r"\W*(?:(?:him|it|them|us|me|you)\b|her\b(?=\W*$|\W+(?P<next>[a-z]+)))", re.I)
_AGE_ASKED = re.compile(r"\b(?:how old (?:is|was|were|are)|age of)\s+(?=(?-i:[A-Z]))", re.I)
_AGED = re.compile(
    r"(?P<years>\d{1,3})[-–‑ ]years?[-–‑ ]olds?\s+(?P<named>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)"
    r"|(?P<before>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*),\s+(?:aged\s+)?(?P<age>\d{1,3}),"
)

Roles = Literal["reversed", "other", "same"]


def roles_in(question: str, sentence: str) -> Roles:
    """Compare who does the question's deed in a sentence: ``reversed`` where the one it is done to does it.

    ``other`` where that one does it and nobody is named to whom, or where it is done to another alone; ``same``
    also where that is not told.
    """
    named, elsewhere, to_them = proper_names(question), False, False
    for doer, done_to in itertools.pairwise(named):
        between = question[question.index(doer) + len(doer) :].partition(done_to)[0]
        verb = _VERB_BETWEEN.fullmatch(between)
        if verb is None or verb["verb"] in STOP_WORDS or between.split()[-1] in SETTING_PREPOSITIONS:
            continue
        for word in tokens(sentence):
            if stem(word.text) != stem(verb["verb"]) or _BY.match(sentence, word.end):
                continue
            before = _nearest(sentence[: word.start], doer, done_to, last=True)
            after = _nearest(sentence[word.end :], doer, done_to, last=False)
            if before == done_to and not to_them:
                return "reversed" if after == doer else "other" if after is None else "same"
            if _has_other_object(sentence[word.end :], done_to):
                elsewhere = True
            else:
                to_them = True
    return "other" if elsewhere and not to_them else "same"


def _has_other_object(after: str, done_to: str) -> bool:
    """Return True where a name follows a verb, not that of the one asked about: "took Arle, near Lesk's"."""
    clause = _CLAUSE_END.split(after, maxsplit=1)[0]
    whom = re.compile(rf"\b{re.escape(done_to.rsplit(maxsplit=1)[-1][:_SAME_START])}[\w-]*+(?![’'])", re.I)
    return bool(_OBJECT.match(phrases(f"x{clause}").kinds)) and not whom.search(clause)


def _nearest(text: str, one: str, other: str, *, last: bool) -> str | None:
    """Return which of two names stands last, or first, in a text; their last words will do."""
    places = []
    for name in (one, other):
        found = [match.start() for match in re.finditer(rf"\b{re.escape(name.split()[-1])}\b", text)]
        places += [(found[-1] if last else found[0], name)] if found else []
    return (max(places) if last else min(places))[1] if places else None


def done_to_another(question: str, sentence: str, name: str) -> bool:
    """Return True where the deed of "Who replaced Ada?" is done, but to another: "replaced Bo with Jo"."""
    named = proper_names(question)
    asked = _WHO_DID.match(question[: question.index(named[0])]) if named else None
    if asked is None or name not in sentence:
        return False
    whom, told = named[0].split()[-1], False
    for word in tokens(sentence):
        if stem(word.text) != stem(asked["verb"]) or _BY.match(sentence, word.end):
            continue
        after = _CLAUSE_END.split(sentence[word.end :], maxsplit=1)[0]
        others = [one for one in proper_names(f"x{after}") if not set(one.split()) & set(name.split())]
        it = _IT.match(after)
        pronoun = it and (it["next"] is None or it["next"].lower() in STOP_WORDS)
        if re.search(rf"\b{re.escape(whom)}\b", after) or pronoun or not others:
            return False
        told = True
    return told


def age_of_another(question: str, sentence: str, answer: str) -> bool:
    """Return True for an age that is said of somebody else: "95-year-old Jo" does not tell how old Ada is."""
    years, aged = re.search(r"\d{1,3}", answer), _AGE_ASKED.search(question)
    if years is None or aged is None:
        return False
    owners = [
        one["named"] or one["before"]
        for one in _AGED.finditer(sentence)
        if (one["years"] or one["age"]) == years.group()
    ]
    asked = {word for one in proper_names(question[aged.end() :]) for word in one.split()}
    return bool(asked and owners) and not any(asked & set(one.split()) for one in owners)


def told_of_another(question: str, sentence: str, answer: str) -> bool:
    """Return True where another is the subject of an answer's clause: "Ada won two, while Jo won four" of Ada."""
    doer, at = subject(question), sentence.find(answer)
    if doer is None or not names(doer) or at < 0:
        return False
    asked = stems_of(doer)
    ends = [0, *(found.end() for found in _OTHER_CLAUSE.finditer(sentence)), len(sentence)]
    start, end = next((one, two) for one, two in itertools.pairwise(ends) if at < two)
    own, rest = sentence[start:end], f"{sentence[:start]} {sentence[end:]}"
    return asked <= stems_of(rest) and not asked & stems_of(own) and bool(names(sentence[start:at]))


def without_others(question: str, sentence: str) -> str:
    """Leave out the clauses of others from a sentence that tells of who is asked about, "Ada won, and Jo died".

    All of it stays where none of its clauses has the question's subject before a verb.
    """
    doer = subject(question)
    asked = stems_of(doer) if doer and names(doer) else set()
    ends = [0, *(found.end() for found in _NEXT_CLAUSE.finditer(sentence)), len(sentence)]
    clauses = [sentence[start:end] for start, end in itertools.pairwise(ends)]
    doers = [_doer(clause) for clause in clauses]
    if not asked or not any(asked <= stems_of(one) for one in doers if one):
        return sentence
    kept = [
        clause
        for clause, one in zip(clauses, doers, strict=True)
        if not one or stems_of(one) <= asked or asked <= stems_of(one)
    ]
    return _LEADING_ON.sub("", "".join(kept)).strip()


def _doer(clause: str) -> str | None:
    """Return who stands before the verb of a clause that begins with a name: "former mayor Ada Berg, 70, won"."""
    cut = phrases(f"x {clause}")
    found = _DOER.match(cut.kinds)
    return cut.slice(*found.span("name")) if found else None


def plays_part_elsewhere(question: str, sentence: str, name: str) -> bool:
    """Return True where somebody plays a part that is asked for, but of another: "Lesk's mayor" is not Arle's."""
    asked = _PART_OF.search(question)
    at = sentence.find(name)
    if asked is None or at < 0:
        return False
    part, whose = (asked["part"] or asked["own"]).lower(), (asked["whose"] or asked["owner"]).lower()
    near = sentence[max(0, at - _BESIDE) : at + len(name) + _BESIDE]
    owners = re.findall(rf"\b([A-Z][\w-]+)(?:[’']s)?\s+(?:[a-z]+\s+)?(?i:{re.escape(part)})\b", near)
    owners += re.findall(rf"\b(?i:{re.escape(part)})\s+of\s+(?:the\s+)?([A-Z][\w-]+)", near)
    owners = [one for one in owners if one not in name.split() and content_words(one)]
    return bool(owners) and not any(one.lower()[:_SAME_START] == whose[:_SAME_START] for one in owners)
