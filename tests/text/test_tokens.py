import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.dates import dates
from assistant.text.numbers import number_spans
from assistant.text.tokens import content_words, names, same_word, stem, tokens


@given(st.text(max_size=300))
def test_every_finding_is_a_piece_of_the_text(text: str) -> None:
    for found in (tokens(text), names(text), number_spans(text), dates(text)):
        for span in found:
            assert text[span.start : span.end] == span.text
    for word in content_words(text):
        assert stem(word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twenty five soldiers and 1,241,000 people", ["Twenty five", "1,241,000"]),
        ("at least twenty-five of 3.5 % died", ["twenty-five", "3.5 %"]),
        ("nobody came", []),
    ],
)
def test_numbers(text: str, expected: list[str]) -> None:
    assert [span.text for span in number_spans(text)] == expected


@pytest.mark.parametrize(
    "text", ["on 17 September 2024", "September 17, 2024", "last Tuesday", "in 2012", "2024-09-17", "in May"]
)
def test_dates(text: str) -> None:
    assert dates(f"It happened {text}, they say.")


def test_names_do_not_take_the_word_that_begins_a_sentence() -> None:
    assert [span.text for span in names("The mayor of Springfield met General Ann Lee. They spoke.")] == [
        "Springfield",
        "General Ann Lee",
    ]


def test_content_words_leave_out_what_carries_no_meaning() -> None:
    assert content_words("Who claimed the attacks in Springfield, and the attack before?") == [
        "claimed",
        "attacks",
        "Springfield",
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("springfield", "springfeild", True),
        ("boulder", "border", False),
        ("cat", "car", False),
        ("goïta".replace("ï", "i"), "goita", True),
    ],
)
def test_spellings_of_one_word(one: str, other: str, same: bool) -> None:
    assert same_word(stem(one), stem(other)) is same
