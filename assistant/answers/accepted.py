"""Whether the items that were found are what a question asks for: the judge reads them with their own sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.enumerations import Run
from assistant.evidence.short_answers import probability
from assistant.models.judge import Judge
from assistant.models.reader import Reader
from assistant.question.question_type import asks_by_word
from assistant.text.wording import one_line
from assistant.types import Article

ACCEPTED_ROW = 0.38
"""Least probability of a row of items beside which their class stands, or at which the reader points."""
ACCEPTED_UNSURE = 0.75
"""The same of any other, and of an item that a sentence of its own gives."""
ACCEPTED_TOO = 0.85
"""The same of one that joins a likelier row.

Of 128 rows for 78 questions over 64,465 passages, where 50 are right, .38 and .75 keep 48 with 39 right. They were
put to the judge as the question with the items after it, by which its verdicts tell right rows from wrong ones
(AUC .87); of the statement that the items make of the question, .70.
"""

JUDGED = 6
"""Runs that are judged, the likeliest first."""
ANSWERS_KEYWORDS = 2.0
"""Log odds that a run answers, by the reader, from which it is a list for keywords."""
LEAST_DOUBT = 1e-4

ToJudge = tuple[str, str, str]
"""A statement for the judge, with the title and the words of the article that it is judged by."""


def to_judge(question: str, items: str, place: tuple[Article, int, int]) -> ToJudge:
    """Put to the judge a question with its items, by the words of the article that hold them."""
    article, start, end = place
    return f"{question} {items}.", article.title or "", one_line(article.text[start:end])


def chances(
    question: str,
    pairs: Sequence[ToJudge],
    answers: Sequence[float | None],
    judge: Judge,
    reader: Reader | None = None,
    least: float = 0.0,
) -> list[tuple[float, float | None]]:
    """Return for each pair the probability that its words answer and support it, and the log odds of answering.

    ``answers`` are these, None where the words were not read alone: the ``reader`` reads those to which the judge
    gives the ``least`` probability. What stays unread counts as answering.
    """
    supported = [verdict.supported for verdict in judge.judge(pairs)]
    odds = list(answers)
    unread = [at for at, chance in enumerate(supported) if odds[at] is None and chance >= least]
    if reader is not None and unread:
        read = reader.read(question, [pairs[at][1:] for at in unread])
        for at, reading in zip(unread, read, strict=True):
            odds[at] = reading.answers
    return [
        (chance * (1.0 if own is None else probability(own)), own)
        for chance, own in zip(supported, odds, strict=True)
    ]


def accepted_runs(
    question: str, runs: Sequence[Run], judge: Judge, reader: Reader | None = None
) -> list[Run]:
    """Keep the runs that answer, with the judge's probability of that: its log odds add to their worth.

    The ``reader`` reads those laid out in lines, which were not read as a sentence. Of keywords, which are no
    statement for the judge, it must be surer that a run answers.
    """
    least_odds = -math.inf if asks_by_word(question) else ANSWERS_KEYWORDS
    likeliest = sorted(runs, key=lambda run: -run.worth)[:JUDGED]
    leading = [run for run in likeliest if run.answers is None or run.answers >= least_odds]
    pairs = [
        to_judge(question, ", ".join(text for text, _, _ in run.items), (run.article, run.start, run.end))
        for run in leading
    ]
    told = chances(question, pairs, [run.answers for run in leading], judge, reader, ACCEPTED_ROW)
    return [
        replace(run, worth=run.worth + math.log(chance / (1 - chance + LEAST_DOUBT)), chance=chance)
        for run, (chance, odds) in zip(leading, told, strict=True)
        if chance >= (ACCEPTED_ROW if run.sure and _told(run) else ACCEPTED_UNSURE)
        and (odds is None or odds >= least_odds)
    ]


def _told(run: Run) -> bool:
    """Return False for a row of a sentence that was read, in which the reader points at other words."""
    return run.pointed or run.answers is None
