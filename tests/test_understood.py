"""The ways in which a question may be meant, over the demonstration corpus."""

import pytest

from assistant import Assistant, QuestionError, Turn
from assistant.answers.draft import Corpus
from assistant.retrieval.search import Retrieval
from assistant.types import Filters, Query
from assistant.understood import understood, understood_ways

HISTORY = [Turn("Who claimed the attacks on Kayes?", "JNIM has claimed the series. [1]")]


def test_a_follow_up_is_read_in_the_articles_of_its_conversation(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("Who leads it?", history=HISTORY)
    assert answer.answered and "Iyad Ag Ghali" in answer.text
    again = corpus_assistant.ask("Who leads it?", question_as=answer.standalone_question)
    assert (again.text, again.confidence) == (answer.text, answer.confidence)


def test_a_topic_of_its_own_in_small_letters_inherits_nothing(corpus_assistant: Assistant) -> None:
    history = [Turn("who claimed the attacks on kayes", "JNIM. [1]")]
    alone = corpus_assistant.ask("why did the peace accord end")
    answer = corpus_assistant.ask("why did the peace accord end", history=history)
    assert answer.standalone_question == "why did the peace accord end"
    assert answer.text == alone.text


def test_small_letters_take_the_capitals_of_the_articles_and_are_shown_as_typed(
    corpus_assistant: Assistant,
) -> None:
    query = understood("who claimed the attacks on kayes", corpus_assistant.corpus(), Filters())
    assert query.text == "who claimed the attacks on Kayes"
    assert query.shown == "who claimed the attacks on kayes"
    assert query.names == ("Kayes",)


def test_what_a_conversation_adds_never_makes_a_question_too_long(corpus_assistant: Assistant) -> None:
    corpus = corpus_assistant.corpus(corpus_assistant.settings.model_copy(update={"question_characters": 20}))
    long = [Turn("Who claimed " + "the attacks on Kayes and " * 40 + "Bamako?", "JNIM. [1]")]
    for turns in (HISTORY, long):
        ways = [
            query
            for group in understood_ways("and when was it?", corpus, Filters(), turns, None)
            for query in group
        ]
        assert ways and all(len(query.text) <= 20 for query in ways)
    with pytest.raises(QuestionError, match="more than the 20"):
        understood_ways("and when exactly was it?", corpus, Filters(), HISTORY, None)


def test_a_way_is_understood_when_its_turn_comes(
    corpus_assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []
    retrieve = Corpus.retrieve

    def noted(corpus: Corpus, query: Query, k: int) -> Retrieval:
        searched.append(query.text)
        return retrieve(corpus, query, k)

    monkeypatch.setattr(Corpus, "retrieve", noted)
    corpus = corpus_assistant.corpus()
    history = [Turn("who claimed the attacks on kayes", "JNIM has claimed the series. [1]")]
    ways = understood_ways("who pays it", corpus, Filters(), history, None)
    assert searched == []
    first = next(ways)
    assert len(searched) <= len(first)
    assert not any("attacks" in text for text in searched)
    assert any("attacks" in query.text for query in next(ways))
