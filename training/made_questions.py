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

NOMINAL = {"DET", "ADJ", "NOUN", "PROPN", "NUM"}
AGENTIVE = set(
    """say tell claim kill announce win lose arrest call ask urge warn attack accuse deny report write sign meet
    visit release launch beat defeat elect appoint name hold lead found join leave resign die marry plan agree
    promise vow order sue charge play score direct star sing speak testify admit believe think want""".split()
)
TIME_AT = {"on", "in", "since", "by", "at", "until", "from"}
TIME_WORDS = {"on", "in", "since", "last", "next", "this", "by", "yesterday", "earlier"}
SCALES = {"million", "billion", "thousand", "trillion"}
CLAUSE_STOPS = {".", ";", "—", "–", ":", "?", "!", "(", "“", '"', "”"}
CLAUSE_BEGINNERS = {"but", "while", "after", "as", "although", "because"}
UNFINISHED = {"DET", "ADP", "AUX", "SCONJ", "CCONJ", "PART", "ADJ", "PUNCT"}
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
class Token:
    """A word of a sentence: ``sentence[start:end]``, its universal part of speech and its lemma."""

    text: str
    pos: str
    lemma: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Made:
    """A question and its answer, ``sentence[start:end]``; ``kind`` names the rule."""

    question: str
    start: int
    end: int
    kind: str


def place(sentence: str, tagged: Sequence[Sequence[str]]) -> list[Token] | None:
    """Find each tagged token in its sentence; None where they do not follow one another there."""
    found, at = [], 0
    for text, pos, lemma in tagged:
        start = sentence.find(text, at)
        if start < 0 or start - at > 3:
            return None
        at = start + len(text)
        found.append(Token(text, pos, lemma, start, at))
    return found


def make(sentence: str, tagged: Sequence[Sequence[str]], chance: random.Random) -> list[Made]:
    """Make every question that the rules find in a sentence."""
    found = place(sentence, tagged)
    if not found or not 6 <= len(found) <= 60:
        return []
    made = [*_appositions(sentence, found, chance)]
    clause = _Clause.of(sentence, found)
    if clause:
        made += clause.questions(chance)
    return [one for one in made if _sound(one, sentence)]


def unasked(passage: str, sentence: str, tagged: Sequence[Sequence[str]], chance: random.Random) -> list[str]:
    """Make a question for a date, place or number that the passage does not give, of one of its sentences."""
    found = place(sentence, tagged)
    clause = _Clause.of(sentence, found) if found and 6 <= len(found) <= 60 else None
    made = [text for text in clause.unasked(passage) if _well_formed(text)] if clause else []
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


@dataclass
class _Clause:
    sentence: str
    tokens: list[Token]
    lead: tuple[int, int]  # an adverbial before the subject, tokens [a, b)
    subject: tuple[int, int]
    auxiliaries: list[int]
    verb: int  # main verb, or the form of "be" where that is all
    rest: tuple[int, int]

    @classmethod
    def of(cls, sentence: str, tokens: list[Token]) -> _Clause | None:
        """Take a sentence apart; None where it is not subject, verb and more, in this order."""
        first = 0
        if tokens[0].pos in {"ADP", "SCONJ"}:
            comma = next((i for i, one in enumerate(tokens[:9]) if one.text == ","), None)
            if comma is None:
                return None
            first = comma + 1
        at = _subject_end(tokens, first)
        verbs = _verb_group(tokens, at) if at is not None else None
        if at is None or verbs is None:
            return None
        auxiliaries, verb, after = verbs
        end = _clause_end(tokens, after)
        if end <= after:
            return None
        return cls(sentence, tokens, (0, max(0, first - 1)), (first, at), auxiliaries, verb, (after, end))

    def questions(self, chance: random.Random) -> Iterator[Made]:
        """Ask for each part of the clause that can be asked for."""
        yield from self._of_subject(chance)
        for number, (a, b) in enumerate(_noun_phrases(self.tokens, *self.rest)):
            made = (
                self._of_time(a, b, chance)
                or self._of_number(a, b, chance)
                or self._of_phrase(number, a, b, chance)
            )
            if made:
                yield made
        lead = self._of_lead()
        reason = self._of_reason()
        yield from (made for made in (lead, reason) if made)

    def unasked(self, passage: str) -> Iterator[str]:
        """Ask when, where and how many, where the passage has no date, place or number at all."""
        tokens, (first, last) = self.tokens, self.rest
        if not dates(passage):
            yield self._inverted("When", last, last)
        if not PLACED.search(passage):
            yield self._inverted("Where", last, last)
        a, b = next(_noun_phrases(tokens, first, last), (last, last))
        if a == first and b > a and tokens[b - 1].text.endswith("s") and not NUMBERED.search(passage):
            start = a + 1 if tokens[a].pos == "DET" and b > a + 1 else a
            yield self._inverted(f"How many {self._words(start, b)}", a, b)

    def _of_time(self, a: int, b: int, chance: random.Random) -> Made | None:
        tokens, (first, last) = self.tokens, self.rest
        timely = [d for d in dates(self.sentence) if d.start < tokens[b - 1].end and tokens[a].start < d.end]
        inside = [
            i for i in range(first, last) if timely and timely[0].start <= tokens[i].start < timely[0].end
        ]
        if not inside:
            return None
        begin, end = inside[0], inside[-1] + 1
        cut = begin - 1 if begin > first and tokens[begin - 1].text.lower() in TIME_AT else begin
        if cut == begin and tokens[begin].text.lower() not in TIME_WORDS:
            return None
        own = (
            begin + 1
            if tokens[begin].text.lower() in {"on", "in", "since", "by"} and end > begin + 1
            else begin
        )
        wh = "When"
        if re.fullmatch(r"(?:19|20)\d\d", tokens[own].text) and end == own + 1:
            wh = chance.choice(["When", "In what year", "In which year"])
        return self._ask(wh, cut, end, tokens[own].start, tokens[end - 1].end, "when")

    def _of_number(self, a: int, b: int, chance: random.Random) -> Made | None:
        tokens, first = self.tokens, self.rest[0]
        number = next(
            (i for i in range(a, b) if tokens[i].pos == "NUM" and tokens[i].text[:1].isalnum()), None
        )
        if number is None or b <= number + 1:
            return None
        start = number
        while (
            start > first
            and tokens[start - 1].text.lower() in APPROXIMATE
            and tokens[start - 1].pos != "VERB"
        ):
            start -= 1
        percent = tokens[number + 1].text.lower() in {"percent", "%", "per"}
        end = number + 1 + percent
        while end < b and (tokens[end].pos == "NUM" or tokens[end].text.lower() in SCALES):
            end += 1
        value = (tokens[number].start, tokens[end - 1].end)
        if tokens[number - 1].text in {"$", "€", "£"} or self.sentence[max(0, value[0] - 1)] in "$€£":
            wh = chance.choice(["How much", "How much money"])
            return self._ask(wh, start, b, value[0] - 1, value[1], "how_much")
        if percent:
            return self._ask(chance.choice(["What percentage", "What share"]), start, end, *value, "percent")
        if end < b and tokens[end].pos in {"NOUN", "ADJ"}:
            counted = self.sentence[tokens[end].start : tokens[b - 1].end]
            return self._ask(f"How many {counted}", start, b, *value, "how_many")
        return None

    def _of_phrase(self, number: int, a: int, b: int, chance: random.Random) -> Made | None:
        """Ask for a place, for the object, or for whoever it was done by."""
        tokens, (first, last) = self.tokens, self.rest
        before = tokens[a - 1].text.lower() if a > first else ""
        whole = (tokens[a].start, tokens[b - 1].end)
        if before in PLACE_AT and all(one.pos in {"PROPN", "DET"} or one.text == "," for one in tokens[a:b]):
            return self._ask("Where", a - 1, b, *whole, "where")
        if number == 0 and a == first and tokens[self.verb].pos == "VERB" and tokens[a].pos != "NUM":
            start = a + 1 if tokens[a].pos == "DET" and b > a + 1 else a
            named = tokens[b - 1].pos == "PROPN" and b - start >= 2
            wh = chance.choice(["Who", "What"]) if named else "What"
            return self._ask(wh, a, b, tokens[start].start, whole[1], "object")
        if before == "by" and self.auxiliaries and tokens[b - 1].pos == "PROPN":
            subject = self.sentence[tokens[self.subject[0]].start : tokens[self.subject[1] - 1].end]
            text = f"Who {tokens[self.verb].text} {_lower(subject, tokens[self.subject[0]])} {self._words(b, last)}"
            return Made(_question(text), *whole, "agent")
        return None

    def _of_lead(self) -> Made | None:
        tokens, (a, b), last = self.tokens, self.lead, self.rest[1]
        if not 1 < b - a <= 6:
            return None
        own = (tokens[a + 1].start, tokens[b - 1].end)
        if dates(self.sentence[tokens[a].start : own[1]]) and tokens[a].text.lower() in {"on", "in"}:
            return self._ask("When", last, last, *own, "when")
        if tokens[a].text in {"In", "At", "Near"} and b - a <= 4 and tokens[b - 1].pos == "PROPN":
            return self._ask("Where", last, last, *own, "where")
        return None

    def _of_reason(self) -> Made | None:
        tokens, (first, last) = self.tokens, self.rest
        reason = REASON.search(self.sentence, tokens[first].start)
        if reason is None:
            return None
        stops = {",", ".", ";", "—"}
        end = next((one.start for one in tokens if one.start > reason.end() and one.text in stops), None)
        cut = next((i for i in range(first, last) if tokens[i].start >= reason.start()), None)
        if end and cut and cut > first and 8 < end - reason.end() <= 90:
            return self._ask("Why", cut, last, reason.end(), end, "why")
        return None

    def _of_subject(self, chance: random.Random) -> Iterator[Made]:
        tokens, (a, b) = self.tokens, self.subject
        proper = [i for i in range(a, b) if tokens[i].pos == "PROPN"]
        predicate = self._words(self.subject[1], self.rest[1])
        numeral = next((i for i in range(a, b) if tokens[i].pos == "NUM"), None)
        if numeral is not None and numeral + 1 < b and tokens[b - 1].pos == "NOUN":
            end = numeral + 1
            while end < b - 1 and tokens[end].pos == "NUM":
                end += 1
            counted = self.sentence[tokens[end].start : tokens[b - 1].end]
            yield Made(
                _question(f"How many {counted} {predicate}"),
                tokens[numeral].start,
                tokens[end - 1].end,
                "how_many",
            )
            return
        if not proper:
            if b - a >= 3 and tokens[b - 1].pos == "NOUN":
                start = a + 1 if tokens[a].pos == "DET" else a
                yield Made(_question(f"What {predicate}"), tokens[start].start, tokens[b - 1].end, "subject")
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
            yield Made(_question(f"What {predicate}"), tokens[first].start, tokens[b - 1].end, "subject")
            return
        if title and chance.random() < 0.7:
            wh = f"{chance.choice(['Which', 'What'])} {title.text}"
        elif tokens[self.verb].lemma in AGENTIVE or b - start >= 2:
            wh = "Who"
        else:
            wh = chance.choice(
                ["What", "Which country", "Which company", "Who", "Which team", "Which organization"]
            )
        yield Made(_question(f"{wh} {predicate}"), tokens[start].start, tokens[b - 1].end, "subject")

    def _ask(self, wh: str, cut: int, until: int, start: int, end: int, kind: str) -> Made:
        return Made(self._inverted(wh, cut, until), start, end, kind)

    def _inverted(self, wh: str, cut: int, until: int) -> str:
        """Invert the clause around its first auxiliary, or "did", without the tokens [cut, until)."""
        tokens = self.tokens
        subject = _lower(
            self.sentence[tokens[self.subject[0]].start : tokens[self.subject[1] - 1].end],
            tokens[self.subject[0]],
        )
        rest = f"{self._words(self.rest[0], cut)} {self._words(until, self.rest[1])}"
        verb = tokens[self.verb]
        if self.auxiliaries:
            first, *others = self.auxiliaries
            middle = " ".join(tokens[i].text for i in others)
            return _question(f"{wh} {tokens[first].text} {subject} {middle} {verb.text} {rest}")
        if verb.pos == "AUX":
            return _question(f"{wh} {verb.text} {subject} {rest}")
        do = "did"
        if verb.text == verb.lemma:
            do = "do"
        elif verb.text.endswith("s") and not verb.text.endswith("ss"):
            do = "does"
        return _question(f"{wh} {do} {subject} {verb.lemma} {rest}")

    def _words(self, a: int, b: int) -> str:
        return self.sentence[self.tokens[a].start : self.tokens[b - 1].end] if b > a else ""


def _subject_end(tokens: Sequence[Token], first: int) -> int | None:
    at = first
    while at < len(tokens) and (
        tokens[at].pos in NOMINAL
        or (at > first and tokens[at].text in {"of", "and", "'s", "’s", "-", "for", "’", "in"})
    ):
        at += 1
    sound = (
        0 < at - first <= 12 and at < len(tokens) and tokens[at - 1].text not in {"of", "and", "for", "in"}
    )
    return at if sound else None


def _verb_group(tokens: Sequence[Token], at: int) -> tuple[list[int], int, int] | None:
    """Find auxiliaries, main verb and where the rest begins; "be" by itself is a main verb."""
    auxiliaries = []
    begin = at
    while at < len(tokens) and tokens[at].pos in {"AUX", "ADV", "PART"}:
        if tokens[at].text == "to":
            return None
        if tokens[at].pos != "ADV":
            auxiliaries.append(at)
        at += 1
    if at < len(tokens) and tokens[at].pos == "VERB":
        plain = not auxiliaries and (at != begin or tokens[at].text.endswith("ing"))
        return None if plain else (auxiliaries, at, at + 1)
    if auxiliaries and tokens[auxiliaries[0]].lemma == "be":
        return [], auxiliaries[0], at
    return None


def _clause_end(tokens: Sequence[Token], first: int) -> int:
    end = first
    while end < len(tokens) and end - first < 26 and tokens[end].text not in CLAUSE_STOPS:
        one, following = tokens[end], tokens[end + 1] if end + 1 < len(tokens) else None
        listed = {"PROPN", "NUM"}
        if one.text == "," and not (following and tokens[end - 1].pos in listed and following.pos in listed):
            break
        if end > first + 4 and one.pos in {"SCONJ", "CCONJ"} and one.text in CLAUSE_BEGINNERS:
            break
        end += 1
    while end > first and tokens[end - 1].pos in UNFINISHED:
        end -= 1
    return end


def _noun_phrases(tokens: Sequence[Token], a: int, b: int) -> Iterator[tuple[int, int]]:
    at = a
    while at < b:
        if tokens[at].pos in NOMINAL:
            end = at
            while end < b and (tokens[end].pos in NOMINAL or tokens[end].text in {"'s", "’s", "-", "$", "%"}):
                if end > at and tokens[end].pos == "DET":
                    break
                end += 1
            if tokens[end - 1].pos in {"NOUN", "PROPN", "NUM"}:
                yield at, end
            at = end
        else:
            at += 1


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
        yield Made(_question(f"{wh} is {about}"), tokens[start].start, tokens[i - 1].end, "apposition")


def _lower(text: str, first: Token) -> str:
    return text if first.pos == "PROPN" else text[:1].lower() + text[1:]


def _question(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" ,.;:")
    return text[:1].upper() + text[1:] + "?"
