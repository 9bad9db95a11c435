import pytest

from assistant.text.abbreviations import abbreviations, definitions, stands_for


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Union for River Defence (URD) won.", [("URD", "Union for River Defence")]),
        ("The URD (Union for River Defence) won.", [("URD", "Union for River Defence")]),
        ("The Union for River Defence, or URD, won.", [("URD", "Union for River Defence")]),
        ("The Holmby Trade Board, known as the HTB, met.", [("HTB", "Holmby Trade Board")]),
        ("The mayor (in office since May) won.", []),
    ],
)
def test_a_sentence_explains_an_abbreviation(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert definitions(sentence) == expected


def test_the_letters_begin_the_words() -> None:
    assert stands_for("URD", "Union for River Defence")
    assert not stands_for("URD", "River Union")


def test_an_abbreviation_stands_for_the_stems_of_its_words() -> None:
    known = abbreviations("It rained. The Holmby Trade Board (HTB) met. Nothing else happened.")
    assert known == {"htb": frozenset({"holmbi", "trade", "board"})}
    assert abbreviations("Nothing is explained here.") == {}
