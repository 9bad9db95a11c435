"""What kind of answer a question wants."""

from __future__ import annotations

import pytest

from assistant.question.question_type import kind_of, put_as_question


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who claimed the raid?", "who"),
        ("How many died in the raid?", "how_many"),
        ("death toll Ogdenville raid", "how_many"),
        ("number of wounded in Ogdenville", "how_many"),
        ("raid date", "when"),
        ("year Ogdenville fell", "when"),
        ("Ogdenville word of the year 2017", "other"),
        ("location of the kidnapping", "where"),
        ("army chief of staff Ogdenville", "who"),
        ("Ogdenville raid", "other"),
        ("Did the president resign?", "other"),
        ("Who is Ada Berg?", "other"),
        ("Who are the Red Front?", "other"),
        ("Who is the mayor of Ogdenville?", "who"),
        ("Who is in charge?", "who"),
    ],
)
def test_keywords_want_what_their_noun_says(question: str, kind: str) -> None:
    assert kind_of(question) == kind


def test_only_keywords_are_put_as_a_question() -> None:
    assert put_as_question("death toll Ogdenville raid") == "How many: death toll Ogdenville raid?"
    for text in ("Did the president resign?", "Ogdenville raid", "How many died?"):
        assert put_as_question(text) == text
