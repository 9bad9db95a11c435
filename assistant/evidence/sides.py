"""Sides of an answer: each is one value with its speaker, stance, date, sources and quotations."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.evidence.attribution import who_says
from assistant.evidence.figures import Amount
from assistant.evidence.independence import (
    carried,
    independent_claims,
    independent_sources,
    sources_in_words,
)
from assistant.evidence.reading import Reading
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.names import name_key
from assistant.retrieval.search import Retrieval
from assistant.settings import Settings
from assistant.text.noun_phrases import Stance
from assistant.text.wording import day_in_words, one_line
from assistant.types import Candidate, Citation, Side, Statement

FIRMNESS: dict[Stance, int] = {
    "confirmed": 6, "claimed": 5, "reported": 4, "no_claim": 3, "blamed": 2, "unconfirmed": 1, "denied": 0
}  # fmt: skip
BOUND = re.compile(
    r"^(?:at least|at most|more than|fewer than|less than|as many as|as high as|over|under|up to|about|around|some"
    r"|nearly|almost|roughly|approximately|close to|only|just|(?:an )?estimated)\s+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A value that a sentence gives, its speaker and its story; ``key`` tells values apart."""

    value: str
    key: Amount | str
    sentence: ScoredSentence
    stance: Stance
    speaker: str | None
    story: int

    def same(self, other: Said) -> bool:
        """Return True when two sentences give one value."""
        if isinstance(self.key, Amount) and isinstance(other.key, Amount):
            return self.key.agrees(other.key)
        return self.key == other.key


Group = Sequence[Said]


def said_by(
    sentence: ScoredSentence, value: str, key: Amount | str, place: int, retrieval: Retrieval
) -> Said:
    """Describe what a sentence says at ``place``, with its speaker and stance."""
    article = sentence.article
    speaker, stance = who_says(article, sentence.start, sentence.end, sentence.start + place)
    return Said(value, key, sentence, stance, speaker, retrieval.stories.get(article.id, -1))


def state_sides(
    reading: Reading,
    groups: Sequence[Group],
    settings: Settings,
    *,
    differ: bool,
    keep: bool,
    newest: bool = False,
    earlier: Sequence[Group] = (),
) -> Reading:
    """State the sentences of a reading's sides, the first group first; ``keep`` adds the old statements.

    Where sides differ they stand newest first, and a line that lists them leads the text; the short answer is that
    of the first group, or the ``newest``. ``earlier`` are values that have risen since: no sides, but stated last.
    """
    ordered = sorted(groups, key=_group_date, reverse=True) if differ else list(groups)
    ranked = {place_of(one): one for one in reading.ranked}
    chosen = list(dict.fromkeys(place_of(_firmest(group).sentence) for group in (*ordered, *earlier)))
    articles = {article for article, _ in chosen}
    others = sorted(
        (place_of(one.sentence) for group in groups for one in group), key=lambda place: place[0] in articles
    )
    old = [(one.article.id, one.start) for one in reading.citations] if keep else []
    for place in dict.fromkeys((*others, *old)):
        tried = _cited([ranked[one] for one in (*chosen, place)])
        lead = lead_of([_side_of_group(group, tried) for group in ordered]) if differ else ""
        words = len(lead.split()) + sum(len(one.quote.split()) + 1 for one in tried)
        if place not in chosen and words <= settings.answer_words:
            chosen.append(place)
    citations = _cited([ranked[place] for place in chosen])
    sides = [_side_of_group(group, citations) for group in ordered]
    at = 0 if newest else next(at for at, group in enumerate(ordered) if group is groups[0])
    candidates = _candidates(reading, sides[at])
    return replace(
        reading,
        short=candidates[0].text,
        statements=tuple(Statement(one_line(one.quote), (one,)) for one in citations),
        citations=tuple(citations),
        candidates=candidates,
        sides=tuple(sides),
        differ=differ,
        lead=lead_of(sides) if differ else "",
        notes=(*_side_notes(sides, ordered, differ=differ), *_earlier_note(earlier)),
    )


def attributed(reading: Reading, said: Group) -> Reading:
    """Add who gives the leading short answer; the statements stay."""
    side = _side_of_group(said, reading.citations)
    return replace(reading, sides=(side,), notes=tuple(_side_notes([side], [said], differ=False)))


def settled(reading: Reading) -> Reading:
    """Renumber the sides' citations after a check; a side whose statement went is stated again.

    A value that is withheld is no side either: nothing may say who gives it, or how many sources carry it.
    """
    if not reading.sides:
        return reading
    if not reading.answered or not (reading.short or reading.differ):
        return replace(reading, sides=(), differ=False, lead="", notes=())
    statements, citations = list(reading.statements), list(reading.citations)
    sides = []
    for side in reading.sides:
        kept = [one for one in citations if any(_citations_overlap(one, old) for old in side.citations)]
        if not kept and reading.differ and side.citations:
            kept = [replace(side.citations[0], number=len(citations) + 1)]
            citations += kept
            statements.append(Statement(one_line(kept[0].quote), tuple(kept), True))
        if kept:
            sides.append(replace(side, citations=tuple(kept)))
    differ = reading.differ and len(sides) > 1
    return replace(
        reading,
        statements=tuple(statements),
        citations=tuple(citations),
        sides=tuple(sides),
        differ=differ,
        lead=lead_of(sides) if differ else "",
        notes=reading.notes if sides else (),
    )


def lead_of(sides: Sequence[Side]) -> str:
    """List sides in a line, each with its markers, and its speaker but for an outlet in its own name."""
    parts = []
    for side in sides:
        outlets = {one.article.publisher for one in side.citations}
        speaker = side.speaker if side.speaker not in outlets else None
        stance = side.stance if side.stance != "reported" else None
        who = ", ".join(part for part in (speaker, stance) if part)
        markers = "".join(f"[{one.number}]" for one in side.citations)
        parts.append(f"{side.value}{f' ({who})' if who else ''} {markers}")
    return f"Sources differ: {'; '.join(parts)}."


def _not_quoting(group: Group) -> list[Said]:
    """Leave out the articles that give a value as another outlet's, where that outlet gives it too."""
    outlets = {name_key(one.sentence.article.publisher or "") for one in group} - {""}
    return [
        one
        for one in group
        if name_key(one.speaker or "") not in outlets - {name_key(one.sentence.article.publisher or "")}
    ]


def _side_of_group(group: Group, citations: Iterable[Citation]) -> Side:
    best = _firmest(group)
    days = [day for one in group if (day := one.sentence.article.published)]
    told = [(_own_speaker(one), one.story, one.sentence.text) for one in _not_quoting(group)]
    return Side(
        value=_written(group),
        speaker=best.speaker,
        stance=best.stance,
        published=max(days, default=None),
        citations=tuple(one for one in citations if any(_covers(one, other.sentence) for other in group)),
        independent_sources=independent_sources((story, words) for _, story, words in told),
        claims=independent_claims(told),
    )


def _written(group: Group) -> str:
    """Return how a value is written: a figure in digits where it can be, and short."""
    written = sorted(
        (one.value for one in group), key=lambda text: (not any(map(str.isdigit, text)), len(text))
    )
    value = written[0] if isinstance(group[0].key, Amount) else group[0].value
    return value[0].lower() + value[1:] if BOUND.match(value) else value


def _own_speaker(said: Said) -> str | None:
    """Return whom an article quotes, None where it speaks for itself."""
    return None if said.speaker == said.sentence.article.publisher else said.speaker


def _firmest(group: Group) -> Said:
    """Choose who speaks for a value: the firmest stance, a named speaker before the outlet, the best sentence."""
    return max(
        group,
        key=lambda one: (
            FIRMNESS[one.stance],
            one.speaker not in {None, one.sentence.article.publisher},
            one.sentence.score,
        ),
    )


def latest_day(group: Group) -> datetime.date:
    """Return the day of the newest article that gives a value; the first of all where none has a day."""
    days = (one.sentence.article.published for one in group)
    return max((day for day in days if day), default=datetime.date.min)


def _group_date(group: Group) -> tuple[datetime.date, float]:
    return latest_day(group), max(one.sentence.score for one in group)


def _earlier_note(groups: Sequence[Group]) -> list[str]:
    told = (f"{_written(group)} ({day_in_words(latest_day(group))})" for group in groups)
    return [f"Earlier reports gave less: {', '.join(told)}."] if groups else []


def _candidates(reading: Reading, leading: Side) -> tuple[Candidate, ...]:
    """Put the leading value first, without its bound; the others share the confidence that it leaves."""
    text = BOUND.sub("", leading.value)
    others = [one for one in reading.candidates if BOUND.sub("", one.text).casefold() != text.casefold()]
    total = sum(one.confidence for one in others)
    own = max([reading.confidence - total, *(one.confidence for one in reading.candidates)])
    scale = min(1.0, max(0.0, reading.confidence - own) / total) if total else 0.0
    rest = (replace(one, confidence=one.confidence * scale, citations=()) for one in others)
    return (Candidate(text, min(own, reading.confidence), leading.citations), *rest)


def _side_notes(sides: Sequence[Side], groups: Sequence[Group], *, differ: bool) -> list[str]:
    """Say how many independent sources carry the answer, and which figure is later than the others."""
    if not differ:
        return [carried(sides[0].independent_sources, sides[0].claims)]
    notes = []
    latest = [one.sentence.article for one in groups[0]]
    older = [one.sentence.article for group in groups[1:] for one in group]
    days = [one.published for one in latest]
    first = min((day for day in days if day), default=None)
    if first and None not in days and all(one.published and one.published < first for one in older):
        notes.append(
            f"{sides[0].value} comes from a later report ({day_in_words(first)}) than the other figures."
        )
    return [*notes, each_rests_on(sides)]


def each_rests_on(sides: Sequence[Side]) -> str:
    """Say how many independent sources carry each of several values."""
    counts = (f"{side.value}: {sources_in_words(side.independent_sources, side.claims)}" for side in sides)
    return f"What each rests on: {'; '.join(counts)}."


def _cited(sentences: Iterable[ScoredSentence]) -> list[Citation]:
    return [
        Citation(number, one.article, one.start, one.end, one.text) for number, one in enumerate(sentences, 1)
    ]


def _covers(citation: Citation, one: ScoredSentence) -> bool:
    return citation.article.id == one.article.id and citation.start < one.end and one.start < citation.end


def _citations_overlap(one: Citation, other: Citation) -> bool:
    return one.article.id == other.article.id and one.start < other.end and other.start < one.end
