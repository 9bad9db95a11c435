"""Compare what the retrieved sentences answer: figures that agree or differ, and who claimed a deed.

A false conflict is worse than a missed one: figures are set against each other only where they count the same
thing, say what befell it in the same way, speak of the event that the question names, and have different
speakers or stand in different articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.evidence.abbreviations import explain_abbreviation
from assistant.evidence.counts_apart import risen, without_parts
from assistant.evidence.figures import PEOPLE, Amount, amounts, clause, counted_in, outcome_asked
from assistant.evidence.reading import Reading
from assistant.evidence.responsibility import about_taking, acts, asks_for_acts
from assistant.evidence.same_answer import namesakes
from assistant.evidence.same_event import AskedEvent, at_one_time, looks_back
from assistant.evidence.sentences import ScoredSentence
from assistant.evidence.sides import Group, Said, attributed, latest_day, said_by, state_sides
from assistant.evidence.thresholds import STATED_CONFIDENCE, answer_threshold
from assistant.names import KnownNames, name_key
from assistant.question.question_type import TYPED, Profile
from assistant.retrieval.search import Retrieval
from assistant.settings import Settings
from assistant.text.abbreviations import abbreviations
from assistant.text.noun_phrases import Stance
from assistant.text.tokens import STOP_WORDS, stem, stems_of, tokens
from assistant.types import Query

# How far below the best sentence (log odds) a sentence may lie and still give a value; further when its figure is
# known to say what happened to those counted.
SCORE_MARGIN = 4.5
OUTCOME_MARGIN = 6.5
ACT_MARGIN = 4.0
SHOWN_SIDES, SHOWN_EARLIER = 4, 2
# the least probability of a figure that the rules find, where the reader is not sure of any
READ_TOO = 0.2
SPEAKER_SENTENCES = 3
WHO_SAID = re.compile(
    r"^\W*who\b(?: \w+){0,2}? (?:said|says|stated|announced|declared|warned|warns|told|estimate[sd]|confirmed"
    r"|denied)\b",
    re.I,
)
ACT_ORDER: tuple[Stance, ...] = ("claimed", "no_claim", "blamed")


def agree(reading: Reading, query: Query, retrieval: Retrieval, settings: Settings) -> Reading:
    """Add the sides to a reading, and answer with them where sources differ or say who claimed a deed."""
    asked = reading.asked
    other_time = query.asked_period is not None and not reading.answered
    if asked is None or not reading.ranked or other_time:
        return reading
    return explain_abbreviation(reading, query.text, retrieval, settings) or _agreed(
        reading, asked, query.text, retrieval, settings
    )


def _agreed(
    reading: Reading, asked: Profile, question: str, retrieval: Retrieval, settings: Settings
) -> Reading:
    event = AskedEvent(question, asked, retrieval.hits, retrieval.names)
    if not reading.answered:
        return reading
    if wanted := asks_for_acts(question):
        told = list(acts_told(reading, question, event, retrieval, wanted))
        return with_acts(reading, told, retrieval.names, settings) if told else reading
    if asked.kind not in TYPED:
        return reading
    groups = _figure_groups(reading, question, event, retrieval) if asked.kind == "how_many" else []
    if groups and (reading.short is not None or _read_too(reading, groups[0][0])):
        tolls = outcome_asked(question) is not None  # which rise: the last one counts
        groups, earlier = risen(groups) if tolls else (groups, [])
        differ = len(groups) > 1
        keep = not (differ or earlier)
        stated = state_sides(
            reading,
            groups[:SHOWN_SIDES],
            settings,
            differ=differ,
            keep=keep,
            newest=differ and tolls,
            earlier=earlier[:SHOWN_EARLIER],
        )
        older = latest_day(groups[0]) < max(map(latest_day, groups)) and not tolls
        return replace(stated, short=None) if differ and older else stated
    if WHO_SAID.search(question) and (groups := grouped_by_value(list(_speakers_told(reading, retrieval)))):
        return state_sides(reading, groups[:1], settings, differ=False, keep=True)
    said = list(_leading_told(reading, event, retrieval))
    return attributed(reading, said) if said else reading


def _read_too(reading: Reading, said: Said) -> bool:
    """Return True when the reader finds a figure likely as well, if not likely enough to be the short answer."""
    likely = [one.text for one in reading.candidates if one.confidence >= READ_TOO]
    return isinstance(said.key, Amount) and any(
        said.key.agrees(found) for text in likely for found in amounts(text)
    )


def grouped_by_value(said: Sequence[Said]) -> list[list[Said]]:
    """Group by value, the best first; of a speaker in one article only the best-placed value counts."""
    groups: list[list[Said]] = []
    spoken: dict[tuple[str, str | None], Said] = {}
    for one in said:
        if not one.same(spoken.setdefault((one.sentence.article.id, one.speaker), one)):
            continue
        group = next((group for group in groups if group[0].same(one)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def _figure_groups(
    reading: Reading, question: str, event: AskedEvent, retrieval: Retrieval
) -> Sequence[Group]:
    """Group the figures of one occasion: of the year asked about, or else of no year long past.

    Those of how things stand now are all of one.
    """
    told = without_parts(list(_figures_told(reading, question, event, retrieval)), event)
    if not event.stated:
        told = [one for one in told if not looks_back(one.sentence)] or told
    now = reading.asked is not None and reading.asked.now
    return grouped_by_value([one for one in told if now or at_one_time(told[0].sentence, one.sentence)])


def _figures_told(reading: Reading, question: str, event: AskedEvent, retrieval: Retrieval) -> Iterator[Said]:
    """Find the figures that answer "how many", best sentence first; all have the unit of the first."""
    focus = (reading.asked.focus if reading.asked else None) or ""
    outcome = outcome_asked(question)
    own = bool(outcome and outcome_asked(focus) == outcome)
    counted = counted_in(question, focus) if focus and not own else frozenset()
    unit: frozenset[str] = frozenset()
    percent: bool | None = None
    floor = reading.ranked[0].score - (OUTCOME_MARGIN if outcome else SCORE_MARGIN)
    for one in reading.ranked:
        figures = (
            [_completed(found, one, outcome) for found in amounts(one.text)] if one.score >= floor else []
        )
        if not figures or not event.has(one):
            continue
        for amount in figures:
            people = amount.bare and bool(outcome) and not counted - PEOPLE
            if amount.outcome != outcome or not (people or not counted or counted & amount.unit):
                continue
            if not (outcome or focus in amount.unit):
                continue
            if not event.has(one, clause(one.text, amount.start, amount.end)):
                continue
            if (unit and amount.unit and not unit & amount.unit) or percent not in {None, amount.percent}:
                continue
            unit, percent = unit or amount.unit, amount.percent
            yield said_by(one, amount.text, amount, amount.end - 1, retrieval)


def _completed(amount: Amount, one: ScoredSentence, outcome: str | None) -> Amount:
    """Complete a bare figure ("The government has confirmed 25.") by the figure of the sentence before."""
    bare = not amount.unit and amount.outcome is None and not re.search(r"\w", one.text[amount.end :])
    if not bare or outcome is None:
        return amount
    before = one.article.text[max(0, one.start - 400) : one.start].rstrip()
    earlier = [other for other in amounts(re.split(r"(?<=[.!?])\s+", before)[-1]) if other.outcome == outcome]
    return replace(amount, unit=earlier[-1].unit, outcome=outcome) if earlier else amount


def acts_told(
    reading: Reading, question: str, event: AskedEvent, retrieval: Retrieval, wanted: frozenset[Stance]
) -> Iterator[Said]:
    """Find who claims the deed, that nobody does, and who is blamed for it, best sentence first."""
    floor = reading.ranked[0].score - ACT_MARGIN
    for one in reading.ranked:
        found = list(acts(one.text))
        if not found or not (event.has(one) if event.names else one.score >= floor):
            continue
        for act in found:
            if act.stance not in wanted or not about_taking(question, one.text, act):
                continue
            value = re.sub(r"[’']s?$", "", one.text[act.start : act.end])
            said = said_by(one, value, "", act.start, retrieval)
            speaker = act.speaker if act.speaker and _may_name(act.speaker) else said.speaker
            key = "" if act.stance == "no_claim" else value
            yield replace(said, key=f"{act.stance} {key}", stance=act.stance, speaker=speaker)


def _may_name(phrase: str) -> bool:
    """Return True for a phrase that may name a speaker: "the mayor", and not "to" or "by asking the mayor to"."""
    return phrase.rpartition(" ")[2].lower() not in STOP_WORDS


def with_acts(reading: Reading, told: list[Said], known: KnownNames, settings: Settings) -> Reading:
    """Answer who claimed a deed; where nobody did, say so, and who is blamed."""
    told.sort(key=lambda one: ACT_ORDER.index(one.stance))
    if told[0].stance == "claimed":
        told = [one for one in told if one.stance == "claimed"]
    groups: list[list[Said]] = []
    for one in told:
        group = next((group for group in groups if _joins(one, group, known)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    differ = len(groups) > 1 and told[0].stance == "claimed"
    sure = replace(
        reading,
        answered=True,
        confidence=max(reading.confidence, STATED_CONFIDENCE, answer_threshold(settings)),
    )
    return state_sides(sure, groups[:SHOWN_SIDES], settings, differ=differ, keep=False)


def _joins(one: Said, group: Sequence[Said], known: KnownNames) -> bool:
    """Return True when an act is by the actor of a group and no act of the group is by a namesake."""
    words = name_key(one.value).split()
    return _one_name(group[0], one, known) and not any(
        namesakes(words, name_key(other.value).split()) for other in group
    )


def _one_name(one: Said, other: Said, known: KnownNames) -> bool:
    """Return True when two acts name one actor: by the same words, some of them, or an explained abbreviation."""
    if one.stance != other.stance or one.same(other):
        return one.same(other)
    words, others = (stems_of(said.value) for said in (one, other))
    if words <= others or others <= words:
        return True
    variants = {name_key(name) for name in known.variants(one.value)}
    if name_key(other.value) in variants:
        return True
    short_names = {**abbreviations(one.sentence.article.text), **abbreviations(other.sentence.article.text)}
    return any(
        len(short) == 1 and short_names.get(next(iter(short)), frozenset[str]()) & long
        for short, long in ((words, others), (others, words))
    )


def _speakers_told(reading: Reading, retrieval: Retrieval) -> Iterator[Said]:
    """Find who says the sentence that answers "who said so", where its grammar names a speaker."""
    known = reading.asked.weights if reading.asked else {}
    for one in reading.ranked[:SPEAKER_SENTENCES]:
        place = next((token.start for token in tokens(one.text) if stem(token.text) in known), 0)
        said = said_by(one, "", "", place, retrieval)
        if said.speaker and said.speaker != one.article.publisher and said.speaker in one.text:
            yield replace(said, value=said.speaker, key=said.speaker)


def _leading_told(reading: Reading, event: AskedEvent, retrieval: Retrieval) -> Iterator[Said]:
    """Find the cited sentences that give the leading short answer."""
    value = reading.short or next((one.text for one in reading.candidates), None)
    if not value:
        return
    for one in reading.ranked:
        place = one.text.find(value)
        cited = any(
            citation.article.id == one.article.id and citation.start <= one.start < citation.end
            for citation in reading.citations
        )
        if place >= 0 and cited and (not event.names or event.has(one)):
            yield said_by(one, value, value, place, retrieval)
