"""The words that a statement rests on, in any form in which a model gives them."""

from typing import Any

import pytest

from assistant.chat.rests_on import cite_marked, cite_quoted, rests_on
from assistant.types import Article, Hit, Passage

PIER = "The pier of Holmby burnt down on Monday. Nobody was hurt, the mayor said."
HIT = Hit(Passage("pier", "pier", 0, len(PIER), PIER), Article("pier", PIER), 1.0)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ([{"passage": 1, "words": "a b"}], [(1, "a b")]),
        ({"number": "[2]", "quote": "a b"}, [(2, "a b")]),
        (3, [(3, "")]),
        ("[3]", [(3, "")]),
        ("a b", [(None, "a b")]),
        ([{}, None, "", []], []),
        (None, []),
        ([{"passage": True, "words": 7}], []),
    ],
)
def test_any_form_is_read(value: Any, read: list[tuple[int | None, str]]) -> None:
    assert rests_on(value) == read


@pytest.mark.parametrize("passage", [1, 99, None])
def test_invented_words_are_told_whichever_passage_is_named(passage: int | None) -> None:
    cited, changed, unknown = cite_quoted([(passage, "A dragon slept under the pier")], "It burnt.", [HIT])
    assert changed
    assert unknown == (passage == 99)
    assert all(one.quote in PIER for one in cited)


def test_exact_words_are_cited_as_they_stand() -> None:
    (cited,), changed, unknown = cite_quoted([(1, "nobody was hurt, the mayor said")], "", [HIT])
    assert (cited.quote, changed, unknown) == ("Nobody was hurt, the mayor said", False, 0)


SPOKEN = "Ilse Brandt, who speaks for the harbour, told reporters that the pier had been insured since May."
WIND = "The harbour of Holmby had been closed for hours. A spokeswoman told reporters of the wind."
TWO = [
    Hit(Passage("wind", "wind", 0, len(WIND), WIND), Article("wind", WIND), 1.0),
    Hit(Passage("spoken", "spoken", 0, len(SPOKEN), SPOKEN), Article("spoken", SPOKEN), 1.0),
]


def articles_cited(words: str, numbers: list[int]) -> list[str]:
    return [one.article.id for one in cite_marked(words, numbers, "who speaks for the harbour?", TWO)]


def test_a_wrong_number_of_a_passage_leads_to_the_sentence_that_holds_more() -> None:
    assert articles_cited("Ilse Brandt speaks for the harbour.", [1]) == ["spoken"]


def test_a_right_number_stays_and_so_does_a_wrong_one_where_no_passage_holds_more() -> None:
    assert articles_cited("A spokeswoman told reporters of the wind.", [1]) == ["wind"]
    assert articles_cited("Jory Quill told reporters of the wind.", [1]) == ["wind"]


def test_a_sentence_without_a_marker_is_not_given_one() -> None:
    assert articles_cited("Ilse Brandt speaks for the harbour.", []) == []
    assert articles_cited("Ilse Brandt speaks for the harbour.", [9]) == []
