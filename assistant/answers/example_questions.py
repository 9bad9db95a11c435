"""Example questions drawn from the corpus itself: patterns filled with the names and counts it reports."""

from __future__ import annotations

import datetime
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.answers.frequent_names import AFTER_PREPOSITION, PLACE_SHARE
from assistant.index import Store
from assistant.text.english.date_patterns import MONTH, WEEKDAY
from assistant.text.english.number_words import BELOW_HUNDRED
from assistant.text.noun_phrases import VERB
from assistant.text.sentences import split_sentences
from assistant.text.tokens import names
from assistant.types import Answer, Article

NEWEST_ARTICLES = 60
LOST = r"(killed|wounded|injured|displaced|arrested|detained|freed|abducted|evacuated|rescued)"
COUNT = (
    rf"(?:\d[\d,.]*|{'|'.join(sorted(BELOW_HUNDRED, key=len, reverse=True))}|dozens of|hundreds of|several)"
)
COUNTED_THINGS = re.compile(
    rf"\b{COUNT} ((?:[a-z]+ )?[a-z]{{3,}}s|people) (?:were|are|have been|had been|being)? ?(?:\w+ly )?{LOST}\b"
)
LOSING = re.compile(rf"\b{LOST} {COUNT} ((?:[a-z]+ )?[a-z]{{3,}}s|people)\b")
PLACE_IN_TEXT = re.compile(
    rf"\b(?:in|at|near|around|of|on) (?:the )?(?!(?i:{MONTH}|{WEEKDAY})\b)([A-Z][\w’'-]{{3,}})\b(?! [A-Z])"
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
    whole = "\n".join(texts)
    known = Counter(span.text for text in texts for span in names(text))
    outlets = {_letters(one.publisher) for one in articles if one.publisher}
    people = (name for text in texts for name in ROLE_IN_TEXT.findall(text) if name[0].isupper())
    kinds = [
        [f"Who claimed the attacks on {place}?" for place in _claimed(texts, known)],
        [
            f"How many {what} were {fate} in {place}?"
            for what, fate, place in _counted_things(texts)
            if _is_place(place, whole)
        ],
        [f"Who is {name}?" for name in dict.fromkeys(people) if _is_person(name, whole)],
        [
            f"What is reported about {name}?"
            for name, _ in known.most_common(40)
            if (" " in name or (name.isalpha() and name.isupper()))
            and not any(outlet.startswith(_letters(name)) for outlet in outlets)
        ],
    ]
    for row in itertools.zip_longest(*map(dict.fromkeys, kinds)):
        yield from (question for question in row if question)


def makes_an_example(answer: Answer) -> bool:
    """Return True where a question is answered well enough to be an example: a short one in bold."""
    return answer.answered and bool(answer.short or answer.kind != "short")


def _is_place(name: str, texts: str) -> bool:
    """Return True for a name that often stands after "in", "near" or "at"."""
    found = list(re.finditer(rf"\b{re.escape(name)}\b", texts))
    placed = sum(
        bool(AFTER_PREPOSITION.search(texts, max(0, at - 12), at)) for at in (one.start() for one in found)
    )
    return placed >= PLACE_SHARE * len(found)


def _is_person(name: str, texts: str) -> bool:
    """Return True for a name without an article whose bearer, by the last word of it, speaks or does something."""
    surname = re.escape(name.rpartition(" ")[2])
    alone = re.finditer(rf"(?<![\w-])(?P<before>[\w’'-]+ )?{surname} (?P<after>[a-z]+)", texts)
    return any(
        (one["before"] or "").strip().lower() not in {"the", "a", "an"}
        and (one["after"].endswith("ed") or VERB.fullmatch(one["after"]) is not None)
        for one in alone
    ) and not re.search(rf"\b[Tt]he {re.escape(name)}\b", texts)


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, name.casefold()))


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
