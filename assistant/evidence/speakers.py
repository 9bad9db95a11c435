"""Who says each quotation of an answer, and how firmly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence.attribution import who_says
from assistant.evidence.reading import Reading
from assistant.text.noun_phrases import VERB
from assistant.types import Citation, Side


def with_speakers(reading: Reading) -> Reading:
    """Add to each citation who gives the answer in it, or who says its words, and how firmly."""

    def told(citations: Sequence[Citation]) -> tuple[Citation, ...]:
        return tuple(told_by(one, *_sought(reading, one)) for one in citations)

    return replace(
        reading,
        citations=told(reading.citations),
        statements=tuple(replace(one, citations=told(one.citations)) for one in reading.statements),
        candidates=tuple(replace(one, citations=told(one.citations)) for one in reading.candidates),
        sides=tuple(replace(one, citations=told(one.citations)) for one in reading.sides),
    )


def told_by(citation: Citation, value: str = "", side: Side | None = None) -> Citation:
    """Return who gives a quotation's ``value``, or says its words; the outlet for what it says in its own name.

    A speaker whom the quotation does not name counts only where the side names the same.
    """
    article = citation.article
    at = citation.start + _place_of_value(citation.quote, value)
    speaker, stance = who_says(article, citation.start, citation.end, at)
    if side and side.speaker and speaker == article.publisher and side.speaker in citation.quote:
        return replace(citation, speaker=side.speaker, stance=side.stance)
    if not (speaker in {None, side.speaker if side else None} or str(speaker) in citation.quote):
        return replace(citation, speaker=article.publisher, stance="reported")
    return replace(citation, speaker=speaker, stance=stance)


def spoken(speaker: str | None, stance: str | None, *outlets: str | None) -> str:
    """Put the speaker and stance into words; nothing where one of ``outlets`` reports it itself."""
    if not stance or stance == "reported":
        if not speaker or speaker in outlets:
            return ""
        return (
            speaker if VERB.match(speaker) else f"said by {speaker}"
        )  # "reported elsewhere" is no speaker's name
    degree = stance.replace("_", " ")
    if stance == "no_claim":
        return f"{degree}, says {speaker}" if speaker else degree
    if stance == "unconfirmed" and speaker and speaker not in outlets:
        return f"{degree}, according to {speaker}"
    return f"{degree} by {speaker}" if speaker else degree


def _sought(reading: Reading, citation: Citation) -> tuple[str, Side | None]:
    """Return the value that a citation is for: that of its side, or else the short answer."""
    places = {(citation.article.id, citation.start, citation.end)}
    for side in reading.sides:
        if places & {(one.article.id, one.start, one.end) for one in side.citations}:
            return side.value, side
    return reading.short or "", None


def _place_of_value(words: str, value: str) -> int:
    """Find the place in a quotation of a value or a number of it; the middle where neither stands there."""
    for sought in (value, *re.findall(r"\d[\d,.]*\d|\d", value)):
        at = words.casefold().find(sought.casefold())
        if sought and at >= 0:
            return min(at + len(sought), len(words)) - 1
    return len(words) // 2
