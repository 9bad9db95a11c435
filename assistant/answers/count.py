"""Counts over the whole corpus: of articles, of mentions, of publishers and authors, of reported events.

"How many soldiers" asks for a figure that articles state: that is a short question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answers.article_items import MOST_ITEMS, article_items, listing
from assistant.answers.article_selection import ARTICLE_NOUNS, Selected, select_articles
from assistant.answers.count_events import NUMBER_OF, count_events, counts_events
from assistant.answers.draft import Corpus, Draft, reading, unread
from assistant.evidence.gather import Evidence
from assistant.retrieval.find import pattern_of
from assistant.text.wording import day_in_words, number_of
from assistant.types import Item, Plan, Table

PUBLISHERS = (
    r"(?:publishers?|(?:news)?papers?|outlets?|sources?|(?:web)?sites?|media|agenc(?:y|ies)|publications?)"
)
AUTHORS = r"(?:authors?|writers?|journalists?|reporters?|correspondents?|columnists?|bylines?)"
IN_CORPUS = (
    r"(?=\W*$|\s+(?:are\s+there|do\s+you|have\s+you|(?:are\s+)?(?:in|of)\s+(?:the|your|this)\s+(?:corpus|archive|index|articles)"
    r"|(?:are|is)\s+(?:covered|indexed|represented)|do\s+the\s+articles|(?:have\s+|has\s+)?(?:wr[io]te|written|report|mention|cover|publish|name)"
    r"|(?:has|have)\s+the\s+(?:most|fewest)|about|on)\w*)"
)
"""What follows a noun that means publishers, authors or languages of the corpus, and no others."""
_OF_ARTICLES = re.compile(
    rf"{NUMBER_OF}{ARTICLE_NOUNS}\b(?!\s+of\b)|\b(?:count|number)\s+(?:the\s+)?{ARTICLE_NOUNS}\b", re.I
)
_OF_ALL_ARTICLES = re.compile(rf"\barticles?\b|{ARTICLE_NOUNS}{IN_CORPUS}", re.I)
"""The articles as such; "How many pieces were found?" asks for other pieces."""
_OF_MENTIONS = re.compile(
    rf"\bhow\s+(?:often|many\s+times|frequently)\b|{NUMBER_OF}(?:mentions|occurrences|times)\b", re.I
)
_ASKS_MENTIONED = re.compile(
    r"\b(?:mention|nam|quot|refer|appear|occur|come|comes|turn|word|phrase|about|cover|discuss|report on)\w*",
    re.I,
)


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Count what the question asks for; None where that is no part of the corpus."""
    text = plan.text
    if counts_events(plan):
        number, lead, items, note = count_events(plan, corpus)
        return replace(stored(plan, corpus, number, lead, items, len(items), [note]), estimated=True)
    mentions = _OF_MENTIONS.search(text) and _ASKS_MENTIONED.search(text) and not _OF_ARTICLES.search(text)
    values = next((one for one in VALUES if one[0].search(text)), None)
    if not (mentions or values or _OF_ARTICLES.search(text)):
        return None
    selected = select_articles(plan, corpus)
    if mentions:
        return count_mentions(plan, selected, corpus) if selected.topic else None
    if values:
        _, noun, values_of = values
        return count_values(plan, values_of(selected), noun, selected, corpus)
    of_corpus = selected.chosen or not _OF_ARTICLES.search(text) or _OF_ALL_ARTICLES.search(text)
    if not of_corpus or (selected.loosely and not _ASKS_MENTIONED.search(text)):
        return None
    return replace(count_articles(plan, selected, corpus), estimated=selected.loosely)


def count_articles(plan: Plan, selected: Selected, corpus: Corpus) -> Draft:
    """Answer with the number of articles, and list the newest of them."""
    total = len(selected.articles)
    if not selected.chosen:
        return stored(plan, corpus, str(total), card(selected), table=selected.spread)
    lead = f"{number_of(total, 'article')}{selected.described()}."
    if selected.topic and not selected.loosely and selected.mentions > total:
        lead += f" Together they mention it {selected.mentions:,} times."
    if by_spelling := _by_spelling(selected):
        lead += f" {by_spelling}"
    items = article_items(selected, corpus)
    return stored(plan, corpus, str(total), lead, items, total, _undated_articles(selected), selected.spread)


def count_mentions(plan: Plan, selected: Selected, corpus: Corpus) -> Draft:
    """Answer with the number of mentions of the topic, and list the newest articles that mention it."""
    total = 0 if selected.loosely else selected.mentions
    kept = replace(selected, articles=(), held={}) if selected.loosely else selected
    where = kept.described(clause=True)
    lead = f"{number_of(total, 'time')} in {number_of(len(kept.articles), 'article')}{where}."
    if by_spelling := _by_spelling(kept):
        lead += f" {by_spelling}"
    items = article_items(kept, corpus)
    return stored(
        plan,
        corpus,
        str(total),
        lead,
        items,
        len(kept.articles),
        _undated_articles(selected),
        selected.spread,
    )


def count_values(
    plan: Plan, values: Sequence[str | None], noun: str, selected: Selected, corpus: Corpus
) -> Draft:
    """Answer with the number of publishers, authors or languages, and how many articles are by or in each."""
    known = Counter(value for value in values if value)
    items = value_items(known)
    where = selected.described(clause=True)
    lead = (
        f"{number_of(len(known), noun)} of the articles{where}."
        if where
        else f"{number_of(len(known), noun)}."
    )
    unknown = sum(value is None for value in values)
    notes = [f"{number_of(unknown, 'article names', 'articles name')} no {noun}."] if unknown else []
    return stored(
        plan, corpus, str(len(known)), lead, items, len(known), [*notes, *_undated_articles(selected)]
    )


def value_items(counts: Counter[str], most: int = MOST_ITEMS) -> tuple[Item, ...]:
    """Make an item of each value with its number of articles, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Item(value, count=count) for value, count in ordered[:most])


def card(selected: Selected) -> str:
    """Describe articles in a sentence: their number, publishers and period."""
    publishers = {one.publisher for one in selected.articles if one.publisher}
    dated = [one.published for one in selected.articles if one.published]
    said = number_of(len(selected.articles), "article")
    if publishers:
        said += f" by {number_of(len(publishers), 'publisher')}"
    if dated:
        first, last = (day_in_words(day) for day in (min(dated), max(dated)))
        said += f", from {first} to {last}" if first != last else f", of {first}"
    undated = len(selected.articles) - len(dated)
    return f"{said}{f', {undated:,} of them undated' if undated else ''}."


def stored(
    plan: Plan,
    corpus: Corpus,
    short: str | None,
    lead: str,
    items: tuple[Item, ...] = (),
    total: int = 0,
    notes: Sequence[str] = (),
    table: Table | None = None,
) -> Draft:
    """Make the draft of an answer from the store itself, an item a line."""
    citations = tuple(one for item in items for one in item.citations)
    return Draft(
        kind=plan.kind,
        reading=reading(short=short, extra=citations, notes=tuple(notes), lead=lead),
        retrieval=unread(plan, corpus),
        outcome="about_corpus",
        text="\n".join([lead, *listing(items, total)]),
        items=items,
        items_total=total,
        table=table,
    )


def authors_of(selected: Selected) -> list[str | None]:
    """List the author of each article, several of one; None where none is named."""
    return [author for one in selected.articles for author in (one.authors or (None,))]


def publishers_of(selected: Selected) -> list[str | None]:
    """List the publisher of each article."""
    return [one.publisher for one in selected.articles]


def languages_of(selected: Selected) -> list[str | None]:
    """List the language of each article."""
    return [one.language for one in selected.articles]


VALUES: tuple[tuple[re.Pattern[str], str, Callable[[Selected], list[str | None]]], ...] = (
    (re.compile(rf"{NUMBER_OF}{PUBLISHERS}{IN_CORPUS}", re.I), "publisher", publishers_of),
    (re.compile(rf"{NUMBER_OF}{AUTHORS}{IN_CORPUS}", re.I), "author", authors_of),
    (re.compile(rf"{NUMBER_OF}languages?{IN_CORPUS}", re.I), "language", languages_of),
)


def _by_spelling(selected: Selected) -> str:
    """Say in how many articles each spelling stands, where there are several."""
    if len(selected.spellings) < 2 or selected.loosely or not selected.held:
        return ""
    parts = []
    for spelling in selected.spellings:
        pattern = pattern_of([spelling])
        held = sum(
            any(pattern.fullmatch(one.article.text, *span) for span in one.spans)
            for one in selected.held.values()
        )
        parts.append(f"“{spelling}” {held:,}")
    return f"By spelling: {', '.join(parts)}."


def _undated_articles(selected: Selected) -> list[str]:
    if not selected.undated:
        return []
    bearing = number_of(selected.undated, "article bears", "articles bear")
    return [f"{bearing} no date and cannot be counted to a period."]
