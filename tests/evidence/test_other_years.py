"""Sentences that open in another year than is asked about."""

import pytest

from assistant.evidence.other_years import opens_in_other_year


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("Who won the 2022 Harrow Cup?", "In 1998, Arle won the cup.", True),
        ("Who won the 2022 Harrow Cup?", "In May 1998 Arle won the cup.", True),
        ("Who won the 2022 Harrow Cup?", "In 2022, Arle won the cup.", False),
        ("Who won the 2022 Harrow Cup?", "In 1998 as in 2022, Arle won the cup.", False),
        ("Who won the 2022 Harrow Cup?", "Arle won its first cup since 1998.", False),
        ("Who won the Harrow Cup?", "In 1998, Arle won the cup.", False),
    ],
)
def test_a_sentence_that_opens_in_another_year(question: str, sentence: str, other: bool) -> None:
    assert opens_in_other_year(question, sentence) == other
