"""The bound of a figure belongs to the short answer, as the sources have it."""

import pytest

from assistant.evidence.bounded import with_bound


@pytest.mark.parametrize(
    ("short", "quotes", "shown"),
    [
        ("130", ["At least 130 died, the mayor said."], "At least 130"),
        ("130", ["The mayor said that at least 130 people died."], "at least 130"),
        ("130 people", ["The mayor said that more than 130 people died."], "more than 130 people"),
        ("twenty", ["Up to twenty ships sank.", "Nearly twenty ships sank."], "Up to twenty"),
        ("$2bn", ["It cost nearly $2bn."], "nearly $2bn"),
        ("130", ["At least 130 died.", "The toll is 130."], "130"),
        ("130", ["Only 130 died."], "130"),
        ("130", ["At least 1300 died.", "At least 130,000 died."], "130"),
        ("JNIM", ["At least JNIM said so."], "JNIM"),
        ("at least 130", ["There were at least 130 dead."], "at least 130"),
        ("130", [], "130"),
    ],
)
def test_a_figure_keeps_the_bound_that_all_its_sources_give(
    short: str, quotes: list[str], shown: str
) -> None:
    assert with_bound(short, quotes) == shown
    assert shown == short or any(shown in quote for quote in quotes)
