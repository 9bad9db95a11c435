"""The sources of an answer: a card for each article, with the quoted words in the text around them, as HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from urllib.parse import urlencode

from assistant.interfaces.web.escaped import bdi, escape, time
from assistant.output.to_markdown import web_address
from assistant.text.wording import authors_in_words, page_in_words
from assistant.types import Answer, Article, Citation

CONTEXT_CHARACTERS = 420
NEAREST_PASSAGES = 3
NEW_TAB = 'target="_blank" rel="noopener noreferrer"'

_LOST = {
    "changed": "This article has changed since; the quote is as it was.",
    "removed": "This article is no longer in the corpus; the quote is as it was.",
}


def source_cards(
    answers: Sequence[Answer], lost: Mapping[tuple[str, str], str] = MappingProxyType({})
) -> str:
    """Return the sources of every turn; those of the last one are marked as shown.

    ``lost`` says of articles, as (id, SHA-256), that the index has them "changed" or "removed".
    """
    groups = []
    for number, answer in enumerate(answers, start=1):
        current = " current" if number == len(answers) else ""
        heading = "Sources" if answer.answered else "Nearest passages"
        cards = "".join(_cards(shown_citations(answer), number, lost))
        told = f'<h2>{heading}</h2><p class="asked">{bdi(answer.question)}</p>{cards or _nothing(answer)}'
        shown = "" if answer.outcome == "courtesy" else told
        groups.append(f'<section class="sources{current}" id="sources-{number}">{shown}</section>')
    return "".join(groups)


def shown_citations(answer: Answer) -> tuple[Citation, ...]:
    """Return the citations of an answer or, where a withheld one has none, its best hits as citations."""
    if answer.citations or answer.answered:
        return answer.citations
    return tuple(
        Citation(number, hit.article, hit.passage.start, hit.passage.end, hit.passage.text)
        for number, hit in enumerate(answer.hits[:NEAREST_PASSAGES], start=1)
    )


def article_address(article_id: str, citation: Citation | None = None) -> str:
    """Return the path of an article's own page, scrolled to a citation where one is given."""
    query = {"id": article_id}
    if citation is not None:
        query |= {"start": str(citation.start), "end": str(citation.end)}
    return f"/article?{urlencode(query)}{'#quote' if citation is not None else ''}"


def byline(article: Article, page: str | None = None) -> str:
    """Return publisher, authors, date and links to the article's page and its original, as far as known."""
    parts = [f'<span class="publisher">{bdi(article.publisher)}</span>'] if article.publisher else []
    if written := authors_in_words(article.authors):
        parts.append(f'<span class="authors">{bdi(written)}</span>')
    if article.published:
        parts.append(time(article.published))
    else:
        parts.append("<span>no date</span>")
    if page:
        parts.append(f'<a href="{escape(page)}" {NEW_TAB}>Full text</a>')
    address = web_address(article.url)
    if address:
        parts.append(f'<a class="original" href="{escape(address)}" {NEW_TAB}>Original</a>')
    return f'<p class="byline">{"".join(parts)}</p>'


def highlighted(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """Return text with each span (start, end, class name) marked; spans may touch or overlap.

    Where a span begins stands an anchor of its name, for pages without a script.
    """
    bounds = sorted({0, len(text), *(bound for start, end, _ in spans for bound in (start, end))})
    pieces = []
    for begin, finish in pairwise(bounds):
        words = escape(text[begin:finish])
        names = [name for start, end, name in spans if start <= begin and finish <= end]
        pieces += [f'<span id="{name}"></span>' for start, _, name in spans if start == begin]
        pieces.append(f'<mark class="{" ".join(names)}" tabindex="-1">{words}</mark>' if names else words)
    return "".join(pieces)


def _nothing(answer: Answer) -> str:
    """Say why there is no passage beside an answer."""
    if not answer.final:
        return ""
    counted = answer.outcome == "about_corpus"
    why = "This is told by the index itself, not by a passage." if counted else "There is no passage to show."
    return f'<p class="nothing">{why}</p>'


def _cards(citations: Sequence[Citation], number: int, lost: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """Yield one card for each cited article, in the order of first citation; a lost one says so."""
    by_article: dict[str, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.article.id, []).append(citation)
    for cited in by_article.values():
        article = cited[0].article
        numbers = "".join(f'<span class="number">{citation.number}</span>' for citation in cited)
        excerpts = "".join(_excerpts(article, cited, number))
        gone = lost.get((article.id, article.sha256))
        page = article_address(article.id, None if gone else cited[0])
        fate = f'<p class="lost">{_LOST[gone]}</p>' if gone else ""
        yield (
            f'<article class="card"><header><p class="numbers">{numbers}</p>'
            f'<h3 dir="auto">{escape(article.title or article.id)}</h3>'
            f"{byline(article, None if gone == 'removed' else page)}{fate}</header>{excerpts}</article>"
        )


def _excerpts(article: Article, citations: Sequence[Citation], number: int) -> Iterator[str]:
    """Yield the cited words in the text around them; excerpts that would overlap are joined."""
    windows: list[tuple[int, int, list[Citation]]] = []
    for citation in sorted(citations, key=lambda cited: (cited.start, cited.end)):
        start, end = _context_bounds(article.text, citation)
        if windows and start <= windows[-1][1]:
            first, last, cited = windows[-1]
            windows[-1] = (first, max(last, end), [*cited, citation])
        else:
            windows.append((start, end, [citation]))
    for start, end, cited in windows:
        spans = [(c.start - start, c.end - start, f"cite-{number}-{c.number}") for c in cited]
        before = "… " if start > 0 else ""
        after = " …" if end < len(article.text) else ""
        words = highlighted(article.text[start:end], spans)
        pages = dict.fromkeys(page_in_words(c.page) for c in cited if c.page)
        told = f'<p class="page">{", ".join(pages)}</p>' if pages else ""
        yield f'{told}<blockquote class="excerpt" dir="auto">{before}{words}{after}</blockquote>'


def _context_bounds(text: str, citation: Citation) -> tuple[int, int]:
    """Return the bounds of the text around a citation, moved inward to the nearest space."""
    start = max(0, citation.start - CONTEXT_CHARACTERS)
    end = min(len(text), citation.end + CONTEXT_CHARACTERS)
    if start > 0:
        space = text.find(" ", start, citation.start)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", citation.end, end)
        end = space if space >= 0 else end
    return start, end
