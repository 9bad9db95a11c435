"""A sentence taken apart by parts of speech: its subject, verb and the rest, and a question put around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NOMINAL = {"DET", "ADJ", "NOUN", "PROPN", "NUM"}
CLAUSE_STOPS = {".", ";", "—", "–", ":", "?", "!", "(", "“", '"', "”"}
CLAUSE_BEGINNERS = {"but", "while", "after", "as", "although", "because"}
UNFINISHED = {"DET", "ADP", "AUX", "SCONJ", "CCONJ", "PART", "ADJ", "PUNCT"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence: ``sentence[start:end]``, its universal part of speech and its lemma."""

    text: str
    pos: str
    lemma: str
    start: int
    end: int


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


@dataclass
class Clause:
    """A sentence of subject, verb and more; pairs are tokens [first, after)."""

    sentence: str
    tokens: list[Token]
    lead: tuple[int, int]  # an adverbial before the subject, tokens [a, b)
    subject: tuple[int, int]
    auxiliaries: list[int]
    verb: int  # main verb, or the form of "be" where that is all
    rest: tuple[int, int]

    @classmethod
    def of(cls, sentence: str, tokens: list[Token]) -> Clause | None:
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

    def inverted(self, wh: str, cut: int, until: int) -> str:
        """Invert the clause around its first auxiliary, or "did", without the tokens [cut, until)."""
        tokens = self.tokens
        subject = lowered(
            self.sentence[tokens[self.subject[0]].start : tokens[self.subject[1] - 1].end],
            tokens[self.subject[0]],
        )
        rest = f"{self.words(self.rest[0], cut)} {self.words(until, self.rest[1])}"
        verb = tokens[self.verb]
        if self.auxiliaries:
            first, *others = self.auxiliaries
            middle = " ".join(tokens[i].text for i in others)
            return as_question(f"{wh} {tokens[first].text} {subject} {middle} {verb.text} {rest}")
        if verb.pos == "AUX":
            return as_question(f"{wh} {verb.text} {subject} {rest}")
        do = "did"
        if verb.text == verb.lemma:
            do = "do"
        elif verb.text.endswith("s") and not verb.text.endswith("ss"):
            do = "does"
        return as_question(f"{wh} {do} {subject} {verb.lemma} {rest}")

    def words(self, a: int, b: int) -> str:
        """Return the words of the tokens [a, b)."""
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


def noun_phrases(tokens: Sequence[Token], a: int, b: int) -> Iterator[tuple[int, int]]:
    """Yield the noun phrases among the tokens [a, b)."""
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


def lowered(text: str, first: Token) -> str:
    """Begin words with a small letter, unless a name does."""
    return text if first.pos == "PROPN" else text[:1].lower() + text[1:]


def as_question(text: str) -> str:
    """Write words as a question: a capital first, a mark last."""
    text = re.sub(r"\s+", " ", text).strip(" ,.;:")
    return text[:1].upper() + text[1:] + "?"
