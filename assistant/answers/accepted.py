"""Whether the items that were found are what a question asks for: the judge reads them with their own sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.enumerations import Run
from assistant.evidence.short_answers import probability
from assistant.models.judge import Judge
from assistant.models.reader import Reader
from assistant.question.as_statement import as_statement
from assistant.question.question_type import asks_by_word
from assistant.text.wording import one_line
from assistant.types import Article

ACCEPTED_ROW = 0.38
"""Least probability of a row of items beside which their class stands, or at which the reader points."""
ACCEPTED_UNSURE = 0.75
"""The same of any other, of one that joins a likelier row, and of an item that a sentence of its own gives.

Of 49 lists over 64,465 passages on which the bounds were chosen, .38 and .75 give 19 with F1 .74 of their items,
three of them below .5; .38 and .6 give 23 with .66, six of them below, and .3 and .6 give 26 with .63, seven below.
"""

JUDGED = 6
"""Runs that are judged, the likeliest first."""
ANSWERS_KEYWORDS = 2.0
"""Log odds that a run answers, by the reader, from which it is a list for keywords."""
LEAST_DOUBT = 1e-4

ToldRow = tuple[str, tuple[Article, int, int], float | None]
"""Items in a row, the place of their sentence, and the log odds that it answers at all, where it was read alone."""


def chances(question: str, told: Sequence[ToldRow], judge: Judge) -> list[float]:
    """Return for each row of items the probability that its sentence answers and supports that they do."""
    pairs = [
        (as_statement(question, items), article.title or "", one_line(article.text[start:end]))
        for items, (article, start, end), _ in told
    ]
    return [
        verdict.supported * (1.0 if answers is None else probability(answers))
        for verdict, (_, _, answers) in zip(judge.judge(pairs), told, strict=True)
    ]


def accepted_runs(
    question: str, runs: Sequence[Run], judge: Judge, reader: Reader | None = None
) -> list[Run]:
    """Keep the runs that answer, with the judge's probability of that: its log odds add to their worth.

    Of keywords, which are no statement for the judge, the ``reader`` must be surer that a run answers.
    """
    leading = _read(question, sorted(runs, key=lambda run: -run.worth)[:JUDGED], reader)
    if not asks_by_word(question):
        leading = [run for run in leading if run.answers is None or run.answers >= ANSWERS_KEYWORDS]
    told = [
        (", ".join(text for text, _, _ in run.items), (run.article, run.start, run.end), run.answers)
        for run in leading
    ]
    return [
        replace(run, worth=run.worth + math.log(chance / (1 - chance + LEAST_DOUBT)), chance=chance)
        for run, chance in zip(leading, chances(question, told, judge), strict=True)
        if chance >= (ACCEPTED_ROW if run.sure else ACCEPTED_UNSURE)
    ]


def _read(question: str, runs: Sequence[Run], reader: Reader | None) -> list[Run]:
    """Read the runs that are laid out in lines, which were not read as a sentence."""
    unread = [run for run in runs if run.answers is None] if reader else []
    if reader is None or not unread:
        return list(runs)
    texts = [(run.article.title or "", one_line(run.article.text[run.start : run.end])) for run in unread]
    answers = {id(run): one.answers for run, one in zip(unread, reader.read(question, texts), strict=True)}
    return [replace(run, answers=answers.get(id(run), run.answers)) for run in runs]
