"""Whether citations carry the statements that they are put under."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from assistant.evaluation.matching import contains_answer

SupportJudge = Callable[[Sequence[str], str], bool]
"""Whether the quotes, taken together, support the statement."""


def containment(quotes: Sequence[str], statement: str) -> bool:
    """Return whether the statement's words stand in the quotes, in order and without a gap.

    The strictest judge of support: right about statements that are sentences of the articles, and
    blind to a faithful paraphrase.
    """
    return contains_answer("\n".join(quotes), statement)


def citation_recall(statements: Sequence[tuple[str, Sequence[str]]], judge: SupportJudge) -> float:
    """Return the share of (statement, quotes) whose quotes together support the statement.

    A statement without quotes is not supported. Source: ALCE (Gao et al. 2023, arXiv 2305.14627).
    """
    return sum(_supported(quotes, text, judge) for text, quotes in statements) / len(statements)


def citation_precision(statements: Sequence[tuple[str, Sequence[str]]], judge: SupportJudge) -> float:
    """Return the share of quotes that are needed or sufficient, 0 where nothing is quoted.

    A quote counts when its statement is supported by all its quotes and the quote either supports
    the statement alone or is one without which the others do not.
    Source: ALCE (Gao et al. 2023, arXiv 2305.14627).
    """
    total = sum(len(quotes) for _, quotes in statements)
    precise = 0
    for text, quotes in statements:
        if not _supported(quotes, text, judge):
            continue
        for position, quote in enumerate(quotes):
            others = [*quotes[:position], *quotes[position + 1 :]]
            precise += judge([quote], text) or not _supported(others, text, judge)
    return precise / total if total else 0.0


def source_diversity(sources: Iterable[str]) -> int:
    """Return the number of distinct sources that an answer cites."""
    return len(set(sources))


def _supported(quotes: Sequence[str], text: str, judge: SupportJudge) -> bool:
    return bool(quotes) and judge(quotes, text)
