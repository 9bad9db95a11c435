"""Gathers what the sentences answer into sides: one for each value, with who says it and how many sources do.

A false conflict is worse than a missed one: figures are set against each other only where they count the same
thing, say what befell it in the same way, speak of the event that the question names, and have different
speakers or come from different stories.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.amounts import Amount, amounts, outcome_of, unit_of
from assistant.claims import Stance, who_says
from assistant.datamodels import Candidate, Citation, Query, Side, Statement
from assistant.events import Event
from assistant.read import Reading, ScoredSentence
from assistant.responsibility import acts, asks_for_acts
from assistant.retrieve import Retrieval
from assistant.scoring import Profile
from assistant.settings import Settings
from assistant.words import stem, tokens

MARGIN = 2.5
ACT_MARGIN = 3.0
FIRMNESS: dict[Stance, int] = {
    "confirmed": 5, "claimed": 4, "reported": 3, "blamed": 2, "unconfirmed": 1, "denied": 0, "no_claim": 0
}  # fmt: skip
SHOWN_SIDES = 4
# what ``understand.stand_alone`` adds of an earlier question: words that say what it is about, not what is asked
JOINED = re.compile(r"\s\([^()]*\)\?$")
# the confidence of an answer that a sentence states in so many words ("no group has claimed the raid")
STATED = 0.5


@dataclass(frozen=True, slots=True)
class Said:
    """A value that a sentence gives, who says it and in which story; ``key`` tells values apart."""

    value: str
    key: Amount | str
    sentence: ScoredSentence
    stance: Stance
    speaker: str | None
    story: int


def agree(reading: Reading, query: Query, retrieval: Retrieval, settings: Settings) -> Reading:
    """Add the sides to a reading, and answer with them where sources differ or say who claims a deed."""
    if reading.asked is None or not reading.ranked:
        return reading
    event = Event(query.text, reading.asked, retrieval.hits)
    wanted = asks_for_acts(JOINED.sub("", query.text))
    if wanted:
        said = _acts_said(reading, event, retrieval, wanted)
        return _with_acts(reading, said, settings) if said else reading
    if not reading.answered:
        return reading
    if reading.asked.kind == "how_many":
        groups = _grouped(_figures_said(reading, query.text, event, retrieval))
        if groups:
            return _with_figures(reading, groups, settings)
    return _with_leading(reading, retrieval)


def settled(reading: Reading) -> Reading:
    """Number the sides' citations as the statements now do; a side whose words were not stated is stated."""
    statements, citations = list(reading.statements), list(reading.citations)
    sides = []
    for side in reading.sides:
        kept = [one for old in side.citations for one in citations if _overlap(one, old)]
        if not kept and reading.differ and reading.answered and side.citations:
            added = replace(side.citations[0], number=len(citations) + 1)
            citations.append(added)
            statements.append(Statement(_plain(added.quote), (added,), True))
            kept = [added]
        if kept:
            sides.append(replace(side, citations=tuple(dict.fromkeys(kept))))
    differ = reading.differ and reading.answered and len(sides) > 1
    return replace(
        reading,
        statements=tuple(statements),
        citations=tuple(citations),
        sides=tuple(sides) if reading.answered else (),
        differ=differ,
        lead=_lead(sides) if differ else "",
        notes=reading.notes if reading.answered and sides else (),
    )


def _figures_said(reading: Reading, question: str, event: Event, retrieval: Retrieval) -> list[Said]:
    """Find the figures that answer "how many", best sentence first."""
    asked = reading.asked
    assert asked is not None  # noqa: S101 - the caller has seen to it
    outcome = outcome_of(question)
    counted = unit_of(asked.focus) if asked.focus else frozenset()
    if outcome and outcome_of(f"{asked.focus}") == outcome:
        counted = frozenset()
    found: list[Said] = []
    unit: frozenset[str] | None = None
    floor = reading.ranked[0].score - MARGIN
    before = ""
    for one in (one for one in reading.ranked if one.score >= floor and event.has(one)):
        before = _sentence_before(one)
        for amount in amounts(one.text):
            elliptic = not amount.unit and amount.outcome is None and _ends(one.text, amount.end)
            if elliptic:
                earlier = [other for other in amounts(before) if other.outcome == outcome and outcome]
                if not earlier:
                    continue
                amount = replace(amount, unit=earlier[-1].unit, outcome=outcome)
            if amount.outcome != outcome or (counted and not counted & amount.unit):
                continue
            if outcome is None and asked.focus and asked.focus not in amount.unit:
                continue
            if unit is None:
                unit = amount.unit
            elif not (unit & amount.unit) and (unit or amount.unit):
                continue
            found.append(_said(one, amount.text, amount, amount.start, retrieval))
    return found


def _grouped(said: Sequence[Said]) -> list[list[Said]]:
    """Gather what gives one value; of one speaker in one article only the best-placed value stands."""
    groups: list[list[Said]] = []
    spoken: dict[tuple[str, str | None], list[Said]] = {}
    for one in said:
        own = spoken.setdefault((one.sentence.article.id, one.speaker), [])
        if own and not any(_same(one, other) for other in own):
            continue
        own.append(one)
        group = next((group for group in groups if _same(group[0], one)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def _with_figures(reading: Reading, groups: list[list[Said]], settings: Settings) -> Reading:
    groups = groups[:SHOWN_SIDES]
    if len(groups) == 1:
        return _stating(reading, groups, settings, differ=False, short=groups[0][0].value)
    return _stating(reading, groups, settings, differ=True, short=groups[0][0].value)


def _acts_said(reading: Reading, event: Event, retrieval: Retrieval, wanted: frozenset[Stance]) -> list[Said]:
    """Find who claims the deed, that nobody does, and who is blamed for it, best sentence first."""
    found = []
    floor = reading.ranked[0].score - ACT_MARGIN
    for one in reading.ranked:
        sure = event.has(one) if event.names else reading.answered and one.score >= floor
        for act in acts(one.text) if sure else ():
            if act.stance in wanted:
                said = _said(one, one.text[act.start : act.end], "", act.start, retrieval)
                key = (
                    ""
                    if act.stance == "no_claim"
                    else " ".join(stem(token.text) for token in tokens(said.value))
                )
                speaker = act.speaker or (said.speaker if act.stance != "claimed" else said.value)
                found.append(replace(said, key=f"{act.stance} {key}", stance=act.stance, speaker=speaker))
    return found


def _with_acts(reading: Reading, said: list[Said], settings: Settings) -> Reading:
    """Answer who claimed a deed: whoever did, or that nobody did and who is blamed."""
    order = ("claimed", "no_claim", "blamed")
    present = [stance for stance in order if any(one.stance == stance for one in said)]
    if present[0] == "claimed":
        said = [one for one in said if one.stance == "claimed"]
    groups: dict[Amount | str, list[Said]] = {}
    for one in sorted(said, key=lambda one: order.index(one.stance)):
        groups.setdefault(one.key, []).append(one)
    chosen = list(groups.values())[:SHOWN_SIDES]
    first = chosen[0][0]
    differ = first.stance == "claimed" and len({one.key for one in said}) > 1
    confidence = max(reading.confidence, STATED, settings.answer_threshold)
    return _stating(
        replace(reading, answered=True, confidence=confidence),
        chosen,
        settings,
        differ=differ,
        short=first.value,
    )


def _with_leading(reading: Reading, retrieval: Retrieval) -> Reading:
    """Say who gives the leading short answer; the statements stay."""
    value = reading.short
    if not value:
        return reading
    said = []
    for one in reading.ranked:
        place = one.text.find(value)
        cited = any(_covers(citation, one) for citation in reading.citations)
        if place >= 0 and cited:
            said.append(_said(one, value, value, place, retrieval))
    if not said:
        return reading
    side = _side(said, reading.citations)
    return replace(reading, sides=(side,), notes=(_sources_note(side),))


def _stating(
    reading: Reading, groups: list[list[Said]], settings: Settings, *, differ: bool, short: str
) -> Reading:
    """Make the statements of a reading those sentences on which its sides rest."""
    ordered = sorted(groups, key=_newest, reverse=True) if differ else groups
    firmest = [_firmest(group) for group in ordered]
    sentences = list(dict.fromkeys((one.sentence.article.id, one.sentence.start) for one in firmest))
    by_place = {
        (one.sentence.article.id, one.sentence.start): one.sentence for group in groups for one in group
    }
    ranked = {(one.article.id, one.start): one for one in reading.ranked}
    stated = [] if differ else [(one.article.id, one.start) for one in reading.citations]
    articles = {article for article, _ in sentences}
    others = sorted(by_place, key=lambda place: place[0] in articles)
    for place in dict.fromkeys((*others, *stated)):
        tried = _cite([ranked[one] for one in (*sentences, place)])
        lead = _lead([_side(group, tried) for group in ordered]) if differ else ""
        if place not in sentences and _words(lead, tried) <= settings.answer_words:
            sentences.append(place)
    citations = _cite([ranked[place] for place in sentences])
    sides = [_side(group, citations) for group in ordered]
    leading = next(side for side, group in zip(sides, ordered, strict=True) if group is groups[0])
    candidates = _candidates(reading, short, leading.citations)
    return replace(
        reading,
        short=candidates[0].text,
        statements=tuple(Statement(_plain(one.quote), (one,)) for one in citations),
        citations=tuple(citations),
        candidates=candidates,
        sides=tuple(sides),
        differ=differ,
        lead=_lead(sides) if differ else "",
        notes=tuple(_notes(sides, ordered, differ=differ)),
    )


def _cite(sentences: Iterable[ScoredSentence]) -> list[Citation]:
    return [
        Citation(number, one.article, one.start, one.end, one.text) for number, one in enumerate(sentences, 1)
    ]


def _words(lead: str, citations: Sequence[Citation]) -> int:
    return len(lead.split()) + sum(len(one.quote.split()) + 1 for one in citations)


def _candidates(reading: Reading, short: str, citations: Sequence[Citation]) -> tuple[Candidate, ...]:
    """Put the value that was gathered first; the others keep their place and share what is left."""
    plain = re.sub(
        r"^(?:at least|more than|as many as|as high as|over|up to|about|some|nearly)\s+",
        "",
        short,
        flags=re.I,
    )
    others = [
        one for one in reading.candidates if one.text.casefold() not in {short.casefold(), plain.casefold()}
    ]
    left = max(0.0, reading.confidence - sum(one.confidence for one in others))
    first = Candidate(plain, max([left, *(one.confidence for one in reading.candidates)]), tuple(citations))
    scale = (reading.confidence - first.confidence) / (sum(one.confidence for one in others) or 1.0)
    return (
        first,
        *(
            replace(one, confidence=max(0.0, one.confidence * min(1.0, scale)), citations=())
            for one in others
        ),
    )


def _said(one: ScoredSentence, value: str, key: Amount | str, place: int, retrieval: Retrieval) -> Said:
    at = one.start + (key.end - 1 if isinstance(key, Amount) else place)
    speaker, stance = who_says(one.article, one.start, one.end, at)
    return Said(value, key, one, stance, speaker, retrieval.stories.get(one.article.id, id(one.article)))


def _side(group: Sequence[Said], citations: Iterable[Citation]) -> Side:
    best = _firmest(group)
    cited = [citation for citation in citations if any(_covers(citation, one.sentence) for one in group)]
    return Side(
        value=_value(group),
        speaker=best.speaker,
        stance=best.stance,
        published=max(
            (one.sentence.article.published for one in group if one.sentence.article.published), default=None
        ),
        citations=tuple(cited),
        independent_sources=_independent(group),
    )


def _value(group: Sequence[Said]) -> str:
    """Choose how a value is written: in digits before words, without a bound that not all sources put on it."""
    if not isinstance(group[0].key, Amount):
        return group[0].value
    written = sorted(
        (one.value for one in group), key=lambda text: (not any(map(str.isdigit, text)), len(text))
    )
    return written[0]


def _firmest(group: Sequence[Said]) -> Said:
    """Choose who speaks for a value: the firmest stance, a named speaker before the outlet, the best sentence."""
    return max(
        group,
        key=lambda one: (
            FIRMNESS[one.stance],
            one.speaker not in {None, one.sentence.article.publisher},
            one.sentence.score,
        ),
    )


def _independent(group: Sequence[Said]) -> int:
    """Count the stories; sentences that are nearly the same are one source, whatever articles print them."""
    kept: list[set[str]] = []
    stories: set[int] = set()
    for one in group:
        words = {stem(token.text) for token in tokens(one.sentence.text)}
        copied = any(len(words & other) >= 0.8 * len(words | other) for other in kept)
        if one.story not in stories and not copied:
            kept.append(words)
        stories.add(one.story)
    return max(1, len(kept))


def _newest(group: Sequence[Said]) -> tuple[datetime.date, float]:
    days = [one.sentence.article.published for one in group if one.sentence.article.published]
    return (max(days, default=datetime.date.min), max(one.sentence.score for one in group))


def _notes(sides: Sequence[Side], groups: Sequence[Sequence[Said]], *, differ: bool) -> list[str]:
    if not differ:
        return [_sources_note(sides[0])]
    notes = []
    newest, *earlier = groups
    days = [one.sentence.article.published for one in newest]
    first = min((day for day in days if day), default=None)
    articles = {one.sentence.article.id for one in newest}
    older = [one.sentence.article for group in earlier for one in group]
    if first and None not in days and all(one.published and one.published < first for one in older):
        if not articles & {one.id for one in older}:
            notes.append(f"The figure {sides[0].value} is from a later report ({first}) than the others.")
    counts = ", ".join(f"{side.value}: {_sources(side.independent_sources)}" for side in sides)
    return [*notes, f"Independent sources found: {counts}."]


def _sources_note(side: Side) -> str:
    if side.independent_sources == 1:
        return "This answer rests on one source."
    return f"{side.independent_sources} independent sources carry this answer."


def _sources(count: int) -> str:
    return "one source" if count == 1 else f"{count} sources"


def _lead(sides: Sequence[Side]) -> str:
    """List the sides in a line, each with its speaker and markers."""
    parts = []
    for side in sides:
        stance = side.stance if side.stance not in {None, "reported"} else None
        who = ", ".join(part for part in (side.speaker, stance) if part)
        parts.append(
            f"{side.value}{f' ({who})' if who else ''} {''.join(f'[{one.number}]' for one in side.citations)}"
        )
    return f"Sources differ: {'; '.join(parts)}."


def _same(one: Said, other: Said) -> bool:
    if isinstance(one.key, Amount) and isinstance(other.key, Amount):
        return one.key.agrees(other.key)
    return one.key == other.key


def _sentence_before(one: ScoredSentence) -> str:
    before = one.article.text[max(0, one.start - 400) : one.start].rstrip()
    return re.split(r"(?<=[.!?])\s+", before)[-1]


def _ends(sentence: str, at: int) -> bool:
    return not re.search(r"\w", sentence[at:])


def _covers(citation: Citation, one: ScoredSentence) -> bool:
    return citation.article.id == one.article.id and citation.start < one.end and one.start < citation.end


def _overlap(one: Citation, other: Citation) -> bool:
    return one.article.id == other.article.id and one.start < other.end and other.start < one.end


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)
