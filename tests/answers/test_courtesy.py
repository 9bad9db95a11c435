import pytest

from assistant import Assistant
from assistant.answers.courtesy import NAMES_NOTHING, QUESTIONS, example_questions, small_talk


@pytest.mark.parametrize(
    "words",
    ["hello", "thanks", "Bye!", "what can you do?", "Are you JNIM?", "do you remember my first question?"],
)
def test_small_talk_gets_help_and_no_search(corpus_assistant: Assistant, words: str) -> None:
    answer = corpus_assistant.ask(words)
    assert (answer.kind, answer.outcome, answer.answered) == ("courtesy", "courtesy", False)
    assert not answer.hits and not answer.citations and answer.text.count("\n- ") == QUESTIONS


@pytest.mark.parametrize("words", ["Who is he?", "and then?", "What did they decide?", "how many are there"])
def test_who_was_named_nowhere_is_asked_for(corpus_assistant: Assistant, words: str) -> None:
    answer = corpus_assistant.ask(words)
    assert answer.text.startswith(NAMES_NOTHING) and not answer.citations


@pytest.mark.parametrize("words", ["jnim", "Wagner", "Kayes attacks", "Africa Corps"])
def test_a_topic_in_the_place_of_a_question_is_told_of(corpus_assistant: Assistant, words: str) -> None:
    answer = corpus_assistant.ask(words)
    assert answer.answered and answer.outcome == "answered" and answer.citations


@pytest.mark.parametrize("words", ["zorblax", "Lagos tram", "good one"])
def test_a_topic_that_no_article_has_is_not_told_of(corpus_assistant: Assistant, words: str) -> None:
    assert not corpus_assistant.ask(words).answered


def test_who_was_named_before_is_not_asked_for(corpus_assistant: Assistant) -> None:
    told = corpus_assistant.ask("Who leads JNIM?")
    assert not corpus_assistant.ask("Who is he?", history=[told.turn]).text.startswith(NAMES_NOTHING)


def test_questions_of_the_articles_are_no_small_talk(corpus_assistant: Assistant) -> None:
    corpus = corpus_assistant.corpus()
    assert not small_talk("hello, who claimed the attacks on Kayes?", corpus)
    assert not small_talk("do you know who leads JNIM?", corpus)
    assert not small_talk("thanks to whom was the cement factory rebuilt?", corpus)
    assert corpus_assistant.ask("thanks to whom was it rebuilt?").outcome != "courtesy"
    assert len(example_questions(corpus)) == QUESTIONS
