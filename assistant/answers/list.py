"""Lists: one item a line, each with its citation, from the enumerations and bulleted lists of several articles."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from assistant.answers.accepted import ACCEPTED_TOO, accepted_runs
from assistant.answers.draft import Corpus, Draft
from assistant.answers.enumerations import (
    OF_CLASS,
    Run,
    announced_run,
    bulleted,
    counted_names,
    runs_in,
)
from assistant.answers.found_items import (
    SEVERAL_ANSWER,
    FoundItem,
    accepted_items,
    answering,
    by_answering,
    further_items,
    merged,
    one_each,
    pointed_at,
    pointing,
    repeats,
)
from assistant.answers.on_topic import naming_rarest
from assistant.answers.quoting import answered_by, judged, quoted, unlike
from assistant.answers.rest_of_article import rest_of_articles
from assistant.answers.row_items import FEWEST_ITEMS
from assistant.answers.select_sentences import years_unmet
from assistant.answers.short import doubted
from assistant.answers.told_after import told_after
from assistant.answers.whole_list import whole_list
from assistant.evidence.figures import amounts
from assistant.evidence.gather import Evidence
from assistant.evidence.reading import Reading
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.evidence.thresholds import answer_threshold
from assistant.evidence.windows import read_alone
from assistant.models.judge import Judge
from assistant.models.reader import Reader
from assistant.names import name_key
from assistant.question.number_asked import names_roles
from assistant.retrieval.search import Retrieval
from assistant.text.dates import YEAR_WRITTEN
from assistant.text.english.number_words import SMALL
from assistant.text.numbers import number_key
from assistant.text.tokens import content_words, stems, stems_of
from assistant.text.wording import one_line
from assistant.types import Article, Citation, Item, Plan, Statement

ITEMS_SHOWN = 50
"""Items that are listed; ``items_total`` tells how many there are."""
SENTENCES_SEARCHED = 8
"""Sentences that items are taken from."""
LIST_FLOOR = 4.0
"""How far below the best sentence (log odds) a sentence may lie and still give items."""
RUN_MARGIN = 2.0
"""Log odds below the likeliest run down to which another adds its items."""
UNSURE_BELOW = 1.5
"""Log odds below the best sentence down to which a row counts that neither its class nor the reader points at."""
REST_SEARCHED = 4
"""Sentences of the rest of the leading articles that items are taken from too."""
LIST_LENIENCY = 0.4
"""Share of the threshold for short answers that a list must reach: that threshold expects a single answer."""
QUOTED_LENIENCY = 0.75
"""The same where no items are found, and whole sentences are quoted."""
MOST_QUOTED = 5
QUOTED_WORDS = 140
EVERYONE = "everyone"
"""The class of a list that may be of one."""
AS_MANY = 3.0
"""Log odds that a run gains by as many items as the question speaks of: "which seven towns"."""
_OF_PEOPLE = stems(("people", "persons", "men", "women", EVERYONE))
"""Classes whose items are names."""
_COUNTED_CLASS = re.compile(rf"\b(?:{'|'.join(SMALL)}|\d{{1,2}})(?=\s[a-z-]+s\b)", re.I)
_FIGURES = re.compile(
    r"\b(?:figures?|numbers?|tolls?|estimates?|prices?|costs?|results?|scores?|points|shares?|losses"
    r"|how\s+many|how\s+much)\b",
    re.I,
)


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """List the items that the leading sentences give; None where there are not two.

    Where the reading is unsure, a class that is asked for of no period is tried too: then the judge must be surer.
    """
    base = judged(plan, evidence, corpus)
    whole = [] if base.unknown else whole_list(plan, evidence, corpus)
    likely = (
        bool(whole) or base.answered or base.confidence >= LIST_LENIENCY * answer_threshold(corpus.settings)
    )
    likely = likely or len(answering(base.ranked, evidence)) >= SEVERAL_ANSWER
    tried = plan.item and corpus.judge and plan.query.asked_period is None
    if not base.ranked or base.unknown or not (likely or tried):
        return doubted(Draft("list", replace(base, short=None), evidence.retrieval), plan, corpus)
    named = by_answering(_telling(base, evidence), evidence)
    searched = _searched(plan, named, thorough=corpus.judge is not None)
    alone = read_alone(plan.text, searched, corpus.reader) if corpus.judge and corpus.reader else {}
    evidence = replace(evidence, found={**evidence.found, **alone})
    named, searched = by_answering(named, evidence), by_answering(searched, evidence)
    of_role = names_roles(plan.query.original)
    least = 0.0 if likely and not of_role else ACCEPTED_TOO
    told = whole or list(items_found(plan, evidence, searched, corpus.judge, corpus.reader, least))
    if of_role and not told:
        return None
    if not (likely or told):
        return doubted(Draft("list", replace(base, short=None), evidence.retrieval), plan, corpus)
    if told and not whole and corpus.judge is not None:
        told += further_items(plan.text, told, named, evidence, corpus.judge)
    found = merged(told, corpus, plan.item)
    if len(found) < FEWEST_ITEMS:
        found = merged(told_after(plan, evidence, corpus), corpus)
    if len(found) < FEWEST_ITEMS:
        found = merged(accepted_items(plan.text, one_each(named, evidence), evidence, corpus.judge), corpus)
    rivals = list(pointed_at(base)) if len(found) < FEWEST_ITEMS else []
    if rivals:
        found = merged(accepted_items(plan.text, rivals, evidence, corpus.judge), corpus)
    if len(found) < (1 if plan.item == EVERYONE else FEWEST_ITEMS):
        lenient = LIST_LENIENCY if len(rivals) >= FEWEST_ITEMS else QUOTED_LENIENCY
        quotable = not base.answered and base.confidence >= lenient * answer_threshold(corpus.settings)
        return doubted(_in_sentences(named, base, evidence), plan, corpus) if quotable else None
    return doubted(as_list(found, base, evidence.retrieval), plan, corpus)


def _telling(base: Reading, evidence: Evidence) -> list[ScoredSentence]:
    """Keep the sentences of articles that hold the rarest name of a question, and those of the one that answers."""
    naming = naming_rarest(base.ranked, evidence.asked)
    kept = {one.article.id for one in naming} | ({base.ranked[0].article.id} if base.answered else set())
    return [one for one in base.ranked if one.article.id in kept]


def _in_sentences(ranked: Sequence[ScoredSentence], base: Reading, evidence: Evidence) -> Draft:
    """Quote the sentences that answer, where what they list is no row: "He mended kettles and shot game"."""
    likely = [one for one in ranked if one.score >= max(0.0, ranked[0].score - LIST_FLOOR)] or ranked[:1]
    made = answered_by(base, quoted(unlike(likely, MOST_QUOTED, QUOTED_WORDS)))
    return Draft("list", made, evidence.retrieval)


def as_list(found: Sequence[FoundItem], base: Reading, retrieval: Retrieval) -> Draft:
    """Write items, one a line with its citations; the sentences that hold them are the statements."""
    cited: dict[tuple[str, int, int], Citation] = {}
    items = tuple(_item(one, cited) for one in found[:ITEMS_SHOWN])
    quotes = list(cited.values())
    statements = tuple(Statement(one_line(one.quote), (one,)) for one in quotes[:MOST_QUOTED])
    made = replace(
        base,
        answered=True,
        short=None,
        statements=statements,
        citations=tuple(quotes),
        candidates=tuple(replace(one, citations=()) for one in base.candidates),
    )
    more = f"\n… and {len(found) - ITEMS_SHOWN} more." if len(found) > ITEMS_SHOWN else ""
    text = (
        "\n".join(f"- {one.text} {''.join(f'[{c.number}]' for c in one.citations)}" for one in items) + more
    )
    return Draft("list", made, retrieval, text=text, items=items, items_total=len(found))


def _searched(plan: Plan, ranked: Sequence[ScoredSentence], *, thorough: bool) -> list[ScoredSentence]:
    """Choose the sentences that items are taken from; if ``thorough``, also some of the rest of the articles."""
    asked, wanted = stems(content_words(plan.text)), _wanted(plan)
    rest = rest_of_articles(ranked, SENTENCES_SEARCHED, asked, wanted) if thorough else ()
    near = (one for one in rest if one.score >= ranked[0].score - LIST_FLOOR)
    likely = [one for one in ranked[:SENTENCES_SEARCHED] if one.score >= ranked[0].score - LIST_FLOOR]
    return [*likely, *islice(near, REST_SEARCHED)]


def _wanted(plan: Plan) -> set[str]:
    """Return the stem of the class that a question names: "towns"."""
    return stems(plan.item.split()[-1:]) if plan.item else set()


def items_found(
    plan: Plan,
    evidence: Evidence,
    searched: Sequence[ScoredSentence],
    judge: Judge | None = None,
    reader: Reader | None = None,
    least: float = 0.0,
) -> Iterator[FoundItem]:
    """Yield the items of the likeliest bulleted list or enumerations; a list of dates takes dates alone.

    A run is likelier the likelier its sentence is, the more of it the reader points at, and when the class asked
    for stands beside it. Where there is a judge, it must also accept the run, with the ``least`` probability.
    """
    asked = stems(content_words(plan.text))
    runs = _runs(plan, evidence, searched, asked)
    if judge is None:
        runs = [run for run in runs if run.sure]
    else:
        first = {place_of(searched[0])}
        told = [
            run
            for run in runs
            if run.sure
            or run.pointed
            or len(run.items) > FEWEST_ITEMS
            or (run.named and (run.article.id, run.start) in first)
        ]
        runs = [run for run in accepted_runs(plan.text, told, judge, reader) if run.chance >= least]
    many = _COUNTED_CLASS.search(plan.text)
    if many and plan.item:
        wanted_many = number_key(many.group())
        runs = [
            replace(run, worth=run.worth + AS_MANY) if number_key(str(len(run.items))) == wanted_many else run
            for run in runs
        ]
    runs.sort(key=lambda run: -run.worth)
    for run in runs:
        further = run is not runs[0]
        if run.worth < runs[0].worth - RUN_MARGIN or (run.named != runs[0].named):
            continue
        if further and run.chance < ACCEPTED_TOO:
            continue
        for text, start, end in run.items:
            if not repeats(text, asked) and not (_superseded(run, runs[0]) and not _lists(runs[0], text)):
                yield FoundItem(text, run.worth, [(run.article, start, end)])


def _runs(plan: Plan, evidence: Evidence, searched: Sequence[ScoredSentence], asked: set[str]) -> list[Run]:
    """Gather the runs that may be of the class asked for."""
    wanted = _wanted(plan)
    dated = bool(wanted & stems(("dates", "days")))
    best = max(one.score for one in searched)
    runs: list[Run] = []
    for one in searched:
        worth = one.score + (OF_CLASS if wanted & stems_of(one.text) else 0.0)
        near = one.score >= best - UNSURE_BELOW
        read = evidence.found.get(place_of(one))
        found = [
            replace(run, answers=read.answers if read else None)
            for run in runs_in(one, *pointing(one, evidence), wanted, dated=dated)
            if run.sure or run.named or near
        ]
        found = [run for run in found if run.pointed] or found
        runs += [
            replace(run, worth=run.worth + worth, sure=run.sure or (run.named and one.score > 0.0))
            for run in (*found, *announced_run(one, asked))
        ]
    for article in {one.article.id: one.article for one in searched}.values():
        runs += [replace(run, worth=run.worth + best) for run in bulleted(article, wanted, asked)]
        runs += [replace(run, worth=run.worth + best) for run in counted_names(article, asked)]
    runs = [run for run in runs if _of_year(run, plan.text, searched[0].article)]
    if wanted & _OF_PEOPLE or names_roles(plan.query.original):
        runs = [run for run in runs if run.named]
    if wanted and not _FIGURES.search(plan.text):
        runs = [
            run
            for run in runs
            if not all(amounts(text) and not wanted & stems_of(text) for text, _, _ in run.items)
        ]
    return runs


def _of_year(run: Run, question: str, leading: Article) -> bool:
    """Return False for a list of another year than the question names: "the 2024 election".

    One of the leading article without a year of its own is of those that the article names.
    """
    text = run.article.text[run.start : run.end]
    unmet = years_unmet(question, ScoredSentence(run.article, run.start, run.end, text, ()))
    if not unmet or run.article.id != leading.id:
        return not unmet
    return not YEAR_WRITTEN.search(text) and all(year in leading.text for year in unmet)


def _superseded(run: Run, best: Run) -> bool:
    """Return True for an older report of the same list: what the best one leaves out of it, it has dropped."""
    older = (run.article.published or datetime.date.max) < (best.article.published or datetime.date.min)
    return older and any(_lists(best, text) for text, _, _ in run.items)


def _lists(run: Run, item: str) -> bool:
    return name_key(item) in {name_key(text) for text, _, _ in run.items}


def _item(found: FoundItem, cited: dict[tuple[str, int, int], Citation]) -> Item:
    citations = []
    for article, start, end in found.places[:3]:
        quote = article.text[start:end]
        place = (article.id, start, end)
        citations.append(cited.setdefault(place, Citation(len(cited) + 1, article, start, end, quote)))
    return Item(found.text, tuple(citations))
