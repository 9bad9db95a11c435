"""Quoted words are found in their article exactly, or not at all."""

import pytest

from assistant.checking.citations import citation, find_changed_quote, find_quote, numbered
from assistant.types import Article, Hit, Passage, Statement

TEXT = (
    "The “old” pier—built in 1904—burnt down.\n\nNobody was hurt,  the mayor said. Divers don't search at night. "
    "The pier burnt for three days and two nights before the rain put it out."
)
ARTICLE = Article("pier", TEXT)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("built in 1904", "built in 1904"),
        ('The "old" pier-built in 1904', "The “old” pier—built in 1904"),
        ("nobody was hurt, the mayor said.", "Nobody was hurt,  the mayor said"),
        ("“Divers don’t search at night.”", "Divers don't search at night"),
        (
            "Nobody was hurt … search at night",
            "Nobody was hurt,  the mayor said. Divers don't search at night",
        ),
        ("burnt down. Nobody was hurt", "burnt down.\n\nNobody was hurt"),
        ("built in 1905", None),
        ("uilt in 190", None),
        ("search at night … Nobody was hurt", None),
        ("", None),
        ("…", None),
    ],
)
def test_words_are_found_as_they_stand(words: str, found: str | None) -> None:
    place = find_quote(words, ARTICLE)
    assert (TEXT[slice(*place)] if place else None) == found


def test_an_occurrence_inside_the_passage_comes_first() -> None:
    twice = Article("twice", "A ship sank. A ship sank.")
    assert find_quote("a ship sank", twice) == (0, 11)
    assert find_quote("a ship sank", twice, (13, 25)) == (13, 24)


def test_a_changed_quotation_is_led_back_to_the_article_s_words() -> None:
    hit = Hit(Passage("p", "pier", 0, len(TEXT), TEXT), ARTICLE, 1.0)
    near = find_changed_quote("The pier burned for three days and two nights until the rain put it out", hit)
    assert near is not None
    assert TEXT[slice(*near)].startswith("The pier burnt for three days")
    assert find_changed_quote("The mayor of a far town sang and danced all night long", hit) is None


def test_few_words_are_widened_to_their_sentence() -> None:
    at = TEXT.index("three days")
    assert citation(ARTICLE, at, at + 10).quote == TEXT[TEXT.index("The pier burnt") :]
    assert citation(ARTICLE, 0, 35).quote == TEXT[:35]


def test_the_same_words_have_one_number() -> None:
    one, other = citation(ARTICLE, 0, 40), citation(ARTICLE, 42, 80)
    first, second = numbered([Statement("a", (one, other)), Statement("b", (other, other))])
    assert [cited.number for cited in first.citations] == [1, 2]
    assert [cited.number for cited in second.citations] == [2]
