"""The worked examples follow the authors' own scripts, step by step."""

import pytest

from assistant.evaluation.matching import (
    answers_question,
    contains_answer,
    exact_match,
    normalise_realtimeqa,
    normalise_squad,
    token_f1,
)


def test_squad_leaves_out_articles_and_punctuation():
    assert normalise_squad("The  Treaty, of a King's  Landing!") == "treaty of kings landing"


def test_realtimeqa_keeps_articles_and_drops_counters():
    assert normalise_realtimeqa("The  U.S., in 2022年") == "the us in 2022"


@pytest.mark.parametrize(
    ("prediction", "answers", "match", "f1"),
    [
        ("the Normans", ["Normans"], 1, 1),
        ("in the 10th century", ["10th and 11th centuries", "10th century"], 0, 0.8),
        ("10th 10th", ["10th century"], 0, 0.5),
        ("Paris", ["London"], 0, 0),
        ("", [], 1, 1),
        ("Paris", [], 0, 0),
        ("", ["Paris"], 0, 0),
        ("the", ["Paris"], 0, 0),
    ],
)
def test_squad_scores(prediction, answers, match, f1):
    assert exact_match(prediction, answers) == match
    assert token_f1(prediction, answers) == pytest.approx(f1, abs=1e-12)


@pytest.mark.parametrize(
    ("prediction", "answers", "match", "f1"),
    [
        ("The Hague", ["the hague"], 1, 1),
        ("The Hague", ["Hague"], 0, 2 / 3),
        ("Kenya, Uganda", ["Uganda Kenya", "Kenya Uganda"], 1, 1),
        ("13 stars", ["13"], 0, 2 / 3),
        ("", ["13"], 0, 0),
    ],
)
def test_realtimeqa_scores(prediction, answers, match, f1):
    assert exact_match(prediction, answers, normalise_realtimeqa) == match
    assert token_f1(prediction, answers, normalise_realtimeqa) == pytest.approx(f1, abs=1e-12)


def test_an_answer_is_found_whatever_the_punctuation_and_only_as_whole_words():
    assert contains_answer("In the Kings-Road district, 1,300 people", "kings road")
    assert contains_answer("some 1,300 people", "1 300")
    assert not contains_answer("some 1,300 people", "300 peop")
    assert not contains_answer("130 people", "13")
    assert not contains_answer("anything", "?!")


def test_any_of_the_answers_and_each_of_all_of():
    text = "Ali and Bea met in Rome."
    assert answers_question(text, ["Paris", "Rome"])
    assert answers_question(text, [], ["Ali", "Bea"])
    assert answers_question(text, ["Rome"], ["Ali"])
    assert not answers_question(text, ["Paris"], ["Ali"])
    assert not answers_question(text, ["Rome"], ["Ali", "Cid"])
    assert not answers_question(text, [])
