"""Articles as the items of an answer: title, publisher and date, with the words that put each on the list."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.article_selection import Selected
from assistant.answers.draft import Corpus
from assistant.index import ArticleSummary
from assistant.text.sentences import split_sentences
from assistant.text.wording import day_in_words
from assistant.types import Article, Citation, Item

MOST_ITEMS = 20
"""Items that are listed; ``items_total`` tells how many there are."""


def article_items(selected: Selected, corpus: Corpus, most: int = MOST_ITEMS) -> tuple[Item, ...]:
    """Make an item of each of the first articles; its citation mentions the topic, or is the first sentence."""
    items = []
    for number, one in enumerate(selected.articles[:most], start=1):
        held = selected.held.get(one.id)
        article = held.article if held else corpus.index.article(one.id)
        start, end = sentence_at(article, held.spans[0][0] if held else 0)
        citation = Citation(number, article, start, end, article.text[start:end])
        count = len(held.spans) if held and not selected.loosely else None
        items.append(Item(named(one), (citation,), one.id, count))
    return tuple(items)


def sentence_at(article: Article, place: int) -> tuple[int, int]:
    """Return the bounds of the sentence that holds a place of the text, or of the next one."""
    line_start = article.text.rfind("\n", 0, place) + 1
    for line in article.text[line_start:].splitlines(keepends=True):
        for one in split_sentences(line):
            if line_start + one.end > place:
                return line_start + one.start, line_start + one.end
        line_start += len(line)
    return place, len(article.text)


def named(article: ArticleSummary) -> str:
    """Write an article as "Title, Publisher, 3 May 2031"."""
    day = day_in_words(article.published) if article.published else "no date"
    return ", ".join(part for part in (article.title or article.id, article.publisher, day) if part)


def listing(items: Sequence[Item], total: int) -> list[str]:
    """Write items as lines with their markers, and how many more there are."""
    lines = [
        f"- {item.text}{f' ({item.count:,})' if item.count is not None else ''}"
        f"{''.join(f' [{one.number}]' for one in item.citations)}"
        for item in items
    ]
    return [*lines, *([f"- and {total - len(items):,} more"] if total > len(items) else [])]
