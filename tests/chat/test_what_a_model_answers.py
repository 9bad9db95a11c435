"""Which questions a chat model is asked, beside what the store or the built-in answerer tells of itself."""

import json

import pytest
from scripted_chat import ScriptedChat

from assistant import Assistant

WORDS = "JNIM claimed the attacks on Kayes and six other towns"
LINE = json.dumps({"say": "JNIM claimed them.", "rests_on": [{"passage": 1, "words": WORDS}]})
DECLINED = "Which group did not claim the attacks on Kayes?"
ESTIMATED = "How many attacks are reported in July 2025?"


def writing(assistant: Assistant, written: str, name: str | None = None) -> Assistant:
    settings = assistant.settings.model_copy(
        update={"chat_second_look": False, "chat_steps": 0, "chat_model": name}
    )
    return Assistant(
        assistant.index, assistant.embedder, settings, ScriptedChat(pieces=(written,)), assistant.reader
    )


@pytest.mark.parametrize(
    ("question", "outcome"),
    [(DECLINED, "declined"), (ESTIMATED, "about_corpus"), ("Which articles mention Kayes?", "about_corpus")],
)
def test_what_the_built_in_answerer_makes_of_them(
    corpus_assistant: Assistant, question: str, outcome: str
) -> None:
    assert corpus_assistant.ask(question).outcome == outcome


@pytest.mark.parametrize("question", [DECLINED, ESTIMATED])
def test_a_capable_model_answers_what_was_declined_or_estimated(
    corpus_assistant: Assistant, question: str
) -> None:
    answer = writing(corpus_assistant, LINE).ask(question)
    assert (answer.outcome, [one.text for one in answer.statements]) == ("answered", ["JNIM claimed them."])
    assert answer.written_by
    small = writing(corpus_assistant, LINE, "ollama:qwen3:4b").ask(question)
    assert (small.outcome, small.written_by) == (corpus_assistant.ask(question).outcome, None)


def test_an_estimate_stands_beside_what_the_model_says(corpus_assistant: Assistant) -> None:
    lead = corpus_assistant.ask(ESTIMATED).text.splitlines()[0]
    notes = writing(corpus_assistant, LINE).ask(ESTIMATED).notes
    assert f"The built-in answerer found: {lead}" in notes


@pytest.mark.parametrize("question", [DECLINED, ESTIMATED])
def test_where_the_model_finds_no_answer_the_built_in_one_stays(
    corpus_assistant: Assistant, question: str
) -> None:
    answer = writing(corpus_assistant, '{"missing": "which group did not"}').ask(question)
    built_in = corpus_assistant.ask(question)
    assert (answer.outcome, answer.text) == (built_in.outcome, built_in.text)
    assert answer.missing == ("which group did not",)


def test_what_the_store_tells_exactly_no_model_puts_in_other_words(corpus_assistant: Assistant) -> None:
    assistant = writing(corpus_assistant, LINE)
    answer = assistant.ask("Which articles mention Kayes?")
    assert (answer.outcome, answer.written_by) == ("about_corpus", None)
    assert isinstance(assistant.chat_model, ScriptedChat)
    assert assistant.chat_model.calls == []
