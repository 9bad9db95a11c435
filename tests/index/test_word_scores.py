"""What both rankings by words share: the scores, the best of them, and what is remembered."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.index import word_scores
from assistant.index.word_scores import (
    LEAST_WEIGHT,
    AskedWord,
    RememberedScores,
    WordScores,
    ranked,
    rarity,
    scores_of,
)


def some(count: int) -> WordScores:
    return WordScores(np.arange(count, dtype=np.int64), np.ones(count), 1.0)


def word(scores: dict[int, float]) -> AskedWord:
    numbers = np.array(sorted(scores), dtype=np.int64)
    held = np.array([scores[number] for number in sorted(scores)], dtype=np.float64)
    return AskedWord.of(WordScores(numbers, held, max(scores.values(), default=0.0)))


def test_a_rarer_word_a_shorter_passage_and_a_second_time_count_for_more() -> None:
    tokens, often = np.array([10, 20, 20]), np.array([1, 1, 2])
    rare = scores_of(often, tokens, rare=rarity(3, 100), average=15.0)
    common = scores_of(often, tokens, rare=rarity(60, 100), average=15.0)
    assert rare[2] > rare[0] > rare[1] > common[0] > 0
    assert rarity(60, 100) == LEAST_WEIGHT
    assert len(scores_of(np.zeros(0), np.zeros(0), rare=1.0, average=15.0)) == 0


def test_the_best_come_first_and_equals_by_number() -> None:
    one = word({1: 2.0, 2: 3.0, 3: 2.0, 5: 1.0})
    assert ranked([one], 2, 6) == [(2, 3.0), (1, 2.0)]
    assert ranked([one], 9, 6) == [(2, 3.0), (1, 2.0), (3, 2.0), (5, 1.0)]
    assert ranked([one], 9, 6, np.array([0, 3, 5, 77])) == [(3, 2.0), (5, 1.0)]


def test_scores_by_several_words_add_up() -> None:
    assert ranked([word({0: 1.0}), word({0: 1.0, 1: 1.0})], 4, 2) == [(0, 2.0), (1, 1.0)]
    assert ranked([], 2, 2) == []
    assert ranked([word({})], 2, 2) == []


SCORES = st.dictionaries(
    st.integers(0, 40), st.floats(0.01, 9.0) | st.sampled_from([0.5, 1.0, 2.0]), max_size=40
)


@settings(deadline=None)
@given(st.lists(SCORES, max_size=6), st.integers(1, 12), st.none() | st.sets(st.integers(0, 45)))
def test_no_passage_is_lost_by_leaving_out_what_cannot_be_among_the_best(
    words: list[dict[int, float]], k: int, some: set[int] | None
) -> None:
    sums: dict[int, float] = {}
    for one in words:
        for number, score in one.items():
            sums[number] = sums.get(number, 0.0) + score
    kept = {number: score for number, score in sums.items() if some is None or number in some}
    expected = sorted(kept.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
    allowed = None if some is None else np.array(sorted(some), dtype=np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_scores, "SCORED_AT_ONCE", 0)
        patch.setattr(word_scores, "COST_OF_LOOKING_UP", 0)
        asked = [replace(word(one), known=False) for one in words]
        assert ranked(asked, k, 46, allowed) == expected
    assert ranked([word(one) for one in words], k, 46, allowed) == expected


def test_a_frequent_word_is_scored_only_where_it_can_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_scores, "SCORED_AT_ONCE", 8000)
    asked = []

    def score(places: word_scores.Places) -> word_scores.Floats:
        asked.append(np.arange(9000)[places])
        return np.full(len(asked[-1]), 0.1)

    frequent = AskedWord(np.arange(9000), 0.1, score)
    assert ranked([frequent, word({7: 5.0, 8: 4.0, 9: 1.0})], 2, 9000) == [(7, 5.1), (8, 4.1)]
    assert {number for places in asked for number in places} == {7, 8}
    asked.clear()
    assert len(ranked([frequent, word({7: 5.0, 8: 4.0, 9: 1.0})], 4, 9000)) == 4
    assert len(asked[0]) == 9000, "any of them can be the fourth"


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
