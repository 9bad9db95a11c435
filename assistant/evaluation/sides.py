"""Whether the sides of an answer are those expected, and said by whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.evaluation.matching import contains_answer, normalise_words
from assistant.text.numbers import number_key
from assistant.types import ExpectedSide

_NOBODY = re.compile(r"(?:no|nobody|none|no-one)\b", re.I)

GivenSide = Mapping[str, Any]
"""A side as ``ask --json`` prints it: ``value``, ``speaker``, ``stance``, ``independent_sources`` and more."""


def same_value(one: str, other: str) -> bool:
    """Return whether two values are one: the same numbers ("at least 25", "twenty-five"), or one in the other.

    "Nobody" and "no group" are one value too.
    """
    if _NOBODY.match(one) and _NOBODY.match(other):
        return True
    numbers, others = number_key(one), number_key(other)
    if numbers or others:
        return numbers == others
    return contains_answer(one, other) or contains_answer(other, one)


def matched_sides(
    expected: Sequence[ExpectedSide], given: Sequence[GivenSide]
) -> list[tuple[ExpectedSide, GivenSide]]:
    """Pair expected sides with given ones of the same value; each side is used once."""
    left = list(given)
    pairs = []
    for side in expected:
        found = next((one for one in left if same_value(side.value, one["value"])), None)
        if found is not None:
            left.remove(found)
            pairs.append((side, found))
    return pairs


def side_recall(expected: Sequence[ExpectedSide], given: Sequence[GivenSide]) -> float:
    """Return the share of expected sides whose value is given."""
    return len(matched_sides(expected, given)) / len(expected)


def side_precision(expected: Sequence[ExpectedSide], given: Sequence[GivenSide]) -> float | None:
    """Return the share of given sides whose value is expected; None where none is given."""
    return len(matched_sides(expected, given)) / len(given) if given else None


def attribution_accuracy(expected: Sequence[ExpectedSide], given: Sequence[GivenSide]) -> float | None:
    """Return the share of matched sides with the right speaker; None where no speaker is expected.

    A speaker is right when it holds the words of one of those expected.
    """
    judged = [
        any(contains_answer(found["speaker"] or "", name) for name in side.speakers)
        for side, found in matched_sides(expected, given)
        if side.speakers
    ]
    return sum(judged) / len(judged) if judged else None


def stance_accuracy(expected: Sequence[ExpectedSide], given: Sequence[GivenSide]) -> float | None:
    """Return the share of matched sides with the right stance; None where none is expected."""
    judged = [found["stance"] == side.stance for side, found in matched_sides(expected, given) if side.stance]
    return sum(judged) / len(judged) if judged else None


def asserted_text(answer: Mapping[str, Any], text: str) -> str:
    """Return what an answer asserts: its text or, where sources differ, the values that most sources carry.

    Sides that fewer independent sources carry are shown as rivals, not asserted.
    """
    sides = answer["sides"]
    if answer["outcome"] != "sources_differ" or not sides:
        return text
    most = max(side["independent_sources"] for side in sides)
    return normalise_words(" ; ".join(side["value"] for side in sides if side["independent_sources"] == most))
