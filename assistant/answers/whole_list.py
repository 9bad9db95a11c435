"""A whole list that one article announces and lays out: its lines or headings are the items."""

from __future__ import annotations

import datetime
import itertools

from assistant.answers.accepted import ToJudge, chances
from assistant.answers.draft import Corpus
from assistant.answers.enumerations import Run
from assistant.answers.found_items import FoundItem
from assistant.answers.headed_items import headed_runs
from assistant.answers.on_topic import coverage
from assistant.evidence.gather import Evidence
from assistant.question.asked_period import REPORTED_WITHIN
from assistant.text.tokens import stems, stems_of
from assistant.text.wording import one_line
from assistant.types import Article, AskedPeriod, Plan

ARTICLES_LOOKED_THROUGH = 8
"""Articles that are looked through, those with the likeliest sentences first."""
ANNOUNCED_SHARE = 0.6
"""Least share of the question, by weight of its words, in the title and the line that announces a list."""
MOST_JUDGED = 6
ACCEPTED = 0.6
"""Least probability that the items answer the question: of the judge, and of the reader that they answer at all."""


def whole_list(plan: Plan, evidence: Evidence, corpus: Corpus) -> list[FoundItem]:
    """Find the list that an article lays out and the judge accepts; nothing without a judge, or where none fits."""
    if corpus.judge is None:
        return []
    wanted = stems(plan.item.split()[-1:]) if plan.item else set()
    articles = {one.article.id: one.article for one in evidence.ranked}.values()
    fitting = [
        one for one in articles if _names_all(one, evidence) and _of_time(one, plan.query.asked_period)
    ]
    runs = [run for one in fitting[:ARTICLES_LOOKED_THROUGH] for run in headed_runs(one, wanted)]
    told = {id(run): coverage(evidence.matches, _announced(run)) for run in runs}
    likely = [run for run in runs if run.sure or told[id(run)] >= ANNOUNCED_SHARE]
    likely.sort(key=lambda run: (run.sure, told[id(run)]), reverse=True)
    likely = likely[:MOST_JUDGED]
    by_one = [2 if run.sure and told[id(run)] >= ANNOUNCED_SHARE else 1 for run in likely]
    pairs = [pair for run, many in zip(likely, by_one, strict=True) for pair in _pairs(plan, run)[:many]]
    told_likely = iter(chances(plan.text, pairs, [None] * len(pairs), corpus.judge, corpus.reader, ACCEPTED))
    accepted = []
    for run, many in zip(likely, by_one, strict=True):
        chance = max(chance for chance, _ in itertools.islice(told_likely, many))
        if chance >= ACCEPTED:
            accepted.append((run.sure, told[id(run)] + chance, run))
    if not accepted:
        return []
    _, worth, run = max(accepted, key=lambda one: one[:2])
    announced = (run.article, run.start, run.end)
    return [FoundItem(text, worth, [announced, (run.article, a, b)]) for text, a, b in run.items]


def _announced(run: Run) -> str:
    return f"{run.article.title or ''} {run.article.text[run.start : run.end]}"


def _pairs(plan: Plan, run: Run) -> list[ToJudge]:
    """Put a list to the judge, by what announces it: the question with all items, and with the first alone."""
    listed = ("; ".join(text for text, _, _ in run.items), run.items[0][0])
    lead = run.article.text[run.start : run.end]
    return [
        (f"{plan.text} {items}.", run.article.title or "", one_line(f"{lead} {items}")) for items in listed
    ]


def _names_all(article: Article, evidence: Evidence) -> bool:
    """Return True for an article that holds every name of the question."""
    named = {word for word in evidence.asked.names if not word[0].isdigit()}
    return named <= stems_of(f"{article.title or ''} {article.text}")


def _of_time(article: Article, asked: AskedPeriod | None) -> bool:
    """Return True for an article published in the period asked about or soon after, if any is."""
    if asked is None or asked.period.yearless or article.published is None:
        return True
    last = min(asked.period.end, datetime.date.max - REPORTED_WITHIN) + REPORTED_WITHIN
    return asked.period.start <= article.published <= last
