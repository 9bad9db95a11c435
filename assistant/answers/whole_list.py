"""A whole list that one article announces and lays out: its lines or headings are the items."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import dataclass

from assistant.answers.accepted import ToJudge, chances
from assistant.answers.draft import Corpus
from assistant.answers.enumerations import Run
from assistant.answers.found_items import FoundItem
from assistant.answers.headed_items import headed_runs, named_sections
from assistant.answers.on_topic import coverage
from assistant.evidence.gather import Evidence
from assistant.question.asked_period import REPORTED_WITHIN
from assistant.text.dates import dates
from assistant.text.tokens import stems, stems_of
from assistant.text.wording import one_line
from assistant.types import Article, AskedPeriod, Plan

ARTICLES_LOOKED_THROUGH = 8
"""Articles that are looked through, those with the likeliest sentences first."""
ANNOUNCED_SHARE = 0.6
"""Least share of the question, by weight of its words, in the title and the line that announces a list."""
SURE_SHARE = 0.3
"""The same of one that names the class asked for and ends without a colon."""
LED_SHARE = 0.1
"""Least share in that line alone where it ends without a colon: it may announce nothing."""
MOST_JUDGED = 6
MOST_SECTIONS = 10
"""Sections of a list that are judged one by one."""
SECTION_WORDS = 60
ACCEPTED = 0.6
"""Least probability that the items answer the question: of the judge, and of the reader that they answer at all."""


def whole_list(plan: Plan, evidence: Evidence, corpus: Corpus) -> list[FoundItem]:
    """Find the list that an article lays out and the judge accepts; nothing without a judge, or where none fits."""
    if corpus.judge is None:
        return []
    likely = likely_lists(plan, evidence)
    pairs = [_pairs(plan, one) for one in likely]
    told = iter(
        chances(
            plan.text,
            [*itertools.chain(*pairs)],
            [None] * sum(map(len, pairs)),
            corpus.judge,
            corpus.reader,
            ACCEPTED,
        )
    )
    accepted = []
    for one, own in zip(likely, pairs, strict=True):
        judged = [chance for chance, _ in itertools.islice(told, len(own))]
        chance = sum(judged) / len(judged) if one.sections else max(judged)
        if chance >= ACCEPTED:
            accepted.append((one.run.sure, one.told + chance, one.run))
    if not accepted:
        return []
    _, worth, run = max(accepted, key=lambda one: one[:2])
    announced = (run.article, run.start, run.end)
    return [FoundItem(text, worth, [announced, (run.article, a, b)]) for text, a, b in run.items]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A list as an article lays it out; ``told`` is the share of the question in what announces it.

    ``sections`` are what stands under each of its items, where these are headings that nothing announces.
    """

    run: Run
    told: float
    sections: tuple[str, ...] = ()


def likely_lists(plan: Plan, evidence: Evidence) -> list[LaidOut]:
    """Find the lists that are judged, the likeliest first."""
    wanted = stems(plan.item.split()[-1:]) if plan.item else set()
    articles = {one.article.id: one.article for one in evidence.ranked}.values()
    fitting = [
        one for one in articles if _names_all(one, evidence) and _of_time(one, plan.query.asked_period)
    ]
    found = []
    for article in fitting[:ARTICLES_LOOKED_THROUGH]:
        for run in headed_runs(article, wanted):
            line = article.text[run.start : run.end]
            if line.endswith(":") or coverage(evidence.matches, line) >= LED_SHARE:
                found.append(LaidOut(run, coverage(evidence.matches, _announced(run))))
        for run in named_sections(article, wanted):
            under = tuple(_under(article, end) for _, _, end in run.items[:MOST_SECTIONS])
            told = max(coverage(evidence.matches, f"{_announced(run)} {text}") for text in under)
            found.append(LaidOut(run, told, under))
    likely = [
        one
        for one in found
        if one.told >= ANNOUNCED_SHARE or (one.run.sure and (_colon(one.run) or one.told >= SURE_SHARE))
    ]
    likely.sort(key=lambda one: (one.run.sure, one.told), reverse=True)
    return likely[:MOST_JUDGED]


def _announced(run: Run) -> str:
    return f"{run.article.title or ''} {run.article.text[run.start : run.end]}"


def _colon(run: Run) -> bool:
    return run.article.text[run.start : run.end].endswith(":")


def _under(article: Article, end: int) -> str:
    """Return the first words of the section under a heading."""
    return " ".join(article.text[end : end + 12 * SECTION_WORDS].split()[:SECTION_WORDS])


def _pairs(plan: Plan, one: LaidOut) -> list[ToJudge]:
    """Put a list to the judge, by what announces it: the question with all items, and with the first alone.

    Headings are put to it one by one, each by its section.
    """
    run, title = one.run, one.run.article.title or ""
    if one.sections:
        return [
            (f"{plan.text} {item}.", title, one_line(f"{item}. {under}"))
            for (item, _, _), under in zip(run.items, one.sections, strict=False)
        ]
    listed = ("; ".join(text for text, _, _ in run.items), run.items[0][0])
    lead = run.article.text[run.start : run.end]
    pairs = [(f"{plan.text} {items}.", title, one_line(f"{lead} {items}")) for items in listed]
    return pairs[: 2 if run.sure and one.told >= ANNOUNCED_SHARE else 1]


def _names_all(article: Article, evidence: Evidence) -> bool:
    """Return True for an article that holds every name of the question but those of a time."""
    times = stems_of(" ".join(one.text for one in dates(evidence.asked.text)))
    named = {word for word in evidence.asked.names if not word[0].isdigit()}
    return named - times <= stems_of(f"{article.title or ''} {article.text}")


def _of_time(article: Article, asked: AskedPeriod | None) -> bool:
    """Return True for an article published in the period asked about or soon after, if any is."""
    if asked is None or asked.period.yearless or article.published is None:
        return True
    last = min(asked.period.end, datetime.date.max - REPORTED_WITHIN) + REPORTED_WITHIN
    return asked.period.start <= article.published <= last
