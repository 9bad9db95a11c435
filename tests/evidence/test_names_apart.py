"""A name whose words the articles know, but never write side by side, is one that no article mentions."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.types import Article

TEXTS = {
    "swimmer": "Liam Oster won the race in Arle. The crowd cheered for Liam. Oster swims. Liam waved.",
    "judge": "Judge Berta Payton closed the case in Lesk. Payton said that she was tired. Payton left.",
    "singer": "Zora, the actress from Lesk, sang in Arle. Zora smiled.",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    place: Path = tmp_path_factory.mktemp("apart")
    with Assistant.build([], Settings(index=place / "index")) as built:
        articles = [Article(name, text, title="News of the day") for name, text in TEXTS.items()]
        built.index.add_articles(articles, built.embedder)
        yield built


def test_it_is_so_too_where_the_period_is_the_articles_own(tmp_path: Path) -> None:
    """No day is known for "last week" here: the question is read again without it."""
    day = datetime.date(2024, 3, 1)
    last_week = [
        Article("a", "Liam Oster won the race in Arle last week. Oster swims.", published=day),
        Article("b", "Berta Payton left for Lund last week. Payton was tired.", published=day),
    ]
    with Assistant.build([], Settings(index=tmp_path / "index")) as built:
        built.index.add_articles(last_week, built.embedder)
        assert built.ask("Where did Berta Payton go last week?").answered
        assert not built.ask("Where did Berta Oster go last week?").answered


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Where did Liam Payton win?", "Liam Payton"),
        ("where did liam payton win?", "liam payton"),
        ("Summarise Liam Payton's race", "Liam Payton"),
    ],
)
def test_a_name_that_no_article_writes_together_is_said_to_be_unmentioned(
    assistant: Assistant, question: str, name: str
) -> None:
    answer = assistant.ask(question)
    assert not answer.answered and answer.short is None
    assert f"No article mentions “{name}”" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Where did Liam Oster win?",
        "where did liam oster win?",
        "Where did Actress Zora sing?",  # one sentence holds both words
        "Did Liam Oster's Arle fans cheer?",  # "Oster's Arle" are two names
        "payton liam lesk",  # keywords: names of two may stand side by side
        "WHO IS LIAM PAYTON OF LESK?",  # capitals throughout tell no names
    ],
)
def test_other_names_are_spared(assistant: Assistant, question: str) -> None:
    assert "No article mentions" not in assistant.ask(question).text
