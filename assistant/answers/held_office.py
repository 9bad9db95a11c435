"""Who holds an office: the one whom most of the newest articles name in it, wherever they do."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers.draft import Corpus, Draft, reading
from assistant.answers.quoting import quoted
from assistant.evidence.gather import Evidence
from assistant.evidence.office_holders import Holders, holder, holders_told, last_word
from assistant.question.asked_office import Office, asked_office
from assistant.text.periods import in_words, one_day
from assistant.types import Article, Plan

OFFICE_PASSAGES = 300
"""Passages looked at that hold the office and whose it is, side by side."""
HOLDER_QUOTED = 2
SURE, SURER = 0.85, 0.95
"""The probability of a holder whom one article names, and of one whom several do."""


def held_office(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Name who holds an office as things stand; None for other questions, and where no article says it so."""
    query = plan.query
    office = None if query.asked_period or query.context else asked_office(plan.text)
    if office is None:
        return None
    told = holders_told(office, _articles(office, corpus, plan))
    name = holder(told)
    if name is None:
        return None
    naming = [one for other, one in told if last_word(other) == last_word(name)]
    published = naming[0].article.published
    others = [one for other, one in told if last_word(other) != last_word(name)]
    before = [one for one in others if (one.article.published or published) != published][:1]
    made = reading(
        statements=quoted([*naming[:HOLDER_QUOTED], *before]),
        short=name,
        confidence=SURER if len(naming) > 1 else SURE,
        notes=(f"As of {in_words(one_day(published))}, the date of [1].",) if published else (),
    )
    return Draft("short", made, evidence.retrieval)


def without_other_holder(plan: Plan, made: Draft) -> Draft:
    """Leave out a short answer to who holds an office where no sentence quoted tells of that office."""
    office = asked_office(plan.text) if made.reading.short else None
    if office is None or any(Holders(office).tells_of_it(one.quote) for one in made.reading.citations):
        return made
    return replace(made, reading=replace(made.reading, short=None))


def _articles(office: Office, corpus: Corpus, plan: Plan) -> list[Article]:
    filters = plan.query.filters
    selection = corpus.index.select(after=filters.after, before=filters.before, publishers=filters.publishers)
    phrases = [
        phrase
        for body in (*office.bodies, *office.adjectives)
        for name in office.names
        for phrase in (f"{body} {name}", f"{name} of {body}", f"{name} of the {body}")
    ]
    found = corpus.index.search_words(phrases, OFFICE_PASSAGES, selection)
    stored = corpus.index.passages([rowid for rowid, _ in found])
    return list({one.article.id: one.article for one in stored}.values())
