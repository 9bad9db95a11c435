"""Makes questions of declarative sentences: (question, answer) pairs by rules over parts of speech.

A question asks for the subject, the object, a number, a time, a place, a reason or an apposition of a sentence
(Heilman and Smith 2010 describe such rules). They are many and plain; what they teach a reader is where an
answer stands, and with a name exchanged or the sentence taken out, that it does not.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.text.dates import dates
from training.clauses import Clause, Token, as_question, lowered, noun_phrases, place

AGENTIVE = set(
    """say tell claim kill announce win lose arrest call ask urge warn attack accuse deny report write sign meet
    visit release launch beat defeat elect appoint name hold lead found join leave resign die marry plan agree
    promise vow order sue charge play score direct star sing speak testify admit believe think want""".split()
)
TIME_AT = {"on", "in", "since", "by", "at", "until", "from"}
TIME_WORDS = {"on", "in", "since", "last", "next", "this", "by", "yesterday", "earlier"}
SCALES = {"million", "billion", "thousand", "trillion"}
PLACE_AT = {"in", "at", "near", "outside", "across"}
APPROXIMATE = {
    "at",
    "least",
    "about",
    "around",
    "more",
    "than",
    "nearly",
    "almost",
    "some",
    "over",
    "roughly",
    "up",
    "to",
}
REASON = re.compile(
    r"\b(?:because of|because|due to|amid concerns (?:about|over)|in response to|as a result of) ", re.I
)
PLACED = re.compile(r"\b(?:in|at|near|outside|across|from|to|of) (?:the )?(?:[a-z]+ern )?[A-Z]")
NUMBERED = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|all|both|many)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Made:
    """A question and its answer, ``sentence[start:end]``; ``kind`` names the rule."""

    question: str
    start: int
    end: int
    kind: str


def make(sentence: str, tagged: Sequence[Sequence[str]], chance: random.Random) -> list[Made]:
    """Make every question that the rules find in a sentence."""
    found = place(sentence, tagged)
    if not found or not 6 <= len(found) <= 60:
        return []
    made = [*_appositions(sentence, found, chance)]
    clause = Clause.of(sentence, found)
    if clause:
        made += _questions(clause, chance)
    return [one for one in made if _sound(one, sentence)]


def unasked(passage: str, sentence: str, tagged: Sequence[Sequence[str]], chance: random.Random) -> list[str]:
    """Make a question for a date, place or number that the passage does not give, of one of its sentences."""
    found = place(sentence, tagged)
    clause = Clause.of(sentence, found) if found and 6 <= len(found) <= 60 else None
    made = [text for text in _unasked(clause, passage) if _well_formed(text)] if clause else []
    return [chance.choice(made)] if made else []


def _sound(one: Made, sentence: str) -> bool:
    answer = sentence[one.start : one.end]
    return (
        0 < len(answer) <= 90
        and answer.lower() not in one.question.lower()
        and bool(re.search(r"\w", answer))
        and _well_formed(one.question)
    )


def _well_formed(question: str) -> bool:
    words = question.split()
    return (
        4 <= len(words) <= 32
        and not re.search(r"\b(?:I|we|you|my|our|your|me|us)\b", question)
        and sum(word[0].isupper() or len(word) > 5 for word in words[1:]) >= 2
        and question.count("“") == question.count("”")
        and question.count('"') % 2 == 0
    )


def _appositions(sentence: str, tokens: Sequence[Token], chance: random.Random) -> Iterator[Made]:
    for i, one in enumerate(tokens):
        if one.text != "," or i < 1 or i + 3 >= len(tokens) or tokens[i - 1].pos != "PROPN":
            continue
        start = i - 1
        while start > 0 and tokens[start - 1].pos == "PROPN":
            start -= 1
        if tokens[i + 1].text.lower() not in {"the", "a", "an"}:
            continue
        end = i + 2
        while end < len(tokens) and tokens[end].text not in {",", ".", ";", "—"} and end - i < 14:
            end += 1
        if end >= len(tokens) or end - i < 5 or any(tokens[j].pos in {"AUX"} for j in range(i, end)):
            continue
        about = sentence[tokens[i + 1].start : tokens[end - 1].end]
        wh = "Who" if i - start >= 2 else chance.choice(["What", "Who"])
        yield Made(as_question(f"{wh} is {about}"), tokens[start].start, tokens[i - 1].end, "apposition")


def _questions(clause: Clause, chance: random.Random) -> Iterator[Made]:
    """Ask for each part of the clause that can be asked for."""
    yield from _of_subject(clause, chance)
    for number, (a, b) in enumerate(noun_phrases(clause.tokens, *clause.rest)):
        made = (
            _of_time(clause, a, b, chance)
            or _of_number(clause, a, b, chance)
            or _of_phrase(clause, number, a, b, chance)
        )
        if made:
            yield made
    lead = _of_lead(clause)
    reason = _of_reason(clause)
    yield from (made for made in (lead, reason) if made)


def _unasked(clause: Clause, passage: str) -> Iterator[str]:
    """Ask when, where and how many, where the passage has no date, place or number at all."""
    tokens, (first, last) = clause.tokens, clause.rest
    if not dates(passage):
        yield clause.inverted("When", last, last)
    if not PLACED.search(passage):
        yield clause.inverted("Where", last, last)
    a, b = next(noun_phrases(tokens, first, last), (last, last))
    if a == first and b > a and tokens[b - 1].text.endswith("s") and not NUMBERED.search(passage):
        start = a + 1 if tokens[a].pos == "DET" and b > a + 1 else a
        yield clause.inverted(f"How many {clause.words(start, b)}", a, b)


def _of_time(clause: Clause, a: int, b: int, chance: random.Random) -> Made | None:
    tokens, (first, last) = clause.tokens, clause.rest
    timely = [d for d in dates(clause.sentence) if d.start < tokens[b - 1].end and tokens[a].start < d.end]
    inside = [i for i in range(first, last) if timely and timely[0].start <= tokens[i].start < timely[0].end]
    if not inside:
        return None
    begin, end = inside[0], inside[-1] + 1
    cut = begin - 1 if begin > first and tokens[begin - 1].text.lower() in TIME_AT else begin
    if cut == begin and tokens[begin].text.lower() not in TIME_WORDS:
        return None
    own = (
        begin + 1 if tokens[begin].text.lower() in {"on", "in", "since", "by"} and end > begin + 1 else begin
    )
    wh = "When"
    if re.fullmatch(r"(?:19|20)\d\d", tokens[own].text) and end == own + 1:
        wh = chance.choice(["When", "In what year", "In which year"])
    return _ask(clause, wh, cut, end, tokens[own].start, tokens[end - 1].end, "when")


def _of_number(clause: Clause, a: int, b: int, chance: random.Random) -> Made | None:
    tokens, first = clause.tokens, clause.rest[0]
    number = next((i for i in range(a, b) if tokens[i].pos == "NUM" and tokens[i].text[:1].isalnum()), None)
    if number is None or b <= number + 1:
        return None
    start = number
    while start > first and tokens[start - 1].text.lower() in APPROXIMATE and tokens[start - 1].pos != "VERB":
        start -= 1
    percent = tokens[number + 1].text.lower() in {"percent", "%", "per"}
    end = number + 1 + percent
    while end < b and (tokens[end].pos == "NUM" or tokens[end].text.lower() in SCALES):
        end += 1
    value = (tokens[number].start, tokens[end - 1].end)
    if tokens[number - 1].text in {"$", "€", "£"} or clause.sentence[max(0, value[0] - 1)] in "$€£":
        wh = chance.choice(["How much", "How much money"])
        return _ask(clause, wh, start, b, value[0] - 1, value[1], "how_much")
    if percent:
        return _ask(clause, chance.choice(["What percentage", "What share"]), start, end, *value, "percent")
    if end < b and tokens[end].pos in {"NOUN", "ADJ"}:
        counted = clause.sentence[tokens[end].start : tokens[b - 1].end]
        return _ask(clause, f"How many {counted}", start, b, *value, "how_many")
    return None


def _of_phrase(clause: Clause, number: int, a: int, b: int, chance: random.Random) -> Made | None:
    """Ask for a place, for the object, or for whoever it was done by."""
    tokens, (first, last) = clause.tokens, clause.rest
    before = tokens[a - 1].text.lower() if a > first else ""
    whole = (tokens[a].start, tokens[b - 1].end)
    if before in PLACE_AT and all(one.pos in {"PROPN", "DET"} or one.text == "," for one in tokens[a:b]):
        return _ask(clause, "Where", a - 1, b, *whole, "where")
    if number == 0 and a == first and tokens[clause.verb].pos == "VERB" and tokens[a].pos != "NUM":
        start = a + 1 if tokens[a].pos == "DET" and b > a + 1 else a
        named = tokens[b - 1].pos == "PROPN" and b - start >= 2
        wh = chance.choice(["Who", "What"]) if named else "What"
        return _ask(clause, wh, a, b, tokens[start].start, whole[1], "object")
    if before == "by" and clause.auxiliaries and tokens[b - 1].pos == "PROPN":
        subject = clause.sentence[tokens[clause.subject[0]].start : tokens[clause.subject[1] - 1].end]
        doer = lowered(subject, tokens[clause.subject[0]])
        text = f"Who {tokens[clause.verb].text} {doer} {clause.words(b, last)}"
        return Made(as_question(text), *whole, "agent")
    return None


def _of_lead(clause: Clause) -> Made | None:
    tokens, (a, b), last = clause.tokens, clause.lead, clause.rest[1]
    if not 1 < b - a <= 6:
        return None
    own = (tokens[a + 1].start, tokens[b - 1].end)
    if dates(clause.sentence[tokens[a].start : own[1]]) and tokens[a].text.lower() in {"on", "in"}:
        return _ask(clause, "When", last, last, *own, "when")
    if tokens[a].text in {"In", "At", "Near"} and b - a <= 4 and tokens[b - 1].pos == "PROPN":
        return _ask(clause, "Where", last, last, *own, "where")
    return None


def _of_reason(clause: Clause) -> Made | None:
    tokens, (first, last) = clause.tokens, clause.rest
    reason = REASON.search(clause.sentence, tokens[first].start)
    if reason is None:
        return None
    stops = {",", ".", ";", "—"}
    end = next((one.start for one in tokens if one.start > reason.end() and one.text in stops), None)
    cut = next((i for i in range(first, last) if tokens[i].start >= reason.start()), None)
    if end and cut and cut > first and 8 < end - reason.end() <= 90:
        return _ask(clause, "Why", cut, last, reason.end(), end, "why")
    return None


def _of_subject(clause: Clause, chance: random.Random) -> Iterator[Made]:
    tokens, (a, b) = clause.tokens, clause.subject
    proper = [i for i in range(a, b) if tokens[i].pos == "PROPN"]
    predicate = clause.words(clause.subject[1], clause.rest[1])
    numeral = next((i for i in range(a, b) if tokens[i].pos == "NUM"), None)
    if numeral is not None and numeral + 1 < b and tokens[b - 1].pos == "NOUN":
        end = numeral + 1
        while end < b - 1 and tokens[end].pos == "NUM":
            end += 1
        counted = clause.sentence[tokens[end].start : tokens[b - 1].end]
        yield Made(
            as_question(f"How many {counted} {predicate}"),
            tokens[numeral].start,
            tokens[end - 1].end,
            "how_many",
        )
        return
    if not proper:
        if b - a >= 3 and tokens[b - 1].pos == "NOUN":
            start = a + 1 if tokens[a].pos == "DET" else a
            yield Made(as_question(f"What {predicate}"), tokens[start].start, tokens[b - 1].end, "subject")
        return
    start = proper[-1]
    while start > a and (
        tokens[start - 1].pos == "PROPN" or tokens[start - 1].text in {"of", "-", "’s", "'s"}
    ):
        start -= 1
    if tokens[start].pos != "PROPN":
        start = next((i for i in proper if i >= start), proper[-1])
    whole = proper[-1] != b - 1
    title = tokens[start - 1] if start > a and tokens[start - 1].pos == "NOUN" else None
    if whole:
        first = a + 1 if tokens[a].pos == "DET" else a
        yield Made(as_question(f"What {predicate}"), tokens[first].start, tokens[b - 1].end, "subject")
        return
    if title and chance.random() < 0.7:
        wh = f"{chance.choice(['Which', 'What'])} {title.text}"
    elif tokens[clause.verb].lemma in AGENTIVE or b - start >= 2:
        wh = "Who"
    else:
        wh = chance.choice(
            ["What", "Which country", "Which company", "Who", "Which team", "Which organization"]
        )
    yield Made(as_question(f"{wh} {predicate}"), tokens[start].start, tokens[b - 1].end, "subject")


def _ask(clause: Clause, wh: str, cut: int, until: int, start: int, end: int, kind: str) -> Made:
    return Made(clause.inverted(wh, cut, until), start, end, kind)
