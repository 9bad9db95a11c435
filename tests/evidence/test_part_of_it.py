"""A yes that is said of a part, of some, or of the first of them."""

import pytest

from assistant.evidence.part_of_it import of_the_whole
from assistant.evidence.verdicts import SentenceVerdict

YES, NO = SentenceVerdict(2.0, 0.6, 0.6), SentenceVerdict(-2.0, 0.6, 0.6)


@pytest.mark.parametrize(
    ("question", "sentence", "made"),
    [
        ("Had another town banned kites before?", "Arle is the first town to ban kites.", NO),
        ("Were other plans dropped?", "The bridge was the only plan to be dropped.", NO),
        ("Had Arle paid for a bridge before?", "This is the first time Arle has paid for a bridge.", NO),
        ("Had another town banned kites before?", "This is not the first town that banned kites.", YES),
        ("Did Arle win before the final?", "Arle won their first three games.", YES),
        ("Has Arle banned kites?", "Arle is the first town to ban kites.", YES),
    ],
)
def test_the_first_of_them_had_none_before(question: str, sentence: str, made: SentenceVerdict) -> None:
    assert of_the_whole(question, sentence, YES) == made


@pytest.mark.parametrize(
    ("question", "sentence", "settles"),
    [
        ("Is every lake expected to dry out?", "Many of the lakes could dry out.", False),
        ("Is every lake expected to dry out?", "All of the lakes could dry out.", True),
        ("Was the whole fee paid?", "The town paid 500 pounds.", False),
        ("Was the fee paid after all?", "The town paid 500 pounds.", True),
        ("Did the Arlers back Berg?", "The largest local Arlers union backed Berg.", False),
        ("Did the Arlers back Berg?", "Arlers Local 12 backed Berg.", False),
        ("Did the local Arlers back Berg?", "The local Arlers backed Berg.", True),
        ("Did the Arlers back Berg?", "The Arlers backed Berg in the local paper.", True),
    ],
)
def test_a_yes_of_a_part_is_none_of_the_whole(question: str, sentence: str, settles: bool) -> None:
    assert of_the_whole(question, sentence, YES) == (YES if settles else YES.silent)


def test_a_no_is_left_as_it_is() -> None:
    assert of_the_whole("Is every lake dry?", "Many lakes are not.", NO) == NO
