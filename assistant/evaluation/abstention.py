"""Whether the assistant keeps silent when it should, and only then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby


def abstention_precision(answerable: Sequence[bool], answered: Sequence[bool]) -> float | None:
    """Return the share of withheld answers whose question had none; None where nothing was withheld.

    Source: precision of the class "unanswerable" (Rajpurkar et al. 2018, arXiv 1806.03822).
    """
    return _share(not possible for possible, given in zip(answerable, answered, strict=True) if not given)


def abstention_recall(answerable: Sequence[bool], answered: Sequence[bool]) -> float | None:
    """Return the share of unanswerable questions left unanswered; None where all are answerable.

    Source: recall of the class "unanswerable" (Rajpurkar et al. 2018, arXiv 1806.03822).
    """
    return _share(not given for possible, given in zip(answerable, answered, strict=True) if not possible)


def abstention_f1(answerable: Sequence[bool], answered: Sequence[bool]) -> float | None:
    """Return 2 TP / (2 TP + FP + FN) of the class "unanswerable"; None where all are answerable.

    Source: van Rijsbergen 1979, Information Retrieval, chapter 7.
    """
    if all(answerable):
        return None
    pairs = list(zip(answerable, answered, strict=True))
    rightly = sum(not possible and not given for possible, given in pairs)
    mistaken = sum(possible != given for possible, given in pairs)
    return 2 * rightly / (2 * rightly + mistaken)


def risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """Return (coverage, risk) for each threshold of confidence, from the strictest to none.

    Coverage is the share of questions answered at that threshold, risk the share of these that
    are wrong; questions of equal confidence enter together.
    Source: El-Yaniv and Wiener 2010, JMLR 11.
    """
    ordered = sorted(zip(confidences, right, strict=True), key=lambda pair: -pair[0])
    points, covered, wrong = [], 0, 0
    for _, group in groupby(ordered, key=lambda pair: pair[0]):
        for _, is_right in group:
            covered += 1
            wrong += not is_right
        points.append((covered / len(ordered), wrong / covered))
    return points


def aurc(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Return the area under the risk-coverage curve, 0 (best) to 1: the mean risk over all coverages.

    Source: Geifman, Uziel and El-Yaniv 2019 (arXiv 1805.08206).
    """
    area, before = 0.0, 0.0
    for coverage, risk in risk_coverage(confidences, right):
        area += (coverage - before) * risk
        before = coverage
    return area


def _share(flags: Iterable[bool]) -> float | None:
    values = list(flags)
    return sum(values) / len(values) if values else None
