"""Words that are spelt in two ways: a question takes the way of the articles."""

from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder

from assistant import Settings
from assistant.index import Index
from assistant.question.two_spellings import spelt_as_in, spelt_otherwise
from assistant.types import Article

BRITISH = "The theatre centre recognised its labour, cancelled the programme and filled four hours."
AMERICAN = "The theater center recognized its labor, canceled the program and filed for colors."


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("recognised", "recognized"),
        ("organization", "organisation"),
        ("labour", "labor"),
        ("neighbors", "neighbours"),
        ("theatres", "theaters"),
        ("defense", "defence"),
        ("programme", "program"),
        ("travelled", "traveled"),
        ("canceling", "cancelling"),
        ("analysed", "analyzed"),
        ("catalogue", "catalog"),
        ("oestrogen", "estrogen"),
    ],
)
def test_the_other_spelling(word: str, other: str) -> None:
    assert other in spelt_otherwise(word)


@pytest.mark.parametrize("word", ["four", "hours", "filled", "filed", "called", "prise", "story"])
def test_other_words_have_one_spelling(word: str) -> None:
    assert not list(spelt_otherwise(word))


@pytest.mark.parametrize(
    ("text", "asked", "read"),
    [
        (AMERICAN, "Which theatres recognised labour?", "Which theaters recognized labor?"),
        (BRITISH, "Which theaters recognized labor?", "Which theatres recognised labour?"),
        (AMERICAN, "What is the centre's programme?", "What is the center's program?"),
        (AMERICAN, "Who leads the Labour Party?", "Who leads the Labour Party?"),
        (BRITISH + AMERICAN, "Which theatres closed?", "Which theatres closed?"),
    ],
)
def test_a_question_takes_the_spelling_of_the_articles(
    tmp_path: Path, text: str, asked: str, read: str
) -> None:
    with Index.open(Settings(index=tmp_path), create=True) as index:
        index.add_articles([Article(id="one", text=text)], HashingEmbedder())
        assert spelt_as_in(index, asked) == read
