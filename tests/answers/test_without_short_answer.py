"""Sentences on the matter do not answer "how many" where no number in them is likely to be the one asked for."""

import pytest

from assistant import Assistant, Settings
from assistant.types import Article

LIBRARY = (
    "The library in Arle was closed after cracks were found in its roof. The mayor, Ada Berg, called the closure a "
    "precaution. Readers may use the reading room in Corrie for as long as the works last."
)
FERRY = (
    "Sven Holt has written a book about the ferry Morven, which sank off Benholt. The book praises the divers who "
    "searched for the wreck. It is sold in all shops of the town."
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    opened = Assistant.build([], Settings(index=tmp_path_factory.mktemp("lacking") / "index"))
    articles = [Article("library.md", LIBRARY, title=None), Article("ferry.md", FERRY, title=None)]
    opened.index.add_articles(articles, opened.embedder)
    return opened


@pytest.mark.parametrize(
    "question",
    ["How many divers searched for the wreck?", "How many readers use the reading room in Corrie?"],
)
def test_a_number_that_no_article_gives_is_doubted(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert not answer.answered
    assert answer.confidence < 0.3


def test_one_name_is_no_short_answer_where_several_are_asked_for(assistant: Assistant) -> None:
    answer = assistant.ask("Which mayors called the closure of the library a precaution?")
    assert answer.short is None
    assert answer.answered and "Ada Berg" in answer.text


def test_what_they_do_give_is_answered(assistant: Assistant) -> None:
    answer = assistant.ask("Who called the closure of the library a precaution?")
    assert answer.short == "Ada Berg"
    assert answer.confidence > 0.9
