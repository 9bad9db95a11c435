"""Whether a sentence speaks of the event that a question names, or of another one in the same article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.datamodels import Hit
from assistant.facts import Moment, moments
from assistant.passages import split_sentences
from assistant.read import ScoredSentence
from assistant.responsibility import DEEDS
from assistant.scoring import Profile
from assistant.words import STOP_WORDS, names, same_word, stem, tokens

LEAD_CHARACTERS = 400
# A name that this share of the passages holds sets the scene; it does not tell events apart.
SCENE_SHARE = 0.3
NEW_EVENT = re.compile(
    rf"\b(?:an|a|another|separate|earlier|previous|similar)\s+(?:[\w’'-]+\s+){{0,4}}?{DEEDS}\b(?!\s+(?:that|which) day)",
    re.I,
)
PLACED = re.compile(
    r"\b(?:at|in|on|near|of|around|outside|from|against|between|including)\s+(?:[\w’'-]+\s+){0,3}$", re.I
)
TAKEN = re.compile(r"\b(?:kidnap|abduct|hostage|seiz)", re.I)


class Event:
    """The event of a question, told apart from others by the names, dates and deeds of the hits."""

    def __init__(self, question: str, asked: Profile, hits: Sequence[Hit]) -> None:
        self.question = question
        self.hits = hits
        self.names = sorted(
            (word for word in asked.names if not word.isdigit()), key=lambda word: -asked.weights[word]
        )
        self.moments = moments(question)[0]
        self.takes = bool(TAKEN.search(question))
        shares: Counter[str] = Counter()
        beside: set[str] = set()
        for hit in hits:
            shares.update(_named(hit.passage.text))
            text = hit.passage.text
            for part in split_sentences(text):
                sentence = text[part.start : part.end]
                if self.names and self._holds(sentence, self.names[:1]):
                    beside |= _named(sentence)
                    self.moments = self.moments or [one for one in moments(sentence)[0] if one.day]
        self.known = beside | {name for name, count in shares.items() if count >= SCENE_SHARE * len(hits)}

    def has(self, one: ScoredSentence) -> bool:
        """Tell whether a sentence speaks of this event; without a name in the question none is sure to."""
        if not self.names or bool(TAKEN.search(one.text)) > self.takes or self._another_time(one.text):
            return False
        if not self._holds(self._context(one), self.names):
            return False
        if self._holds(one.text, self.names[:1]):
            return True
        rivals = {
            stem(token.text)
            for span in names(one.text)
            if PLACED.search(one.text[: span.start])
            for token in tokens(span.text)
            if token.text[0].isupper() and token.text.lower() not in STOP_WORDS
        } - self.known
        return not NEW_EVENT.search(one.text) and not any(
            not any(same_word(rival, known) for known in (*self.names, *self.known)) for rival in rivals
        )

    def _holds(self, text: str, wanted: Sequence[str]) -> bool:
        found = {stem(token.text) for token in tokens(text)}
        return all(any(same_word(name, word) for word in found) for name in wanted)

    def _another_time(self, sentence: str) -> bool:
        """Tell whether a sentence states a day, month or year, and none that may be the event's."""
        stated = [one for one in moments(sentence)[0] if one.month or one.year]
        return bool(stated and self.moments) and not any(
            _may_be(one, other) for one in stated for other in self.moments
        )

    def _context(self, one: ScoredSentence) -> str:
        article = one.article
        passages = [
            hit.passage.text
            for hit in self.hits
            if hit.article.id == article.id and hit.passage.start <= one.start < hit.passage.end
        ]
        return "\n".join([article.title or "", article.text[:LEAD_CHARACTERS], *passages])


def _may_be(one: Moment, other: Moment) -> bool:
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(left is None or right is None or left == right for left, right in pairs)


def _named(text: str) -> set[str]:
    return {
        stem(token.text) for span in names(text) for token in tokens(span.text) if token.text[0].isupper()
    }
