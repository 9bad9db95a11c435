"""How many independent sources carry an answer, and how many claims they report."""

import pytest

from assistant.evidence.independence import (
    carried,
    independent_claims,
    independent_sources,
    sources_in_words,
)

TOLD = (
    "Twelve drowned, the mayor said.",
    "The mayor put the number of the drowned at twelve.",
    "Divers found 12.",
)


def test_reprints_are_one_source_and_one_speaker_is_one_claim() -> None:
    assert independent_sources([(1, TOLD[0]), (2, TOLD[1])]) == 2
    assert independent_sources([(1, TOLD[0]), (1, TOLD[1]), (2, TOLD[0])]) == 1
    assert independent_claims([("mayor", 1, TOLD[0]), ("Mayor of Ostham", 2, TOLD[1])]) == 1
    assert independent_claims([("mayor", 1, TOLD[0]), ("mayor", 2, TOLD[1]), (None, 3, TOLD[2])]) == 2
    assert independent_claims([("mayor", 1, TOLD[0]), ("police", 2, TOLD[1])]) == 2
    assert independent_claims([(None, 1, TOLD[0]), (None, 2, TOLD[2])]) == 2
    assert independent_claims([(None, 1, TOLD[0]), (None, 2, TOLD[0])]) == 1


@pytest.mark.parametrize(
    ("sources", "claims", "words"),
    [
        (1, 1, "1 source"),
        (2, 2, "2 independent sources"),
        (2, 0, "2 independent sources"),
        (3, 1, "3 independent reports of one claim"),
        (3, 2, "3 independent reports of 2 claims"),
    ],
)
def test_what_is_independent_is_said_and_what_is_one_claim(sources: int, claims: int, words: str) -> None:
    assert sources_in_words(sources, claims) == words
    assert (words in carried(sources, claims)) is (sources > 1)
