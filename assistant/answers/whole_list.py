"""A whole list that one article announces and lays out: its lines or headings are the items."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import dataclass

from assistant.answers.accepted import ToJudge, chances
from assistant.answers.draft import Corpus
from assistant.answers.enumerations import Run
from assistant.answers.found_items import FoundItem
from assistant.answers.headed_items import (
    announced_number,
    headed_runs,
    heading_over,
    is_heading,
    named_sections,
)
from assistant.answers.on_topic import coverage
from assistant.evidence.gather import Evidence
from assistant.question.asked_period import REPORTED_WITHIN
from assistant.text.dates import dates
from assistant.text.tokens import content_words, stems, stems_of
from assistant.text.wording import one_line
from assistant.types import Article, AskedPeriod, Plan

ARTICLES_LOOKED_THROUGH = 8
"""Articles that are looked through, those with the likeliest sentences first."""
ANNOUNCED_SHARE = 0.5
"""Least share of the question, by weight of its words, in the title and the line that announces a list."""
LED_SHARE = 0.1
"""Least share in that line alone where it ends without a colon: it may announce nothing."""
MOST_UNASKED = 0.2
"""Most of the words of a heading that no word of the question meets: "Craft beers" is not "Beers"."""
MOST_JUDGED = 6
MOST_SECTIONS = 10
"""Sections of a list that are judged one by one."""
SECTION_WORDS = 60
ACCEPTED, ACCEPTED_AFTER_COLON, ACCEPTED_SECTIONS = 0.55, 0.4, 0.2
"""Least probability that the items answer the question: of the judge, and of the reader that they answer at all."""
ACCEPTED_MISCOUNTED = 0.6
"""The same of a list of other than the number of things that the question speaks of."""
MISCOUNTED = 0.25
"""Share of the number that a question speaks of by which a list may have more or fewer items."""
FAR_DOWN = 0.05
"""What each place of its article among those with the likeliest sentences takes from a list."""
OF_CLASS_TOO = 0.25
"""What a list gains by the class asked for in what announces it."""


def whole_list(plan: Plan, evidence: Evidence, corpus: Corpus) -> list[FoundItem]:
    """Find the list that an article lays out and the judge accepts; nothing without a judge, or where none fits."""
    if corpus.judge is None:
        return []
    likely = likely_lists(plan, evidence)
    pairs = [_pairs(plan, one) for one in likely]
    every = [*itertools.chain(*pairs)]
    least = min((one.bound for one in likely), default=0.0)
    told = iter(chances(plan.text, every, [None] * len(every), corpus.judge, corpus.reader, least))
    accepted = []
    for one, own in zip(likely, pairs, strict=True):
        judged = [chance for chance, _ in itertools.islice(told, len(own))]
        chance = sum(judged) / len(judged) if one.sections else max(judged)
        if chance >= one.bound:
            accepted.append((chance + one.worth, one.run))
    if not accepted:
        return []
    worth, run = max(accepted, key=lambda one: one[0])
    announced = (run.article, run.start, run.end)
    return [FoundItem(text, worth, [announced, (run.article, a, b)]) for text, a, b in run.items]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A list as an article lays it out; ``told`` is the share of the question in what announces it.

    ``sections`` are what stands under each of its items, where these are headings that nothing announces. It is
    ``counted`` where it has as many items as the question speaks of, None where that speaks of no number; ``place``
    is that of its article.
    """

    run: Run
    told: float
    place: int
    counted: bool | None
    sections: tuple[str, ...] = ()

    @property
    def colon(self) -> bool:
        """True where the line that announces it ends with a colon."""
        return self.run.article.text[self.run.start : self.run.end].endswith(":")

    @property
    def bound(self) -> float:
        """The least probability that makes it an answer."""
        if self.sections:
            return ACCEPTED_SECTIONS
        if self.counted is False:
            return ACCEPTED_MISCOUNTED
        announced = self.colon or self.counted or heading_over(self.run.article, self.run.start)
        return ACCEPTED_AFTER_COLON if announced else ACCEPTED

    @property
    def worth(self) -> float:
        """What is added to its probability to choose among several."""
        return self.told + OF_CLASS_TOO * self.run.sure - FAR_DOWN * self.place


def likely_lists(plan: Plan, evidence: Evidence) -> list[LaidOut]:
    """Find the lists that are judged, the likeliest first."""
    wanted = stems(plan.item.split()[-1:]) if plan.item else set()
    articles = {one.article.id: one.article for one in evidence.ranked}.values()
    fitting = [
        one for one in articles if _names_all(one, evidence) and _of_time(one, plan.query.asked_period)
    ]
    many = announced_number(plan.text)
    found = []
    for place, article in enumerate(fitting[:ARTICLES_LOOKED_THROUGH]):
        for run in headed_runs(article, wanted):
            counted = len(run.items) == many if many else None
            if many and abs(len(run.items) - many) > many * MISCOUNTED:
                continue
            one = LaidOut(run, coverage(evidence.matches, _announced(run)), place, counted)
            if one.colon or _asked_for(run, evidence):
                found.append(one)
        for run in named_sections(article, wanted):
            under = tuple(_under(article, end) for _, _, end in run.items[:MOST_SECTIONS])
            told = max(coverage(evidence.matches, f"{_announced(run)} {text}") for text in under)
            found.append(LaidOut(run, told, place, None, under))
    likely = [
        one for one in found if one.told >= ANNOUNCED_SHARE or (one.run.sure and (one.colon or one.counted))
    ]
    likely.sort(key=lambda one: one.worth, reverse=True)
    return likely[:MOST_JUDGED]


def _asked_for(run: Run, evidence: Evidence) -> bool:
    """Return True for a list whose line speaks of what is asked, and if that is a heading, of nothing else."""
    line = run.article.text[run.start : run.end]
    if coverage(evidence.matches, line) < LED_SHARE:
        return False
    words = content_words(line)
    return not is_heading(line) or len(set(words)) * MOST_UNASKED >= sum(
        not evidence.matches.table[:, evidence.matches.columns(word)].any() for word in set(words)
    )


def _announced(run: Run) -> str:
    return f"{run.article.title or ''} {run.article.text[run.start : run.end]}"


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
    lead = f"{heading_over(run.article, run.start)} {run.article.text[run.start : run.end]}"
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
