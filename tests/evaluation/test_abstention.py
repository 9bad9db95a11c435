import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.abstention import (
    abstention_f1,
    abstention_precision,
    abstention_recall,
    aurc,
    risk_coverage,
)

TRIALS = st.lists(st.tuples(st.sampled_from([0.1, 0.4, 0.6, 0.9]), st.booleans()), min_size=1)


def test_abstention_is_scored_as_recognising_the_unanswerable():
    answerable = [True, True, True, False, False, False]
    answered = [True, True, False, False, False, True]
    assert abstention_precision(answerable, answered) == pytest.approx(2 / 3)
    assert abstention_recall(answerable, answered) == pytest.approx(2 / 3)
    assert abstention_f1(answerable, answered) == pytest.approx(2 / 3)


def test_what_is_not_defined_is_none():
    assert abstention_precision([True, False], [True, True]) is None
    assert abstention_recall([True, True], [True, False]) is None
    assert abstention_f1([True], [False]) is None
    assert abstention_f1([True, False], [True, True]) == 0


def test_risk_falls_with_coverage_where_confidence_tells_right_from_wrong():
    confidences, right = [0.9, 0.8, 0.7, 0.6], [True, True, False, False]
    assert risk_coverage(confidences, right) == [(0.25, 0), (0.5, 0), (0.75, 1 / 3), (1, 0.5)]
    assert aurc(confidences, right) == pytest.approx((0 + 0 + 1 / 3 + 1 / 2) / 4)


def test_equal_confidence_enters_together():
    assert risk_coverage([0.5, 0.5, 0.1], [True, False, True]) == [(2 / 3, 0.5), (1, pytest.approx(1 / 3))]


@given(TRIALS)
def test_the_curve_ends_at_full_coverage_with_the_plain_error_rate(trials):
    confidences, right = zip(*trials, strict=True)
    points = risk_coverage(confidences, right)
    assert points[-1] == (1, pytest.approx(1 - sum(right) / len(right)))
    assert [coverage for coverage, _ in points] == sorted({coverage for coverage, _ in points})
    assert 0 <= aurc(confidences, right) <= 1


@given(TRIALS)
def test_the_order_of_questions_does_not_matter(trials):
    turned = trials[::-1]
    assert aurc(*zip(*trials, strict=True)) == pytest.approx(aurc(*zip(*turned, strict=True)))
