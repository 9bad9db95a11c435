"""Whether the items that were found are what a question asks for: the judge reads them with their own sentence."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.short_answers import probability
from assistant.models.judge import Judge
from assistant.question.as_statement import as_statement
from assistant.text.wording import one_line
from assistant.types import Article

ACCEPTED = 0.38
"""Least probability of items of a list."""
ACCEPTED_UNSURE = 0.75
"""The same where neither their class stands beside them nor the reader points at them."""
ACCEPTED_FURTHER = 0.75
"""The same of items that join a likelier row."""

Told = tuple[str, tuple[Article, int, int], float | None]
"""Items in a row, the place of their sentence, and the log odds that it answers at all, where it was read alone."""


def chances(question: str, told: Sequence[Told], judge: Judge) -> list[float]:
    """Return for each row of items the probability that its sentence answers and supports that they do."""
    pairs = [
        (as_statement(question, items), article.title or "", one_line(article.text[start:end]))
        for items, (article, start, end), _ in told
    ]
    return [
        verdict.supported * (1.0 if answers is None else probability(answers))
        for verdict, (_, _, answers) in zip(judge.judge(pairs), told, strict=True)
    ]
