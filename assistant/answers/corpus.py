"""Answers about the corpus itself, from the store and exact: its articles, publishers, authors, dates, names.

``article_selection`` finds which articles are meant; the first pattern that fits, what is asked of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answers import count
from assistant.answers.article_items import MOST_ITEMS, article_items
from assistant.answers.article_selection import ARTICLE_NOUNS, Selected, select_articles
from assistant.answers.count import (
    AUTHORS,
    IN_CORPUS,
    PUBLISHERS,
    authors_of,
    card,
    languages_of,
    publishers_of,
    stored,
    value_items,
)
from assistant.answers.disagreements import disagreements
from assistant.answers.draft import Corpus, Draft
from assistant.answers.frequent_names import NameKind, frequent_names
from assistant.evidence.gather import Evidence
from assistant.retrieval.find import words_of
from assistant.text.wording import day_in_words, number_of
from assistant.types import Item, Plan

Teller = Callable[[Plan, Selected, Corpus], Draft | None]
NAMES_LISTED = 12
"""Names that are listed."""


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Answer what the question asks of the corpus; None where it asks nothing of it."""
    counting = count.answer(plan, evidence, corpus)
    if counting is not None:
        return counting
    selected = select_articles(plan, corpus)
    other = _ASKS_PUBLISHED.search(plan.text)
    if other and not selected.publisher:
        return _no_publisher(other["who"], plan, selected, corpus)
    for pattern, tell in TELLERS:
        if pattern.search(plan.text):
            return tell(plan, selected, corpus)
    if not selected.chosen or _WHO_ARE.match(plan.text):
        return None
    return replace(_list_articles(plan, selected, corpus), estimated=selected.loosely)


def recognise_corpus(plan: Plan) -> Plan:
    """Return a plan whose kind is ``corpus`` where the words can only ask about the corpus."""
    return (
        replace(plan, kind="corpus")
        if plan.kind in {"short", "identity", "list", "superlative", "latest"}
        and _ABOUT_CORPUS.search(plan.text)
        else plan
    )


def _no_publisher(name: str, plan: Plan, selected: Selected, corpus: Corpus) -> Draft:
    items = value_items(
        Counter(one.publisher for one in corpus.index.articles() if one.publisher and not one.removed)
    )
    return stored(
        plan, corpus, None, f"No article is by a publisher “{name}”. The publishers are:", items, len(items)
    )


def _list_articles(plan: Plan, selected: Selected, corpus: Corpus) -> Draft:
    total = len(selected.articles)
    lead = f"{number_of(total, 'article')}{selected.described()}{', newest first:' if total > 1 else '.'}"
    notes = []
    if selected.undated:
        notes = [
            f"{number_of(selected.undated, 'article bears', 'articles bear')} no date and were left out."
        ]
    items = article_items(selected, corpus)
    if not total and selected.period:
        newest = replace(select_articles(replace(plan, query=replace(plan.query, asked_period=None)), corpus))
        items = article_items(newest, corpus, 3)
        lead = f"No article{selected.described()}. {'The newest are:' if items else ''}".strip()
        return stored(plan, corpus, "0", lead, items, len(items), notes)
    short = items[0].text if total == 1 else None
    return stored(plan, corpus, short, lead, items, total, notes, selected.spread)


def _list_values(noun: str, values_of: Callable[[Selected], Sequence[str | None]]) -> Teller:
    def tell(plan: Plan, selected: Selected, corpus: Corpus) -> Draft:
        values = list(values_of(selected))
        known = Counter(value for value in values if value)
        items = value_items(known)
        fewest = re.search(r"\bfewest|\bleast", plan.text, re.I)
        if fewest:
            items = tuple(sorted(items, key=lambda item: item.count or 0))
        most = bool(fewest or re.search(r"\bmost\b", plan.text, re.I))
        unknown = len(values) - sum(known.values())
        where = selected.described(clause=True)
        lead = f"{number_of(len(known), noun)} of {number_of(len(selected.articles), 'article')}{where}"
        notes = [f"{number_of(unknown, 'article names', 'articles name')} no {noun}."] if unknown else []
        short = items[0].text if items and (most or len(known) == 1) else None
        lead += ", with the number of articles:" if items else "."
        return stored(plan, corpus, short, lead, items, len(known), notes)

    return tell


def _tell_period(plan: Plan, selected: Selected, corpus: Corpus) -> Draft:
    dated = [one.published for one in selected.articles if one.published]
    undated = len(selected.articles) - len(dated)
    notes = [f"{number_of(undated, 'article bears', 'articles bear')} no date."] if undated else []
    if not dated:
        return stored(plan, corpus, None, "No article bears a date.", notes=notes)
    first, last = min(dated), max(dated)
    short = f"{day_in_words(first)} to {day_in_words(last)}"
    lead = f"{number_of(len(dated), 'article')}{selected.described(clause=True)} with a date, from {short}."
    years = Counter(str(day.year) for day in dated)
    items = tuple(Item(year, count=years[year]) for year in sorted(years))
    return stored(plan, corpus, short, lead, items[:MOST_ITEMS], len(items), notes)


def _tell_extreme(plan: Plan, selected: Selected, corpus: Corpus) -> Draft | None:
    if re.search(r"\b(?:longest|shortest)\b", plan.text, re.I):
        sign = -1 if re.search(r"\blongest\b", plan.text, re.I) else 1
        chosen = sorted(selected.articles, key=lambda one: (sign * one.words, one.id))
        said = f"{'longest' if sign < 0 else 'shortest'}"
    else:
        dated = [one for one in selected.articles if one.published]
        oldest = re.search(r"\b(?:oldest|earliest|first)\b", plan.text, re.I)
        chosen = dated[::-1] if oldest else dated
        said = "oldest" if oldest else "newest"
    if not chosen:
        return stored(plan, corpus, None, f"No article{selected.described(clause=True)} bears a date.")
    shown = replace(selected, articles=tuple(chosen[:5]))
    items = article_items(shown, corpus)
    where = replace(selected, articles=tuple(chosen[:1])).described(clause=True)
    day = chosen[0].published
    when = f", {day_in_words(day)}" if day else ""
    lead = f"The {said} article{where} is “{chosen[0].title or chosen[0].id}”{when}."
    return stored(plan, corpus, items[0].text, lead, items, len(items))


def _tell_date(plan: Plan, selected: Selected, corpus: Corpus) -> Draft | None:
    """Give the date of the article whose title holds the topic, or that mentions it most."""
    if not selected.articles or not selected.topic:
        return None
    topic = set(words_of(selected.topic))
    best = max(
        selected.articles,
        key=lambda one: (
            topic <= set(words_of(one.title or "")),
            len(selected.held[one.id].spans) if one.id in selected.held else 0,
        ),
    )
    items = article_items(replace(selected, articles=(best,)), corpus)
    if best.published is None:
        return stored(plan, corpus, None, f"“{best.title or best.id}” bears no date.", items, 1)
    day = day_in_words(best.published)
    return stored(plan, corpus, day, f"“{best.title or best.id}” was published on {day}.", items, 1)


def _tell_names(plan: Plan, selected: Selected, corpus: Corpus) -> Draft:
    wanted: NameKind | None = None
    if re.search(r"\b(?:people|persons?|who|politicians?|individuals)\b", plan.text, re.I):
        wanted = "person"
    elif re.search(r"\b(?:places?|towns?|cit(?:y|ies)|countr(?:y|ies)|regions?|where)\b", plan.text, re.I):
        wanted = "place"
    named = frequent_names(corpus, wanted)[:NAMES_LISTED]
    items = tuple(Item(name, count=articles) for name, articles in named)
    what = {"person": "people", "place": "places", None: "names"}[wanted]
    lead = f"The {what} that most articles mention, with the number of articles:"
    other = _CLASS_NAMED.search(plan.text) if wanted is None else None
    if other:
        lead = f"Names are not told apart by “{other[1]}”; the names of all kinds that most articles mention:"
    notes = ["Names are told by their capitals and the words around them; a few may be of another kind."]
    if re.search(r"\b(?:about|topics?|subjects?|describe|know)\b", plan.text, re.I):
        lead = f"{card(selected)} {lead}"
    most = re.search(r"\bmost\b", plan.text, re.I) and not other
    short = items[0].text if items and most else None
    return stored(plan, corpus, short, lead, items, len(items), notes)


def _tell_duplicates(plan: Plan, selected: Selected, corpus: Corpus) -> Draft:
    chosen = tuple(one for one in selected.articles if one.duplicate_of)
    shown = replace(selected, articles=chosen)
    lead = f"{number_of(len(chosen), 'article')} nearly the same as another one."
    return stored(plan, corpus, str(len(chosen)), lead, article_items(shown, corpus), len(chosen))


_CORPUS_NOUN = r"(?:corpus|archive|collection|index|database|library|here|articles|documents|data)"
_ASKS_PUBLISHED = re.compile(
    r"\bwhat\s+(?:did|has|does|do|have)\s+(?P<who>(?!the\s+(?:articles|papers))\S.*?)\s+(?:publish|print|write)(?:ed)?\b",
    re.I,
)
_WHO_ARE = re.compile(r"^\W*who(?:[’']s|\s+(?:is|are|was|were))\b", re.I)
"""Opens a question for people, "Who are the experts quoted in the articles?", which is no question for articles."""
_CLASS_NAMED = re.compile(
    r"\b(?:which|what)\s+(?!(?:names?|topics?|subjects?|is|are|do|does)\b)(\w+)\s+(?:(?:is|are|do|does|get|gets)\s+)?"
    r"(?:\w+\s+)?(?:named|mentioned|quoted)\b",
    re.I,
)
"""A class of names that is asked for: "Which companies are named most?"."""
_WHAT_ABOUT = (
    r"what\s+are\s+(?:all\s+)?(?:these|the|your)\s+(?:articles|stories|texts|documents|sources)\s+about\b"
)
_ABOUT_CORPUS = re.compile(
    rf"^\W*(?:{_WHAT_ABOUT}|who\s+(?:wrote|has\s+written)\s+(?:about|on|the\s+{ARTICLE_NOUNS})\b"
    r"|(?:(?:who|which|what)\s+(?:is|are)\s+)?(?:the\s+)?most\s+(?:often\s+|frequently\s+)?(?:named|mentioned|quoted)\b"
    r"|(?:(?:list|show|give|find)\s+(?:me\s+)?)?(?:the\s+)?(?:newest|latest|most\s+recent|oldest)\s+articles\b"
    rf"|(?:who|which|what)\s+(?:are\s+)?(?:the\s+)?(?:{PUBLISHERS}|{AUTHORS})(?:\s+(?:are\s+there|do\s+you\s+have|are\s+covered|(?:of|in)\s+the"
    rf"\s+{_CORPUS_NOUN}))?\W*$|(?:which|what)\s+{ARTICLE_NOUNS}\s+(?:mention|name|are\s+about|cover|discuss)\b)",
    re.I,
)
TELLERS: tuple[tuple[re.Pattern[str], Teller], ...] = tuple(
    (re.compile(pattern, re.I), tell)
    for pattern, tell in (
        (
            r"\b(?:disagree|contradict\w*|conflict(?:s|ing)?\b(?=\s+(?:with\s+each|accounts|reports|figures))|disputed|differ)\b",
            disagreements,
        ),
        (r"\b(?:reprints?|duplicates?|cop(?:y|ies)\s+of)\b", _tell_duplicates),
        (
            r"\b(?:named|mentioned|quoted)\s+(?:the\s+)?most\b|\bmost\s+(?:often\s+|frequently\s+)?(?:named|mentioned|quoted|frequent)\b"
            rf"|\b(?:what|which)\s+(?:topics?|subjects?)\b|\bwhat(?:'s|’s|\s+is|\s+are)\s+(?:this|the|your)\s+{_CORPUS_NOUN}\s+about\b"
            rf"|{_WHAT_ABOUT}"
            r"|\bwhat\s+is\s+in\s+(?:here|the\s+corpus)|\bdescribe\s+the\b|\bwhat\s+do\s+you\s+know(?:\s+about)?\W*$|\bmain\s+(?:topics|subjects)",
            _tell_names,
        ),
        (
            rf"\bwho\s+(?:wrote|writes|has\s+written|is\s+the\s+author|are\s+the\s+authors)\b|\b{AUTHORS}\b|\bwritten\s+by\s+whom",
            _list_values("author", authors_of),
        ),
        (r"\blanguages?\b", _list_values("language", languages_of)),
        (
            r"\bwhat\s+(?:period|time|span|years|dates|range)|\b(?:period|time\s+span|date\s+range|range\s+of\s+dates)\b"
            r"|\bfrom\s+when\b|\bhow\s+(?:far\s+back|old|recent|up\s+to\s+date|current)\b",
            _tell_period,
        ),
        (
            rf"\b(?:newest|latest|most\s+recent|last|oldest|earliest|first|longest|shortest)\s+(?:\w+\s+)?{ARTICLE_NOUNS}\b"
            rf"|\b{ARTICLE_NOUNS}\s+(?:is|was|are)\s+(?:the\s+)?(?:newest|latest|most\s+recent|oldest|earliest|longest|shortest)"
            r"|\bwhich\s+(?:one\s+)?is\s+the\s+(?:newest|latest|most\s+recent|oldest|earliest|longest|shortest)\b",
            _tell_extreme,
        ),
        (r"\bwhen\s+(?:was|were)\b.*\b(?:published|printed|written)\b", _tell_date),
        (
            rf"\b(?:which|what|list|name|show|give)\b(?:\s+(?:me|all|the|of))*\s+{PUBLISHERS}{IN_CORPUS}|\bwho\s+(?:published|reported)\b"
            r"|\bwhere\s+do\s+the\s+articles\s+come\s+from",
            _list_values("publisher", publishers_of),
        ),
        (
            rf"\b(?:came\s+in|new|arrived|added|newest|latest)\b|\b(?:list|show|give)\b.*\b{ARTICLE_NOUNS}\b"
            r"|\b(?:do|have)\s+you\b",
            _list_articles,
        ),
    )
)
