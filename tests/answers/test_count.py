import re
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.answers.count_events import counts_events
from assistant.question.plan import planned
from assistant.types import Article, Query


@pytest.mark.parametrize(
    ("question", "short", "items"),
    [
        ("How many articles mention Africa Corps?", "5", 5),
        ("how many articles mention lagos", "0", 0),
        ("In how many articles does the name Wagner occur?", "5", 5),
        ("How often is JNIM mentioned?", "27", 15),
        ('How many times does the word "junta" occur?', "7", 7),
        ("How many articles are from Demo Wire?", "5", 5),
        ("How many articles were published in July 2025?", "9", 9),
        ("How many articles have no date?", "3", 3),
        ("How many publishers report on Kayes?", "6", 6),
    ],
)
def test_counts_are_exact_and_their_items_are_cited(
    corpus_assistant: Assistant, question: str, short: str, items: int
) -> None:
    answer = corpus_assistant.ask(question)
    assert (answer.outcome, answer.answered, answer.short, answer.items_total) == (
        "about_corpus",
        True,
        short,
        items,
    )
    assert not answer.hits and len(answer.items) == items
    for item in answer.items:
        for citation in item.citations:
            assert citation.article.text[citation.start : citation.end] == citation.quote
            assert item.article == citation.article.id


def test_counts_are_those_of_the_texts(corpus_assistant: Assistant) -> None:
    texts = [corpus_assistant.article(one.id).text for one in corpus_assistant.index.articles()]
    expected = sum(bool(re.search(r"\bMondoro\b", text)) for text in texts)
    assert corpus_assistant.ask("How many articles mention Mondoro?").short == str(expected)


def test_a_figure_of_the_articles_is_no_count_of_articles(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("How many soldiers were killed in Dioura?")
    assert answer.kind == "short" and answer.outcome != "about_corpus" and "41" in answer.text


@pytest.mark.parametrize(
    "question", ["How many pieces were recovered?", "How many items were stolen in Bamako?"]
)
def test_pieces_that_are_no_articles_are_not_counted_as_such(
    corpus_assistant: Assistant, question: str
) -> None:
    assert corpus_assistant.ask(question).outcome != "about_corpus"


def test_only_reported_events_are_counted() -> None:
    asked = {
        "How many attacks are reported in September 2024?": True,
        "How many protests took place in May?": True,
        "How many soldiers were reported killed?": False,
        "How many attacks did the group claim?": False,
    }
    assert {text: counts_events(planned(Query(text, text))) for text in asked} == asked


def test_events_of_a_period_are_counted(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("How many attacks are reported in September 2024?")
    assert answer.outcome == "about_corpus" and answer.short == str(len(answer.items)) != "0"


def test_only_events_of_the_kind_that_is_counted_count(tmp_path: Path) -> None:
    texts = {
        "one": "Gunmen attacked the port of Arle on 4 May 2025. The union of Arle was founded in 2016 by Ada Berg.",
        "two": "The Red Front carried out the attacks on the market and on the mill in Arle, the ministry said.",
    }
    with Assistant.build([], Settings(index=tmp_path / "index")) as assistant:
        articles = [Article(name, text, title=f"Arle {name}") for name, text in texts.items()]
        assistant.index.add_articles(articles, assistant.embedder)
        answer = assistant.ask("How many attacks in Arle do the articles report?")
    told = [item.text for item in answer.items]
    assert not any("2016" in one for one in told)
    assert any("4 May 2025" in one for one in told) and any("no known date" in one for one in told)
    assert answer.short is None and [c.number for c in answer.citations] == [1, 2]
