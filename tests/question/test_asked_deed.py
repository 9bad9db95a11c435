"""Whom a question of yes or no names, and what it asks of them."""

import pytest

from assistant.question.asked_deed import asked_deed


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Did Ada Berg resign?", ("Ada Berg", "resign")),
        ("Is Jo Lee alive?", ("Jo Lee", "alive")),
        ("Has Jo Lee been released?", ("Jo Lee", "released")),
        ("Did Jo Lee and Ada Berg debate?", ("Jo Lee and Ada Berg", "debate")),
        ("Did the Lesk Band win in Arle?", ("Lesk Band", "win")),
        ("Did Arle's mayor resign?", None),
        ("Are prices rising?", None),
        ("Who resigned?", None),
    ],
)
def test_the_word_after_the_names_is_what_is_asked(question: str, asked: tuple[str, str] | None) -> None:
    assert asked_deed(question) == asked
