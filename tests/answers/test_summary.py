"""Which articles and sentences a summary is made of: the newest is among them, old plans are not."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.answers.main_articles import with_newest
from assistant.answers.on_topic import holding_names
from assistant.answers.summary import without_old_plans
from assistant.evidence.sentences import ScoredSentence
from assistant.types import Article


def article(name: str, day: int, text: str = "") -> Article:
    return Article(name, text, published=datetime.date(2031, 5, day))


def test_the_newest_article_is_among_those_summarised() -> None:
    articles = [article("a", 3), article("b", 2), article("c", 4), article("d", 9), article("e", 1)]
    assert [one.id for one in with_newest(articles, 3, articles)] == ["a", "b", "d"]
    assert [one.id for one in with_newest(articles[:2], 3, articles[:2])] == ["a", "b"]
    assert with_newest([], 3, []) == []


def test_a_plan_of_an_older_article_is_left_out() -> None:
    before, after = article("before", 3), article("after", 9)
    told = [
        ScoredSentence(one, 0, len(text), text, ())
        for one, text in (
            (before, "The ferry will sail on Friday."),
            (before, "It was built in Lesk."),
            (after, "The ferry sailed on Friday."),
            (after, "It will sail again in June."),
        )
    ]
    assert without_old_plans(told) == told[1:]
    assert without_old_plans(told[:2]) == told[:2]


def test_a_name_of_several_words_is_held_as_a_whole() -> None:
    named = article("named", 3, "Harbour Public Data lost the records.")
    words = article("words", 4, "Public data on the harbour was lost.")
    assert holding_names([named, words], "Summarise the Harbour Public Data breach") == [named]
    assert holding_names([words], "Summarise the Harbour Public Data breach") == [words]
    assert holding_names([named, words], "Harbour Public Data breach") == [
        named
    ]  # a topic may open with the name


REPORTS = {
    "launch": (
        "Morven ferry sails for the first time",
        "The Morven ferry left Arle on Monday with 40 guests. Sign up for our letter on the Morven ferry. "
        "You can watch the Morven ferry from the pier. It will sail again in June.",
        datetime.date(2031, 5, 2),
    ),
    "stranded": (
        "Morven ferry runs aground",
        "The Morven ferry ran aground off Lesk on Sunday and 40 guests were brought ashore. "
        "The harbour office blamed fog for it.",
        datetime.date(2031, 6, 9),
    ),
    "scrapped": (
        "Morven ferry is broken up",
        "The Morven ferry has been sold to a yard in Corve that breaks up ships. The owners gave no price.",
        datetime.date(2032, 1, 20),
    ),
    "bakery": (
        "Bakery opens in Arle",
        "A bakery with a view of the Morven has opened in Arle. The mayor bought bread.",
        datetime.date(2032, 2, 1),
    ),
    "brewery": (
        "Brewery in Corve closes",
        "The brewery of Corve has filed for bankruptcy. Its workers met on Friday.",
        datetime.date(2032, 2, 4),
    ),
}


@pytest.fixture(scope="module")
def ferries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    place: Path = tmp_path_factory.mktemp("ferries")
    with Assistant.build([], Settings(index=place / "index")) as built:
        articles = [
            Article(name, text, title=title, published=day) for name, (title, text, day) in REPORTS.items()
        ]
        built.index.add_articles(articles, built.embedder)
        yield built


@pytest.mark.parametrize(
    "question",
    [
        "Summarise the Morven ferry",
        "What happened with the Morven ferry?",
        "what became of the morven ferry",
        "Morven ferry - overview pls",
        "Summarise the story of the Morven ferry and how it ended",
    ],
)
def test_a_summary_tells_how_the_matter_ended_and_leads_with_leads(ferries: Assistant, question: str) -> None:
    answer = ferries.ask(question)
    assert answer.kind == "summary" and answer.answered
    quotes = [citation.quote for citation in answer.citations]
    for name in ("launch", "stranded", "scrapped"):
        assert REPORTS[name][1].partition(". ")[0] + "." in quotes
    assert [one.article.id for one in answer.citations][-1] == "scrapped"


def test_what_addresses_the_reader_is_not_told(ferries: Assistant) -> None:
    text = ferries.ask("Summarise the Morven ferry").text
    assert "Sign up" not in text and "You can" not in text


@pytest.mark.parametrize(
    "question", ["what happened with the Lesk election", "Summarise the Arle earthquake"]
)
def test_a_topic_that_no_article_tells_of_is_not_summarised(ferries: Assistant, question: str) -> None:
    answer = ferries.ask(question)
    assert answer.kind == "summary" and not answer.answered


def test_a_summary_of_a_period_keeps_to_it(ferries: Assistant) -> None:
    answer = ferries.ask("Summarise the Morven ferry in January 2032")
    assert {citation.article.id for citation in answer.citations} == {"scrapped"}
