"""A question typed in small letters takes the capitals that the articles give its words."""

import pytest

from assistant.names.capitals import with_capitals

TEXTS = (
    "Fertility fell in South Lesk, and in Arle. The south of Lesk is dry.",
    "They asked Ada Berg of South Lesk, not a miner of the south, and in South Lesk she said so.",
    "Rates rose in Arle and in South Lesk, or in Arle alone.",
)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("lesk vs arle fertility rate", "Lesk vs Arle fertility rate"),
        ("who is ada berg?", "who is Ada Berg?"),
        ("Who is ada berg?", "Who is ada berg?"),
        ("rates in corrie", "rates in corrie"),
        ("a dry south", "a dry south"),
    ],
)
def test_a_word_takes_the_capital_that_it_mostly_has(typed: str, written: str) -> None:
    assert with_capitals(typed, TEXTS) == written


def test_an_unknown_word_after_a_name_is_part_of_it() -> None:
    assert with_capitals("who is ada quillfeather", TEXTS, {"quillfeather"}) == "who is Ada Quillfeather"
    assert with_capitals("who is ada quillfeather", TEXTS) == "who is Ada quillfeather"
    assert with_capitals("quillfeather of lesk", TEXTS, {"quillfeather"}) == "quillfeather of Lesk"
