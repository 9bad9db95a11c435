"""Whether the items that were found are what a question asks for: the judge reads them with their own sentence."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.short_answers import probability
from assistant.models.judge import Judge
from assistant.question.as_statement import as_statement
from assistant.text.wording import one_line
from assistant.types import Article

ACCEPTED_ROW = 0.38
"""Least probability of a row of items beside which their class stands, or at which the reader points."""
ACCEPTED_UNSURE = 0.75
"""The same of any other, of one that joins a likelier row, and of an item that a sentence of its own gives.

Of 49 lists over 64,465 passages on which the bounds were chosen, .38 and .75 give 19 with F1 .74 of their items,
three of them below .5; .38 and .6 give 23 with .66, six of them below, and .3 and .6 give 26 with .63, seven below.
"""

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
