"""The words that a statement rests on, in any form in which a model gives them."""

from typing import Any

import pytest

from assistant.chat.rests_on import cite_quoted, rests_on
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
