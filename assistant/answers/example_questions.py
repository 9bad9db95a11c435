"""Example questions drawn from the corpus itself: patterns filled with the names and counts it reports."""

from __future__ import annotations

import datetime
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.index import Store
from assistant.text.english.date_patterns import MONTH, WEEKDAY
from assistant.text.sentences import split_sentences
from assistant.text.tokens import names
from assistant.types import Article

NEWEST_ARTICLES = 60
LOST = r"(killed|wounded|injured|displaced|arrested|detained|freed|abducted|evacuated|rescued)"
COUNT = r"(?:\d[\d,.]*|[a-z]+(?:-[a-z]+)?)"
COUNTED_THINGS = re.compile(
    rf"\b{COUNT} ((?:[a-z]+ )?[a-z]{{3,}}s|people) (?:were|are|have been|had been|being)? ?(?:\w+ly )?{LOST}\b"
)
LOSING = re.compile(rf"\b{LOST} {COUNT} ((?:[a-z]+ )?[a-z]{{3,}}s|people)\b")
PLACE_IN_TEXT = re.compile(
    rf"\b(?:in|at|near|around|of|on) (?:the )?(?!(?i:{MONTH}|{WEEKDAY})\b)([A-Z][\w’'-]{{3,}})(?! [A-Z])"
)
CLAIM_PHRASE = re.compile(r"\bclaimed (?:responsibility|the)\b", re.I)
ROLE_IN_TEXT = re.compile(
    r"\b(?i:minister|president|leader|colonel|general|spokesperson|spokesman|spokeswoman|secretary-general|expert"
    r"|analyst|chief|director|head|governor|mayor|judge)[a-z ]{0,20},? ([A-Z]\w+(?: [A-Z]\w+){1,2})"
)


def newest_articles(index: Store) -> list[Article]:
    """Return the newest articles, reprints left out: those that questions are suggested from."""
    known = [one for one in index.articles() if not one.removed and one.duplicate_of is None]
    ordered = sorted(known, key=lambda one: (one.published or datetime.date.min, one.id), reverse=True)
    return [index.article(one.id) for one in ordered[:NEWEST_ARTICLES]]


def suggestions(articles: Sequence[Article]) -> Iterator[str]:
    """Yield questions that the articles may answer, in turn of each kind; the caller tries them."""
    texts = [a.text[one.start : one.end] for a in articles for one in split_sentences(a.text)]
    known = Counter(span.text for text in texts for span in names(text))
    kinds = [
        [f"Who claimed the attacks on {place}?" for place in _claimed(texts, known)],
        [f"How many {what} were {fate} in {place}?" for what, fate, place in _counted_things(texts)],
        [f"Who is {name}?" for text in texts for name in ROLE_IN_TEXT.findall(text) if name[0].isupper()],
        [
            f"What is reported about {name}?"
            for name, _ in known.most_common(40)
            if " " in name or (name.isalpha() and name.isupper())
        ],
    ]
    for row in itertools.zip_longest(*map(dict.fromkeys, kinds)):
        yield from (question for question in row if question)


def _counted_things(texts: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for text in texts:
        found, losing, place = COUNTED_THINGS.search(text), LOSING.search(text), PLACE_IN_TEXT.search(text)
        if place and found:
            yield found.group(1), found.group(2), place.group(1)
        elif place and losing:
            yield losing.group(2), losing.group(1), place.group(1)


def _claimed(texts: Sequence[str], known: Counter[str]) -> Iterator[str]:
    for text in texts:
        if CLAIM_PHRASE.search(text):
            found = [place for place in PLACE_IN_TEXT.findall(text) if known[place] > 1]
            yield from found[-1:]
