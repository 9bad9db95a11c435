import math
import random

import pytest
import pytrec_eval

from assistant.evaluation.ranking import (
    answer_rank,
    average_precision,
    distinct,
    ndcg_at,
    recall_at,
    reciprocal_rank,
)


@pytest.mark.parametrize("seed", range(40))
def test_rankings_score_as_trec_eval_scores_them(seed):
    chance = random.Random(seed)
    ids = [f"a{number}" for number in range(60)]
    ranking = chance.sample(ids, chance.randint(1, 40))
    relevant = set(chance.sample(ids, chance.randint(1, 15)))
    judged = {"q": {name: int(name in relevant) for name in ids}}
    retrieved = {"q": {name: float(len(ranking) - place) for place, name in enumerate(ranking)}}
    measures = {"map", "recip_rank", "recall.1,3,5,10", "ndcg_cut.1,3,5,10"}
    theirs = pytrec_eval.RelevanceEvaluator(judged, measures).evaluate(retrieved)["q"]
    assert average_precision(ranking, relevant) == pytest.approx(theirs["map"], abs=1e-9)
    assert reciprocal_rank(ranking, relevant) == pytest.approx(theirs["recip_rank"], abs=1e-9)
    for k in (1, 3, 5, 10):
        assert recall_at(ranking, relevant, k) == pytest.approx(theirs[f"recall_{k}"], abs=1e-9)
        assert ndcg_at(ranking, relevant, k) == pytest.approx(theirs[f"ndcg_cut_{k}"], abs=1e-9)


def test_ndcg_of_a_late_hit():
    assert ndcg_at(["x", "y", "wanted"], {"wanted"}, 10) == pytest.approx(1 / math.log2(4))


def test_passages_become_a_ranking_of_articles():
    assert distinct(["b", "a", "b", "c", "a"]) == ("b", "a", "c")


def test_the_rank_at_which_the_passages_hold_the_answer():
    texts = ["Nothing here.", "Ali came.", "Bea left for Rome."]
    assert answer_rank(texts, ["Ali", "Rome"]) == 2
    assert answer_rank(texts, [], ["Ali", "Bea"]) == 3
    assert answer_rank(texts, ["Rome"], ["Ali"]) == 3
    assert answer_rank(texts, ["Paris"]) is None
    assert answer_rank(texts, ["Rome"], ["Cid"]) is None
    assert answer_rank([], ["Rome"]) is None
