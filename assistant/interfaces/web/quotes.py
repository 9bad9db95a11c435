"""Quotations with who says so, in which outlet and when; the sides of an answer as such, side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence.independence import sources_in_words
from assistant.evidence.sides import lead_of
from assistant.evidence.speakers import spoken
from assistant.interfaces.web.escaped import UNBROKEN, bdi, escape, marker
from assistant.text.wording import day_in_words, one_line, page_in_words
from assistant.types import Answer, Article, Citation, Side, Statement

LIST_ITEM = re.compile(r"^\s*[-*•]\s+")


def side_cards(answer: Answer, number: int) -> str:
    """Return the sides of an answer next to each other, each with its value, speaker, sources and quotations."""
    if len(answer.sides) < 2:
        return ""
    cards = []
    for side in answer.sides:
        facts = [bdi(who)] if (who := said(side)) else []
        facts += [f"<span>{escape(day_in_words(side.published))}</span>"] if side.published else []
        facts.append(f"<span>{sources_in_words(side.independent_sources, side.claims)}</span>")
        quotes = "".join(quote(one_line(one.quote), [one], number, caption(one)) for one in side.citations)
        cards.append(
            f'<section class="side"><h3 dir="auto">{escape(side.value)}</h3>'
            f'<p class="said">{" · ".join(facts)}</p>{quotes}</section>'
        )
    return f'<div class="sides">{"".join(cards)}</div>'


def quoted_statements(answer: Answer, number: int) -> str | None:
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
        quote(one.text, one.citations, number, *map(caption, one.citations))
        for one in answer.statements
        if not {cited.number for cited in one.citations} <= beside
    )


def quote(words: str, citations: Sequence[Citation], number: int, *captions: str) -> str:
    """Return words with the markers of their citations and, below, the captions (HTML) of these."""
    markers = "".join(marker(one.number, number) for one in citations)
    below = "; ".join(dict.fromkeys(one for one in captions if one))
    return (
        f'<figure class="quote"><blockquote dir="auto">{escape(LIST_ITEM.sub("", words))}{UNBROKEN}{markers}'
        f"</blockquote>{f'<figcaption>{below}</figcaption>' if below else ''}</figure>"
    )


def caption(citation: Citation) -> str:
    """Say, as HTML, who gives a quotation, to what degree, in which outlet and when."""
    who = spoken(citation.speaker, citation.stance, citation.article.publisher)
    page = f", {page_in_words(citation.page)}" if citation.page else ""
    return " · ".join(part for part in (bdi(who) if who else "", outlet(citation.article) + page) if part)


def outlet(article: Article) -> str:
    """Name, as HTML, an article's outlet and the day of its publication; its title where no outlet is known."""
    name = bdi(article.publisher or article.title or article.id)
    return (
        f"{name}, <span>{escape(day_in_words(article.published))}</span>"
        if article.published
        else f"{name}, no date"
    )


def said(side: Side) -> str:
    """Say who gives a value, where that is not an outlet in its own name."""
    return spoken(side.speaker, side.stance, *(one.article.publisher for one in side.citations))


def _verbatim(statement: Statement) -> bool:
    return bool(statement.citations) and all(
        one_line(one.quote) == statement.text for one in statement.citations
    )


def _leads(answer: Answer) -> tuple[str, ...]:
    """Return what may stand before the statements and is shown elsewhere: the sides in words, the short answer."""
    return (
        "",
        *([lead_of(answer.sides)] if answer.sides else []),
        *([f"{answer.short}."] if answer.short else []),
    )
