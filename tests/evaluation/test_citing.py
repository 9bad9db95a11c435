"""The cases of ALCE's definitions (Gao et al. 2023, section 4.3), with a judge that is easy to follow."""

import pytest

from assistant.evaluation.citing import citation_precision, citation_recall, containment


def all_words(quotes, statement):
    """Support a statement whose every word stands somewhere in the quotes."""
    return set(statement.split()) <= set(" ".join(quotes).split())


def test_a_statement_without_quotes_is_not_supported():
    assert citation_recall([("a b", []), ("a b", ["a b c"])], all_words) == 0.5
    assert citation_precision([("a b", [])], all_words) == 0


def test_two_quotes_that_support_only_together_are_both_precise():
    assert citation_recall([("a b", ["a x", "b y"])], all_words) == 1
    assert citation_precision([("a b", ["a x", "b y"])], all_words) == 1


def test_a_quote_that_adds_nothing_is_not_precise():
    assert citation_precision([("a b", ["a b", "z"])], all_words) == 0.5
    assert citation_precision([("a b", ["a", "b", "z"])], all_words) == pytest.approx(2 / 3)


def test_two_quotes_that_each_support_are_both_precise():
    assert citation_precision([("a b", ["a b", "b a"])], all_words) == 1


def test_quotes_of_an_unsupported_statement_are_not_precise():
    statements = [("a b", ["a"]), ("c", ["c"])]
    assert citation_recall(statements, all_words) == 0.5
    assert citation_precision(statements, all_words) == 0.5


def test_containment_wants_the_words_in_order_without_a_gap():
    assert containment(["He said: “It is over.” Then he left."], "It is over.")
    assert containment(["One ended here.", "The other began."], "One ended here. The other began.")
    assert not containment(["It was said that it is over"], "It is not over.")
    assert not containment(["It is now all over"], "It is over")
