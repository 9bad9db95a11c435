"""Quotations with who says so, in which outlet and when; the sides of an answer as such, side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.claims.attribution import who_says
from assistant.claims.sides import lead_of
from assistant.datamodels import Answer, Article, Citation, Side, Statement
from assistant.web.escaped import UNBROKEN, bdi, day, escape, marker

_LIST_ITEM = re.compile(r"^\s*[-*•]\s+")


def sides(answer: Answer, number: int) -> str:
    """Return the sides of an answer next to each other, each with its value, speaker, sources and quotations."""
    if len(answer.sides) < 2:
        return ""
    cards = []
    for side in answer.sides:
        count = side.independent_sources
        facts = [bdi(who)] if (who := _who(side.speaker, side.stance)) else []
        facts += [f"<span>{escape(day(side.published))}</span>"] if side.published else []
        facts += [f"<span>{count} independent sources</span>" if count > 1 else "<span>1 source</span>"]
        quotes = "".join(
            quote(_words(one), [one], number, caption(one, side.value, side)) for one in side.citations
        )
        cards.append(
            f'<section class="side"><h3 dir="auto">{escape(side.value)}</h3>'
            f'<p class="said">{" · ".join(facts)}</p>{quotes}</section>'
        )
    return f'<div class="sides">{"".join(cards)}</div>'


def statements(answer: Answer, number: int) -> str | None:
    """Return the statements as quotations, or None where one of them is not the very words that it cites.

    What stands among the sides that are shown is left out.
    """
    told = " ".join(
        f"{one.text} {''.join(f'[{cited.number}]' for cited in one.citations)}" for one in answer.statements
    )
    if not all(map(_verbatim, answer.statements)) or answer.text.removesuffix(told).strip() not in _leads(
        answer
    ):
        return None
    beside = (
        {one.number for side in answer.sides for one in side.citations} if len(answer.sides) > 1 else set()
    )
    return "".join(
        quote(one.text, one.citations, number, *(_caption_in(answer, cited) for cited in one.citations))
        for one in answer.statements
        if not {cited.number for cited in one.citations} <= beside
    )


def quote(words: str, citations: Sequence[Citation], number: int, *captions: str) -> str:
    """Return words with the markers of their citations and, below, the captions (HTML) of these."""
    markers = "".join(marker(one.number, number) for one in citations)
    below = "; ".join(dict.fromkeys(one for one in captions if one))
    return (
        f'<figure class="quote"><blockquote dir="auto">{escape(_LIST_ITEM.sub("", words))}{UNBROKEN}{markers}'
        f"</blockquote>{f'<figcaption>{below}</figcaption>' if below else ''}</figure>"
    )


def caption(citation: Citation, value: str = "", side: Side | None = None) -> str:
    """Say, as HTML, who gives a quotation's ``value``, or its words, to what degree, in which outlet and when.

    A speaker whom the quotation does not name is told only where the side names the same.
    """
    article = citation.article
    at = _place(citation.quote, value)
    speaker, stance = who_says(article, citation.start, citation.end, citation.start + at)
    told: tuple[str | None, str | None] = (speaker, stance)
    if side and side.speaker and speaker == article.publisher and side.speaker in citation.quote:
        told = (side.speaker, side.stance)
    elif not (speaker in {None, side.speaker if side else None} or str(speaker) in citation.quote):
        told = (article.publisher, "reported")
    who = _who(*told) if told != (article.publisher, "reported") else ""
    return " · ".join(part for part in (bdi(who) if who else "", outlet(article)) if part)


def outlet(article: Article) -> str:
    """Name, as HTML, an article's outlet and the day of its publication; its title where no outlet is known."""
    name = bdi(article.publisher or article.title or article.id)
    return (
        f"{name}, <span>{escape(day(article.published))}</span>" if article.published else f"{name}, no date"
    )


def spoken(side: Side) -> str:
    """Say who gives the only value of an answer, where that is not an outlet in its own name."""
    outlets = {one.article.publisher for one in side.citations}
    return "" if side.stance == "reported" and side.speaker in outlets else _who(side.speaker, side.stance)


def _who(speaker: str | None, stance: str | None) -> str:
    if not stance or stance == "reported":
        return speaker or ""
    degree = stance.replace("_", " ")
    if stance == "no_claim":
        return f"{degree}, says {speaker}" if speaker else degree
    return f"{degree} by {speaker}" if speaker else degree


def _caption_in(answer: Answer, citation: Citation) -> str:
    side = next((one for one in answer.sides if citation in one.citations), None)
    return caption(citation, side.value if side else answer.short or "", side)


def _place(words: str, value: str) -> int:
    """Find where a value stands in a quotation, or else a number of it; the middle where neither does."""
    for sought in (value, *re.findall(r"\d[\d,.]*\d|\d", value)):
        at = words.casefold().find(sought.casefold())
        if sought and at >= 0:
            return min(at + len(sought), len(words)) - 1
    return len(words) // 2


def _verbatim(statement: Statement) -> bool:
    return bool(statement.citations) and all(_words(one) == statement.text for one in statement.citations)


def _words(citation: Citation) -> str:
    return re.sub(r"\s+", " ", citation.quote)


def _leads(answer: Answer) -> tuple[str, ...]:
    return ("", lead_of(answer.sides)) if answer.sides else ("",)
