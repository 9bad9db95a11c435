"""What a sentence announces, and the sentences or lines that tell it."""

import pytest

from assistant.evidence.announced import (
    announced,
    announcement,
    announcing_run,
    with_announced,
    without_repetition,
)
from assistant.evidence.sentences import ScoredSentence
from assistant.text.sentences import split_sentences
from assistant.types import Article

TEXT = (
    "The choir met on Monday. Its chair gave two reasons for the move. The roof leaks. And the rent has doubled. "
    "She left at noon.\n\nThe town asked for three things:\n- a new lock\n- a ramp\n- a bell\n\nNobody objected."
)
ARTICLE = Article("choir", TEXT)


def sentence(words: str) -> ScoredSentence:
    start = TEXT.index(words)
    return ScoredSentence(ARTICLE, start, start + len(words), words, ())


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("The inquiry names three causes.", 3),
        ("Two main reasons were given.", 2),
        ("They made several demands.", 0),
        ("The chair said:", 0),
        ("It moves for two reasons: the roof leaks and the rent has doubled.", None),
        ("Three districts are hit.", None),
        ("He gave two reasons, the roof and the rent.", None),
        ("They won by three points.", None),
    ],
)
def test_a_sentence_announces_what_it_counts_and_does_not_say(text: str, many: int | None) -> None:
    told = announcement(text)
    assert (told.many if told else None) == many


def test_as_many_sentences_follow_as_are_announced() -> None:
    one = sentence("Its chair gave two reasons for the move.")
    assert [TEXT[start:end] for start, end in announced(ARTICLE, one.start, one.end)] == [
        "The roof leaks.",
        "And the rent has doubled.",
    ]
    run = with_announced(one)
    assert run.text == TEXT[run.start : run.end]
    assert run.text.endswith("doubled.")


def test_a_bulleted_list_is_announced_by_the_line_before_it() -> None:
    start = TEXT.index("The town asked")
    lines = announced(ARTICLE, start, TEXT.index(":") + 1)
    assert [TEXT[a:b] for a, b in lines] == ["- a new lock", "- a ramp", "- a bell"]


def test_a_sentence_that_is_announced_takes_the_whole_run() -> None:
    run = announcing_run(sentence("The roof leaks."))
    assert run.text.startswith("Its chair")
    assert run.text.endswith("doubled.")
    other = sentence("She left at noon.")
    assert announcing_run(other) == other
    assert without_repetition([sentence("The roof leaks."), run, other]) == [run, other]


def test_every_sentence_of_an_article_may_be_asked() -> None:
    for one in split_sentences(TEXT):
        assert all(end <= len(TEXT) for _, end in announced(ARTICLE, one.start, one.end))
