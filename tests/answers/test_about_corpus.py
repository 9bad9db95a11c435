import pytest

from assistant import Assistant
from assistant.answers.corpus import recognise_corpus
from assistant.types import Plan, Query


@pytest.mark.parametrize(
    ("question", "short", "texts"),
    [
        ("How many articles are there?", "30", []),
        ("Which publishers are there?", None, ["Demo Wire", "Specimen Monitor"]),
        ("Which publisher has the most articles?", "Sample Sahel Post", []),
        ("what period do you cover", "1 October 2019 to 11 July 2025", ["2019", "2024", "2025"]),
        ("Which languages are covered?", "en", ["en"]),
        (
            "Which articles have no date?",
            None,
            ["Editorial: let the imams try, Example Desk Review, no date"],
        ),
        ("Who wrote about Moura?", None, ["Awa Testcase", "Issa Mockup"]),
        ("who are the authors", None, ["Mariam Sample"]),
        ("When was the article about Dioura published?", "27 May 2025", []),
        ("Which places are mentioned most?", "Mali", ["Bamako"]),
        ("most mentioned places", "Mali", ["Bamako"]),
        ("Which companies are named most?", None, ["Mali"]),
    ],
)
def test_the_corpus_is_described_from_the_store(
    corpus_assistant: Assistant, question: str, short: str | None, texts: list[str]
) -> None:
    answer = corpus_assistant.ask(question)
    assert (answer.outcome, answer.answered, answer.short) == ("about_corpus", True, short)
    assert set(texts) <= {item.text for item in answer.items} and not answer.hits


def test_articles_are_listed_newest_first(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("Which articles mention Kayes?")
    days = [citation.article.published for item in answer.items for citation in item.citations]
    assert answer.items_total == len(days) == 7 and days == sorted(days, key=str, reverse=True)
    newest = corpus_assistant.ask("Which is the newest article?")
    assert newest.short and "11 July 2025" in newest.short
    assert corpus_assistant.ask("list all articles by Specimen Monitor").items_total == 5


def test_the_newest_articles_on_something_are_listed(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("newest articles about Kayes")
    days = [citation.article.published for item in answer.items for citation in item.citations]
    assert answer.outcome == "about_corpus" and len(days) == 5
    assert days == sorted(days, key=str, reverse=True)


def test_a_week_without_articles_is_said_with_the_newest(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("What came in this week?")
    assert answer.short == "0" and answer.text.startswith("No article") and answer.items


@pytest.mark.parametrize(
    "question", ["who wrote the song", "Which papers did the minister sign?", "who is Ada Berg"]
)
def test_questions_about_the_world_are_left_to_their_kind(question: str) -> None:
    plan = Plan("short", Query(question, question))
    assert recognise_corpus(plan) is plan
