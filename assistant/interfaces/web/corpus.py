"""What is indexed: a summary of the corpus, and its articles as the pages of a table."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from assistant.interfaces.web.cards import NEW_TAB, article_address
from assistant.interfaces.web.escaped import bdi, escape, time
from assistant.output.to_markdown import web_address
from assistant.text.wording import authors_in_words, day_in_words, number_of

if TYPE_CHECKING:
    from assistant.index import ArticleSummary, IndexCounts

PAGE_ROWS = 50
NEWEST = 6
LAST_ADDED = "Last added"
SORTS = ("Newest first", "Oldest first", LAST_ADDED, "Title", "Publisher", "Longest first")


def summary(counts: IndexCounts, publishers: Sequence[str]) -> str:
    """Return how many articles there are, from how many publishers and of which period, as one line."""
    if not counts.articles:
        return '<p class="summary">The corpus is empty: articles are added in the tab “Corpus”.</p>'
    parts = [number_of(counts.articles, "article")]
    if publishers:
        parts.append(number_of(len(publishers), "publisher"))
    if counts.first_published and counts.last_published:
        parts.append(
            f"<span>{day_in_words(counts.first_published)} to {day_in_words(counts.last_published)}</span>"
        )
    return f'<p class="summary">{" · ".join(parts)}</p>'


def newest_list(articles: Sequence[ArticleSummary]) -> str:
    """Return the articles published last, as a list of links to their pages."""
    items = []
    for article in select([one for one in articles if one.published], "", SORTS[0])[:NEWEST]:
        said = ", ".join(
            part for part in (article.publisher and bdi(article.publisher), _published_html(article)) if part
        )
        items.append(f"<li>{_page_link(article)}<p>{said}</p></li>")
    return f"<div><h2>Newest articles</h2><ul>{''.join(items)}</ul></div>" if items else ""


def select(articles: Sequence[ArticleSummary], words: str, sort: str) -> list[ArticleSummary]:
    """Return the articles, removed ones left out, whose title, authors, publisher, id or date hold all words."""
    wanted = words.casefold().split()
    found = [
        article
        for article in articles
        if not article.removed and all(word in _searched(article) for word in wanted)
    ]
    unknown = datetime.date.min
    if sort == LAST_ADDED:
        return sorted(found, key=lambda article: -article.number)
    if sort == "Title":
        return sorted(found, key=lambda article: (article.title or article.id).casefold())
    if sort == "Publisher":
        return sorted(
            found, key=lambda article: (article.publisher is None, (article.publisher or "").casefold())
        )
    if sort == "Longest first":
        return sorted(found, key=lambda article: -article.words)
    if sort == "Oldest first":
        return sorted(found, key=lambda article: article.published or datetime.date.max)
    return sorted(found, key=lambda article: article.published or unknown, reverse=True)


def pages(count: int) -> int:
    """Return how many pages a table of ``count`` articles has, at least one."""
    return max(1, -(-count // PAGE_ROWS))


def articles_table(articles: Sequence[ArticleSummary], page: int) -> str:
    """Return one page of a table of articles, counted from 0."""
    if not articles:
        return '<p class="nothing">No article matches.</p>'
    first = page * PAGE_ROWS
    shown = articles[first : first + PAGE_ROWS]
    head = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("Title", "Publisher", "Published", "Language", "Words", "Original")
    )
    count = f"{first + 1:,} to {first + len(shown):,} of {len(articles):,}"
    return (
        f'<p class="count" role="status">{count}</p><div class="scroll"><table class="articles">'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(map(_row_of_article, shown))}</tbody></table></div>"
    )


def _row_of_article(article: ArticleSummary) -> str:
    title = _page_link(article)
    if article.duplicate_of:
        title += '<span class="duplicate">near-duplicate</span>'
    if written := authors_in_words(article.authors):
        title += f'<span class="authors">{bdi(written)}</span>'
    title += f'<a class="remove" href="#remove-{escape(quote(article.id, safe=""))}">Remove</a>'
    address = web_address(article.url)
    original = f'<a href="{escape(address)}" {NEW_TAB}>Original</a>' if address else ""
    language = escape(article.language or "")
    told = (bdi(article.publisher or ""), _published_html(article), language)
    cells = "".join(f"<td>{one}</td>" for one in told) + f'<td class="words">{article.words:,}</td>'
    return f'<tr><th scope="row">{title}</th>{cells}<td>{original}</td></tr>'


def _page_link(article: ArticleSummary) -> str:
    page = escape(article_address(article.id))
    return f'<a href="{page}" {NEW_TAB}>{bdi(article.title or article.id)}</a>'


def _published_html(article: ArticleSummary) -> str:
    return time(article.published) if article.published else ""


def _searched(article: ArticleSummary) -> str:
    parts = (
        article.title,
        article.publisher,
        *article.authors,
        article.id,
        article.published and article.published.isoformat(),
    )
    return " ".join(part for part in parts if part).casefold()
