"""What is typed as "find X" is answered as the command ``find`` answers it."""

import datetime

import pytest

from assistant import Assistant


@pytest.mark.parametrize(
    ("typed", "words", "by"),
    [
        ("find JNIM", "JNIM", "month"),
        ("Find Africa Corps.", "Africa Corps", "month"),
        ("please find africa corps by publisher", "Africa Corps", "publisher"),
        ('find "junta"', '"junta"', "month"),
        ("find every mention of Kayes by month", "Kayes", "month"),
        ("find “Africa Corps” by publisher", '"Africa Corps"', "publisher"),
    ],
)
def test_its_numbers_are_those_of_the_command(
    corpus_assistant: Assistant, typed: str, words: str, by: str
) -> None:
    found = corpus_assistant.find(words, by=by)
    answer = corpus_assistant.ask(typed)
    assert found.total and (answer.kind, answer.outcome, answer.short) == (
        "count",
        "about_corpus",
        str(found.total),
    )
    assert answer.items_total == found.articles
    assert answer.table is not None and not answer.hits
    assert [[cell.text for cell in row.cells] for row in answer.table.rows] in (
        [[str(one.total), str(one.articles)] for one in groups]
        for groups in (found.groups, sorted(found.groups, key=lambda one: (one.value is None, one.value)))
    )
    for item in answer.items:
        for citation in item.citations:
            assert any(one.quote.lower() in citation.quote.lower() for one in found.matches)


def test_a_quoted_phrase_that_no_article_has_is_found_no_times(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask('find "zebra crossing of 2023"')
    assert (answer.outcome, answer.short, answer.items) == ("about_corpus", "0", ())


def test_a_period_bounds_what_is_found_unless_it_is_quoted(corpus_assistant: Assistant) -> None:
    july = {"after": datetime.date(2025, 7, 1), "before": datetime.date(2025, 7, 31)}
    for words in ("JNIM", '"JNIM"'):
        found = corpus_assistant.find(words, count=True, **july)
        assert 0 < found.total < corpus_assistant.find(words, count=True).total
        assert corpus_assistant.ask(f"find {words} in July 2025").short == str(found.total)
    assert corpus_assistant.ask('find "July 2025"').short == str(corpus_assistant.find('"July 2025"').total)


@pytest.mark.parametrize(
    "asked",
    [
        "Find out who claimed the Kayes attacks",
        "Find the article about the Kayes attacks",
        "find how many soldiers were killed in Dioura",
        "find me the latest on Kayes",
        "find Zorblax Industries",
    ],
)
def test_a_request_in_a_sentence_is_no_search_for_its_words(corpus_assistant: Assistant, asked: str) -> None:
    assert corpus_assistant.ask(asked).kind != "count"


def test_it_stands_alone_in_a_conversation(corpus_assistant: Assistant) -> None:
    first = corpus_assistant.ask("Who claimed the attacks on Kayes?")
    answer = corpus_assistant.ask("find Africa Corps", history=[first.turn])
    assert answer.short == str(corpus_assistant.find("Africa Corps", count=True).total)
