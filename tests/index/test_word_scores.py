"""What both rankings by words share: the scores, the best of them, and what is remembered."""

import numpy as np
import pytest

from assistant.index.word_scores import (
    LEAST_WEIGHT,
    RememberedScores,
    WordScores,
    added_up,
    best,
    scores_of,
)


def some(count: int) -> WordScores:
    return WordScores(np.arange(count, dtype=np.int64), np.ones(count))


def test_a_rarer_word_a_shorter_passage_and_a_second_time_count_for_more() -> None:
    rare = scores_of(np.array([1, 1, 2]), np.array([10, 20, 20]), passages=100, average=15.0)
    common = scores_of(np.ones(60), np.full(60, 15), passages=100, average=15.0)
    assert rare[2] > rare[0] > rare[1] > common[0] > 0
    assert common == pytest.approx(LEAST_WEIGHT)
    assert len(scores_of(np.zeros(0), np.zeros(0), passages=100, average=15.0)) == 0


def test_the_best_come_first_and_equals_by_number() -> None:
    scores = np.array([0.0, 2.0, 3.0, 2.0, 0.0, 1.0])
    assert best(scores, 2, None) == [(2, 3.0), (1, 2.0)]
    assert best(scores, 9, None) == [(2, 3.0), (1, 2.0), (3, 2.0), (5, 1.0)]
    assert best(scores, 9, np.array([0, 3, 5, 77])) == [(3, 2.0), (5, 1.0)]


def test_scores_by_several_words_add_up() -> None:
    assert added_up([some(1), some(3)], 4).tolist() == [2.0, 1.0, 1.0, 0.0]
    assert added_up([], 2).tolist() == [0.0, 0.0]


def test_scores_of_another_state_and_those_over_the_bound_are_forgotten() -> None:
    known = RememberedScores(10)
    first, second, third = some(6), some(4), some(3)
    known.keep("first", "1", first)
    known.keep("second", "1", second)
    assert known.get("first", "1") is first
    assert known.get("first", "2") is None
    known.keep("third", "1", third)
    assert known.get("second", "1") is None
    assert known.get("first", "1") is first
    known.keep("third", "2", third)
    assert known.get("first", "1") is None
    assert known.get("third", "2") is third
