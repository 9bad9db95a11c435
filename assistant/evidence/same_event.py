"""Whether a sentence speaks of the event that a question names, or of another one in the same article."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.evidence.figures import SEGMENT
from assistant.evidence.responsibility import DEEDS
from assistant.evidence.sentences import ScoredSentence
from assistant.names import KnownNames
from assistant.question.question_type import Profile
from assistant.text.dates import find_dates, moments
from assistant.text.moments import Moment
from assistant.text.month_names import MONTH_NUMBERS, WEEKDAYS
from assistant.text.periods import days
from assistant.text.sentences import split_sentences
from assistant.text.tokens import STOP_WORDS, names, same_word, stem, stems_of, tokens
from assistant.types import Hit

SCENE_CHARACTERS = 500
BEFORE_CHARACTERS = 300
# A name in this share of the articles, and in at least two, is the scene; it does not tell events apart.
SCENE_SHARE = 0.3
NEW_EVENT = re.compile(
    rf"\b(?:an|a|another|separate|earlier|previous|similar)\s+(?:[\w’'-]+\s+){{0,4}}?{DEEDS}\b", re.I
)
BEFORE_PLACE = re.compile(
    r"\b(?:at|in|on|near|of|around|outside|from|against|between|including)\s+(?:[\w’'-]+\s+){0,3}$", re.I
)
SAME_OCCASION_DAYS = 60
YEAR_DAYS = 365
CALENDAR_STEMS = frozenset(stem(word) for word in (*MONTH_NUMBERS, *WEEKDAYS))


class AskedEvent:
    """The event of a question, told apart from others by the names and dates of the hits.

    ``names`` are the question's names, the rarest first; ``scene`` the names that many articles hold; ``needed``
    the question's names outside the scene; ``known`` the scene and the names that stand beside the event's.
    ``stated`` says whether the question states a date.
    """

    def __init__(self, question: str, asked: Profile, hits: Sequence[Hit], known: KnownNames) -> None:
        self.same = known.same
        self.names = sorted(
            (word for word in asked.names if not word.isdigit() and word not in CALENDAR_STEMS),
            key=lambda word: (-asked.weights[word], word),
        )
        self.moments = moments(question)[0]
        self.stated = bool(self.moments)
        holders: dict[str, set[str]] = defaultdict(set)
        beside: set[str] = set()
        for hit in hits:
            text = hit.passage.text
            for name in _capital_stems(text):
                holders[name].add(hit.article.id)
            for part in split_sentences(text) if self.names else ():
                for piece in SEGMENT.split(text[part.start : part.end]):
                    if self._holds(piece, self.names[:1]):
                        beside |= _capital_stems(piece)
                        self.moments = self.moments or [one for one in moments(piece)[0] if one.day]
        enough = max(2.0, SCENE_SHARE * len({hit.article.id for hit in hits}))
        self.scene = {name for name, articles in holders.items() if len(articles) >= enough}
        self.needed = self.names[:1] + [name for name in self.names[1:] if name not in self.scene]
        self.known = self.scene | beside

    def has(self, one: ScoredSentence, piece: str | None = None) -> bool:
        """Return True when a sentence, or a piece of it, speaks of this event; without a name it is never sure."""
        piece = one.text if piece is None else piece
        if not self.names or self._another_time(piece):
            return False
        if not self._holds(f"{one.article.title or ''}\n{one.article.text}", self.needed):
            return False
        if self._holds(piece, self.names[:1]):
            return True
        if self._holds(one.text, self.names[:1]):
            return not self._elsewhere(piece, self.scene)
        if not self._holds(_context(one), self.names[:1]):
            return False
        return not NEW_EVENT.search(piece) and not self._elsewhere(piece, self.known)

    def _elsewhere(self, piece: str, known: set[str]) -> bool:
        """Return True when a piece names a place that is not the event's."""
        placed = {
            stem(token.text)
            for span in names(piece)
            if BEFORE_PLACE.search(piece[: span.start])
            for token in tokens(span.text)
            if token.text[0].isupper() and token.text.lower() not in STOP_WORDS
        } - CALENDAR_STEMS
        return any(
            not any(same_word(word, other) for other in (*self.names, *known)) for word in placed - known
        )

    def _holds(self, text: str, wanted: Sequence[str]) -> bool:
        found = stems_of(text)
        return all(
            any(same_word(name, word) or word in self.same.get(name, ()) for word in found) for name in wanted
        )

    def _another_time(self, sentence: str) -> bool:
        """Return True when a sentence states a day, month or year, and none that may be the event's."""
        stated = [one for one in moments(sentence)[0] if one.month or one.year]
        return bool(stated and self.moments) and not any(
            _may_be(one, other) for one in stated for other in self.moments
        )


def at_one_time(one: ScoredSentence, other: ScoredSentence) -> bool:
    """Return True when two sentences may be of one occasion: their years agree, or their reports are close."""
    years, others = _years_stated(one), _years_stated(other)
    if years or others:
        return bool((years or _years_of_publication(one)) & (others or _years_of_publication(other))) or not (
            (years or _years_of_publication(one)) and (others or _years_of_publication(other))
        )
    first, second = one.article.published, other.article.published
    return first is None or second is None or abs((first - second).days) <= SAME_OCCASION_DAYS


def looks_back(one: ScoredSentence) -> bool:
    """Return True when a sentence is about a year before the one in which its article appeared."""
    return bool(_years_stated(one) and _years_of_publication(one)) and not _years_stated(
        one
    ) & _years_of_publication(one)


def _years_stated(one: ScoredSentence) -> set[int]:
    stated = {moment.year for moment in moments(one.text)[0] if moment.year}
    counted = (dated.period for dated in find_dates(one.text, one.article.published) if dated.completed)
    return stated | {period.start.year for period in counted if period and days(period) >= YEAR_DAYS}


def _years_of_publication(one: ScoredSentence) -> set[int]:
    """Return the year of publication, and the one before for what is printed soon after new year."""
    day = one.article.published
    return {day.year, (day - datetime.timedelta(days=SAME_OCCASION_DAYS)).year} if day else set()


def _context(one: ScoredSentence) -> str:
    """Join the context of a sentence without the event's name: the title, the lead, and what stands before it."""
    text = one.article.text
    before = text[max(0, one.start - BEFORE_CHARACTERS) : one.start].rpartition("\n")[2]
    return "\n".join([one.article.title or "", text[:SCENE_CHARACTERS], before])


def _may_be(one: Moment, other: Moment) -> bool:
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(left is None or right is None or left == right for left, right in pairs)


def _capital_stems(text: str) -> set[str]:
    return {
        stem(token.text) for span in names(text) for token in tokens(span.text) if token.text[0].isupper()
    }
